package claims

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const ferryText = "The minister visited the harbour on Tuesday and met the mayor. Noem said the effort led to over 1,700 deportations.\n\n" +
	"The ferry, which carried 300 passengers, struck the pier after a fire in its engine room. Café owners “saw it – all of it,” Ito said."

// markOf gives where some words first stand in a text.
func markOf(t testing.TB, body, words string) Mark {
	t.Helper()
	before, _, ok := strings.Cut(body, words)
	if !ok {
		t.Fatalf("the text has no %q", words)
	}
	start := utf8.RuneCountInString(before)
	return Mark{Start: start, End: start + utf8.RuneCountInString(words)}
}

// withEdits gives the claims of a text under edits.
func withEdits(t testing.TB, e *Engine, body string, edits Edits) []Claim {
	t.Helper()
	a := Article{ID: "a", Source: "Post", Text: ReadText(body, ""), Edits: edits}
	return e.Extract(a)
}

func claimAt(t testing.TB, all []Claim, exact string) Claim {
	t.Helper()
	for _, c := range all {
		if c.Exact == exact {
			return c
		}
	}
	t.Fatalf("no claim %q among %q", exact, passagesOf(all))
	return Claim{}
}

func passagesOf(all []Claim) []string {
	var out []string
	for _, c := range all {
		out = append(out, c.Exact)
	}
	return out
}

func TestNoEditsChangeNothing(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	plain := withEdits(t, e, ferryText, Edits{})
	// An edit of words that are no claim and make none changes nothing either.
	same := withEdits(t, e, ferryText, Edits{Made: []Mark{{Start: -3, End: 2}, {Start: 5, End: 5}, {Start: 9, End: 1 << 40}},
		Dropped: []DroppedClaim{{Mark: Mark{Start: 1, End: 3}, Read: true}}})
	if diff := cmp.Diff(plain, same); diff != "" {
		t.Error(diff)
	}
}

func TestPersonsPassageIsReadByTheRules(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct {
		name, words string
		text        string
		attribution Attribution
		speaker     string
		certainty   Certainty
	}{
		{"borders moved", "The minister visited the harbour", "The minister visited the harbour", OwnVoice, "", Happened},
		{"with its reporting verb", "Noem said the effort led to over 1,700 deportations", "Noem said the effort led to over 1,700 deportations", Paraphrased, "Noem", Happened},
		{"without its first words", "led to over 1,700 deportations", "[the effort] led to over 1,700 deportations", Paraphrased, "Noem", Happened},
		{"a noun alone", "over 1,700 deportations", "[the effort led] over 1,700 deportations", Paraphrased, "Noem", Happened},
		{"a circumstance", "after a fire in its engine room", "", OwnVoice, "", Happened},
		{"a quotation's part", "saw it – all", "", Quoted, "Ito", Happened},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := claimAt(t, withEdits(t, e, ferryText, Edits{Made: []Mark{markOf(t, ferryText, c.words)}}), c.words)
			speaker := ""
			if got.Speaker != nil {
				speaker = *got.Speaker
			}
			if got.Attribution != c.attribution || speaker != c.speaker || got.Certainty != c.certainty {
				t.Errorf("%s by %q, %s; want %s by %q, %s", got.Attribution, speaker, got.Certainty, c.attribution, c.speaker, c.certainty)
			}
			if c.text != "" && got.Text != c.text {
				t.Errorf("text %q, want %q", got.Text, c.text)
			}
		})
	}
}

func TestEditedClaimsStand(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	plain := passagesOf(withEdits(t, e, ferryText, Edits{}))
	one, two := "The minister visited the harbour on Tuesday", "met the mayor"
	both := "The minister visited the harbour on Tuesday and met the mayor"
	for _, x := range []string{one, two} {
		if !slices.Contains(plain, x) {
			t.Fatalf("%q lacks %q", plain, x)
		}
	}
	merged := passagesOf(withEdits(t, e, ferryText, Edits{Made: []Mark{markOf(t, ferryText, both)},
		Dropped: []DroppedClaim{{markOf(t, ferryText, one), true}, {markOf(t, ferryText, two), true}}}))
	want := append([]string{both}, plain[2:]...)
	if diff := cmp.Diff(want, merged); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	// What a person made is there once, though the engine reads it too.
	if diff := cmp.Diff(plain, passagesOf(withEdits(t, e, ferryText, Edits{Made: []Mark{markOf(t, ferryText, one)}}))); diff != "" {
		t.Errorf("made twice (-want +got):\n%s", diff)
	}
	// Another engine had read the claim with a word less: its place is dropped all the
	// same, and the claim inside it stays.
	short := DroppedClaim{markOf(t, ferryText, "minister visited the harbour on Tuesday"), true}
	if got := passagesOf(withEdits(t, e, ferryText, Edits{Dropped: []DroppedClaim{short}})); slices.Contains(got, one) || !slices.Contains(got, two) {
		t.Errorf("nearly the same: %q", got)
	}
	short.Read = false
	if got := passagesOf(withEdits(t, e, ferryText, Edits{Dropped: []DroppedClaim{short}})); !slices.Contains(got, one) {
		t.Errorf("what a person made and dropped takes along %q", one)
	}
}

