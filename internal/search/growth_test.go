package search_test

import (
	"testing"

	"corroborate/internal/growthtest"
	"corroborate/internal/search"
)

// TestHostileQueriesCostNoMoreThanTheirLength reads queries that are built to cost much.
func TestHostileQueriesCostNoMoreThanTheirLength(t *testing.T) {
	growthtest.Linear(t, 1<<20, func(text string) {
		search.Parse(text)
		search.Parts(search.MarkStart + text + search.MarkEnd + text)
	})
}
