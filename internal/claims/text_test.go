package claims

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// spansOf gives the marked stretches of a text as "kind: words".
func spansOf(t Text) []string {
	runes := []rune(t.Body)
	out := []string{}
	for _, s := range t.Spans {
		out = append(out, string(s.Kind)+": "+string(runes[s.Start:s.End]))
	}
	return out
}

// prose stands behind each line under test: furniture is told by its place too.
const prose = "The council of Port Ansel voted on Monday to close the old harbour bridge for repairs."

func TestHeadlineAndItsRepetition(t *testing.T) {
	t.Parallel()
	raw := "Council Closes Harbour Bridge\n\nCouncil Closes Harbour Bridge\n\n" + prose
	want := []string{"headline: Council Closes Harbour Bridge", "repeat: Council Closes Harbour Bridge"}
	if diff := cmp.Diff(want, spansOf(ReadText(raw, ""))); diff != "" {
		t.Error(diff)
	}
}

func TestCredits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ raw, name, role string }{
		{prose + "\nOriginal Source: ansel-post.example", "ansel-post.example", "source"},
		{prose + "\nThis article was originally published by the Ansel Post.", "Ansel Post", "source"},
		{"PORT ANSEL (Northwire) — " + prose, "Northwire", "wire"},
		{prose + "\nThe Associated Press contributed to this report.", "Associated Press", "contribution"},
		{prose + "\nWith files from Reuters", "Reuters", "partner"},
		{"By Mara Lind\n" + prose + "\nWith files from Reuters", "Reuters", "contribution"},
	} {
		got := ReadText(c.raw, "").Credits
		if len(got) != 1 || got[0].Name != c.name || got[0].Role != c.role {
			t.Errorf("%q: %+v, want %s as %s", c.raw, got, c.name, c.role)
			continue
		}
		if words := string([]rune(c.raw)[got[0].Start:got[0].End]); words != got[0].Exact {
			t.Errorf("%q: offsets give %q, not %q", c.raw, words, got[0].Exact)
		}
	}
}