func TestJudgedClaims(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	body := "The council approved the loan on Tuesday. It was a truly awful and shameful decision!"
	loan, awful := "The council approved the loan on Tuesday", "It was a truly awful and shameful decision"
	plain := withEdits(t, e, body, Edits{})
	if claimAt(t, plain, awful).Checkable || !claimAt(t, plain, loan).Checkable {
		t.Fatal("the engine judges otherwise than this test thinks")
	}
	got := withEdits(t, e, body, Edits{Judged: []JudgedClaim{{markOf(t, body, loan), reasonOpinion}, {markOf(t, body, awful), ""}}})
	if c := claimAt(t, got, loan); c.Checkable || c.Reason != reasonOpinion || c.Worth != 0 {
		t.Errorf("judged an opinion: %+v", c)
	}
	if c := claimAt(t, got, awful); !c.Checkable || c.Reason != "" {
		t.Errorf("judged checkable: %+v", c)
	}
}

// TestPersonsClaimIsCompared asserts that a claim that a person made meets those of
// other sources.
func TestPersonsClaimIsCompared(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	body := "Rescuers evacuated 1,200 people from the town of Marrow, the mayor said."
	words := "Rescuers evacuated 1,200 people from the town"
	a := Article{ID: "a", Source: "A", Text: ReadText(body, ""), Edits: Edits{Made: []Mark{markOf(t, body, words)},
		Dropped: []DroppedClaim{{markOf(t, body, "Rescuers evacuated 1,200 people from the town of Marrow"), true}}}}
	b := Article{ID: "b", Source: "B", Text: ReadText("Rescuers evacuated 2,000 people from the town.", "")}
	r, err := e.Analyze(context.Background(), Story{Articles: []Article{a, b}}, nil)
	if err != nil || r.Check() != nil {
		t.Fatal(err, r.Check())
	}
	if f := r.Findings[0]; f.Verdict != Diverge || len(f.Claims) != 2 || f.Claims[0].Exact != words || f.Differences[0].Kind != KindNumber {
		t.Errorf("finding %+v", f)
	}
}

func TestFitClaim(t *testing.T) {
	t.Parallel()
	body := "Post Comment\n\nThe two-year inquiry – it “found nothing,” Ito said. They didn't go to Putin's (old) house.\n\nIt rained."
	text := ReadText(body, "")
	for _, c := range []struct{ name, marked, want string }{
		{"as marked", "Ito said", "Ito said"},
		{"half words", "wo-year inqui", "two-year inquiry"},
		{"a part of a compound", "year inquiry", "two-year inquiry"},
		{"spaces and a stop", " Ito said. ", "Ito said"},
		{"a negation", "They did", "They didn't"},
		{"an open bracket", "Putin's (old", "Putin's (old)"},
		{"an open quotation", "it “found nothing", "it “found nothing,”"},
		{"a quotation", "“found nothing,”", "found nothing"},
		{"a whole sentence", "They didn't go to Putin's (old) house.", "They didn't go to Putin's (old) house"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := FitClaim(text, markOf(t, body, c.marked))
			if err != nil || got.Exact != c.want {
				t.Errorf("%q (%v), want %q", got.Exact, err, c.want)
			}
		})
	}
	for _, c := range []struct{ name, marked, why string }{
		{"one word", "inquiry", "one word"},
		{"two sentences", "Ito said. They didn't", "2 sentences"},
		{"over paragraphs", "house.\n\nIt rained", "2 sentences"},
		{"furniture", "Post Comment", "no part of the report"},
		{"a mark", " – ", "no part of the report"},
		{"space", "\n\n", "no words"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := FitClaim(text, markOf(t, body, c.marked)); KindOf(err) != Invalid || !strings.Contains(err.Error(), c.why) {
				t.Errorf("%v, want an error on %q", err, c.why)
			}
		})
	}
	long := strings.Repeat("word ", 70) + "end."
	if _, err := FitClaim(ReadText(long, ""), Mark{0, len(long)}); KindOf(err) != Invalid || !strings.Contains(err.Error(), "71 words") {
		t.Errorf("71 words: %v", err)
	}
}

