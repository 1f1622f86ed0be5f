package server_test

import (
	"testing"

	"corroborate/internal/server/servertest"
	"corroborate/migrations"
)

// TestServiceIsTestedWithTheLeastRights holds that the service under test, on which all
// walks over routes, pages and calls are made, works as a role that can only read and
// write rows.
func TestServiceIsTestedWithTheLeastRights(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	more, err := migrations.MoreThanServing(t.Context(), s.Serving)
	if err != nil || len(more) > 0 {
		t.Errorf("the service could do more than it needs: %q, %v", more, err)
	}
}
