package size

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/tests/size/papers"
)

const (
	// rareMark and oftenMark stand in the made-up names of a pattern. No other word has
	// them, and each copy has others in their place.
	rareMark, oftenMark = "qel", "qil"
	// patternDays is over how many days the events of a pattern spread. Events of one kind
	// lie weeks apart, as the engine would take short reports on two of them for one story.
	patternDays = 700
	// patience is how long a pattern may take to be analysed.
	patience = 15 * time.Minute
)

// newsroom is the service while a pattern is made.
type newsroom struct {
	*servertest.Service
	t     testing.TB
	admin app.Actor
}

// makePattern has the service take in and analyse articles, and people work on them.
func makePattern(t testing.TB, database string, articles int) {
	t.Helper()
	s := servertest.New(t, servertest.Options{Database: database, Jobs: true})
	n := newsroom{Service: s, t: t}
	var err error
	n.admin, err = s.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	n.check(err)
	s.User(auth.Checker)
	n.take(brief(articles))
	n.work()
	n.settle()
}

// brief are the articles of a pattern.
func brief(articles int) papers.Options {
	return papers.Options{Articles: articles, Seed: 1, From: time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, -patternDays),
		Days: patternDays, Brief: true, Rare: rareMark, Often: oftenMark}
}

func (n newsroom) check(err error) {
	n.t.Helper()
	if err != nil {
		n.t.Fatalf("pattern: %v", err)
	}
}

// take imports articles and waits until they are analysed.
func (n newsroom) take(o papers.Options) {
	n.t.Helper()
	var lines bytes.Buffer
	n.check(papers.Write(&lines, o))
	got, err := n.App.ReceiveImport(n.t.Context(), n.admin, "pattern.ndjson", &lines)
	n.check(err)
	_, err = n.App.StartImport(n.t.Context(), n.admin, got)
	n.check(err)
	n.settle()
}

// settle waits until nothing is left to do.
func (n newsroom) settle() {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(n.t.Context(), patience)
	defer cancel()
	for busy := true; busy; time.Sleep(50 * time.Millisecond) {
		n.check(n.Pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM river_job WHERE state IN ('available', 'pending', 'retryable', 'running')
			AND kind IN ('import_articles', 'analyze_article', 'compare_story')) OR EXISTS (SELECT FROM events WHERE seq IS NULL)`).Scan(&busy))
	}
	var failed int
	n.check(n.Pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM articles WHERE status IN ('pending', 'failed')) + (SELECT count(*) FROM stories WHERE failure <> '')
		+ (SELECT count(*) FROM import_results WHERE outcome = 'failed')`).Scan(&failed))
	if failed > 0 {
		n.t.Fatalf("pattern: %d articles or stories were not analysed", failed)
	}
}

// ids gives the ids that a statement finds.
func (n newsroom) ids(sql string) []string {
	n.t.Helper()
	var out []string
	n.check(n.Pool.QueryRow(n.t.Context(), "SELECT coalesce(array_agg(id::text), '{}') FROM ("+sql+") x (id)").Scan(&out))
	return out
}

// work does what people do: they review a tenth of the findings, correct articles, edit
// claims, hand work out, and throw things away.
func (n newsroom) work() {
	n.t.Helper()
	ctx := n.t.Context()
	for i, id := range n.ids("SELECT id FROM findings WHERE ('x' || right(id::text, 4))::bit(16)::int % 10 = 0 ORDER BY id") {
		in := app.ReviewInput{Alignment: app.Confirmed, Note: "Seen at the desk."}
		if i%5 == 0 {
			in.Alignment = app.Rejected
		}
		_, err := n.App.AddReview(ctx, n.admin, id, in)
		n.check(err)
	}
	open := n.ids("SELECT id FROM findings WHERE verdict = 'diverge' AND NOT reviewed ORDER BY id LIMIT 4")
	for _, id := range open {
		f, err := n.App.Finding(ctx, n.admin, id)
		n.check(err)
		n.check(n.App.Saw(ctx, n.admin, f.Finding))
	}
	n.correct()
	for _, id := range n.ids("SELECT DISTINCT ON (article_id) id FROM claims ORDER BY article_id, id LIMIT 5") {
		_, err := n.App.DropClaim(ctx, n.admin, app.ClaimRef{ID: id})
		n.check(err)
	}
	n.settle()
	for _, id := range n.ids("SELECT id FROM articles ORDER BY id DESC LIMIT 2") {
		art, err := n.App.Article(ctx, n.admin, id)
		n.check(err)
		n.check(n.App.DeleteArticle(ctx, n.admin, id, art.Version))
	}
}

// correct sends articles again whose figures have changed: those of a source that
// parts from the others.
func (n newsroom) correct() {
	n.t.Helper()
	// All are chosen before the first is sent: its comparison changes what differs.
	rows, err := n.Pool.Query(n.t.Context(), `SELECT DISTINCT ON (c.article_id) c.article_id::text, d.value_a, d.value_b
		FROM differences d JOIN claims c ON c.id = d.claim_b WHERE d.kind = 'number' ORDER BY c.article_id LIMIT 8`)
	n.check(err)
	type correction struct{ ID, Other, Own string }
	chosen, err := pgx.CollectRows(rows, pgx.RowToStructByPos[correction])
	n.check(err)
	for _, c := range chosen {
		art, err := n.App.Article(n.t.Context(), n.admin, c.ID)
		n.check(err)
		other := strings.ReplaceAll(art.Text, c.Own, c.Other)
		_, _, err = n.App.TakeArticle(n.t.Context(), n.admin, app.ArticleInput{Text: other + "\n\nThis article was corrected.", Source: art.Source,
			Title: art.Title, URL: art.URL, ExternalID: art.ExternalID, PublishedAt: art.Published.At.Format(time.RFC3339)})
		n.check(err)
	}
}
