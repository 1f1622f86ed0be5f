package search

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
)

// shape writes what is looked for in one line: groups by spaces, choices by bars,
// phrases in brackets.
func shape(q Query) string {
	word := func(t Term) string {
		if t.Phrase {
			return "[" + t.Text + "]"
		}
		return t.Text
	}
	var parts []string
	for _, g := range q.All {
		var choice []string
		for _, t := range g {
			choice = append(choice, word(t))
		}
		parts = append(parts, strings.Join(choice, "|"))
	}
	for _, t := range q.Not {
		parts = append(parts, "-"+word(t))
	}
	return strings.Join(parts, " ")
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"ferry pier", "ferry pier"},
		{"  ferry\t\npier ", "ferry pier"},
		{`"north pier" ferry`, "[north pier] ferry"},
		{"“north pier” «old town»", "[north pier] [old town]"},
		{"ferry -pier", "ferry -pier"},
		{`-"north pier"`, "-[north pier]"},
		{"ferry OR boat pier", "ferry|boat pier"},
		{"ferry | boat | ship", "ferry|boat|ship"},
		{`ferry OR "old boat"`, "ferry|[old boat]"},
		{"ferry or boat", "ferry or boat"},
		{"OR ferry OR", "ferry"},
		{"ferry OR -boat ship", "ferry ship -boat"},
		{"-ferry OR boat", "boat -ferry"},
		{"ferry kind:number OR boat", "ferry boat"},
		{"(ferry, boat!)", "ferry boat"},
		{"- -- … ?", ""},
		{"US-led anti-war -x-ray", "US-led anti-war -x-ray"},
		{"1,700 $43,350 10:30", "1,700 43,350 10:30"},
		{"https://example.org/a", "https://example.org/a"},
		{"O'Brien's", "O'Brien's"},
		{"بوغوتا Bogotá", "بوغوتا Bogotá"},
		{`""`, ""},
		{"a\x00b \xff c\x02d", "a b c d"},
		{`" ferry`, "[ferry]"},
	} {
		if got := shape(Parse(c.text)); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.text, got, c.want)
		}
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		text string
		want Filter
	}{
		{"kind:number", Filter{Kinds: []claims.Kind{claims.KindNumber}}},
		{"KIND:Number,time kind:time", Filter{Kinds: []claims.Kind{claims.KindNumber, claims.KindTime}}},
		{"verdict:diverge", Filter{Verdicts: []claims.Verdict{claims.Diverge}}},
		{`source:"The Wire" source:Gazette`, Filter{Sources: []string{"The Wire", "Gazette"}}},
		{"source:“The Wire”", Filter{Sources: []string{"The Wire"}}},
		{"min_origins:2", Filter{MinOrigins: 2}},
		{"reviewed:yes", Filter{Reviewed: &yes}},
		{"reviewed:NO", Filter{Reviewed: &no}},
		{`story:"ferry accident"`, Filter{Story: "ferry accident"}},
		{"after:2025-03-01 before:2025-04", Filter{After: day(2025, 3, 1), Before: day(2025, 4, 1)}},
		{"after:2025", Filter{After: day(2025, 1, 1)}},
		{"is:finding,article", Filter{Types: []Type{Finding, Article}}},
	} {
		q := Parse(c.text)
		if diff := cmp.Diff(c.want, q.Filter); diff != "" || len(q.Problems) > 0 || q.HasText() {
			t.Errorf("%q (-want +got), problems %v, words %q:\n%s", c.text, q.Problems, shape(q), diff)
		}
	}
}

func TestWhatIsWrongIsNamedAndTheRestCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, part, message string }{
		{"ferry kind:numbr", "kind:numbr", "knows no “numbr”: it is one of negation, action"},
		{"ferry kind:number,x", "kind:number,x", "knows no “x”"},
		{"ferry verdict:", "verdict:", "has no value"},
		{`ferry source:""`, `source:""`, "has no value"},
		{"ferry min_origins:two", "min_origins:two", "min_origins:2"},
		{"ferry min_origins:-1", "min_origins:-1", "min_origins:2"},
		{"ferry reviewed:maybe", "reviewed:maybe", "is yes or no"},
		{"ferry after:yesterday", "after:yesterday", "2025-03-27"},
		{"ferry after:2025-02-30", "after:2025-02-30", "2025-03-27"},
		{"ferry is:person", "is:person", "it is one of story, finding"},
		{"ferry -kind:number", "-kind:number", "cannot be turned round"},
		{"ferry verdct:diverge", "verdct:diverge", "Did you mean “verdict:”?"},
		{"ferry sources:Wire", "sources:Wire", "Did you mean “source:”?"},
	} {
		q := Parse(c.text)
		if len(q.Problems) != 1 || q.Problems[0].Part != c.part || !strings.Contains(q.Problems[0].Message, c.message) {
			t.Errorf("%q: problems %+v, want %q about %q", c.text, q.Problems, c.message, c.part)
		}
		if shape(q) != "ferry" || len(q.Kinds)+len(q.Verdicts)+len(q.Types)+len(q.Sources)+q.MinOrigins > 0 {
			t.Errorf("%q: %q is left, and the filter %+v", c.text, shape(q), q.Filter)
		}
	}
	if q := Parse(`ferry "north pier kind:number`); len(q.Problems) != 1 || shape(q) != "ferry [north pier kind:number]" {
		t.Errorf("a quotation that is not closed: %q, %v", shape(q), q.Problems)
	}
}

