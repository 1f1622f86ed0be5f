package claims

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// widest gives the finding of a story of texts, one a source, that holds the most claims.
func widest(t *testing.T, texts ...string) Finding {
	t.Helper()
	var s Story
	for i, text := range texts {
		name := string(rune('A' + i))
		s.Articles = append(s.Articles, Article{ID: name, Source: "Source " + name, Text: ReadText(text, "")})
	}
	r, err := testEngine(t).Analyze(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.MaxFunc(r.Findings, func(x, y Finding) int { return len(x.Claims) - len(y.Claims) })
}

func TestJoiningRestsOnWhatAllTell(t *testing.T) {
	t.Parallel()
	f := widest(t, "Rescuers evacuated 1,200 people from Marrow on Tuesday.", "On Tuesday rescuers evacuated 1,200 people from Marrow.",
		"Some 1,200 people were evacuated from Marrow.")
	if len(f.Claims) != 3 || f.Alignment == nil {
		t.Fatalf("%d claims joined with %v, want 3", len(f.Claims), f.Alignment)
	}
	told := strings.Join(f.RestsOn, "; ")
	for _, want := range []string{"same number: 1,200", "shared words: ", "weakest link: Source "} {
		if !strings.Contains(told, want) {
			t.Errorf("the joining rests on %q, which lacks %q", told, want)
		}
	}
	if strings.Contains(strings.SplitN(told, "weakest link", 2)[0], "Tuesday") {
		t.Errorf("the joining rests on %q, but not all tell the day", told)
	}
}

func TestJoiningIsAsCloseAsItsWeakestTie(t *testing.T) {
	t.Parallel()
	near := widest(t, "Rescuers evacuated 1,200 people from Marrow on Tuesday.", "On Tuesday rescuers evacuated 1,200 people from Marrow.")
	far := widest(t, "Rescuers evacuated 1,200 people from Marrow on Tuesday.", "On Tuesday rescuers evacuated 1,200 people from Marrow.",
		"Some 1,200 people were evacuated from Marrow.")
	if *far.Alignment > *near.Alignment {
		t.Errorf("a third claim makes the joining closer: %v, %v without it", *far.Alignment, *near.Alignment)
	}
	if alone := widest(t, "Rescuers evacuated 1,200 people from Marrow."); alone.Alignment != nil || len(alone.RestsOn) != 0 || alone.Strength() != "" {
		t.Errorf("a single claim is joined by %v, %q", alone.Alignment, alone.RestsOn)
	}
}

func TestStrength(t *testing.T) {
	t.Parallel()
	for closeness, want := range map[float64]Strength{0: Weak, 0.499: Weak, 0.5: Fair, 0.799: Fair, 0.8: Strong, 1: Strong} {
		if got := (Finding{Alignment: &closeness}).Strength(); got != want {
			t.Errorf("%v is %q, want %q", closeness, got, want)
		}
	}
}

func TestEveryRuleSaysWhatItAsks(t *testing.T) {
	t.Parallel()
	for _, r := range Rules() {
		if r.Asks() == "" {
			t.Errorf("%s does not say what it asks for", r)
		}
	}
	if len(ruleAsks) != len(Rules()) {
		t.Errorf("%d rules are listed, %d say what they ask for", len(Rules()), len(ruleAsks))
	}
}