func TestInvisibleCharactersGo(t *testing.T) {
	t.Parallel()
	got := ReadText("\ufeffMara\u200b Lind\u202eqvist\u00ad spoke\x00.\r\nShe left.", "").Body
	if want := "Mara Lindqvist spoke.\nShe left."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, lang string
		analysed   bool
	}{
		{prose, "en", true},
		{"Mayor resigns.", "en", true},
		{"La ministra firmó el jueves en Bogotá una carta de intención para compartir datos biométricos con los Estados Unidos.", "es", false},
		{"Der Stadtrat hat am Montag beschlossen, die alte Hafenbrücke wegen dringender Reparaturen für den Verkehr zu schließen.", "de", false},
		{"Городской совет проголосовал за закрытие моста на ремонт.", "ru", false},
		{"", "", false},
		{"1234 5678", "", false},
	} {
		got := ReadText(c.text, "")
		if got.Language != c.lang || (got.NotAnalysed == "") != c.analysed {
			t.Errorf("%q: language %q, not analysed: %q", c.text, got.Language, got.NotAnalysed)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"abbreviated country inside a name", "U.S. Homeland Security met Colombia. It was Thursday.", []string{"U.S. Homeland Security met Colombia.", "It was Thursday."}},
		{"country ends a sentence", "They can enter the U.S. Noem said so.", []string{"They can enter the U.S.", "Noem said so."}},
		{"title", "Sen. Mark Warner and Gen. Lind spoke. Mr. Vale left.", []string{"Sen. Mark Warner and Gen. Lind spoke.", "Mr. Vale left."}},
		{"initial", "John F. Kelly and Gregory A. Vega agreed.", []string{"John F. Kelly and Gregory A. Vega agreed."}},
		{"month", "It closes Feb. 28. Work begins in May.", []string{"It closes Feb. 28.", "Work begins in May."}},
		{"party", "Rep. Eric Cantor (R-Va.) lost. He left.", []string{"Rep. Eric Cantor (R-Va.) lost.", "He left."}},
		{"time of day", "It rose at 3 p.m. Tuesday. Then it fell.", []string{"It rose at 3 p.m. Tuesday.", "Then it fell."}},
		{"quotation", "“It is over. We won,” she said. He left.", []string{"“It is over.", "We won,” she said.", "He left."}},
		{"question inside", "“Is it over?” she asked. He nodded.", []string{"“Is it over?” she asked.", "He nodded."}},
		{"quotation ends", "She said, “It is over.” He left.", []string{"She said, “It is over.”", "He left."}},
		{"company", "Vale Inc. Chief Executive Mara Lind resigned.", []string{"Vale Inc. Chief Executive Mara Lind resigned."}},
		{"decimal", "It fell by 3.5 percent. Then it rose.", []string{"It fell by 3.5 percent.", "Then it rose."}},
		{"name behind a country", "It was the first time the U.S. Constitution had been read aloud. He left.", []string{"It was the first time the U.S. Constitution had been read aloud.", "He left."}},
		{"quotation of two sentences", "“I was wrong. I should have known,” she said. “We all should.”", []string{"“I was wrong.", "I should have known,” she said.", "“We all should.”"}},
		{"quotation behind a colon", "She said: “It is over.” The crowd cheered.", []string{"She said: “It is over.”", "The crowd cheered."}},
		{"nested quotation", "“He said ‘never’ to me. I left,” she said.", []string{"“He said ‘never’ to me.", "I left,” she said."}},
		{"straight quotation", `"We lost," he said. "We will be back."`, []string{`"We lost," he said.`, `"We will be back."`}},
		{"spaced dots", "“I . . . do not know,” he said.", []string{"“I . . . do not know,” he said."}},
		{"dots behind a full stop", "“We waited. ... Nothing came,” he said.", []string{"“We waited. ...", "Nothing came,” he said."}},
		{"ellipsis between words", "“We waited … and waited. Nothing came.”", []string{"“We waited … and waited.", "Nothing came.”"}},
		{"bracketed sentence", "The mayor voted. (He was ill at the time.) The loan passed.", []string{"The mayor voted.", "(He was ill at the time.)", "The loan passed."}},
		{"editor's brackets", "“[The bridge] is old. It will go,” Ms. Lind said [on Monday].", []string{"“[The bridge] is old.", "It will go,” Ms. Lind said [on Monday]."}},
		{"question in a quotation", "He asked, “Why now?” and left.", []string{"He asked, “Why now?” and left."}},
		{"number", "The No. 2 official left on Jan. 3. It was cold.", []string{"The No. 2 official left on Jan. 3.", "It was cold."}},
		{"son", "He met Gov. J. B. Lind Jr. The talks failed.", []string{"He met Gov. J. B. Lind Jr.", "The talks failed."}},
		{"capital", "He lives in Washington, D.C. She lives in Ohio.", []string{"He lives in Washington, D.C.", "She lives in Ohio."}},
		{"saint", "He was born in St. Louis. He died in Ft. Lind.", []string{"He was born in St. Louis.", "He died in Ft. Lind."}},
		{"no space behind a mark", "“It’s done.”She left.", []string{"“It’s done.”", "She left."}},
		{"small first letter", "The company, eBay Inc., fell. It lost $3.5 million.", []string{"The company, eBay Inc., fell.", "It lost $3.5 million."}},
		{"exclamation in a name", "She works for Yahoo! in Ohio. He does not.", []string{"She works for Yahoo! in Ohio.", "He does not."}},
		{"ellipsis inside", "It will “strengthen ties … and more.” He left.", []string{"It will “strengthen ties … and more.”", "He left."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := []string{}
			for _, s := range splitSentences(c.text) {
				got = append(got, c.text[s[0]:s[1]])
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestQuotations(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"curly", "She said “it is over” and “we won.”", []string{"it is over", "we won."}},
		{"straight", `She said "it is over" and "we won."`, []string{"it is over", "we won."}},
		{"nested", "“He told me ‘never’ twice,” she said.", []string{"He told me ‘never’ twice,"}},
		{"runs on", "“It is over for all of us.\n“We lost,” she said.", []string{"It is over for all of us.", "We lost,"}},
		{"apostrophes", "The mayor’s plan wasn’t new.", nil},
		{"stray mark", "A 12\" pipe", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, q := range quotationsOf(c.text) {
				got = append(got, c.text[q.start:q.end])
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRuneIndex(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("Bogotá — “ñ” 漢字 ", 40)
	x := newRuneIndex(text)
	for b := range text {
		if got, want := x.rune(b), utf8.RuneCountInString(text[:b]); got != want {
			t.Fatalf("byte %d: %d code points, want %d", b, got, want)
		}
	}
	if got, want := x.rune(len(text)), utf8.RuneCountInString(text); got != want {
		t.Errorf("end: %d, want %d", got, want)
	}
}

func TestParsePublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{"", "", true},
		{"2025-03-27", "2025-03-27", true},
		{"2025-03-27T09:30:00-05:00", "2025-03-27T09:30:00-05:00", true},
		{"9999-01-01", "", false},
		{"27 March 2025", "", false},
		{"2025-02-30", "", false},
	} {
		got, err := ParsePublished(c.in)
		if (err == nil) != c.ok || got.String() != c.want {
			t.Errorf("%q: %q, %v", c.in, got, err)
		}
	}
}

// FuzzReadText asserts what all else relies on: spans in order, inside the text,
// on the words they say.
func FuzzReadText(f *testing.F) {
	f.Add("Loading Now\n\n"+prose+"\nOriginal Source: x.example\n", "Title")
	f.Add("PORT ANSEL (Northwire) — “a\n“b ”\"\n- c", "")
	f.Fuzz(func(t *testing.T, raw, title string) {
		if !utf8.ValidString(raw) {
			t.Skip()
		}
		x := ReadText(raw, title)
		n, at := utf8.RuneCountInString(x.Body), 0
		for _, s := range x.Spans {
			if s.Start < at || s.End <= s.Start || s.End > n {
				t.Fatalf("span %+v after %d in a text of %d", s, at, n)
			}
			at = s.End
		}
		for _, s := range sentencesOf(x) {
			if s.start >= s.end || s.end > len(x.Body) || !utf8.ValidString(x.Body[s.start:s.end]) {
				t.Fatalf("sentence %+v", s)
			}
		}
		for _, q := range quotationsOf(x.Body) {
			if q.start >= q.end || q.end > len(x.Body) {
				t.Fatalf("quotation %+v", q)
			}
		}
	})
}
