package claims

import (
	"slices"
	"testing"
)

// TestSettledPairs holds which claims of two articles are joined, or kept apart, by rule:
// the findings that hold claims of both, by what these tell.
func TestSettledPairs(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct {
		name, a, b string
		x, y       string // claims of the one and of the other
		together   bool
		verdict    Verdict
	}{
		{"the same words, and two people for “he”",
			"Oren Vale praised Peter Lind on Monday. The inquiry began after he left the Harbour Bureau of Investigation in 2006.",
			"Peter Lind met Jan Holm on Monday. The inquiry began after he left the Harbour Bureau of Investigation in 2006.",
			"after he left the Harbour Bureau of Investigation in 2006", "after he left the Harbour Bureau of Investigation in 2006", true, Agree},
		{"the same words but for the year",
			"Oren Vale praised Peter Lind on Monday. The inquiry began after he left the Harbour Bureau of Investigation in 2006.",
			"Peter Lind met Jan Holm on Monday. The inquiry began after he left the Harbour Bureau of Investigation in 2002.",
			"after he left the Harbour Bureau of Investigation in 2006", "after he left the Harbour Bureau of Investigation in 2002", true, Diverge},
		{"two measures of one thing",
			"Oren Vale and his wife were indicted on Tuesday on charges of taking $250,000. They bought a ferry, the 48-page indictment says.",
			"Oren Vale sold the harbour fund in May. He was indicted on charges of theft, and the 47-page indictment names his wife.",
			"the 48-page indictment", "the 47-page indictment", true, Diverge},
		{"a measure and what the thing is about",
			"They bought a ferry, the 48-page indictment says.", "The indictment names the ferry.",
			"the 48-page indictment", "The indictment names the ferry", false, ""},
		{"one thing in a relative clause",
			"Oren Vale opened in May the health food shop that he founded in Brooklyn.", "Oren Vale opened in May the health food shop that he founded in Manhattan.",
			"that he founded in Brooklyn", "that he founded in Manhattan", true, Diverge},
		{"two things in relative clauses",
			"Oren Vale opened in May the health food shop that he founded in Brooklyn.", "Oren Vale sold in May the marine paint plant that he founded in Manhattan.",
			"that he founded in Brooklyn", "that he founded in Manhattan", false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, err := e.Analyze(t.Context(), Story{Articles: []Article{
				{ID: "a", Source: "Post", Text: ReadText(c.a, "")}, {ID: "b", Source: "Wire", Text: ReadText(c.b, "")}}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			home := func(article int, exact string) int {
				var id string
				for _, claim := range r.Articles[article].Claims {
					if claim.Exact == exact {
						id = claim.ID
					}
				}
				return slices.IndexFunc(r.Findings, func(f Finding) bool {
					return slices.ContainsFunc(f.Claims, func(m FindingClaim) bool { return m.ID == id })
				})
			}
			x, y := home(0, c.x), home(1, c.y)
			if x < 0 || y < 0 {
				t.Fatalf("no claim %q or %q in %+v", c.x, c.y, r.Articles)
			}
			if (x == y) != c.together {
				t.Errorf("in one finding: %v, want %v", x == y, c.together)
			}
			if c.together && r.Findings[x].Verdict != c.verdict {
				t.Errorf("verdict %s, want %s", r.Findings[x].Verdict, c.verdict)
			}
		})
	}
}

// TestMeasures holds which claims a bare measure is told of one thing with, and from which
// it is kept apart.
func TestMeasures(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	claim := func(text, exact string) *statement {
		for _, s := range e.read(t.Context(), Article{ID: "a", Source: "Post", Text: ReadText(text, "")}).claims {
			if s.Exact == exact {
				return s
			}
		}
		t.Fatalf("%q has no claim %q", text, exact)
		return nil
	}
	bare := claim("They bought a ferry, the 48-page indictment says.", "the 48-page indictment")
	for _, c := range []struct {
		text, exact string
		one, apart  bool
	}{
		{"They sold a ferry, the 47-page indictment says.", "the 47-page indictment", true, false},
		{"They sold a ferry, the 47-page report says.", "the 47-page report", false, true},
		{"The second-term senator sold a ferry.", "The second-term senator", false, true},
		{"The indictment names the ferry.", "The indictment names the ferry", false, true},
		{"The indictment has 47 pages.", "The indictment has 47 pages", false, false},
		{"The court sent a 47-page indictment to the owner.", "The court sent a 47-page indictment to the owner", false, true},
	} {
		other := claim(c.text, c.exact)
		if got := oneMeasured(bare, other); got != c.one {
			t.Errorf("%s: one %v, want %v", c.exact, got, c.one)
		}
		if got := measuresApart(bare, other); got != c.apart {
			t.Errorf("%s: apart %v, want %v", c.exact, got, c.apart)
		}
	}
	year := claim("The charges follow a two-year inquiry into the fund.", "a two-year inquiry")
	if measuresApart(year, claim("The charges follow a monthslong inquiry into the fund.", "The charges follow a monthslong inquiry into the fund")) {
		t.Error("two spans of time are kept apart")
	}
}
