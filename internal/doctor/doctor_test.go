package doctor

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corroborate/internal/store"
)

// expect asserts that among findings is one of a level that says something, or, where
// says is empty, that none is worse than a note.
func expect(t *testing.T, all []Finding, level Level, says string) {
	t.Helper()
	if says == "" {
		if w := Worst(all); rank(w) > rank(Note) {
			t.Errorf("nothing is wrong, and the level is %s: %+v", w, all)
		}
		return
	}
	for _, f := range all {
		if f.Level != level || !strings.Contains(f.Says, says) {
			continue
		}
		if level != OK && f.Do == "" {
			t.Errorf("%q does not say what to do", f.Says)
		}
		return
	}
	t.Errorf("no %s says %q: %+v", level, says, all)
}

// good is a database's server that nothing is wrong with.
func good() store.ServerFacts {
	return store.ServerFacts{Version: "15.1", Role: "corroborate", MayCreate: true, Encoding: "UTF8", TimeZone: "UTC", MaxConnections: 97,
		Connections: 9, Servers: 1, Autovacuum: true, Checksums: true, Fsync: true, Commit: true, Bytes: 1 << 30, Age: 1000, AgeMost: 200_000_000}
}

func TestServer(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		with  func(*store.ServerFacts)
		level Level
		says  string
	}{
		{"good", func(*store.ServerFacts) {}, OK, ""},
		{"a standby", func(f *store.ServerFacts) { f.Standby = true }, Fault, "standby"},
		{"full", func(f *store.ServerFacts) { f.Connections = 90 }, Fault, "90 of 97 connections"},
		{"many servers", func(f *store.ServerFacts) { f.Servers = 5 }, Warning, "5 servers may open 110"},
		{"no autovacuum", func(f *store.ServerFacts) { f.Autovacuum = false }, Fault, "autovacuum is off"},
		{"no fsync", func(f *store.ServerFacts) { f.Fsync = false }, Fault, "fsync"},
		{"no commit", func(f *store.ServerFacts) { f.Commit = false }, Fault, "synchronous_commit"},
		{"no checksums", func(f *store.ServerFacts) { f.Checksums = false }, Note, "checksums are off"},
		{"encoding", func(f *store.ServerFacts) { f.Encoding = "LATIN1" }, Fault, "LATIN1"},
		{"collation", func(f *store.ServerFacts) { f.CollationMade, f.CollationNow = "2.31", "2.36" }, Warning, "2.36 now and were of 2.31"},
		{"wraparound comes", func(f *store.ServerFacts) { f.Age = 310_000_000 }, Warning, "more than autovacuum_freeze_max_age"},
		{"wraparound is near", func(f *store.ServerFacts) { f.Age = 1_600_000_000 }, Fault, "stops writing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := good()
			tt.with(&f)
			expect(t, server(f, 20), tt.level, tt.says)
		})
	}
}

func TestRights(t *testing.T) {
	t.Parallel()
	expect(t, rights(good(), store.Missing{}), OK, "")
	expect(t, rights(good(), store.Missing{Tables: []string{"claims"}}), Fault, "may not read or write claims")
	expect(t, rights(good(), store.Missing{Extensions: []string{"pg_trgm"}}), Fault, "missing: pg_trgm")
	expect(t, rights(store.ServerFacts{Role: "r", Superuser: true, MayCreate: true}, store.Missing{}), Note, "superuser")
	expect(t, rights(store.ServerFacts{Role: "r", MayCreate: true}, store.Missing{}), Note, "may change tables")
}

func TestCopies(t *testing.T) {
	t.Parallel()
	expect(t, copies(store.Copying{}), Note, "no replicas and no archive")
	expect(t, copies(store.Copying{Replicas: 2, Behind: 0.5}), OK, "2 replicas follow")
	expect(t, copies(store.Copying{Replicas: 1, Behind: 90}), Warning, "90 seconds behind")
	expect(t, copies(store.Copying{IdleSlots: 1}), Warning, "read by nobody")
	expect(t, copies(store.Copying{IdleSlots: 1, IdleBytes: 2 << 30}), Fault, "hold 2.0 GiB")
	at := time.Now()
	expect(t, copies(store.Copying{ArchivedAt: &at}), OK, "last archived")
	expect(t, copies(store.Copying{ArchivedAt: &at, ArchiveFails: true}), Fault, "could not be archived")
}

func TestUpkeep(t *testing.T) {
	t.Parallel()
	expect(t, upkeep(upkeepFacts{}), OK, "no long transactions")
	expect(t, upkeep(upkeepFacts{transactions: []store.LongTransaction{{PID: 7, Seconds: 3600, State: "idle in transaction"}}}), Warning, "process 7 (, idle in transaction) has been open for 1h0m0s")
	expect(t, upkeep(upkeepFacts{prepared: 1}), Warning, "prepared")
	expect(t, upkeep(upkeepFacts{tables: []store.TableState{{Name: "claims", Live: 10, Dead: 20_000}}}), Warning, "claims has 20000 dead rows")
	expect(t, upkeep(upkeepFacts{tables: []store.TableState{{Name: "claims", Unknown: true}}}), Warning, "no figures of the table claims")
	expect(t, upkeep(upkeepFacts{indexes: []store.IndexState{{Name: "i", Table: "t"}}}), Fault, "not valid")
	expect(t, upkeep(upkeepFacts{indexes: []store.IndexState{{Name: "i", Table: "t", Valid: true, Bytes: 200 << 20}}}), Note, "takes 200 MiB")
}

