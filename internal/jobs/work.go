package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Work is what the jobs do. Each method may be called again after it was cut off
// at any point, and does nothing where what it is about is gone.
type Work interface {
	// ReadArticle stores the text and the claims of an article. bulk says that it is
	// one of very many, so that what follows from it can wait.
	ReadArticle(ctx context.Context, articleID string, bulk bool) error
	// CompareStory stores the findings of a story. It calls done in the transaction
	// that stores them, under the story's lock. It gives [ErrChanged] where the story
	// kept changing meanwhile.
	CompareStory(ctx context.Context, storyID string, done func(context.Context, *store.Tx) error) error
	// FetchArticle fetches an address and stores it as an article. It gives a [Later]
	// where it is to be tried again.
	FetchArticle(ctx context.Context, fetchID string) error
	// ImportArticles stores the next lines of an import. It calls done in the
	// transaction that stores them.
	ImportArticles(ctx context.Context, importID string, done func(context.Context, *store.Tx) error) error
	// GiveUpArticle and the like note that the work failed for good, and why.
	GiveUpArticle(ctx context.Context, articleID, reason string) error
	GiveUpFetch(ctx context.Context, fetchID, reason string) error
	GiveUpStory(ctx context.Context, storyID, reason string) error
	GiveUpImport(ctx context.Context, importID, reason string) error
	// IndexCopies finds the copies of articles that were stored before they could be
	// found.
	IndexCopies(ctx context.Context) error
	// Sweep removes what has outlived its time.
	Sweep(ctx context.Context) error
	FeedWork
	HookWork
	JudgeWork
	SumWork
	PersonWork
	SourceWork
}

// ErrChanged says that a story changed while it was compared and has to be
// compared again.
var ErrChanged = errors.New("the story changed while it was compared")

// ErrTaken says that a job cannot be marked as done by this try of it: the server was taken
// for ended, and the job was taken up elsewhere.
var ErrTaken = errors.New("the job was taken up elsewhere")

// Later says that a job is to be done again after a while. It counts as no
// failure.
type Later struct{ After time.Duration }

// Error says when.
func (l *Later) Error() string { return fmt.Sprintf("to be done again in %s", l.After) }

// changedPause is how long a story that keeps changing is left alone.
const changedPause = time.Second

// outagePause is how long a job waits that the database could do nothing for.
const outagePause = 3 * time.Second

func newWorkers(w Work) *river.Workers {
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[analyzeArticle]) error {
		return outcome(ctx, w.ReadArticle(ctx, job.Args.ArticleID, job.Args.Bulk))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[fetchArticle]) error {
		return outcome(ctx, w.FetchArticle(ctx, job.Args.FetchID))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[compareStory]) error {
		return outcome(ctx, w.CompareStory(ctx, job.Args.StoryID, doneWith(job)))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[importArticles]) error {
		return outcome(ctx, w.ImportArticles(ctx, job.Args.ImportID, doneWith(job)))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[sweep]) error {
		return outcome(ctx, w.Sweep(ctx))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[indexCopies]) error {
		return outcome(ctx, w.IndexCopies(ctx))
	}))
	addFeedWorkers(workers, w)
	addHookWorkers(workers, w)
	addJudgeWorkers(workers, w)
	addSumWorkers(workers, w)
	addPersonWorkers(workers, w)
	addSourceWorkers(workers, w)
	return workers
}

// doneWith marks a job as done in a transaction, or gives [ErrTaken]. The library marks none
// that does not run, and says nothing of it.
func doneWith[T river.JobArgs](job *river.Job[T]) Done {
	return func(ctx context.Context, tx *store.Tx) error {
		marked, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx.Queue(), job)
		if errors.Is(err, river.ErrNotFound) || err == nil && marked.State != rivertype.JobStateCompleted {
			return ErrTaken
		}
		return err
	}
}

// outcome tells the queue how a job ended. A job that a stopping server cut off, that met
// an outage of the database, or that has to wait, goes back without losing an attempt. To one
// that was taken up elsewhere nothing happens.
func outcome(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.Canceled), errors.Is(err, ErrTaken):
		return river.JobSnooze(0)
	case errors.Is(err, ErrChanged):
		return river.JobSnooze(changedPause)
	case claims.KindOf(err) == claims.Unavailable:
		return river.JobSnooze(outagePause) // what the job is about is not to blame
	}
	if later, ok := errors.AsType[*Later](err); ok {
		return river.JobSnooze(later.After)
	}
	return err
}

// giver gives up on jobs that failed for good.
type giver struct {
	work Work
	log  *slog.Logger
}

// HandleError is told of a job that failed, which the journal has noted.
func (g *giver) HandleError(ctx context.Context, job *rivertype.JobRow, _ error) *river.ErrorHandlerResult {
	if job.Attempt >= job.MaxAttempts {
		g.giveUp(ctx, job.Kind, job.EncodedArgs, fmt.Sprintf("it failed %d times for an internal reason; the log of the server has it", job.Attempt))
	}
	return nil
}

// HandlePanic is told of a job that panicked. The same input would panic again,
// so the job is not tried again.
func (g *giver) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	g.log.Error("job panicked", "job", job.ID, "kind", job.Kind, "panic", fmt.Sprint(value), "trace", trace)
	g.giveUp(ctx, job.Kind, job.EncodedArgs, "the engine broke on it; the log of the server has the place")
	return &river.ErrorHandlerResult{SetCancelled: true}
}

// giveUp marks what a job was about as failed.
func (g *giver) giveUp(ctx context.Context, kind string, args json.RawMessage, reason string) {
	ctx = context.WithoutCancel(ctx)
	var about struct {
		analyzeArticle
		fetchArticle
		compareStory
		importArticles
	}
	err := json.Unmarshal(args, &about)
	switch {
	case err != nil:
	case kind == analyzeArticle{}.Kind():
		err = g.work.GiveUpArticle(ctx, about.ArticleID, reason)
	case kind == fetchArticle{}.Kind():
		err = g.work.GiveUpFetch(ctx, about.FetchID, reason)
	case kind == compareStory{}.Kind():
		err = g.work.GiveUpStory(ctx, about.StoryID, reason)
	case kind == importArticles{}.Kind():
		err = g.work.GiveUpImport(ctx, about.ImportID, reason)
	default:
		err = giveUpFeedJob(ctx, g.work, kind, args, reason)
	}
	if err != nil {
		g.log.Error("cannot mark as failed", "kind", kind, "error", err)
	}
}
