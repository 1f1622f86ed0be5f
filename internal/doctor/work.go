package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"

	"corroborate/internal/store"
)

const (
	// patience is how long a job may wait for a worker before that is told.
	patience = 15 * time.Minute
	// hanging is longer than any job may run.
	hanging = 30 * time.Minute
	// aDay is how far back jobs that were given up are counted.
	aDay = 24 * time.Hour
	// mostBehind is how long an event may wait to be published, in seconds.
	mostBehind = 60
)

// workFacts are what the work of the service is judged by.
type workFacts struct {
	servers  int
	counts   []store.JobCount
	ages     []store.QueueAge
	troubles store.JobTroubles
	standing store.Standing
	second   *store.SecondHealth // nil without a second judge
}

// Work looks at jobs, feeds, webhooks and the second judge. servers is how many servers
// work on jobs now; second is true where a second judge is set up.
func Work(ctx context.Context, q store.Queries, queues []string, second bool) []Finding {
	var f workFacts
	now := time.Now()
	facts, err := q.ServerFacts(ctx)
	if err == nil {
		f.servers = facts.Servers
		f.counts, err = q.JobCounts(ctx)
	}
	if err == nil {
		f.ages, err = q.QueueAges(ctx, queues)
	}
	if err == nil {
		f.troubles, err = q.JobTroubles(ctx, now.Add(-aDay), now.Add(-hanging))
	}
	if err == nil {
		f.standing, err = q.Standing(ctx)
	}
	if err == nil && second {
		var h store.SecondHealth
		h, err = q.SecondHealth(ctx)
		f.second = &h
	}
	if err != nil {
		return []Finding{Unseen("jobs", err, "see the log of the database")}
	}
	return append(jobs(f), others(f)...)
}

// jobs looks at the queue.
func jobs(f workFacts) []Finding {
	a := &area{name: "jobs"}
	waiting, running := 0, 0
	for _, c := range f.counts {
		if c.State == "running" {
			running += c.Jobs
		} else {
			waiting += c.Jobs
		}
	}
	a.when(f.servers == 0, level(waiting > 0, Warning, Note), Finding{Says: fmt.Sprintf("no server works on jobs; %d wait", waiting),
		Do: "start the server"}, fmt.Sprintf("%d servers work on jobs; %d run, %d wait", f.servers, running, waiting))
	for _, q := range f.ages {
		if waits := time.Duration(q.Seconds * float64(time.Second)); waits > patience && f.servers > 0 {
			a.add(Warning, fmt.Sprintf("the oldest job in the queue %q has waited for %s", q.Queue, waits.Round(time.Minute)),
				"a bulk import may keep the workers busy; else see the log for jobs that fail, or add a server")
		}
	}
	a.when(f.troubles.Hanging > 0, Warning, Finding{Says: fmt.Sprintf("%d jobs have run for more than %s", f.troubles.Hanging, hanging),
		Do: "restart the server that runs them; they are taken up again"}, "")
	a.when(f.troubles.Discarded > 0, Warning, Finding{
		Says: fmt.Sprintf("%d jobs were given up within a day: %s", f.troubles.Discarded, strings.Join(f.troubles.Kinds, ", ")),
		Do:   "see the log for jobs with the outcome given_up; what they were about is marked as failed and can be analysed again"}, "no job was given up within a day")
	return a.all
}

// others looks at what is exchanged with other servers.
func others(f workFacts) []Finding {
	a := &area{name: "exchange"}
	s := f.standing
	a.when(s.FeedsFailing > 0, Warning, Finding{Says: fmt.Sprintf("%d of %d feeds fail", s.FeedsFailing, s.FeedsActive),
		Do: "see /feeds, where each says why"}, fmt.Sprintf("%d feeds are polled, none fails", s.FeedsActive))
	a.when(s.FeedsGone > 0, Note, Finding{Says: fmt.Sprintf("%d feeds have ended for good", s.FeedsGone), Do: "remove them at /feeds, or give their new addresses"}, "")
	a.when(s.HooksStopped > 0, Warning, Finding{Says: fmt.Sprintf("%d webhooks were stopped by the service", s.HooksStopped),
		Do: "see /webhooks for why, and start them again"}, "")
	a.when(s.HooksFailing > 0, Warning, Finding{Says: fmt.Sprintf("%d of %d webhooks fail, %d deliveries wait", s.HooksFailing, s.HooksActive, s.Deliveries),
		Do: "see /webhooks, where each says why"}, fmt.Sprintf("%d webhooks are sent to, none fails", s.HooksActive))
	a.when(s.EventsSeconds > mostBehind, Warning, Finding{Says: fmt.Sprintf("events wait for %.0f seconds to be published", s.EventsSeconds),
		Do: "start a server; where one runs, look for long transactions"}, "")
	if f.second != nil {
		a.when(f.second.Failures > 0, Warning, Finding{Says: fmt.Sprintf("the second judge failed %d times in a row: %s", f.second.Failures, f.second.Fault),
			Do: "see LLM_BASE_URL, LLM_MODEL and LLM_KEY, and the page People › The second judge"}, "the second judge answers")
	}
	return a.all
}
