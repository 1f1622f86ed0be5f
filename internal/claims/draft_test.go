package claims

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// draftStory are three articles that a draft is held against.
func draftStory(t testing.TB) []Article {
	t.Helper()
	at := Published{At: time.Date(2025, 3, 12, 0, 0, 0, 0, time.UTC), Precision: Day}
	var out []Article
	for _, a := range []struct{ source, text string }{
		{"Harbour Ledger", "A car ferry struck the north pier at Halvorsen Bay on Tuesday, injuring 14 people. Prosecutors allege that the crew ignored two radio calls. The repairs will cost $4 million, mayor Ruth Amadi said."},
		{"Tidewater", "A ferry hit the north pier at Halvorsen Bay on Tuesday, injuring 41 people. According to prosecutors, the crew is accused of having ignored two radio calls. The mayor, Ruth Amadi, said that the repairs will cost $4 million."},
		{"Meridian", "At Halvorsen Bay a car ferry struck the north pier on Tuesday and 14 people were injured. The harbour office had closed the pier in January."},
	} {
		out = append(out, Article{ID: "a-" + a.source, Source: a.source, Published: at, Text: ReadText(a.text, "")})
	}
	return out
}

// checkText holds a text against the story.
func checkText(t testing.TB, text, source string) ([]Claim, DraftCheck) {
	t.Helper()
	e := testEngine(t)
	arts := draftStory(t)
	r, err := e.Analyze(context.Background(), Story{Articles: arts}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := e.ReadDraft(context.Background(), Article{Source: source, Published: arts[0].Published, Text: ReadText(text, "")})
	if err != nil {
		t.Fatal(err)
	}
	check, err := d.Against(context.Background(), KnownStory{Articles: arts, Findings: r.Findings})
	if err != nil {
		t.Fatal(err)
	}
	return d.Claims(), check
}

func TestPointsOfADraft(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, source string
		point              PointType
		says               string
		verdict            Verdict
	}{
		{"a number that all others tell otherwise", "A car ferry struck the north pier at Halvorsen Bay on Tuesday, injuring 19 people.", "",
			PointDiverges, "your draft says 19", Diverge},
		{"a number that some tell", "A car ferry struck the north pier at Halvorsen Bay on Tuesday, injuring 14 people.", "",
			PointAgrees, "Harbour Ledger and Meridian tell it as you do", Diverge},
		{"an allegation told as a fact", "The crew ignored two radio calls.", "", PointDroppedCertainty, "an allegation, your draft as something that happened", Diverge},
		{"somebody's words told as one's own", "The repairs will cost $4 million.", "", PointDroppedAttribution, "Ruth Amadi", Agree},
		{"what one's own source alone has told", "The harbour office had closed the pier in January.", "Meridian", "", "", Single},
		{"what one's own source told otherwise", "A car ferry struck the north pier at Halvorsen Bay on Tuesday, injuring 41 people.", "Harbour Ledger",
			PointContradicts, "41", Diverge},
		{"nobody else's news", "A circus came to the town of Norvik with nine elephants.", "", "", "", Single},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			own, check := checkText(t, c.text, c.source)
			found, verdicts := "", []Verdict{}
			for i := range own {
				verdicts = append(verdicts, check.Claims[i].Verdict)
				for _, p := range check.Claims[i].Points {
					if p.Type == c.point {
						found += p.Explanation + " "
					}
				}
			}
			if !strings.Contains(found, c.says) || !slices.Contains(verdicts, c.verdict) {
				t.Errorf("%q; verdicts %v; %+v", found, verdicts, check.Claims)
			}
		})
	}
}

func TestWhoDiffersFromAll(t *testing.T) {
	t.Parallel()
	own, check := checkText(t, "A car ferry struck the north pier at Halvorsen Bay on Tuesday, injuring 19 people.", "")
	for i, c := range own {
		for _, p := range check.Claims[i].Points {
			if p.Kind == KindNumber && (!p.FromAll || p.Values[0] != "19" || len(p.Marks) != 1) {
				t.Errorf("%q: %+v", c.Exact, p)
			}
		}
	}
	own, check = checkText(t, "A car ferry struck the north pier at Halvorsen Bay on Tuesday, injuring 41 people.", "")
	for i, c := range own {
		for _, p := range check.Claims[i].Points {
			if p.Kind == KindNumber && p.FromAll {
				t.Errorf("%q differs from all: %+v", c.Exact, p)
			}
		}
	}
}

