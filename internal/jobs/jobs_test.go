package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

// script is work that a test writes: what it is called with goes to a channel,
// and it gives what the functions give.
type script struct {
	read    func(attempt int) error
	compare func(attempt int) error
	fetch   func(attempt int) error
	poll    func() error
	calls   chan string
	reads   int
	fetches int
	compars int
}

func newScript() *script {
	nothing := func(int) error { return nil }
	return &script{read: nothing, compare: nothing, fetch: nothing, poll: func() error { return nil }, calls: make(chan string, 100)}
}

func (s *script) ReadArticle(_ context.Context, id string, _ bool) error {
	s.reads++
	s.calls <- "read " + id
	return s.read(s.reads)
}

func (s *script) CompareStory(context.Context, string, func(context.Context, *store.Tx) error) error {
	s.compars++
	s.calls <- "compare"
	return s.compare(s.compars)
}

func (s *script) GiveUpArticle(_ context.Context, id, reason string) error {
	s.calls <- "give up article " + id
	return nil
}

func (s *script) FetchArticle(_ context.Context, id string) error {
	s.fetches++
	s.calls <- "fetch " + id
	return s.fetch(s.fetches)
}

func (s *script) GiveUpFetch(_ context.Context, id, reason string) error {
	s.calls <- "give up fetch " + id
	return nil
}

func (s *script) GiveUpStory(_ context.Context, id, reason string) error {
	s.calls <- "give up story " + id
	return nil
}

func (s *script) ImportArticles(context.Context, string, func(context.Context, *store.Tx) error) error {
	s.calls <- "import"
	return nil
}

func (s *script) GiveUpImport(_ context.Context, id, reason string) error {
	s.calls <- "give up import " + id
	return nil
}

func (s *script) Sweep(context.Context) error { return nil }

func (s *script) IndexCopies(context.Context) error          { return nil }
func (s *script) FoldSums(context.Context) error             { return nil }
func (s *script) ForgetPerson(context.Context, string) error { return nil }
func (s *script) PollDueFeeds(context.Context) error         { return nil }

func (s *script) MoveSource(context.Context, string) error { return nil }

func (s *script) SendWebhook(context.Context, string, jobs.Done) error { return nil }

func (s *script) WakeWebhooks(context.Context) error { return nil }

func (s *script) PlanSecondJudge(context.Context, string, jobs.Done) error { return nil }

func (s *script) AskSecondJudge(context.Context, int, jobs.Done) error { return nil }

func (s *script) WakeSecondJudge(context.Context) error { return nil }

func (s *script) PollFeed(_ context.Context, id string, _ jobs.Done) error {
	s.calls <- "poll " + id
	return s.poll()
}

func (s *script) ReadFeedEntry(_ context.Context, id string, _ jobs.Done) error {
	s.calls <- "read entry " + id
	return nil
}

func (s *script) GiveUpFeed(_ context.Context, id, reason string) error {
	s.calls <- "give up feed " + id
	return nil
}

func (s *script) GiveUpFeedEntry(_ context.Context, id, reason string) error {
	s.calls <- "give up entry " + id
	return nil
}

// queue gives a queue with one worker over a database of its own.
// ahead gives a clock of a machine that is eight hours fast: what is tried again has to
// come again soon nevertheless.
func ahead(pool *pgxpool.Pool) *store.Clock {
	return store.NewClock(store.New(pool), func() time.Time { return time.Now().Add(8 * time.Hour) })
}

func queue(t *testing.T, s *script) (*jobs.Queue, *pgxpool.Pool) {
	t.Helper()
	pool := storetest.New(t)
	q, err := jobs.New(jobs.Config{Pool: pool, Work: s, Log: slog.New(slog.DiscardHandler), Workers: 1, Clock: ahead(pool)})
	if err != nil {
		t.Fatal(err)
	}
	return q, pool
}