func TestJobs(t *testing.T) {
	t.Parallel()
	waiting := []store.JobCount{{State: "available", Kind: "sweep", Jobs: 3}}
	expect(t, jobs(workFacts{servers: 1, counts: waiting}), OK, "0 run, 3 wait")
	expect(t, jobs(workFacts{}), Note, "no server works on jobs")
	expect(t, jobs(workFacts{counts: waiting}), Warning, "no server works on jobs; 3 wait")
	expect(t, jobs(workFacts{servers: 1, ages: []store.QueueAge{{Queue: "web", Seconds: 3600}}}), Warning, `"web" has waited for 1h0m0s`)
	expect(t, jobs(workFacts{servers: 1, troubles: store.JobTroubles{Hanging: 2}}), Warning, "2 jobs have run for more")
	expect(t, jobs(workFacts{servers: 1, troubles: store.JobTroubles{Discarded: 1, Kinds: []string{"sweep"}}}), Warning, "given up within a day: sweep")
}

func TestOthers(t *testing.T) {
	t.Parallel()
	expect(t, others(workFacts{}), OK, "")
	expect(t, others(workFacts{standing: store.Standing{FeedsActive: 4, FeedsFailing: 1}}), Warning, "1 of 4 feeds fail")
	expect(t, others(workFacts{standing: store.Standing{FeedsGone: 1}}), Note, "ended for good")
	expect(t, others(workFacts{standing: store.Standing{HooksStopped: 1}}), Warning, "stopped by the service")
	expect(t, others(workFacts{standing: store.Standing{HooksActive: 2, HooksFailing: 1, Deliveries: 9}}), Warning, "1 of 2 webhooks fail, 9 deliveries wait")
	expect(t, others(workFacts{standing: store.Standing{EventsSeconds: 100}}), Warning, "events wait for 100 seconds")
	expect(t, others(workFacts{second: &store.SecondHealth{Failures: 3, Fault: "unreachable"}}), Warning, "failed 3 times in a row: unreachable")
}

func TestDisk(t *testing.T) {
	t.Parallel()
	full := room{free: 50 << 30, total: 100 << 30, freeFiles: 900, allFiles: 1000, writable: true}
	for says, tt := range map[string]struct {
		with  func(*room)
		level Level
	}{
		"50.0 GiB of 100.0 GiB are free": {func(*room) {}, OK},
		"3.0 GiB are free":               {func(r *room) { r.free = 3 << 30 }, Warning},
		"512 MiB are free":               {func(r *room) { r.free = 512 << 20 }, Fault},
		"can only be read":               {func(r *room) { r.readOnly = true }, Fault},
		"may not be written to":          {func(r *room) { r.writable = false }, Fault},
		"places for 10 more files":       {func(r *room) { r.freeFiles = 10 }, Warning},
	} {
		r, a := full, &area{name: "disk"}
		tt.with(&r)
		disk(a, "/data", r)
		expect(t, a.all, tt.level, says)
	}
	here := t.TempDir()
	if all := Disk(here, filepath.Join(here, "not", "yet")); len(all) != 1 {
		t.Errorf("two folders on one disk: %+v", all)
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	expect(t, clock(clockFacts{now: now, synced: true, known: true}), OK, "2026-05-01 12:00:00 UTC")
	expect(t, clock(clockFacts{now: now, built: now.AddDate(0, 1, 0)}), Fault, "before this program was built")
	expect(t, clock(clockFacts{now: now, step: -time.Hour}), Warning, "was set by -1h0m0s")
	expect(t, clock(clockFacts{now: now, known: true}), Note, "not synchronised")
	expect(t, Clock(time.Now(), time.Time{}), OK, "")
	expect(t, clockApart(-200*time.Millisecond, 0), OK, "200ms apart")
	expect(t, clockApart(10*time.Second, 0), Warning, "10s apart")
	expect(t, clockApart(-time.Hour, time.Second), Fault, "1h0m0s apart")
	expect(t, clockApart(10*time.Second, 8*time.Second), OK, "") // the answer took too long to tell
}

func TestModel(t *testing.T) {
	t.Parallel()
	expect(t, Model(), OK, "gives the expected vector")
	a := &area{name: "model"}
	speed(a, "generic", time.Second)
	expect(t, a.all, Warning, "lacks AVX2")
	a = &area{name: "model"}
	speed(a, "AVX2", time.Second)
	expect(t, a.all, Note, "slow")
}

// TestReport asserts that both forms hold every finding, and that areas lie together.
func TestReport(t *testing.T) {
	t.Parallel()
	all := []Finding{{"disk", OK, "room <enough>", ""}, {"clock", Warning, "late", "set it"}, {"disk", Fault, "full", "free some"}}
	r := NewReport("v1", time.Now(), all)
	var text, raw bytes.Buffer
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if s := text.String(); strings.Count(s, "disk\n") != 1 || !strings.Contains(s, "do: free some") || !strings.HasSuffix(s, "1 faults, 1 warnings, 0 notes, 1 in order\n") {
		t.Errorf("the text is:\n%s", s)
	}
	if err := r.WriteJSON(&raw); err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(raw.Bytes(), &back); err != nil || back.Level != Fault || len(back.Findings) != 3 || back.Findings[0].Says != "room <enough>" {
		t.Errorf("%v: %s", err, raw.String())
	}
	if empty := NewReport("", time.Now(), nil); empty.Level != OK || empty.Findings == nil {
		t.Errorf("an empty report is %+v", empty)
	}
}
