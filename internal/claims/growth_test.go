package claims

import (
	"context"
	"testing"
	"time"

	"corroborate/internal/growthtest"
)

// TestHostileTextsCostNoMoreThanTheirLength reads texts that are built to cost much, as
// an article is read and as a statement is compared.
func TestHostileTextsCostNoMoreThanTheirLength(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	e := testEngine(t)
	t.Run("article", func(t *testing.T) {
		growthtest.Linear(t, 96<<10, func(text string) {
			in := ReadText(text, "")
			if _, err := e.Analyze(context.Background(), Story{Articles: []Article{{ID: "a", Source: "A", Text: in}}}, nil); err != nil {
				t.Error(err)
			}
			NewCopyText(in)
		})
	})
	// Words are held against words, so that twice as long costs four times as much: that
	// is bounded by the length of a statement, and no shape may cost far more than words.
	t.Run("comparison", func(t *testing.T) {
		growthtest.Within(t, 4<<10, 3*time.Second, func(text string) { e.Compare(text, text+" no") })
	})
}
