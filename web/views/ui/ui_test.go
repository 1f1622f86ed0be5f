package ui

import (
	"strings"
	"testing"
	"time"

	"corroborate/internal/claims"
)

func TestEveryKindHasItsMeaning(t *testing.T) {
	t.Parallel()
	seen := map[string]claims.Kind{}
	for _, k := range claims.Kinds() {
		meaning := KindMeaning(k)
		if other, twice := seen[meaning]; meaning == "" || twice {
			t.Errorf("%s means %q, as %q does", k, meaning, other)
		}
		seen[meaning] = k
	}
}

func TestVerdictsAreToldApartWithoutColour(t *testing.T) {
	t.Parallel()
	signs := map[string]bool{}
	for _, v := range []claims.Verdict{claims.Agree, claims.Diverge, claims.Single} {
		signs[VerdictSign(v)] = true
		var b strings.Builder
		if err := Verdict(v, v == claims.Agree).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), VerdictSign(v)) || !strings.Contains(b.String(), string(v)) {
			t.Errorf("%s is shown as %s", v, b.String())
		}
		if strings.Contains(b.String(), "one origin") != (v == claims.Agree) {
			t.Errorf("one origin in %s", b.String())
		}
	}
	if len(signs) != 3 {
		t.Errorf("%d signs for three verdicts", len(signs))
	}
}

func TestRung(t *testing.T) {
	t.Parallel()
	for i, a := range []claims.Attribution{claims.Quoted, claims.Paraphrased, claims.Officials, claims.OwnVoice} {
		if n, word := Rung(a); n != i+1 || word == "" {
			t.Errorf("%s is rung %d %q, want %d", a, n, word, i+1)
		}
	}
}

func TestPublishedText(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                          "time unknown",
		"2025-03-27":                "27 Mar 2025",
		"2025-03-27T09:30:00-05:00": "27 Mar 2025, 09:30 -05:00",
	}
	for in, want := range tests {
		p, err := claims.ParsePublished(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := PublishedText(p); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}

func TestMomentIsInUTC(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 3, 27, 23, 30, 0, 0, time.FixedZone("", -5*60*60))
	if got, want := Moment(at), "28 Mar 2025, 04:30 UTC"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBarSaysItsNumbers(t *testing.T) {
	t.Parallel()
	for _, n := range [][3]int{{3, 5, 8}, {0, 0, 0}} {
		var b strings.Builder
		if err := Bar(n[0], n[1], n[2]).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		want := Counted(n[0], "diverge", "diverge") + ", " + Counted(n[1], "agree", "agree") + ", " + Counted(n[2], "single", "single")
		if !strings.Contains(b.String(), want) || strings.Contains(b.String(), "style=") {
			t.Errorf("bar of %v is %s", n, b.String())
		}
	}
}

func TestFieldNamesItsHintAndError(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   Input
		want []string
		not  string
	}{
		{Input{Name: "a", Label: "A", Required: true}, []string{"required", `type="text"`}, "aria-describedby"},
		{Input{Name: "a", Label: "A", Hint: "h"}, []string{`aria-describedby="a-hint"`, "(optional)"}, "aria-invalid"},
		{Input{Name: "a", Label: "A", Hint: "h", Error: "e"}, []string{`aria-describedby="a-hint a-error"`, `aria-invalid="true"`}, "maxlength"},
		{Input{Name: "a", Label: "A", Value: `"><script>`}, []string{`value="&#34;&gt;&lt;script&gt;"`}, "<script>"},
	}
	for _, tt := range tests {
		var b strings.Builder
		if err := Field(tt.in).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		for _, w := range tt.want {
			if !strings.Contains(b.String(), w) {
				t.Errorf("%+v lacks %s: %s", tt.in, w, b.String())
			}
		}
		if strings.Contains(b.String(), tt.not) {
			t.Errorf("%+v has %s: %s", tt.in, tt.not, b.String())
		}
	}
}

func TestLargeNumbersAreGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 17092: "17,092", 1234567: "1,234,567", -1500: "-1,500", -150: "-150"} {
		if got := Number(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
}