func TestTooMuchIsCut(t *testing.T) {
	t.Parallel()
	q := Parse(strings.Repeat("w ", 25))
	if len(q.All) != maxTerms || len(q.Problems) != 1 {
		t.Errorf("%d words and the problems %v", len(q.All), q.Problems)
	}
	if q := Parse(strings.Repeat("ö", 1000)); utf8.RuneCountInString(q.Raw) != MaxQuery || len(q.Problems) != 1 {
		t.Errorf("a query of %d characters with the problems %v", utf8.RuneCountInString(q.Raw), q.Problems)
	}
}

func TestNarrowedAndCorrected(t *testing.T) {
	t.Parallel()
	q := Parse(`ferry is:finding kind:number is:story "a b"`)
	if got := q.Narrowed(Article); got != `ferry kind:number "a b" is:article` {
		t.Errorf("narrowed: %q", got)
	}
	if got := q.Narrowed(""); got != `ferry kind:number "a b"` {
		t.Errorf("widened: %q", got)
	}
	q = Parse(`fery OR boot "fery" kind:number -fery`)
	if got := q.Corrected(map[string]string{"fery": "ferry", "boot": "boat"}); got != `ferry OR boat "fery" kind:number -fery` {
		t.Errorf("corrected: %q", got)
	}
}

func TestTypesThatAFilterAllows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []Type
	}{
		{"ferry", Types()},
		{"verdict:diverge", []Type{Finding, Claim}},
		{"is:article verdict:diverge", nil},
		{"is:source,story", []Type{Story, Source}},
		{"after:2025", []Type{Story, Finding, Correction, Article, Claim}},
	} {
		var got []Type
		for _, typ := range Types() {
			if Parse(c.text).Allows(typ) {
				got = append(got, typ)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q allows %v, want %v", c.text, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"ferry", "ferry", 0}, {"fery", "ferry", 1}, {"ferrry", "ferry", 1}, {"frery", "ferry", 1},
		{"berry", "ferry", 1}, {"bogota", "bogotá", 1}, {"boat", "ferry", 5}} {
		if got := Distance(c.a, c.b); got != c.want || Distance(c.b, c.a) != got {
			t.Errorf("from %q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	got := Parts("the \x02ferry\x03 struck \x02the pier\x03")
	want := []Part{{"the ", false}, {"ferry", true}, {" struck ", false}, {"the pier", true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`ferry "north pier" -storm a OR b kind:number source:"The Wire`, "is:story,,x after:2025-01", "\xff\x00“”:-|"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := Parse(text)
		if !utf8.ValidString(q.Raw) || strings.ContainsAny(q.Raw, "\x00\n") || utf8.RuneCountInString(q.Raw) > MaxQuery {
			t.Errorf("raw %q", q.Raw)
		}
		n := len(q.Not)
		for _, g := range q.All {
			if len(g) == 0 {
				t.Error("an empty choice")
			}
			n += len(g)
			for _, term := range g {
				if !strings.Contains(q.Raw[term.start:term.end], term.Text) {
					t.Errorf("%q stands not in %q", term.Text, q.Raw[term.start:term.end])
				}
			}
		}
		if n > maxTerms {
			t.Errorf("%d terms", n)
		}
		// What is shown with a choice of types finds the same.
		again := Parse(q.Narrowed(""))
		if shape(again) != shape(q) || len(again.Types) != 0 {
			if utf8.RuneCountInString(text) <= MaxQuery && !strings.Contains(q.Raw, "is:") {
				t.Errorf("%q becomes %q: %q, %q", q.Raw, again.Raw, shape(q), shape(again))
			}
		}
	})
}

func FuzzParts(f *testing.F) {
	f.Add("a \x02b\x03 c")
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		for _, p := range Parts(text) {
			b.WriteString(p.Text)
		}
		if b.String() != Plain(text) {
			t.Errorf("the parts of %q are %q", text, b.String())
		}
	})
}
