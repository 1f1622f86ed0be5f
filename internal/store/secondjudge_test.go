package store_test

import (
	"testing"

	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

// TestSecondDisagrees holds when a second judge says otherwise than the engine.
func TestSecondDisagrees(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	for _, c := range []struct {
		ours           store.EngineWord
		relation, kind string
		want           bool
	}{
		{store.EngineAgrees, "agree", "", false},
		{store.EngineAgrees, "diverge", "number", true},
		{store.EngineAgrees, "diverge", "term", false},
		{store.EngineAgrees, "unrelated", "", true},
		{store.EngineDiverges, "diverge", "time", false},
		{store.EngineDiverges, "diverge", "attribution", false},
		{store.EngineDiverges, "agree", "", true},
		{store.EngineDiverges, "unrelated", "", true},
		{store.EngineUndecided, "agree", "", false},
		{store.EngineUndecided, "diverge", "number", false},
		{store.EngineUndecided, "unrelated", "", true},
		{store.EngineDiverges, "", "", false}, // not answered
	} {
		var got bool
		err := pool.QueryRow(t.Context(), "SELECT second_disagrees($1, nullif($2, ''), nullif($3, ''))", string(c.ours), c.relation, c.kind).Scan(&got)
		if err != nil || got != c.want {
			t.Errorf("%+v: %v, %v", c, got, err)
		}
	}
}
