package app_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/ingest"
)

// workerURL is the variable that makes this test program a server which works on
// the database that it names, until it is killed.
const workerURL = "CORROBORATE_TEST_WORKER"

// workerAllow names a host on this machine that it may fetch from.
const workerAllow = "CORROBORATE_TEST_ALLOW"

func TestMain(m *testing.M) {
	if url := os.Getenv(workerURL); url != "" {
		if err := work(url); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// work runs jobs and never returns but for an error.
func work(url string) error {
	pool, err := pgxpool.New(context.Background(), url)
	if err != nil {
		return err
	}
	engine, err := sharedEngine()
	if err != nil {
		return err
	}
	sealer, err := auth.NewSealer("the key of second factors in tests")
	if err != nil {
		return err
	}
	a, err := app.New(app.Config{Pool: pool, Engine: engine, Log: slog.New(slog.DiscardHandler), Workers: 4,
		Fetcher: ingest.NewFetcher(ingest.Config{AllowHosts: []string{os.Getenv(workerAllow)}, Gap: time.Millisecond}),
		Feeds:   app.FeedConfig{Every: 50 * time.Millisecond}, Sealer: sealer,
		Poster: ingest.NewPoster(ingest.PosterConfig{AllowHosts: []string{os.Getenv(workerAllow)}})})
	if err != nil {
		return err
	}
	if err := a.Start(context.Background()); err != nil {
		return err
	}
	fmt.Println("works")
	select {}
}

// worker starts a server in a process of its own, and gives it once it works.
// Further strings are variables for its environment: NAME=value.
func (f *fixture) worker(env ...string) *exec.Cmd {
	f.t.Helper()
	program, err := os.Executable()
	if err != nil {
		f.t.Fatal(err)
	}
	cmd := exec.CommandContext(f.t.Context(), program)
	cmd.Env = append(append(os.Environ(), workerURL+"="+f.pool.Config().ConnString()), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		f.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		f.t.Fatal("the worker ended before it worked")
	}
	return cmd
}

func TestKilledServerLosesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const articles = 40
	s := f.emptyStory("A flood at Marrow")
	for i := range articles {
		in := courier
		in.Source, in.URL, in.StoryID = fmt.Sprint("Paper ", i), fmt.Sprint("https://paper.example/", i), s.ID
		in.Text = fmt.Sprintf("Rescuers evacuated %d people from the town of Marrow. %s", 1000+i, in.Text)
		if _, _, err := f.AddArticle(t.Context(), f.admin, in); err != nil {
			t.Fatal(err)
		}
	}
	// Two servers are killed, each while jobs of its run.
	for range 2 {
		cmd := f.worker()
		for f.count("SELECT count(*) FROM river_job WHERE state = 'running'") == 0 {
			if p, err := f.StoryProgress(t.Context(), f.admin, s.ID); err != nil || p.Status == app.Ready {
				t.Fatalf("the story was ready before its server was killed: %+v, %v", p, err)
			}
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed, and says so
	}
	if n := f.count("SELECT count(*) FROM river_job WHERE state = 'running'"); n == 0 {
		t.Error("no job was cut off; the test shows nothing")
	}
	f.start(f.App)
	if s := f.ready(s.ID); s.Articles != articles || s.Pending != 0 || s.Failed != 0 {
		t.Errorf("story %+v", s)
	}
	for what, sql := range map[string]string{
		"articles that are not ready":           "SELECT count(*) FROM articles WHERE status <> 'ready'",
		"revisions too many":                    "SELECT count(*) - count(DISTINCT article_id) FROM revisions",
		"texts too many":                        "SELECT count(*) - count(DISTINCT revision_id) FROM texts",
		"claims at one place":                   "SELECT count(*) - count(DISTINCT (text_id, start_at, end_at)) FROM claims",
		"claims in no finding":                  "SELECT count(*) FROM claims WHERE id NOT IN (SELECT claim_id FROM finding_claims)",
		"jobs that are left":                    "SELECT count(*) FROM river_job WHERE state NOT IN ('completed', 'scheduled') AND kind <> 'sweep'",
		"stories that are not compared to date": "SELECT count(*) FROM stories WHERE changes <> compared",
	} {
		if n := f.count(sql); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
}