func start(t *testing.T, q *jobs.Queue) {
	t.Helper()
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := q.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func enqueue(t *testing.T, pool *pgxpool.Pool, do func(context.Context, *store.Tx, string) error, id string) {
	t.Helper()
	err := store.New(pool).InTx(t.Context(), func(tx *store.Tx) error { return do(t.Context(), tx, id) })
	if err != nil {
		t.Fatal(err)
	}
}

// expect waits for calls, in order.
func expect(t *testing.T, s *script, want ...string) {
	t.Helper()
	for _, w := range want {
		select {
		case got := <-s.calls:
			if got != w {
				t.Fatalf("call %q, want %q", got, w)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("no call, want %q", w)
		}
	}
}

func count(t *testing.T, pool *pgxpool.Pool, sql string) (n int) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestJobIsKeptWithItsTransaction(t *testing.T) {
	t.Parallel()
	q, pool := queue(t, newScript())
	undone := errors.New("undone")
	err := store.New(pool).InTx(t.Context(), func(tx *store.Tx) error {
		if err := q.AnalyzeArticle(t.Context(), tx, "a"); err != nil {
			return err
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	if n := count(t, pool, "SELECT count(*) FROM river_job"); n != 0 {
		t.Errorf("%d jobs of a transaction that was undone", n)
	}
}

func TestStoryHasOneComparison(t *testing.T) {
	t.Parallel()
	q, pool := queue(t, newScript())
	for _, id := range []string{"one", "one", "two", "one"} {
		enqueue(t, pool, q.CompareStory, id)
	}
	if n := count(t, pool, "SELECT count(*) FROM river_job"); n != 2 {
		t.Errorf("%d comparisons of two stories, want 2", n)
	}
}

// TestBulkWaitsForWhatIsWanted enqueues the work of an import before what somebody
// waits for.
func TestBulkWaitsForWhatIsWanted(t *testing.T) {
	t.Parallel()
	s := newScript()
	q, pool := queue(t, s)
	for _, id := range []string{"later", "wanted"} {
		enqueue(t, pool, q.CompareStoryLater, id)
	}
	err := store.New(pool).InTx(t.Context(), func(tx *store.Tx) error {
		return q.AnalyzeArticles(t.Context(), tx, []string{"bulk one", "bulk two"})
	})
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, pool, q.CompareStory, "wanted") // somebody adds an article to this one
	enqueue(t, pool, q.AnalyzeArticle, "a")
	enqueue(t, pool, q.CompareStoryLater, "wanted")
	if n := count(t, pool, "SELECT count(*) FROM river_job WHERE kind = 'compare_story'"); n != 2 {
		t.Errorf("%d comparisons of two stories", n)
	}
	start(t, q)
	expect(t, s, "read a", "compare", "read bulk one", "read bulk two", "compare")
}

func TestFeedHasOnePoll(t *testing.T) {
	t.Parallel()
	s := newScript()
	s.poll = func() error { panic("the parser broke") }
	q, pool := queue(t, s)
	for _, id := range []string{"one", "one", "two", "one"} {
		enqueue(t, pool, q.PollFeed, id)
		enqueue(t, pool, q.ReadFeedEntry, "e")
	}
	if n := count(t, pool, "SELECT count(*) FROM river_job"); n != 3 {
		t.Errorf("%d jobs for two feeds and an entry, want 3", n)
	}
	if _, err := pool.Exec(t.Context(), "DELETE FROM river_job WHERE kind = 'poll_feed' AND args->>'feed_id' = 'two'"); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "DELETE FROM river_job WHERE kind = 'read_feed_entry'"); err != nil {
		t.Fatal(err)
	}
	start(t, q)
	expect(t, s, "poll one", "give up feed one")
}

func TestFailedJobIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := newScript()
	s.read = func(attempt int) error {
		if attempt == 1 {
			return errors.New("the first attempt fails")
		}
		return nil
	}
	q, pool := queue(t, s)
	enqueue(t, pool, q.AnalyzeArticle, "a")
	start(t, q)
	expect(t, s, "read a", "read a")
}

func TestLastFailureIsGivenUp(t *testing.T) {
	t.Parallel()
	s := newScript()
	s.read = func(int) error { return errors.New("fails always") }
	q, pool := queue(t, s)
	enqueue(t, pool, q.AnalyzeArticle, "a")
	if _, err := pool.Exec(t.Context(), "UPDATE river_job SET max_attempts = 1"); err != nil {
		t.Fatal(err)
	}
	start(t, q)
	expect(t, s, "read a", "give up article a")
}

func TestPanicIsGivenUpAtOnce(t *testing.T) {
	t.Parallel()
	s := newScript()
	s.compare = func(int) error { panic("the engine broke") }
	q, pool := queue(t, s)
	enqueue(t, pool, q.CompareStory, "s")
	start(t, q)
	expect(t, s, "compare", "give up story s")
}

func TestChangedStoryIsComparedAgain(t *testing.T) {
	t.Parallel()
	s := newScript()
	s.compare = func(attempt int) error {
		if attempt == 1 {
			return jobs.ErrChanged
		}
		return nil
	}
	q, pool := queue(t, s)
	enqueue(t, pool, q.CompareStory, "s")
	// The pause costs no attempt: there is none to lose.
	if _, err := pool.Exec(t.Context(), "UPDATE river_job SET max_attempts = 1"); err != nil {
		t.Fatal(err)
	}
	start(t, q)
	expect(t, s, "compare", "compare")
}

// An outage of the database costs no attempt: the article is not to blame.
func TestOutageCostsNoAttempt(t *testing.T) {
	t.Parallel()
	s := newScript()
	s.read = func(attempt int) error {
		if attempt == 1 {
			return &claims.Error{Kind: claims.Unavailable, Message: "the disk is full"}
		}
		return nil
	}
	q, pool := queue(t, s)
	enqueue(t, pool, q.AnalyzeArticle, "a")
	if _, err := pool.Exec(t.Context(), "UPDATE river_job SET max_attempts = 1"); err != nil {
		t.Fatal(err)
	}
	start(t, q)
	expect(t, s, "read a", "read a")
}

// A site that is to be asked again later costs no attempt either.
func TestFetchComesAgainLater(t *testing.T) {
	t.Parallel()
	s := newScript()
	s.fetch = func(attempt int) error {
		if attempt == 1 {
			return &jobs.Later{After: time.Second}
		}
		return nil
	}
	q, pool := queue(t, s)
	enqueue(t, pool, q.FetchArticle, "f")
	if _, err := pool.Exec(t.Context(), "UPDATE river_job SET max_attempts = 1"); err != nil {
		t.Fatal(err)
	}
	start(t, q)
	expect(t, s, "fetch f", "fetch f")
}

func TestStopCutsOffAndTheNextStartTakesUp(t *testing.T) {
	t.Parallel()
	s := newScript()
	q, pool := queue(t, s)
	blocked := &blocking{script: newScript()}
	first, err := jobs.New(jobs.Config{Pool: pool, Work: blocked, Log: slog.New(slog.DiscardHandler), Workers: 1, Clock: ahead(pool)})
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	enqueue(t, pool, first.AnalyzeArticle, "a")
	expect(t, blocked.script, "read a")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := first.Stop(ended); err != nil {
		t.Fatal(err)
	}
	start(t, q)
	expect(t, s, "read a")
}

// blocking reads until its context ends.
type blocking struct{ *script }

func (b *blocking) ReadArticle(ctx context.Context, id string, _ bool) error {
	b.calls <- "read " + id
	<-ctx.Done()
	return ctx.Err()
}

// orphan makes the one job look as if it ran, in some attempt, in a server that
// has ended.
func orphan(t *testing.T, pool *pgxpool.Pool, attempt int) {
	t.Helper()
	_, err := pool.Exec(t.Context(), `
		UPDATE river_job SET state = 'running', attempt = $1, attempted_at = now(), attempted_by = '{server-that-ended}'`, attempt)
	if err != nil {
		t.Fatal(err)
	}
}

func TestOrphanIsTakenUp(t *testing.T) {
	t.Parallel()
	s := newScript()
	q, pool := queue(t, s)
	enqueue(t, pool, q.AnalyzeArticle, "a")
	orphan(t, pool, 1)
	start(t, q)
	expect(t, s, "read a")
}

// TestForgottenJobIsDoneAgain makes a job that the server has as running and does not work
// on: how it ended could not be noted.
func TestForgottenJobIsDoneAgain(t *testing.T) {
	t.Parallel()
	s := newScript()
	q, pool := queue(t, s)
	enqueue(t, pool, q.AnalyzeArticle, "a")
	start(t, q)
	expect(t, s, "read a")
	for id, ago := range map[string]string{"b": "2 minutes", "c": "2 seconds"} {
		_, err := pool.Exec(t.Context(), `INSERT INTO river_job (kind, args, state, attempt, max_attempts, attempted_at, attempted_by)
			SELECT kind, jsonb_build_object('article_id', $1::text), 'running', 1, 1, now() - $2::text::interval, attempted_by FROM river_job
			WHERE kind = 'analyze_article' AND args ->> 'article_id' = 'a'`, id, ago)
		if err != nil {
			t.Fatal(err)
		}
	}
	expect(t, s, "read b") // and not c, whose end may still be noted
}

func TestOrphanWithoutAttemptsIsGivenUp(t *testing.T) {
	t.Parallel()
	s := newScript()
	q, pool := queue(t, s)
	enqueue(t, pool, q.AnalyzeArticle, "a")
	orphan(t, pool, 5)
	start(t, q)
	expect(t, s, "give up article a")
}

func TestJobOfAServerThatLivesIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := newScript()
	q, pool := queue(t, s)
	enqueue(t, pool, q.AnalyzeArticle, "a")
	orphan(t, pool, 1)
	db := store.New(pool)
	other := store.NewPresence(db, "server-that-ended")
	if err := other.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	adopted := func() (orphans []store.Orphan) {
		t.Helper()
		err := db.InTx(t.Context(), func(tx *store.Tx) (err error) {
			orphans, err = tx.AdoptOrphans(t.Context())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return orphans
	}
	if got := adopted(); len(got) != 0 {
		t.Errorf("took %v from a server that lives", got)
	}
	other.End(t.Context())
	for deadline := time.Now().Add(10 * time.Second); ; {
		if got := adopted(); len(got) == 1 && got[0].Kind == "analyze_article" && !got[0].Lost {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the job of a server that has ended was not taken up")
		}
	}
}
