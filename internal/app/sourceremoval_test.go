package app_test

import (
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// sourceIs waits until the removal of a source has a state.
func (f *fixture) sourceIs(id string, want store.RemovalState) app.SourceRemoval {
	f.t.Helper()
	var s app.SourceRemoval
	for range 400 {
		var err error
		if s, err = f.SourceRemoval(f.t.Context(), f.admin, id); err != nil {
			f.t.Fatal(err)
		}
		if s.State == want {
			return s
		}
		time.Sleep(25 * time.Millisecond)
	}
	f.t.Fatalf("the removal is %+v, want %s", s, want)
	return s
}

// removed gives a story of which one source was removed that tells two of its articles.
func removed(t *testing.T) (f *fixture, s app.Story, source string) {
	t.Helper()
	f = started(t)
	s = f.story(courier, gazette)
	art := f.add(s.ID, zanzy)
	f.story(app.ArticleInput{Source: zanzy.Source, Title: "A fire", Text: "A fire broke out in the Snorvel mill on Friday."})
	if n := f.recordCounts(f.admin); n == 0 {
		t.Fatal("nothing is counted")
	}
	_, _, err := f.AddFeed(t.Context(), f.admin, app.FeedInput{URL: "https://zanzy.example/feed.xml", Source: zanzy.Source})
	if err != nil && claims.KindOf(err) != claims.Unavailable {
		f.exec(`INSERT INTO feeds (id, url, url_key, source, state, interval_seconds, next_poll_at, created_at, updated_at)
			VALUES (gen_random_uuid(), 'https://zanzy.example/f', 'zanzy.example/f', $1, 'active', 60, now() + interval '1 hour', now(), now())`, zanzy.Source)
	}
	told, err := f.SourceRemoval(t.Context(), f.admin, art.SourceID)
	if err != nil || told.Articles != 2 || told.Stories != 2 || told.Feeds != 1 || told.State != "" {
		t.Fatalf("told beforehand: %+v, %v", told, err)
	}
	_, err = f.RemoveSource(t.Context(), f.admin, art.SourceID, "Another Post")
	wantKind(t, err, claims.Invalid)
	if _, err := f.RemoveSource(t.Context(), f.admin, art.SourceID, zanzy.Source); err != nil {
		t.Fatal(err)
	}
	if _, err := f.RemoveSource(t.Context(), f.admin, art.SourceID, zanzy.Source); err != nil {
		t.Errorf("once more: %v", err)
	}
	if s := f.sourceIs(art.SourceID, app.Removed); s.Binned != 2 || s.Articles != 0 || s.Done != 2 {
		t.Errorf("removed: %+v", s)
	}
	f.ready(s.ID)
	return f, s, art.SourceID
}

func (f *fixture) articlesOf(source string) int {
	return f.count("SELECT count(*) FROM articles WHERE source_id = $1 AND deleted_at IS NULL", source)
}

func TestRemovedSourceComesBack(t *testing.T) {
	t.Parallel()
	f, s, source := removed(t)
	l, err := f.Bin(t.Context(), f.admin, app.BinFilter{})
	if err != nil || len(l.Items) != 1 || l.Items[0].Kind != app.SourceObject || l.Items[0].Articles != 2 || l.Items[0].DeletedBy == "" {
		t.Fatalf("in the bin: %+v, %v", l.Items, err)
	}
	// Its other story is compared in its own time.
	until(t, "no counts of the source are left", func() bool {
		return f.count("SELECT count(*) FROM source_tallies WHERE source_id = $1", source) == 0
	})
	if n := f.count("SELECT count(*) FROM feeds WHERE source = $1 AND state = 'paused'", zanzy.Source); n != 1 {
		t.Errorf("%d feeds are paused", n)
	}
	again := zanzy // one is stored again meanwhile, and stays in the bin
	f.add(s.ID, again)
	if _, err := f.RestoreSource(t.Context(), f.admin, source); err != nil {
		t.Fatal(err)
	}
	f.sourceIs(source, "")
	if n := f.articlesOf(source); n != 2 {
		t.Errorf("%d articles are back", n)
	}
	if l, _ = f.Bin(t.Context(), f.admin, app.BinFilter{}); len(l.Items) != 1 || l.Items[0].Kind != app.ArticleObject {
		t.Errorf("in the bin: %+v", l.Items)
	}
	_, err = f.RestoreSource(t.Context(), f.admin, source)
	wantKind(t, err, claims.Conflict)
}

func TestRemovedSourceGoesForGood(t *testing.T) {
	t.Parallel()
	f, s, source := removed(t)
	d, err := f.Doomed(t.Context(), f.admin, source)
	if err != nil || d.Erasure.Articles != 2 || d.Title != zanzy.Source {
		t.Errorf("told beforehand: %+v, %v", d, err)
	}
	if err := f.EraseFromBin(t.Context(), f.admin, source); err != nil {
		t.Fatal(err)
	}
	for range 400 {
		if _, err = f.SourceRemoval(t.Context(), f.admin, source); claims.KindOf(err) == claims.NotFound {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	wantKind(t, err, claims.NotFound)
	if n := f.count("SELECT count(*) FROM sources WHERE id = $1", source) + f.count("SELECT count(*) FROM source_removals"); n != 0 {
		t.Error("the source is left")
	}
	if found := f.holding("Quorbleflood", "Glimmerfax", "Snorvelbridge"); len(found) > 0 {
		t.Errorf("words of its articles are in %v", found)
	}
	if len(f.findings(s.ID)) == 0 {
		t.Error("the story has no findings any more")
	}
}

// TestRemovedSourceGoesWithTime leaves a source in the bin for its time.
func TestRemovedSourceGoesWithTime(t *testing.T) {
	t.Parallel()
	now := newClock()
	f := newFixture(t, func(c *app.Config) { c.Now = now.now })
	art, _ := f.take(zanzy)
	if _, err := f.RemoveSource(t.Context(), f.admin, art.SourceID, zanzy.Source); err != nil {
		t.Fatal(err)
	}
	f.start(f.App)
	f.sourceIs(art.SourceID, app.Removed)
	now.pass(31 * 24 * time.Hour)
	f.start(f.another(func(c *app.Config) { c.Now = now.now })) // the sweep runs at the start
	for range 400 {
		if f.count("SELECT count(*) FROM sources WHERE id = $1", art.SourceID) == 0 {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Error("the source is still there")
}

func TestWhoMayRemoveSources(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	art, _ := f.take(zanzy)
	editor := f.named("eddie", auth.Editor)
	_, err := f.SourceRemoval(t.Context(), editor, art.SourceID)
	wantKind(t, err, claims.Forbidden)
	_, err = f.RemoveSource(t.Context(), editor, art.SourceID, zanzy.Source)
	wantKind(t, err, claims.Forbidden)
	_, err = f.RestoreSource(t.Context(), editor, art.SourceID)
	wantKind(t, err, claims.Forbidden)
	_, err = f.RestoreSource(t.Context(), f.admin, art.SourceID)
	wantKind(t, err, claims.Conflict)
}