func TestSentencesWithWords(t *testing.T) {
	t.Parallel()
	got := Sentences(ReadText("Post Comment\n\nThe café – open.  It rained.", ""))
	if len(got) != 2 || got[0].Exact != "The café – open." || got[1].Start != 32 {
		t.Fatalf("sentences %+v", got)
	}
	want := []Passage{{"The", 14, 17}, {"café", 18, 22}, {"–", 23, 24}, {"open.", 25, 30}}
	if diff := cmp.Diff(want, got[0].Words); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}

// FuzzEdits asserts that any edits of any text leave the promises of a report kept,
// and that a passage that fits makes a claim.
func FuzzEdits(f *testing.F) {
	f.Add(ferryText, 4, 40, 0, 32, 60, 90)
	f.Add("“It is over,” she said.\nThe [ferry] struck 14 piers, he said: “No”.", 1, 9, 3, 30, 12, 20)
	f.Add("日本 “a b” – c d\n\nPost Comment", -1, 5, 2, 2, 7, 100)
	e := testEngine(f)
	f.Fuzz(func(t *testing.T, body string, a, b, c, d, from, to int) {
		if !utf8.ValidString(body) || len(body) > 2000 {
			t.Skip()
		}
		text := ReadText(body, "")
		edits := Edits{Made: []Mark{{a, b}, {c, d}, {from, to}}, Dropped: []DroppedClaim{{Mark{a, d}, true}, {Mark{from, b}, false}},
			Judged: []JudgedClaim{{Mark{c, b}, reasonRhetoric}, {Mark{a, b}, ""}}}
		fit, err := FitClaim(text, Mark{from, to})
		if err == nil {
			edits.Made = append(edits.Made, Mark{fit.Start, fit.End})
			again, err := FitClaim(text, Mark{fit.Start, fit.End})
			if err != nil || again != fit {
				t.Fatalf("%+v fits, and then fits as %+v, %v", fit, again, err)
			}
		}
		r, err2 := e.Analyze(context.Background(), Story{Articles: []Article{{ID: "a", Source: "A", Text: text, Edits: edits},
			{ID: "b", Source: "B", Text: text}}}, nil)
		if err2 != nil {
			t.Fatal(err2)
		}
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		gone := slices.ContainsFunc(edits.Dropped, func(x DroppedClaim) bool { return x.Mark == Mark{fit.Start, fit.End} })
		if err == nil && text.NotAnalysed == "" && !gone && !slices.ContainsFunc(r.Articles[0].Claims, func(x Claim) bool { return x.Passage == fit }) {
			t.Fatalf("%+v fits and is no claim of %q", fit, passagesOf(r.Articles[0].Claims))
		}
	})
}

// TestAnyPassagesKeepThePromises makes claims of passages all over a text, many of
// them over one another.
func TestAnyPassagesKeepThePromises(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	text := ReadText(ferryText, "")
	draw := rand.New(rand.NewPCG(5, 3))
	var words []Passage
	for _, s := range Sentences(text) {
		words = append(words, s.Words...)
	}
	for range 20 {
		var edits Edits
		var fit []Passage
		for range 40 {
			from := draw.IntN(len(words))
			to := min(from+draw.IntN(12), len(words)-1)
			if p, err := FitClaim(text, Mark{words[from].Start, words[to].End}); err == nil {
				fit = append(fit, p)
				edits.Made = append(edits.Made, Mark{p.Start, p.End})
			}
		}
		r, err := e.Analyze(context.Background(), Story{Articles: []Article{{ID: "a", Source: "A", Text: text, Edits: edits},
			{ID: "b", Source: "B", Text: text}}}, nil)
		if err != nil || r.Check() != nil {
			t.Fatal(err, r.Check())
		}
		for _, p := range fit {
			if !slices.ContainsFunc(r.Articles[0].Claims, func(c Claim) bool { return c.Passage == p }) {
				t.Errorf("%+v fits and is no claim", p)
			}
		}
	}
}
