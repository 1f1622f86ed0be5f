package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// sidedDraft tells one side of the finding that is reviewed blind.
const sidedDraft = "Rescuers evacuated 2,000 people from the town of Marrow. The river Tarn flooded the town on Tuesday."

// checked has somebody check a draft, and gives the answer.
func (v *veiled) checked(who viewer, body string) string {
	v.t.Helper()
	w := v.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/check", Body: body, Key: who.key})
	if w.Code != http.StatusOK {
		v.t.Fatalf("check as %s: status %d: %s", who.name, w.Code, w.Body)
	}
	return moments.ReplaceAllString(w.Body.String(), "TIME")
}

// TestACheckTellsNothingOfABlindReview has a draft checked that copies one side of what
// somebody reviews blind: the answer does not tell how the sides stand to one another.
func TestACheckTellsNothingOfABlindReview(t *testing.T) {
	t.Parallel()
	v := newVeiled(t)
	v.mark()
	waits, other := v.person("anna", auth.Checker), v.person("dora", auth.Checker)
	_, err := v.App.AskBlind(t.Context(), v.admin, app.BlindInput{FindingID: v.finding.ID, Reviewers: []string{waits.id, v.person("bert", auth.Checker).id}})
	v.check(err)
	for _, text := range []string{sidedDraft, "The mayor of Marrow has a cold."} {
		b, _ := json.Marshal(map[string]any{"text": text, "published_at": "2025-04-03", "story_id": v.story.ID})
		body := string(b)
		if text == sidedDraft && !strings.Contains(v.checked(other, body), `"type":"diverges"`) {
			t.Fatal("somebody else is not told that the draft diverges: the test would see no leak")
		}
		before := v.checked(waits, body)
		var got struct {
			Withheld int
			Claims   []struct {
				Verdict *string
				Points  []struct{ Type string }
				Told    []struct {
					FindingID string `json:"finding_id"`
					Verdict   *string
				}
			}
		}
		if err := json.Unmarshal([]byte(before), &got); err != nil {
			t.Fatal(err)
		}
		if got.Withheld != 1 || strings.Contains(before, secret) || strings.Contains(before, `"diverges"`) {
			t.Errorf("%d findings are withheld, want one: %s", got.Withheld, before)
		}
		for _, c := range got.Claims {
			for _, told := range c.Told {
				if told.FindingID == v.finding.ID && (told.Verdict != nil || c.Verdict != nil || len(c.Points) > 0) {
					t.Errorf("the veiled finding tells of a claim: %+v", c)
				}
			}
		}
		v.turn()
		if after := v.checked(waits, body); after != before {
			t.Errorf("the check changes with what is veiled:\n%s", firstDifference(before, after))
		}
	}
}
