package claims

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sharedEngine is loaded once for all tests: it changes nothing of what it says.
var sharedEngine = sync.OnceValues(NewEngine)

func testEngine(t testing.TB) *Engine {
	t.Helper()
	e, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// exacts gives the passages of the claims of a text.
func exacts(e *Engine, text string) []string {
	out := []string{}
	for _, c := range e.Extract(Article{ID: "a", Source: "Post", Text: ReadText(text, "")}) {
		out = append(out, c.Exact)
	}
	return out
}

func TestExtractSplits(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"one fact", "The council approved the loan on Tuesday.", []string{"The council approved the loan on Tuesday"}},
		{"two verbs with objects", "The minister visited the harbour and met the mayor.", []string{"The minister visited the harbour", "met the mayor"}},
		{"verbs that share an object", "The police detect and deter crime.", []string{"The police detect and deter crime"}},
		{"relative clause", "The minister visited the ferry, which carried 300 passengers.", []string{"The minister visited the ferry", "which carried 300 passengers"}},
		{"participle", "The ferry struck the pier on Tuesday, injuring 14 people.", []string{"The ferry struck the pier on Tuesday", "injuring 14 people"}},
		{"reporting frame", "Noem said the effort led to over 1,700 deportations.", []string{"the effort led to over 1,700 deportations"}},
		{"half a bracket", "“[His] actions undercut our belief,” the mayor said.", []string{"[His] actions undercut our belief"}},
		{"age", "Mr. Mattis, 68, will leave in May.", []string{"Mr. Mattis, 68", "Mr. Mattis, 68, will leave in May"}},
		{"quotation", "“The pier was unsafe,” the mayor said.", []string{"The pier was unsafe"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, exacts(e, c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSpeakersAndCertainty(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct {
		text, claim, speaker string
		rung                 Attribution
		certainty            Certainty
	}{
		{"Kristi Noem met Gustavo Petro on Thursday.", "Kristi Noem met Gustavo Petro on Thursday", "", OwnVoice, Happened},
		{"Kristi Noem is scheduled to meet Gustavo Petro on Thursday.", "Kristi Noem is scheduled to meet Gustavo Petro on Thursday", "", OwnVoice, Planned},
		{"The ferry will sail again in May.", "The ferry will sail again in May", "", OwnVoice, Planned},
		{"The ferry could sail again in May.", "The ferry could sail again in May", "", OwnVoice, Possible},
		{"Mayor Ruth Amadi said the repairs cost $4 million.", "the repairs cost $4 million", "Ruth Amadi", Paraphrased, Happened},
		{"Officials said the repairs cost $4 million.", "the repairs cost $4 million", "Officials", Officials, Happened},
		{"Prosecutors alleged that the crew ignored two radio calls.", "the crew ignored two radio calls", "Prosecutors", Officials, Alleged},
		{"“The pier was unsafe in January,” said Mayor Ruth Amadi.", "The pier was unsafe in January", "Ruth Amadi", Quoted, Happened},
		{"Ruth Amadi spoke on Monday. “The pier was unsafe in January,” she said.", "The pier was unsafe in January", "Ruth Amadi", Quoted, Happened},
		{"The repairs cost $4 million, according to Ruth Amadi.", "The repairs cost $4 million", "Ruth Amadi", Paraphrased, Happened},
	} {
		found := false
		for _, got := range e.Extract(Article{ID: "a", Source: "Post", Text: ReadText(c.text, "")}) {
			if !strings.HasPrefix(got.Exact, c.claim) {
				continue
			}
			found = true
			speaker := ""
			if got.Speaker != nil {
				speaker = *got.Speaker
			}
			if speaker != c.speaker || got.Attribution != c.rung || got.Certainty != c.certainty {
				t.Errorf("%q: %q %s %s, want %q %s %s", c.text, speaker, got.Attribution, got.Certainty, c.speaker, c.rung, c.certainty)
			}
		}
		if !found {
			t.Errorf("%q: no claim %q in %q", c.text, c.claim, exacts(e, c.text))
		}
	}
}

func TestSelfContainedText(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct{ text, want string }{
		{"Kristi Noem visited Bogotá on Thursday. She also met Gustavo Petro.", "[Kristi Noem] also met Gustavo Petro"},
		{"The minister visited the harbour and met the mayor.", "[The minister] met the mayor"},
		{"The minister visited the ferry, which carried 300 passengers.", "[the ferry] carried 300 passengers"},
	} {
		found := false
		for _, got := range e.Extract(Article{ID: "a", Source: "Post", Text: ReadText(c.text, "")}) {
			found = found || got.Text == c.want
		}
		if !found {
			t.Errorf("%q: no claim reads %q", c.text, c.want)
		}
	}
}

// pairOf analyses two one-sentence articles and gives the finding that holds both.
func pairOf(t *testing.T, e *Engine, a, b string) (Finding, []ClearedPair, bool) {
	t.Helper()
	r, err := e.Analyze(context.Background(), Story{ID: "s", Articles: []Article{
		{ID: "a", Source: "Post", Text: ReadText(a, "")}, {ID: "b", Source: "Ledger", Text: ReadText(b, "")},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Sources == 2 {
			return f, r.Cleared, true
		}
	}
	return Finding{}, r.Cleared, false
}

func TestNegationIsMarkedWithItsVerb(t *testing.T) {
	t.Parallel()
	denial := "The harbour office did not issue a fog warning."
	f, _, ok := pairOf(t, testEngine(t), "The harbour office issued a fog warning.", denial)
	if !ok || len(f.Differences) != 1 || len(f.Differences[0].Marks[1]) != 1 {
		t.Fatalf("%v %+v", ok, f.Differences)
	}
	if m := f.Differences[0].Marks[1][0]; denial[m.Start:m.End] != "did not issue" {
		t.Errorf("marked %q, want the verb with its negation", denial[m.Start:m.End])
	}
}

func TestTwoFactsStayApart(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range [][2]string{
		{"The effort led to 1,700 deportations.", "Trump proposed a 25% tariff on all goods from Colombia."},
		{"Noem signed a memorandum with Gustavo Villatoro in El Salvador.", "Noem and Laura Sarabia signed a letter of intent in Bogotá."},
		{"Noem met Defense Minister Pedro Sanchez.", "Noem met President Nayib Bukele."},
	} {
		if f, _, ok := pairOf(t, e, c[0], c[1]); ok {
			t.Errorf("one finding, %s: %q / %q", f.Verdict, c[0], c[1])
		}
	}
}

func TestClearedPair(t *testing.T) {
	t.Parallel()
	_, cleared, ok := pairOf(t, testEngine(t), "The minister signed the letter on Thursday.", "The minister signed the letter on March 27.")
	if !ok || len(cleared) != 1 || cleared[0].Kind != KindTime || cleared[0].Reason != "a weekday and a date of an unknown year" {
		t.Errorf("%v %+v", ok, cleared)
	}
}

func TestAnalyzeIsDeterministicAndPinsHold(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	texts := []string{
		"The ferry struck the pier on Tuesday, injuring 14 people. The mayor met the minister on Wednesday.",
		"The ferry struck the pier on Tuesday, injuring 41 people. The mayor met the minister on Thursday.",
		"The ferry struck the pier on Monday. “We will rebuild it,” the mayor said.",
	}
	s := Story{ID: "s", Title: "Ferry"}
	for i, x := range texts {
		s.Articles = append(s.Articles, Article{ID: string(rune('a' + i)), Source: "S" + string(rune('A'+i)), Text: ReadText(x, "")})
	}
	report := func(s Story) string {
		r, err := e.Analyze(context.Background(), s, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	first := report(s)
	if again := report(s); again != first {
		t.Error("the same story gave two reports")
	}
	claims := e.Extract(s.Articles[0])
	s.Pins = []Pin{{Claims: []Anchor{{"a", claims[0].Start, claims[0].End}, {"a", claims[len(claims)-1].Start, claims[len(claims)-1].End}}}}
	var r Report
	if err := json.Unmarshal([]byte(report(s)), &r); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Claims[0].ID == claims[0].ID && len(f.Claims) != 2 {
			t.Errorf("a pinned finding has %d claims, want the 2 that were pinned", len(f.Claims))
		}
	}
}

// TestAnalyzeTakesAnyMarks throws heaps of marks and half sentences at the
// engine: what comes out must still be a report.
func TestAnalyzeTakesAnyMarks(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	pieces := []string{"“", "”", "\"", "(", ")", "[", "]", ". ", "? ", "- ", "\n", "14 ", "March ", "27 ", "the ", "ferry ", "said ", "she ",
		"U.S. ", "—", ",", ";", "$", "%", "of ", "and ", "which ", "“It is over,” ", "injuring ", "x", "é", "million "}
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		var b strings.Builder
		for b.Len() < 800 {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		r, err := e.Analyze(context.Background(), Story{Articles: []Article{
			{ID: "a", Source: "A", Text: ReadText(b.String(), "")}, {ID: "b", Source: "B", Text: ReadText(b.String(), "")}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
	}
}

// lookedAt is a context that ends at one of the looks at whether it has ended.
type lookedAt struct {
	context.Context
	looks, last int
}

func (c *lookedAt) Err() error {
	if c.looks++; c.looks > c.last {
		return context.Canceled
	}
	return nil
}

func TestAnalyzeStopsWhereverItsContextEnds(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	// Long enough that the model is asked more than once and pairs are scored in parts.
	story := Story{}
	for a := range 3 {
		var text strings.Builder
		for n := range 24 {
			fmt.Fprintf(&text, "The mayor of Harbour %d said on Monday that %d ferries were late in week %d.\n\n", n, 10*a+n, n)
		}
		id := fmt.Sprint(a)
		story.Articles = append(story.Articles, Article{ID: id, Source: id, Text: ReadText(text.String(), "")})
	}
	whole := &lookedAt{Context: context.Background(), last: 1 << 30}
	if _, err := e.Analyze(whole, story, nil); err != nil {
		t.Fatal(err)
	}
	if whole.looks < 50 {
		t.Errorf("looked %d times whether anybody waits", whole.looks)
	}
	for last := 0; last < whole.looks; last += 1 + whole.looks/10 {
		ctx := &lookedAt{Context: context.Background(), last: last}
		if _, err := e.Analyze(ctx, story, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("ended at look %d of %d: %v", last, whole.looks, err)
		}
		if ctx.looks > last+10 { // what is begun may look again before it gives up
			t.Errorf("ended at look %d and looked %d times more", last, ctx.looks-last)
		}
	}
}
