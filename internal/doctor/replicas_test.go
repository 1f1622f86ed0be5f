package doctor

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

func TestReplica(t *testing.T) {
	t.Parallel()
	primary := store.ReplicaFacts{System: "1", Lineage: "a", Version: 170002, At: 1000}
	good := store.ReplicaFacts{System: "1", Lineage: "a", Version: 170004, At: 1000, Standby: true}
	for _, tt := range []struct {
		level  Level
		says   string
		change func(*store.ReplicaFacts)
	}{
		{OK, "is in time", func(*store.ReplicaFacts) {}},
		{OK, "is in time", func(f *store.ReplicaFacts) { f.At = 5000 }},
		{Warning, "977 KiB behind", func(f *store.ReplicaFacts) { f.At = 1000 - 1_000_000 }},
		{Warning, "it is the primary", func(f *store.ReplicaFacts) { f.Standby = false }},
		{Warning, "was promoted", func(f *store.ReplicaFacts) { f.Standby, f.Lineage = false, "b" }},
		{Warning, "another cluster", func(f *store.ReplicaFacts) { f.System = "2" }},
		{Warning, "another database", func(f *store.ReplicaFacts) { f.Lineage = "b" }},
		{Warning, "stopped following", func(f *store.ReplicaFacts) { f.Paused = true }},
		{Warning, "PostgreSQL 16 and the primary 17", func(f *store.ReplicaFacts) { f.Version = 160009 }},
		{Warning, "may not read claims, stories", func(f *store.ReplicaFacts) { f.Unreadable = []string{"claims", "stories"} }},
	} {
		is := good
		tt.change(&is)
		all := replica("db2:5432", is, primary)
		expect(t, all, tt.level, tt.says)
		if want := 1; tt.level == OK && len(all) != want {
			t.Errorf("%s: %+v", tt.says, all)
		}
	}
}

// TestReplicasLive names the primary itself and a place where nothing is.
func TestReplicasLive(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	itself := pool.Config()
	gone, err := pgxpool.ParseConfig("postgres://u:planted@127.0.0.1:1/d?connect_timeout=2")
	if err != nil {
		t.Fatal(err)
	}
	all := Replicas(t.Context(), store.New(pool).Queries, map[string]*pgxpool.Config{"itself": itself, "gone": gone})
	expect(t, all, Warning, "itself takes writes itself: it is the primary")
	expect(t, all, Warning, "gone cannot be looked at")
	for _, f := range all {
		if f.Area != "replicas" || strings.Contains(f.Says, "planted") {
			t.Errorf("%+v", f)
		}
	}
}
