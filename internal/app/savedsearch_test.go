package app_test

import (
	"fmt"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/search"
)

func TestSavedSearchTellsWhatIsNew(t *testing.T) {
	t.Parallel()
	clock := newClock()
	clock.pass(30 * 24 * time.Hour)
	f := started(t, func(c *app.Config) { c.Now = clock.now })
	s := f.story(gazette)
	saved, err := f.SaveSearch(t.Context(), f.admin, app.SavedSearchInput{Name: " Divergences ", Query: "verdict:diverge"})
	if err != nil || saved.Name != "Divergences" {
		t.Fatalf("%+v, %v", saved, err)
	}
	news := func() (int, search.Type) {
		t.Helper()
		list, err := f.SavedSearches(t.Context(), f.admin)
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		return list[0].New, list[0].Type
	}
	if n, _ := news(); n != 0 {
		t.Errorf("%d are new at once", n)
	}
	clock.pass(time.Hour)
	f.add(s.ID, courier)
	if n, typ := news(); n != 1 || typ != search.Finding {
		t.Errorf("%d of %s are new, want 1 finding", n, typ)
	}
	clock.pass(time.Hour)
	before, r, err := f.RunSavedSearch(t.Context(), f.admin, saved.ID, app.SearchInput{})
	if err != nil || len(found(r, search.Finding)) != 1 || !found(r, search.Finding)[0].Changed.After(before.SeenAt) {
		t.Errorf("run: %s, %v", counts(r), err)
	}
	if n, _ := news(); n != 0 {
		t.Errorf("%d are new after it was looked at", n)
	}
}

func TestSavedSearchesArePrivate(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	reader := f.person(auth.Reader)
	saved, err := f.SaveSearch(t.Context(), reader, app.SavedSearchInput{Name: "Mine", Query: "ferry"})
	if err != nil {
		t.Fatal(err)
	}
	if list, err := f.SavedSearches(t.Context(), f.admin); err != nil || len(list) != 0 {
		t.Errorf("an administrator sees %+v, %v", list, err)
	}
	in := app.SavedSearchInput{Name: "Theirs", Query: "boat"}
	for name, err := range map[string]error{
		"read": func() error { _, err := f.SavedSearch(t.Context(), f.admin, saved.ID); return err }(),
		"run": func() error {
			_, _, err := f.RunSavedSearch(t.Context(), f.admin, saved.ID, app.SearchInput{})
			return err
		}(),
		"edit":   f.EditSavedSearch(t.Context(), f.admin, saved.ID, app.SavedSearchEdit{Name: &in.Name, Query: &in.Query}),
		"delete": f.DeleteSavedSearch(t.Context(), f.admin, saved.ID, 0),
		"feed":   func() error { _, err := f.MakeSearchFeed(t.Context(), f.admin, saved.ID); return err }(),
		"end":    f.EndSearchFeed(t.Context(), f.admin, saved.ID),
	} {
		if claims.KindOf(err) != claims.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, who := range []app.Actor{f.Anonymous(), {}} {
		_, err := f.SaveSearch(t.Context(), who, in)
		wantKind(t, err, claims.Unauthenticated)
		_, err = f.SavedSearches(t.Context(), who)
		wantKind(t, err, claims.Unauthenticated)
	}
}

func TestSavedSearchHasToBeWhole(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, in := range []app.SavedSearchInput{{Query: "ferry"}, {Name: "x"}, {Name: "x", Query: "ferry kind:numbr"}, {Name: "x", Query: "..."}} {
		_, err := f.SaveSearch(t.Context(), f.admin, in)
		wantKind(t, err, claims.Invalid)
	}
	for i := range app.MaxSavedSearches {
		if _, err := f.SaveSearch(t.Context(), f.admin, app.SavedSearchInput{Name: fmt.Sprint("no. ", i), Query: "ferry"}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.SaveSearch(t.Context(), f.admin, app.SavedSearchInput{Name: "one more", Query: "ferry"})
	wantKind(t, err, claims.Conflict)
}

func TestFeedEndsWithItsAccount(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	reader := f.person(auth.Reader)
	saved, err := f.SaveSearch(t.Context(), reader, app.SavedSearchInput{Name: "x", Query: "ferry"})
	if err != nil {
		t.Fatal(err)
	}
	secret, err := f.MakeSearchFeed(t.Context(), reader, saved.ID)
	if err != nil {
		t.Fatal(err)
	}
	if n := f.count("SELECT count(*) FROM saved_searches WHERE position($1::bytea IN feed_hash) > 0 OR position($2 IN saved_searches::text) > 0", []byte(secret), secret); n != 0 {
		t.Error("the secret itself is stored")
	}
	if feed, err := f.SearchFeed(t.Context(), secret); err != nil || feed.Closed {
		t.Errorf("%+v, %v", feed, err)
	}
	f.exec("UPDATE users SET disabled_at = now() WHERE id = $1", reader.UserID)
	if feed, err := f.SearchFeed(t.Context(), secret); err != nil || !feed.Closed || len(feed.Hits) > 0 {
		t.Errorf("%+v, %v", feed, err)
	}
	_, err = f.SearchFeed(t.Context(), "another")
	wantKind(t, err, claims.NotFound)
}
