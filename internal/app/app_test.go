package app_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store/storetest"
)

// sharedEngine is loaded once: it is immutable.
var sharedEngine = sync.OnceValues(claims.NewEngine)

// The password that all accounts of a fixture have.
const password = "a good password"

// fixture is a service over a database of its own.
type fixture struct {
	*app.App
	t     *testing.T
	pool  *pgxpool.Pool
	admin app.Actor
	// token is a key with the scope admin.
	token string
}

// newFixture gives a service with an administrator; its jobs do not run yet.
func newFixture(t *testing.T, change ...func(*app.Config)) *fixture {
	t.Helper()
	pool := storetest.New(t)
	t.Cleanup(func() { checkSums(t, pool) })
	f := &fixture{t: t, pool: pool, token: "test-administrator-key"}
	f.App = f.another(change...)
	if _, err := f.Bootstrap(t.Context(), app.Bootstrap{Email: "admin@example.org", Password: password, APIKey: f.token}); err != nil {
		t.Fatal(err)
	}
	f.admin = f.key(f.token)
	return f
}

// another gives a further service over the same database.
func (f *fixture) another(change ...func(*app.Config)) *app.App {
	f.t.Helper()
	engine, err := sharedEngine()
	if err != nil {
		f.t.Fatal(err)
	}
	sealer, err := auth.NewSealer("the key of second factors in tests")
	if err != nil {
		f.t.Fatal(err)
	}
	cfg := app.Config{Pool: f.pool, Engine: engine, Log: slog.New(slog.DiscardHandler), Workers: 2, Sealer: sealer}
	for _, c := range change {
		c(&cfg)
	}
	a, err := app.New(cfg)
	if err != nil {
		f.t.Fatal(err)
	}
	return a
}

// started is newFixture with its jobs running until the test ends.
func started(t *testing.T, change ...func(*app.Config)) *fixture {
	t.Helper()
	f := newFixture(t, change...)
	f.start(f.App)
	return f
}

func (f *fixture) start(a *app.App) {
	f.t.Helper()
	if err := a.Start(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := a.Stop(ctx); err != nil {
			f.t.Error(err)
		}
	})
}

func (f *fixture) key(token string) app.Actor {
	f.t.Helper()
	who, err := f.AuthenticateKey(f.t.Context(), token)
	if err != nil {
		f.t.Fatal(err)
	}
	return who
}

// person makes an account with a role and gives its actor in a session.
func (f *fixture) person(role auth.Role) app.Actor {
	f.t.Helper()
	u, err := f.CreateUser(f.t.Context(), f.admin, app.UserInput{Email: string(role) + "@example.org", Name: "A " + string(role),
		Password: password, Role: role})
	if err != nil {
		f.t.Fatal(err)
	}
	who, err := f.SessionActor(f.t.Context(), u.ID, u.SessionVersion)
	if err != nil {
		f.t.Fatal(err)
	}
	return who
}

// story stores a story with articles and waits until it is ready.
func (f *fixture) story(arts ...app.ArticleInput) app.Story {
	f.t.Helper()
	s, err := f.CreateStory(f.t.Context(), f.admin, app.StoryInput{Title: "A flood at Marrow", Articles: arts})
	if err != nil {
		f.t.Fatal(err)
	}
	return f.ready(s.ID)
}

// ready waits until a story is ready and gives it.
func (f *fixture) ready(id string) app.Story {
	f.t.Helper()
	progress, err := f.WatchStory(f.t.Context(), f.admin, id)
	if err != nil {
		f.t.Fatal(err)
	}
	for p := range progress {
		if p.Status == app.Failed {
			f.t.Fatalf("story failed: %s", p.Reason)
		}
		if p.Status == app.Ready {
			s, err := f.Story(f.t.Context(), f.admin, id)
			if err != nil {
				f.t.Fatal(err)
			}
			return s
		}
	}
	f.t.Fatal("the story's progress ended early")
	return app.Story{}
}

// add stores an article in a story and waits until the story is ready.
func (f *fixture) add(storyID string, in app.ArticleInput) app.Article {
	f.t.Helper()
	in.StoryID = storyID
	art, _, err := f.AddArticle(f.t.Context(), f.admin, in)
	if err != nil {
		f.t.Fatal(err)
	}
	f.ready(storyID)
	return art
}

// findings gives all findings of a story.
func (f *fixture) findings(storyID string) []app.Finding {
	f.t.Helper()
	l, err := f.Findings(f.t.Context(), f.admin, app.FindingFilter{StoryID: storyID, Page: app.Page{Limit: app.MaxLimit}})
	if err != nil {
		f.t.Fatal(err)
	}
	return l.Items
}

// Three articles on one event. They differ in the number of people and in the
// day.
var (
	gazette = app.ArticleInput{Source: "Marrow Gazette", Title: "Flood drives families out", URL: "https://gazette.example/flood",
		PublishedAt: "2025-04-02", Text: "The river Tarn flooded the town of Marrow on Tuesday.\n\n" +
			"Rescuers evacuated 1,200 people from the town. Mayor Ann Weller closed the bridge."}
	courier = app.ArticleInput{Source: "Tarn Courier", Title: "Tarn bursts its banks", URL: "https://courier.example/tarn",
		PublishedAt: "2025-04-02", Text: "On Tuesday the town of Marrow was flooded by the river Tarn.\n\n" +
			"From the town, rescuers evacuated 2,000 people. The school stayed open."}
	herald = app.ArticleInput{Source: "The Herald", Title: "Marrow under water", URL: "https://herald.example/marrow",
		PublishedAt: "2025-04-03", Text: "The town's rescuers evacuated 1,200 people. The army sent forty boats to Marrow."}
)

// wantKind fails the test where an error is of another kind.
func wantKind(t *testing.T, err error, want claims.ErrorKind) {
	t.Helper()
	if claims.KindOf(err) != want {
		t.Errorf("error %v is of the kind %q, want %q", err, claims.KindOf(err), want)
	}
}
