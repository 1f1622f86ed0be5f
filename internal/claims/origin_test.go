package claims

import (
	"strings"
	"testing"
)

// harbour is a text without any credit, of the Ansel Post.
const harbour = `The council of Port Ansel voted on Monday to close the old harbour bridge for repairs.
Engineers found cracks in two of its four piers during an inspection in May.
The work will cost $12 million and last until the autumn, the city said.`

func originOf(t *testing.T, e *Engine, a Article) origin {
	t.Helper()
	x := e.parseArticle(t.Context(), a)
	return e.originsOf([]*article{x}).articles[x]
}

// TestStatedOrigins reads credit lines at the edges of an article whose source is the
// Ansel Post.
func TestStatedOrigins(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct {
		before, after string
		want          string // the origin's name, empty where it is the source itself
	}{
		// the text is somebody else's
		{before: "PORT ANSEL, May 4 (Reuters) - ", want: "Reuters"},
		{before: "(Reuters) - ", want: "Reuters"},
		{before: "PORT ANSEL (AP) — ", want: "AP"},
		{before: "By Ann Lee, Associated Press\n", want: "Associated Press"},
		{before: "By Ann Lee and Ben Roy, Associated Press\n", want: "Associated Press"},
		{before: "By Ann Lee | Reuters\n", want: "Reuters"},
		{before: "By Ann Lee of AFP\n", want: "AFP"},
		{before: "By The Associated Press\n", want: "Associated Press"},
		{before: "By Reuters Staff\n", want: "Reuters"},
		{before: "Harbour bridge to close\nAnn Lee, PA\n", want: "PA"},
		{before: "By Ann Lee\nAssociated Press\n", want: "Associated Press"},
		{before: "By Ann Lee\nThe Washington Post\n", want: "Washington Post"},
		{before: "PA Media\n", want: "PA Media"},
		{before: "Agence France-Presse\n", want: "Agence France-Presse"},
		{after: "\n— with AFP", want: "AFP"},
		{after: "\n(With inputs from PTI)", want: "PTI"},
		{after: "\nReporting by Ann Lee in Port Ansel for Reuters; editing by Ben Roy", want: "Reuters"},
		{after: "\n(Reporting by Reuters; editing by Ben Roy)", want: "Reuters"},
		{after: "\nThis article was first published by The Conversation.", want: "Conversation"},
		{after: "\nThis article is republished from The Conversation under a Creative Commons license. Read the original article.", want: "Conversation"},
		{after: "\nThis story originally appeared in Grist and is republished here as part of Climate Desk.", want: "Grist"},
		{after: "\nThis story was originally published by ProPublica on May 4, 2031.", want: "ProPublica"},
		{after: "\nA version of this story first appeared on Inside Climate News.", want: "Inside Climate News"},
		{after: "\nOriginally appeared in The Atlantic", want: "Atlantic"},
		{after: "\nOriginal Source: harbour-news.example", want: "harbour-news.example"},
		{after: "\nReprinted with permission from the Harbour Gazette.", want: "Harbour Gazette"},
		{after: "\nRepublished with the kind permission of the Harbour Gazette", want: "Harbour Gazette"},
		{after: "\nRead the original article on The Guardian.", want: "Guardian"},
		{after: "\n© 2024 The Associated Press", want: "Associated Press"},
		{after: "\nCopyright 2024 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.", want: "Associated Press"},
		{after: "\n(c)2024 Los Angeles Times. Distributed by Tribune Content Agency, LLC.", want: "Los Angeles Times"},
		{after: "\nOur Standards: The Thomson Reuters Trust Principles.", want: "Thomson Reuters"},
		{after: "\nSource: AFP", want: "AFP"},
		{after: "\nVia Reuters", want: "Reuters"},
		{after: "\n—AFP", want: "AFP"},
		{after: "\nThe bridge was built in 1931, the mayor said. – Bernama", want: "Bernama"},
		{after: "\nThe bridge was built in 1931, the mayor said. (ANI)", want: "ANI"},
		{after: "\nThis story was produced by KFF Health News, a national newsroom.", want: "KFF Health News"},
		{after: "\nSOURCE Ansel Bridge Works Ltd.", want: "Ansel Bridge Works Ltd"},

		// it is not
		{after: "\nAdditional reporting by Reuters"},
		{after: "\nAdditional reporting by Ann Lee and Agence France-Presse"},
		{after: "\nThe Associated Press contributed to this report."},
		{after: "\nReuters and Ben Roy contributed reporting."},
		{after: "\nReporting by Ann Lee; Editing by Ben Roy"},
		{after: "\nEditing by Ben Roy at Reuters"},
		{after: "\nPhoto by Reuters"},
		{after: "\nPhoto: Reuters"},
		{after: "\nThe old bridge at dusk. (AP Photo/Ben Roy)"},
		{after: "\nThe old bridge at dusk. Getty Images/AFP"},
		{after: "\nGraphic: Reuters"},
		{after: "\nSource: World Bank data on bridges"},
		{after: "\nSources: City of Port Ansel, Department of Works"},
		{after: "\n© 2031 Ansel Post"},
		{after: "\nCopyright 2031 Ansel Post. All rights reserved."},
		{after: "\n© Harbour Media Group 2031"},
		{before: "By Ann Lee\n", after: "\n— with AFP"},
		{before: "By Ann Lee, staff writer\n"},
		{before: "By Ann Lee, former Associated Press reporter\n"},
		{after: "\nThe report was first published by the Lancet in May and drew criticism from officials."},
		{after: "\nReuters reported on Monday that the city had known of the cracks."},
		{after: "\nThe mayor told CNN that she would resign."},
		{after: "\nShe worked for Reuters and the Associated Press before she was elected."},
		{after: "\nAn earlier version of this article said that the bridge was built in 1913."},
		{after: "\nA version of this article appears in print on May 4, 2031, Section A, Page 1."},
		{after: "\nThis article was published in print under another headline."},
		{after: "\nFollow Reuters on Twitter"},
		{after: "\nReprinted from the plates of 1923, the stamps that show the bridge are sought by collectors."},
		{after: "\nThis report was written by the inspector general and says that nobody had looked at the piers."},
		{after: "\nVia Appia, a road of the same age, needed repairs last year."},
		{after: "\nThe AP course in history that Ben Roy teaches is full."},
		{after: "\nAnn Lee is a reporter for the Associated Press."},
		{before: "PORT ANSEL — "},
	} {
		text := c.before + harbour + c.after
		got := originOf(t, e, Article{ID: "a", Source: "Ansel Post", Text: ReadText(text, "")})
		switch {
		case c.want == "" && (got.known || got.name != "Ansel Post"):
			t.Errorf("%q … %q: origin %+v, want the source itself", c.before, c.after, got)
		case c.want != "" && (!got.known || got.name != c.want):
			t.Errorf("%q … %q: origin %+v, want %s", c.before, c.after, got, c.want)
		}
	}
}

