package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"corroborate/internal/store"
	"corroborate/internal/tracing"
	"corroborate/internal/trouble"
)

const (
	// timeout is the longest that a job may run; one that the queue still has as
	// running after rescueAfter hangs.
	timeout     = 20 * time.Minute
	rescueAfter = 30 * time.Minute
	// sweepEvery is the time between two sweeps.
	sweepEvery = time.Hour
	// fetchPause is the least time between two looks for jobs. Small articles take
	// less than the library's own pause.
	fetchPause = 10 * time.Millisecond
	// adoptEvery is the time between two looks for jobs of servers that have ended.
	adoptEvery = 5 * time.Second
)

// CutGrace is how long jobs that are cut off may take to end. What takes longer still is
// taken up by another server, or at the next start.
const CutGrace = 2 * time.Second

// Config is what a [Queue] is made of.
type Config struct {
	Pool *pgxpool.Pool
	Work Work
	Log  *slog.Logger
	// Workers is how many jobs run at once, the number of processors where it is 0.
	// Those that wait for other servers are not counted.
	Workers int
	// PollFeedsEvery is the time between two looks for feeds that are due, half a
	// minute where it is 0.
	PollFeedsEvery time.Duration
	// JudgeLanes is how many questions are put to the second judge at once, over all
	// servers; 0 where there is none.
	JudgeLanes int
	// WakeJudgeEvery is the time between two looks for what it is to be asked, a minute
	// where it is 0.
	WakeJudgeEvery time.Duration
	// Clock is kept in time by the queue while it runs. It is needed.
	Clock *store.Clock
	// Tracing makes spans of jobs, none where it is nil.
	Tracing *tracing.Tracing
}

// Queue enqueues jobs and, once started, runs them.
type Queue struct {
	client   *river.Client[pgx.Tx]
	db       *store.DB
	presence *store.Presence
	clock    *store.Clock
	mine     *mine
	name     string
	giver    *giver
	meter    *Meter
	log      *slog.Logger
	every    time.Duration // between two looks of watch
	stop     context.CancelFunc
	loops    sync.WaitGroup
}

// New gives a queue that runs nothing yet.
func New(cfg Config) (*Queue, error) {
	workers := cfg.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	// The name tells the jobs of this process from those of any other, so that
	// orphans can be told.
	name := "server-" + rand.Text()
	own := newMine()
	g := &giver{work: cfg.Work, log: cfg.Log}
	meter := newMeter()
	conf := &river.Config{
		ID:                   name,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}, webQueue: {MaxWorkers: webWorkers}, hookQueue: {MaxWorkers: hookWorkers}},
		Workers:              newWorkers(cfg.Work),
		ErrorHandler:         g,
		Middleware:           middlewareOf(cfg.Tracing, own, &causes{}, &journal{log: cfg.Log, meter: meter}),
		FetchCooldown:        fetchPause,
		JobTimeout:           timeout,
		RescueStuckJobsAfter: rescueAfter,
		// Indexes are the schema's owner's to rebuild, and the role that serves is another.
		ReindexerSchedule: river.NeverSchedule(),
		Logger:            slog.New(quiet{cfg.Log.Handler()}),
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(sweepEvery),
			func() (river.JobArgs, *river.InsertOpts) { return sweep{}, nil }, &river.PeriodicJobOpts{RunOnStart: true}),
			river.NewPeriodicJob(river.PeriodicInterval(sweepEvery),
				func() (river.JobArgs, *river.InsertOpts) { return indexCopies{}, nil }, &river.PeriodicJobOpts{RunOnStart: true}),
			periodicFeeds(cfg.PollFeedsEvery), periodicHooks(), periodicSums()},
	}
	conf.Test.Time = databaseTime{cfg.Clock} // there is no other way to set the library's clock
	judgeJobs(conf, cfg.JudgeLanes, cfg.WakeJudgeEvery)
	client, err := river.NewClient(riverpgxv5.New(cfg.Pool), conf)
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	db := store.New(cfg.Pool)
	return &Queue{client: client, db: db, presence: store.NewPresence(db, name), clock: cfg.Clock, mine: own, name: name, giver: g,
		meter: meter, log: cfg.Log, every: adoptEvery}, nil
}

// Queues names the queues that jobs wait in.
func Queues() []string { return []string{river.QueueDefault, webQueue, hookQueue, judgeQueue} }

// Backlog counts the articles that wait to be read, and the lines of imports that are to
// become articles; limit bounds the counting.
func (q *Queue) Backlog(ctx context.Context, limit int) (int, error) {
	return q.db.Backlog(ctx, river.QueueDefault, analyzeArticle{}.Kind(), limit)
}

// Meter gives the figures of the jobs that run here.
func (q *Queue) Meter() *Meter { return q.meter }

// AnalyzeArticle enqueues the reading of an article.
func (q *Queue) AnalyzeArticle(ctx context.Context, tx *store.Tx, articleID string) error {
	return q.enqueue(ctx, tx, analyzeArticle{ArticleID: articleID})
}

// FetchArticle enqueues the fetching of an address.
func (q *Queue) FetchArticle(ctx context.Context, tx *store.Tx, fetchID string) error {
	return q.enqueue(ctx, tx, fetchArticle{FetchID: fetchID})
}

