package claims

import (
	"strings"
	"testing"
)

// behind stands behind a line under test: it shows that the line is told by what
// it is, not by being the last one.
const behind = "Rain fell all week on the two towers of the closed bridge."

// claimable gives the sentences of a text from which claims may be taken.
func claimable(t Text) []string {
	var out []string
	for _, s := range sentencesOf(t) {
		out = append(out, t.Body[s.start:s.end])
	}
	return out
}

// A line of furniture is marked whole, wherever it stands, and no claim is taken
// from it.
func TestFurnitureLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind SpanKind
		line string
	}{
		{SpanControl, "Loading Now"},
		{SpanControl, "Loading..."},
		{SpanControl, "Post Comment"},
		{SpanControl, "Leave a comment"},
		{SpanControl, "Comments (12)"},
		{SpanControl, "12 comments"},
		{SpanControl, "Show 12 comments"},
		{SpanControl, "Share this article"},
		{SpanControl, "Share this article on WhatsApp"},
		{SpanControl, "Share on Facebook"},
		{SpanControl, "Facebook Twitter Email Print"},
		{SpanControl, "Advertisement"},
		{SpanControl, "ADVERTISEMENT - CONTINUE READING BELOW"},
		{SpanControl, "Story continues below advertisement"},
		{SpanControl, "Read More"},
		{SpanControl, "RELATED ARTICLES"},
		{SpanControl, "Most Read"},
		{SpanControl, "Recommended for you"},
		{SpanControl, "* * *"},
		{SpanControl, "Correction: An earlier version of this article misspelled the name of the mayor."},
		{SpanControl, "An earlier version of this story misspelled the name of the mayor."},
		{SpanControl, "Editor’s note: This story was first published on May 3."},
		{SpanControl, "This story has been updated with comment from the mayor."},
		{SpanControl, "This material may not be published, broadcast, rewritten, or redistributed."},
		{SpanTags, "harbour | bridge | repairs | Port Ansel"},
		{SpanTags, "Tags: harbour, bridge"},
		{SpanTags, "Filed Under: harbour, bridge"},
		{SpanTags, "#harbour #bridge #repairs"},
		{SpanCredit, "Original Source: ansel-post.example"},
		{SpanCredit, "The Associated Press contributed to this report."},
		{SpanCredit, "Copyright 2031 Ansel Post. All rights reserved."},
		{SpanCredit, "© 2031 Ansel Post"},
		{SpanCredit, "Photo by Oren Vale"},
		{SpanCredit, "Reporting by Mara Lind; Editing by Oren Vale"},
		{SpanCredit, "(Reporting by Mara Lind in Port Ansel; Editing by Oren Vale and Ruth Amadi)"},
		{SpanByline, "By Mara Lindqvist"},
		{SpanByline, "By MARA LIND, Associated Press"},
		{SpanByline, "By Mara Lind and Oren Vale | Ansel Post | May 3, 2031"},
		{SpanByline, "Analysis by Mara Lind"},
		{SpanByline, "Mara Lind, Staff Writer"},
		{SpanByline, "Published March 3, 2031"},
		{SpanByline, "May 3, 2031 at 10:15 a.m. EDT"},
		{SpanByline, "3 min read"},
		{SpanByline, "Updated 2 hours ago"},
		{SpanByline, "Mara Lind is a senior writer at the Ansel Post. She covers the harbour."},
		{SpanByline, "Mara Lind reported from Port Ansel, and Oren Vale from London."},
		{SpanCaption, "The bridge at dusk (Photo by Oren Vale)"},
		{SpanCaption, "Photo: The bridge at dusk. (Oren Vale / Ansel Post)"},
		{SpanCaption, "The harbour bridge in January. Oren Vale/Ansel Post"},
		{SpanCaption, "Mayor Ruth Amadi speaks on Monday in Port Ansel. (AP Photo/Oren Vale)"},
		{SpanCaption, "Mayor Ruth Amadi, left, speaks to reporters. REUTERS/Oren Vale"},
		{SpanCaption, "FILE - In this May 3, 2031, file photo, Mayor Ruth Amadi speaks in Port Ansel."},
		{SpanCaption, "Image caption The bridge at dusk"},
		{SpanCaption, "Getty Images"},
		{SpanPromo, "Sign up for our morning briefing."},
		{SpanPromo, "Get the latest news delivered to your inbox."},
		{SpanPromo, "Follow Mara Lind on Twitter."},
		{SpanPromo, "Follow @maralind on X"},
		{SpanPromo, "Contact Mara Lind at mlind@ansel-post.example."},
		{SpanPromo, "Read more: Council closes bridge"},
		{SpanPromo, "SEE ALSO: The bridge in pictures"},
		{SpanPromo, "ALSO READ | The bridge in pictures"},
		{SpanPromo, "VIDEO: The bridge closes in May"},
		{SpanPromo, "Support independent journalism. Donate today."},
		{SpanPromo, "Have a tip? Email us at tips@ansel-post.example."},
		{SpanPromo, "By continuing to use this site you agree to our terms."},
		{SpanPromo, "Please enable JavaScript to view the comments."},
	} {
		t.Run(c.line, func(t *testing.T) {
			t.Parallel()
			for _, raw := range []string{"Bridge to close\n\n" + prose + "\n" + c.line + "\n" + behind, "Bridge to close\n\n" + prose + "\n" + c.line} {
				got := ReadText(raw, "")
				want := string(c.kind) + ": " + c.line
				if spans := spansOf(got); len(spans) != 2 || spans[1] != want {
					t.Errorf("spans %q, want the headline and %q", spans, want)
				}
				for _, s := range claimable(got) {
					if strings.Contains(c.line, s) {
						t.Errorf("claims may be taken from %q", s)
					}
				}
			}
		})
	}
}