// TestDraftChecksAreTheSameEachTime repeats a check, with one draft and with another
// of the same text.
func TestDraftChecksAreTheSameEachTime(t *testing.T) {
	t.Parallel()
	text := draftStory(t)[0].Text.Body
	_, first := checkText(t, text, "")
	_, second := checkText(t, text, "")
	if !reflect.DeepEqual(first, second) {
		t.Error("two checks of one text differ")
	}
	e, arts := testEngine(t), draftStory(t)
	d, err := e.ReadDraft(t.Context(), Article{Text: ReadText(text, "")})
	if err != nil {
		t.Fatal(err)
	}
	k := KnownStory{Articles: arts}
	one, err := d.Against(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Against(t.Context(), KnownStory{Articles: arts[1:]}); err != nil { // another story in between
		t.Fatal(err)
	}
	if two, err := d.Against(t.Context(), k); err != nil || !reflect.DeepEqual(one, two) {
		t.Errorf("a draft is held against a story twice, and the second time otherwise: %v", err)
	}
}

func TestFindingsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	e, arts := testEngine(t), draftStory(t)
	r, err := e.Analyze(t.Context(), Story{Articles: arts}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// A person has put a claim apart from its like: the draft joins the one or the other.
	for i, f := range r.Findings {
		if len(f.Claims) > 2 {
			left := Finding{ID: "apart", Claims: []FindingClaim{f.Claims[0]}}
			r.Findings[i].Claims = f.Claims[1:]
			r.Findings = append(r.Findings, left)
			break
		}
	}
	d, err := e.ReadDraft(t.Context(), Article{Text: ReadText(arts[0].Text.Body, "")})
	if err != nil {
		t.Fatal(err)
	}
	check, err := d.Against(t.Context(), KnownStory{Articles: arts, Findings: r.Findings})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range check.Claims {
		for _, f := range r.Findings {
			if f.ID == c.Finding && !reflect.DeepEqual(f.Claims, c.Tellers) {
				t.Errorf("the tellers of %s are %v", f.ID, c.Tellers)
			}
		}
	}
}

func TestAnUnknownClaimIsLeftOut(t *testing.T) {
	t.Parallel()
	e, arts := testEngine(t), draftStory(t)
	d, err := e.ReadDraft(t.Context(), Article{Text: ReadText(arts[2].Text.Body, "")})
	if err != nil {
		t.Fatal(err)
	}
	check, err := d.Against(t.Context(), KnownStory{Articles: arts, ClaimIDs: map[Anchor]string{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range check.Claims {
		if c.Verdict != Single || len(c.Tellers) > 0 {
			t.Errorf("a claim that the story does not have tells it: %+v", c)
		}
	}
}

func TestCheckingEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	e, arts := testEngine(t), draftStory(t)
	ctx, end := context.WithCancel(t.Context())
	d, err := e.ReadDraft(ctx, arts[0])
	if err != nil {
		t.Fatal(err)
	}
	end()
	if _, err := d.Against(ctx, KnownStory{Articles: arts}); !errors.Is(err, context.Canceled) {
		t.Errorf("holding it against a story: %v", err)
	}
	if _, err := e.ReadDraft(ctx, arts[0]); !errors.Is(err, context.Canceled) {
		t.Errorf("reading it: %v", err)
	}
}

func TestListsInWords(t *testing.T) {
	t.Parallel()
	for want, list := range map[string][]string{
		"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}, "a, b, c, d and e": {"a", "b", "c", "d", "e"},
		"a, b, c, d and 2 more": {"a", "b", "c", "d", "e", "f"},
	} {
		if got := inWords(list); got != want {
			t.Errorf("%q is written %q", list, got)
		}
	}
}

// FuzzDraft asserts the promises of a check on any text.
func FuzzDraft(f *testing.F) {
	f.Add("A car ferry struck the north pier on Tuesday, injuring 19 people.", "Harbour Ledger")
	f.Add("“The repairs will cost $4 million,” he said.\n\nBy Ann Lee, Northwire", "")
	f.Add("(none) \"of it; nor 3%", "Meridian")
	e, arts := testEngine(f), draftStory(f)
	r, err := e.Analyze(context.Background(), Story{Articles: arts}, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, source string) {
		if !utf8.ValidString(text) || len(text) > 3000 {
			t.Skip()
		}
		d, err := e.ReadDraft(context.Background(), Article{Source: source, Text: ReadText(text, "")})
		if err != nil {
			t.Fatal(err)
		}
		check, err := d.Against(context.Background(), KnownStory{Articles: arts, Findings: r.Findings})
		if err != nil {
			t.Fatal(err)
		}
		if len(check.Claims) != len(d.Claims()) {
			t.Fatalf("%d claims, %d checked", len(d.Claims()), len(check.Claims))
		}
		for i, c := range check.Claims {
			diverges := slices.ContainsFunc(c.Points, func(p Point) bool { return p.Type == PointDiverges || p.Type == PointDroppedCertainty })
			if (c.Verdict == Diverge) != diverges || (c.Verdict == Single) != (c.Sources == 0) || c.Sources < c.Origins && c.Sources == 0 {
				t.Fatalf("%q: %+v", d.Claims()[i].Exact, c)
			}
			for _, p := range c.Points {
				if p.Explanation == "" || len(p.Others) == 0 {
					t.Fatalf("%q: an empty point %+v", d.Claims()[i].Exact, p)
				}
			}
		}
	})
}