// AnalyzeArticles enqueues the reading of many articles, behind everything that
// somebody waits for.
func (q *Queue) AnalyzeArticles(ctx context.Context, tx *store.Tx, articleIDs []string) error {
	if len(articleIDs) == 0 {
		return nil
	}
	all := make([]river.InsertManyParams, len(articleIDs))
	for i, id := range articleIDs {
		all[i] = river.InsertManyParams{Args: analyzeArticle{ArticleID: id, Bulk: true}}
	}
	if _, err := q.client.InsertManyFastTx(ctx, tx.Queue(), all); err != nil {
		return fmt.Errorf("jobs: enqueue %d articles: %w", len(all), err)
	}
	return nil
}

// CompareStory enqueues the comparison of a story, unless one is enqueued. The
// story's lock has to be held.
func (q *Queue) CompareStory(ctx context.Context, tx *store.Tx, storyID string) error {
	args := compareStory{StoryID: storyID}
	r, err := q.client.InsertTx(ctx, tx.Queue(), args, nil)
	if err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	if r.UniqueSkippedAsDuplicate {
		return tx.HastenJob(ctx, r.Job.ID, compareSoon) // it may wait behind a bulk import
	}
	return nil
}

// CompareStoryLater is [Queue.CompareStory] for a story that further articles are
// expected in: it waits until all that came in bulk are read.
func (q *Queue) CompareStoryLater(ctx context.Context, tx *store.Tx, storyID string) error {
	args := compareStory{StoryID: storyID}
	opts := args.InsertOpts()
	opts.Priority = compareLater
	if _, err := q.client.InsertTx(ctx, tx.Queue(), args, &opts); err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// ImportArticles enqueues the storing of the next lines of an import.
func (q *Queue) ImportArticles(ctx context.Context, tx *store.Tx, importID string) error {
	return q.enqueue(ctx, tx, importArticles{ImportID: importID})
}

func (q *Queue) enqueue(ctx context.Context, tx *store.Tx, args river.JobArgs) error {
	if _, err := q.client.InsertTx(ctx, tx.Queue(), args, nil); err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// Start takes up what a killed server left, and runs jobs until [Queue.Stop].
func (q *Queue) Start(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := q.clock.Sync(ctx); err != nil {
		return err
	}
	// The presence comes first: a job without it would look like an orphan.
	if err := q.presence.Keep(ctx); err != nil {
		return err
	}
	if err := q.adopt(ctx); err != nil {
		q.presence.End(ctx)
		return err
	}
	if err := q.client.Start(ctx); err != nil {
		q.presence.End(ctx)
		return fmt.Errorf("jobs: start: %w", err)
	}
	ctx, q.stop = context.WithCancel(ctx)
	q.loops.Go(func() { q.watch(ctx) })
	return nil
}

// watch keeps the clock right and the presence up, and looks for orphans.
func (q *Queue) watch(ctx context.Context) {
	failing := trouble.New(q.log, "cannot look for jobs of servers that have ended")
	tick := time.NewTicker(q.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := q.clock.Sync(ctx)
		if err == nil {
			err = q.presence.Keep(ctx)
		}
		if err == nil {
			err = q.adopt(ctx)
		}
		if ctx.Err() == nil {
			failing.Note(ctx, err)
		}
	}
}

// adopt gives jobs of servers that have ended back to the queue, and those of this one
// whose end was never noted.
func (q *Queue) adopt(ctx context.Context) error {
	var orphans []store.Orphan
	var forgotten int64
	err := q.db.InTx(ctx, func(tx *store.Tx) (err error) {
		if orphans, err = tx.AdoptOrphans(ctx); err != nil {
			return err
		}
		forgotten, err = tx.GiveBackForgotten(ctx, q.name, q.mine.busy(), forgottenAfter)
		return err
	})
	if forgotten > 0 {
		q.log.Warn("gave back jobs whose end could not be noted", "jobs", forgotten)
	}
	for _, o := range orphans {
		q.log.Warn("took up a job of a server that has ended", "job", o.ID, "was", o.Was, "kind", o.Kind, "given_up", o.Lost)
		if o.Lost {
			q.giver.giveUp(ctx, o.Kind, o.Args, "the server ended each time it worked on this")
		}
	}
	return err
}

// Stop takes no further jobs and lets those that run end; when ctx ends first,
// they are cut off and wait in the queue for the next start.
func (q *Queue) Stop(ctx context.Context) error {
	if q.stop == nil {
		return nil
	}
	err := q.client.Stop(ctx)
	if err != nil && ctx.Err() != nil {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), CutGrace)
		defer cancel()
		err = q.client.StopAndCancel(grace)
	}
	q.stop()
	q.loops.Wait()
	q.presence.End(context.WithoutCancel(ctx))
	if err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("jobs: stop: %w", err)
	}
	return nil
}

// quiet lets warnings and worse of the job library through, as it tells much of
// itself that is of no use to who runs the service.
type quiet struct{ slog.Handler }

// Enabled tells whether a record is let through.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// WithAttrs gives a handler that is as quiet.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

// WithGroup gives a handler that is as quiet.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