func TestDatelines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ dateline, wire string }{
		{"WASHINGTON (AP) — ", "AP"},
		{"LONDON, March 3 (Reuters) - ", "Reuters"},
		{"MEXICO CITY, Mexico, Mar 3, 2031 (AFP) - ", "AFP"},
		{"NEW YORK/LONDON, March 3 (Reuters) - ", "Reuters"},
		{"SÃO PAULO, 3 March — ", ""},
		{"BOGOTÁ, Colombia — ", ""},
		{"WASHINGTON, D.C. — ", ""},
		{"ST. LOUIS (Northwire) — ", "Northwire"},
		{"TEL AVIV -- ", ""},
		{"TEL AVIV ― ", ""},
		{"WASHINGTON - ", ""},
		{"WASHINGTON: ", ""},
		{"UNITED NATIONS (AP) _ ", "AP"},
		{"PARIS | AFP — ", "AFP"},
		{"PARIS | ", ""},
		{"PARIS (AFP) ", "AFP"},
		{"(Reuters) - ", "Reuters"},
		{"(CNN) -- ", "CNN"},
		{"Port Ansel, Ohio (AP) — ", "AP"},
		{"By Mara Lind, PORT ANSEL — ", ""},
		{"By Mara Lind, Northwire — ", "Northwire"},
	} {
		got := ReadText(c.dateline+prose, "")
		if spans := spansOf(got); len(spans) != 1 || spans[0] != "dateline: "+c.dateline {
			t.Errorf("%q: spans %q", c.dateline, spans)
		}
		if s := claimable(got); len(s) != 1 || s[0] != prose {
			t.Errorf("%q: sentences %q", c.dateline, s)
		}
		wire := ""
		for _, k := range got.Credits {
			wire += k.Name
		}
		if wire != c.wire {
			t.Errorf("%q credits %q, want %q", c.dateline, wire, c.wire)
		}
	}
}

func TestLabelsBeforeAText(t *testing.T) {
	t.Parallel()
	for _, label := range []string{"EXCLUSIVE: ", "BREAKING NEWS — ", "UPDATE: 3:15 p.m. — "} {
		got := ReadText(label+prose, "")
		if spans := spansOf(got); len(spans) != 1 || spans[0] != "control: "+label {
			t.Errorf("%q: spans %q", label, spans)
		}
		if s := claimable(got); len(s) != 1 || s[0] != prose {
			t.Errorf("%q: sentences %q", label, s)
		}
	}
}

func TestProseIsNotFurniture(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Comments by the mayor drew laughter from the benches.",
		"Share prices rose by 3 percent.",
		"“We will not close it,” the mayor said.",
		"- The council voted on Monday to close the bridge.",
		"By Monday the water had fallen by a metre.",
		"A photograph of the bridge taken in 1931 hangs in the hall.",
		"Tags that police found on the cargo led them to Port Ansel.",
		"The AP reported the vote first.",
		"Reporters followed the mayor to the bridge.",
		"Correction of the river began in 1880.",
		"NATO: the word was on all lips in the hall, and nobody liked it.",
		"Facebook and Twitter removed the post within an hour.",
		"Thank you, the mayor told the divers.",
		"Ruth Amadi is a lawyer from the north of the city.",
		"Police reported from the scene that the road was clear.",
		"Support for the loan fell to 41 percent.",
		"Video of the collapse was shown to the jury.",
		"The mayor — a former diver — opposed the loan.",
		"Contact with the ship was lost on Monday.",
	} {
		if got := spansOf(ReadText(prose+"\n"+s+"\n"+behind, "")); len(got) > 0 {
			t.Errorf("%q: marked %q", s, got)
		}
	}
}

func TestHeadingIsNotFurnitureOfAQuotation(t *testing.T) {
	t.Parallel()
	raw := prose + "\nA Long Winter Ahead\n" + prose + " Work begins in May."
	if got := spansOf(ReadText(raw, "")); len(got) != 1 || got[0] != "heading: A Long Winter Ahead" {
		t.Errorf("spans %q", got)
	}
}
