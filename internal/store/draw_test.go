package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"corroborate/internal/claims"
)

// filledFrame gives what [filledSearch] gives, compared by an engine.
func filledFrame(t *testing.T, hash string) *DB {
	t.Helper()
	db := filledSearch(t)
	for _, sql := range []string{
		`INSERT INTO analyses (id, story_id, engine_version, engine_hash, started_at, duration_ms, articles, claims, findings, differences, cleared)
			SELECT gen_random_uuid(), id, 'v', '` + hash + `', now(), 1, 1, 1, 1, 0, 0 FROM stories`,
		"SELECT refresh_tallies(ARRAY (SELECT id FROM stories))",
	} {
		if _, err := db.pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// draw gives what an engine would draw next.
func draw(t *testing.T, db *DB, e claims.EngineInfo, limit int) (out []Drawn) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx *Tx) (err error) {
		out, err = tx.Draw(t.Context(), e, Stratum(claims.Single), limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// singles is how many findings are told by one source in what is filled.
const singles = 1140

// TestDrawGoesRoundOnce holds that each item is drawn once, in the order of its lot, few at
// a time or all at once.
func TestDrawGoesRoundOnce(t *testing.T) {
	t.Parallel()
	e := claims.EngineInfo{Version: "v", Hash: "h"}
	db := filledFrame(t, e.Hash)
	all := draw(t, db, e, 2*singles)
	seen := map[string]bool{}
	for i, d := range all {
		if seen[d.ItemID] || i > 0 && d.Lot <= all[i-1].Lot || d.Digest == "" {
			t.Errorf("item %d: %+v", i, d)
		}
		seen[d.ItemID] = true
	}
	if len(all) != singles {
		t.Fatalf("%d items of %d were drawn", len(all), singles)
	}
	for from := 0; from < 400; from += 100 {
		few := draw(t, db, e, 100)
		if len(few) != 100 || few[0] != all[from] || few[99] != all[from+99] {
			t.Fatalf("from %d on: other items than at once", from)
		}
		for i := range few {
			few[i].ID = fmt.Sprintf("00000000-0000-7000-9000-%012d", from+i)
		}
		if err := db.InTx(t.Context(), func(tx *Tx) error { return tx.InsertSamples(t.Context(), e, few, time.Now()) }); err != nil {
			t.Fatal(err)
		}
	}
	if other := draw(t, db, claims.EngineInfo{Version: "v", Hash: "of another"}, 10); len(other) > 0 {
		t.Errorf("%d items of stories that another engine compared", len(other))
	}
}

// TestDrawIsTheSameEitherWay draws of few items and along the circle, of all strata.
func TestDrawIsTheSameEitherWay(t *testing.T) {
	t.Parallel()
	e := claims.EngineInfo{Version: "v", Hash: "h"}
	db := filledFrame(t, e.Hash)
	if _, err := db.pool.Exec(t.Context(), "UPDATE story_frames SET engine_hash = 'older' WHERE story_id IN (SELECT id FROM stories ORDER BY id LIMIT 90)"); err != nil {
		t.Fatal(err)
	}
	strata := []Stratum{StratumCleared, Stratum(claims.KindNumber), Stratum(claims.Agree), Stratum(claims.Diverge), Stratum(claims.Single)}
	for _, e.Hash = range []string{"h", "older"} {
		drawn := 0
		for _, stratum := range strata {
			if err := db.InTx(t.Context(), func(tx *Tx) error {
				few, err := tx.drawOfFew(t.Context(), e, stratum, 2*singles)
				if err != nil {
					return err
				}
				along, looked, err := tx.drawAlong(t.Context(), e, stratum, named{"limit": 2 * singles, "ahead": 10 * singles})
				if looked == 10*singles || !slices.Equal(few, along) {
					t.Errorf("%s %s: %d and %d other items", e.Hash, stratum, len(few), len(along))
				}
				drawn += len(few)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		if drawn < 20 {
			t.Errorf("%s: only %d items were drawn", e.Hash, drawn)
		}
	}
}

// TestDrawFavoursNothing holds that old and new items have the same chance: of a hundred
// that each of many engines draws first, about half are of the older half.
func TestDrawFavoursNothing(t *testing.T) {
	t.Parallel()
	db := filledFrame(t, "h")
	const engines, each = 20, 100
	older := 0
	for i := range engines {
		hash := fmt.Sprint("h", i)
		if _, err := db.pool.Exec(t.Context(), "UPDATE story_frames SET engine_hash = $1", hash); err != nil {
			t.Fatal(err)
		}
		for _, d := range draw(t, db, claims.EngineInfo{Version: "v", Hash: hash}, each) {
			if d.ItemID < "00000258" { // 600 in hexadecimal numbers
				older++
			}
		}
	}
	if older < engines*each*4/10 || older > engines*each*6/10 {
		t.Errorf("%d of %d are of the older half", older, engines*each)
	}
}
