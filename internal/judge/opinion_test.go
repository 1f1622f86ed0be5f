package judge_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"corroborate/internal/claims"
	"corroborate/internal/judge"
)

func TestReadOpinion(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]judge.Opinion{
		`{"relation": "agree", "kind": "none", "reason": "Both tell it."}`:                      {Relation: claims.RelAgree, Reason: "Both tell it."},
		"\n {\"reason\":\"x\",\"kind\":\"time\",\"relation\":\"diverge\"} ":                     {Relation: claims.RelDiverge, Kind: claims.KindTime, Reason: "x"},
		`{"relation":"unrelated","kind":"none","reason":"a\u0000b\n\tc\u202Ed\u200b\u001b[1m"}`: {Relation: claims.RelUnrelated, Reason: "ab cd[1m"},
		`{"relation":"agree","kind":"none","reason":"<script>alert(1)</script>"}`:               {Relation: claims.RelAgree, Reason: "<script>alert(1)</script>"},
	} {
		if got, err := judge.ReadOpinion(answer); err != nil || got != want {
			t.Errorf("%s: %+v, %v", answer, got, err)
		}
	}
}

func TestReadOpinionRefuses(t *testing.T) {
	t.Parallel()
	for answer, cause := range map[string]judge.Cause{
		"":                                     judge.Empty,
		"They agree.":                          judge.Prose,
		"```json\n{\"relation\"}":              judge.Prose,
		`["agree"]`:                            judge.Prose,
		`{"relation": "agree", "kind": "none"`: judge.WrongForm,
		`{"relation": "agree", "kind": "none", "reason": "x"} and so on`:              judge.WrongForm,
		`{"relation": "agree", "kind": "none", "reason": "x"}{}`:                      judge.WrongForm,
		`{"relation": "agree", "kind": "none"}`:                                       judge.WrongForm,
		`{"relation": "agree", "kind": "none", "reason": " \u0007"}`:                  judge.WrongForm,
		`{"relation": "agree", "kind": null, "reason": "x"}`:                          judge.WrongForm,
		`{"relation": "agree", "kind": "number", "reason": "x"}`:                      judge.WrongForm,
		`{"relation": "diverge", "kind": "none", "reason": "x"}`:                      judge.WrongForm,
		`{"relation": "diverge", "kind": "colour", "reason": "x"}`:                    judge.WrongForm,
		`{"relation": "maybe", "kind": "none", "reason": "x"}`:                        judge.WrongForm,
		`{"relation": "Agree", "kind": "none", "reason": "x"}`:                        judge.WrongForm,
		`{"Relation": "agree", "kind": "none", "reason": "x"}`:                        judge.WrongForm,
		`{"relation": "agree", "relation": "diverge", "kind": "none", "reason": "x"}`: judge.WrongForm,
		`{"relation": "agree", "kind": "none", "reason": "x", "verdict": "diverge"}`:  judge.WrongForm,
		`{"relation": ["agree"], "kind": "none", "reason": "x"}`:                      judge.WrongForm,
		"{\"relation\": \"agree\", \"kind\": \"none\", \"reason\": \"\xff\"}":         judge.WrongForm,
	} {
		_, err := judge.ReadOpinion(answer)
		var f *judge.Fault
		if !errors.As(err, &f) || f.Cause != cause {
			t.Errorf("%q: %v, want %s", answer, err, cause)
		}
	}
}

func TestReasonIsCut(t *testing.T) {
	t.Parallel()
	o, err := judge.ReadOpinion(`{"relation":"agree","kind":"none","reason":"` + strings.Repeat("é ", 5000) + `"}`)
	if err != nil || utf8.RuneCountInString(o.Reason) > judge.MaxReason || !strings.HasSuffix(o.Reason, "…") {
		t.Errorf("%d, %v", utf8.RuneCountInString(o.Reason), err)
	}
}

// FuzzReadOpinion holds that whatever a model says is no opinion, or a sound one.
func FuzzReadOpinion(f *testing.F) {
	f.Add(`{"relation":"diverge","kind":"number","reason":"x"}`)
	f.Add(`{"relation":"agree","kind":"none","reason":"a\u202eb"}`)
	f.Add("Sure!")
	f.Fuzz(func(t *testing.T, answer string) {
		o, err := judge.ReadOpinion(answer)
		if err != nil {
			var fault *judge.Fault
			if !errors.As(err, &fault) || o != (judge.Opinion{}) {
				t.Fatalf("%+v, %v", o, err)
			}
			return
		}
		if o.Relation != claims.RelAgree && o.Relation != claims.RelDiverge && o.Relation != claims.RelUnrelated ||
			(o.Kind != "") != (o.Relation == claims.RelDiverge) || o.Kind != "" && !slices.Contains(claims.Kinds(), o.Kind) {
			t.Errorf("%q gives %+v", answer, o)
		}
		if o.Reason == "" || !utf8.ValidString(o.Reason) || utf8.RuneCountInString(o.Reason) > judge.MaxReason ||
			strings.ContainsFunc(o.Reason, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsControl(r) }) {
			t.Errorf("%q gives the reason %q", answer, o.Reason)
		}
	})
}
