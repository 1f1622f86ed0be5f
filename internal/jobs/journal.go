package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// The ways in which a try of a job ends.
const (
	done       = "done"
	later      = "later"       // it has to wait for something, and is tried again
	handedBack = "handed_back" // the server stopped, or another has taken the job up
	failed     = "failed"      // it is tried again
	givenUp    = "given_up"    // it is not
	panicked   = "panicked"
)

// journal writes one line for each try of a job when it has ended, and counts it. The line
// holds ids alone: what a job works on may be private.
type journal struct {
	river.MiddlewareDefaults
	log   *slog.Logger
	meter *Meter
}

// Work runs a job and notes how it went.
func (j *journal) Work(ctx context.Context, job *rivertype.JobRow, do func(context.Context) error) (err error) {
	start := time.Now()
	waited := waitedFor(job, start)
	how := panicked // unless do returns
	defer func() {
		took := time.Since(start)
		j.meter.note(job.Kind, how, took, waited)
		attrs := append([]slog.Attr{
			slog.String("kind", job.Kind), slog.Int64("job", job.ID), slog.Int("attempt", job.Attempt), slog.String("queue", job.Queue),
			slog.String("outcome", how), slog.Duration("took", took), slog.Duration("waited", waited),
		}, idsOf(job.EncodedArgs)...)
		if id := causeOf(ctx); id != "" {
			attrs = append(attrs, slog.String("request_id", id))
		}
		if how == failed || how == givenUp {
			attrs = append(attrs, slog.Any("error", err))
		}
		j.log.LogAttrs(ctx, levelOf(how), "job", attrs...)
	}()
	err = do(ctx)
	how = howEnded(job, err)
	return err
}

// howEnded tells how a try of a job ended that did not panic.
func howEnded(job *rivertype.JobRow, err error) string {
	if err == nil {
		return done
	}
	if snooze, ok := errors.AsType[*rivertype.JobSnoozeError](err); ok {
		if snooze.Duration == 0 {
			return handedBack
		}
		return later
	}
	_, cancelled := errors.AsType[*rivertype.JobCancelError](err)
	if cancelled || job.Attempt >= job.MaxAttempts {
		return givenUp
	}
	return failed
}

// failedFor tells whether a try ended in a way that somebody should look at.
func failedFor(how string) bool { return how == failed || how == givenUp || how == panicked }

func levelOf(how string) slog.Level {
	if failedFor(how) {
		return slog.LevelError
	}
	return slog.LevelInfo
}

// waitedFor is how long a job waited for a worker since it was due.
func waitedFor(job *rivertype.JobRow, now time.Time) time.Duration {
	due := job.ScheduledAt
	if job.CreatedAt.After(due) {
		due = job.CreatedAt
	}
	return max(now.Sub(due), 0)
}

// idsOf gives what a job is about: those of its arguments that are ids.
func idsOf(args []byte) []slog.Attr {
	var fields map[string]any
	if json.Unmarshal(args, &fields) != nil {
		return nil
	}
	var out []slog.Attr
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if id, ok := fields[name].(string); ok && strings.HasSuffix(name, "_id") {
			out = append(out, slog.String(name, id))
		}
	}
	return out
}
