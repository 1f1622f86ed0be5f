package claims

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFindPassage(t *testing.T) {
	t.Parallel()
	body := "It rained. “Café  owners” saw it.\nIt snowed, and it’s cold."
	text := ReadText(body, "")
	for _, c := range []struct {
		name, typed, within, want, why string
	}{
		{"as it stands", "owners” saw it", "", "owners” saw it", ""},
		{"other marks and spaces", " \"Café owners\" saw ", "", "“Café  owners” saw", ""},
		{"an apostrophe", "it's cold", "", "it’s cold", ""},
		{"twice", "It", "", "", "2 times"},
		{"once in its sentence", "It", "It snowed", "It", ""},
		{"not there", "it rained", "", "", "not there"},
		{"nothing", " ", "", "", "missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var within Mark
			if c.within != "" {
				within = markOf(t, body, c.within)
			}
			got, err := FindPassage(text, within, c.typed)
			if c.why != "" {
				if KindOf(err) != Invalid || !strings.Contains(err.Error(), c.why) {
					t.Errorf("%v, want an error on %q", err, c.why)
				}
				return
			}
			if err != nil || got.Exact != c.want || string([]rune(body)[got.Start:got.End]) != got.Exact {
				t.Errorf("%+v (%v), want %q", got, err, c.want)
			}
		})
	}
}

func TestSplitPassage(t *testing.T) {
	t.Parallel()
	body := "The minister visited the harbour, and met the “old” mayor."
	text := ReadText(body, "")
	whole := markOf(t, body, "The minister visited the harbour, and met the “old” mayor")
	behind := func(words string) int { return markOf(t, body, words).End }
	first, second, err := SplitPassage(text, whole, behind("harbour"))
	if err != nil || first.Exact != "The minister visited the harbour" || second.Exact != "met the “old” mayor" {
		t.Errorf("%q and %q, %v", first.Exact, second.Exact, err)
	}
	for words, why := range map[string]string{"The": "first part", "“old”": "second part", "mayor": "not inside"} {
		if _, _, err := SplitPassage(text, whole, behind(words)); KindOf(err) != Invalid || !strings.Contains(err.Error(), why) {
			t.Errorf("behind %q: %v, want an error on the %s", words, err, why)
		}
	}
}

// FuzzPassages asserts that what is found stands there, and that the parts of a
// split stand inside the whole, one behind the other.
func FuzzPassages(f *testing.F) {
	f.Add("The minister visited the “harbour”, and met the mayor.", "the mayor", 0, 53, 30)
	f.Add("a  b\n\nc", "a b", -4, 99, 2)
	f.Fuzz(func(t *testing.T, body, words string, start, end, at int) {
		if !utf8.ValidString(body) || len(body) > 2000 || len(words) > 200 {
			t.Skip()
		}
		text := ReadText(body, "")
		runes := []rune(text.Body)
		if p, err := FindPassage(text, Mark{start, end}, words); err == nil && string(runes[p.Start:p.End]) != p.Exact {
			t.Fatalf("found %+v", p)
		}
		whole := Mark{max(start, 0), min(end, len(runes))}
		if a, b, err := SplitPassage(text, whole, at); err == nil && (a.End > b.Start || string(runes[a.Start:a.End]) != a.Exact || string(runes[b.Start:b.End]) != b.Exact) {
			t.Fatalf("split %+v and %+v", a, b)
		}
	})
}