// TestOriginFromByline reads the byline that comes apart from the text.
func TestOriginFromByline(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for byline, want := range map[string]string{
		"Ann Lee, Associated Press": "Associated Press", "Reuters Staff": "Reuters", "AFP": "AFP", "By The Associated Press": "Associated Press",
		"Ann Lee": "", "Ann Lee, CNN": "", "Staff": "", "": "",
	} {
		got := originOf(t, e, Article{ID: "a", Source: "Ansel Post", Byline: byline, Text: ReadText(harbour, "")})
		if got.known != (want != "") || want != "" && got.name != want {
			t.Errorf("%q: %+v, want %q", byline, got, want)
		}
	}
	own := originOf(t, e, Article{ID: "a", Source: "Ansel Post", Byline: "Ann Lee", Text: ReadText(harbour+"\n— with AFP", "")})
	if own.known {
		t.Errorf("an author of the outlet and a thanked agency: %+v, want the source itself", own)
	}
}

// TestEmbargo reads until when a text was held back.
func TestEmbargo(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"EMBARGOED UNTIL 10:00 GMT, 4 May 2031", "Embargo: 4 May 2031, 10:00", "Not for publication before 4 May 2031",
		"STRICTLY EMBARGOED until 00.01 hrs on 4 May"} {
		got := ReadText(line+"\n"+harbour, "")
		if len(got.Credits) != 1 || got.Credits[0].Role != RoleEmbargo || !strings.Contains(got.Credits[0].Name, "4 May") {
			t.Errorf("%q: %+v", line, got.Credits)
		}
	}
	if got := ReadText("Embargoed goods worth 4 million were seized in the harbour on Monday, the police said.\n"+harbour, ""); len(got.Credits) != 0 {
		t.Errorf("a sentence on an embargo: %+v", got.Credits)
	}
}
