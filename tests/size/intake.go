package size

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/servertest"
	"corroborate/tests/size/papers"
)

// intakePatience is how long one article may take from its arrival until its story is
// compared.
const intakePatience = 2 * time.Minute

// intake sends articles to an archive whose jobs run.
type intake struct {
	*archive
	service *servertest.Service
	who     app.Actor
	// pattern are the articles of the pattern, of which the archive has copies.
	pattern []papers.Article
	copies  int
	// run tells the articles of one run from those of another.
	run string
}

// openIntake starts jobs on an archive and waits until those are done that come with a
// start. watched has the statements told.
func openIntake(t testing.TB, a *archive, pattern int, watched bool) *intake {
	t.Helper()
	opts := servertest.Options{Database: a.database, Jobs: true, CallsPerMinute: 10_000_000}
	if watched {
		opts.Watch = a.statement.watch
	}
	in := &intake{archive: a, service: servertest.New(t, opts), pattern: papers.All(brief(pattern)), copies: a.articles / pattern,
		run: fmt.Sprintf("%x", time.Now().UnixNano())}
	var err error
	if in.who, err = in.service.App.AuthenticateKey(t.Context(), servertest.AdminKey); err != nil {
		t.Fatalf("size: %v", err)
	}
	in.idle()
	return in
}

// idle waits until no job is left to do at once.
func (in *intake) idle() {
	in.t.Helper()
	in.until(`SELECT NOT EXISTS (SELECT FROM river_job WHERE state IN ('available', 'pending', 'running')
		AND (scheduled_at < now() OR state <> 'available'))`, 10*time.Minute)
}

// until waits for a condition.
func (in *intake) until(sql string, most time.Duration, args ...any) {
	in.t.Helper()
	ctx, cancel := context.WithTimeout(in.t.Context(), most)
	defer cancel()
	for {
		ok, err := tell[bool](ctx, in.Pool, sql, args...)
		if err != nil {
			in.t.Fatalf("size: %.60s: %v", sql, err)
		}
		if ok {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// article gives the i-th article that is sent: in turn on an event that nobody told of,
// a further report on a story that is there, and one that another paper prints as it is.
func (in *intake) article(i int) app.ArticleInput {
	k, from := i*7919%in.copies, in.pattern[i*31%len(in.pattern)]
	rare, often := letters(k), letters(10_000+k/50)
	text, title := from.Text, from.Title
	switch i % 3 {
	case 0: // names that stand nowhere else
		rare, often = letters(17_000+i%500), letters(17_100+i%400)
	case 1: // in other words, with something of its own
		_, text, _ = strings.Cut(text, ". ")
		text += " " + title + ". The mayor promised a report within a month, and neighbours asked for more."
	}
	text += " Report " + in.run + "." // no run sends what another has sent
	fill := strings.NewReplacer(rareMark, rare, oftenMark, often)
	at, err := time.Parse(time.RFC3339, from.PublishedAt)
	if err != nil {
		in.t.Fatalf("size: %v", err)
	}
	if i%3 > 0 {
		at = at.AddDate(0, 0, -k)
	}
	return app.ArticleInput{Text: fill.Replace(text), Title: fill.Replace(title), Source: "Riverside Wire", PublishedAt: at.Format(time.RFC3339),
		ExternalID: fmt.Sprintf("intake-%s-%d", in.run, i)}
}

// send sends an article and waits until its story is compared.
func (in *intake) send(i int) time.Duration {
	in.t.Helper()
	start := time.Now()
	art, _, err := in.service.App.TakeArticle(in.t.Context(), in.who, in.article(i))
	if err != nil {
		in.t.Fatalf("size: article %d: %v", i, err)
	}
	in.until(`SELECT EXISTS (SELECT FROM articles a JOIN stories s ON s.id = a.story_id
		WHERE a.id = $1 AND a.status = 'ready' AND s.changes = s.compared AND s.compared_at IS NOT NULL)`, intakePatience, art.ID)
	return time.Since(start)
}

// startJobs is the cost of the jobs that come again and again, each of which runs when
// the service starts.
func startJobs(t testing.TB, a *archive, pattern int) (in *intake, c *cost) {
	t.Helper()
	c = newCost()
	c.add(a.statement.of(func() { in = openIntake(t, a, pattern, true) }))
	return in, c
}
