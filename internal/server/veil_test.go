package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
	"corroborate/internal/webhook"
)

// secret begins everything that blind reviewers must not read.
const secret = "zqx-"

// veiled is a service in which one finding is reviewed blind.
type veiled struct {
	*servertest.Service
	t       *testing.T
	admin   app.Actor
	story   app.Story
	finding app.Finding
	// ids are what an address may name, by the part of it that comes before the id.
	ids map[string][]string
	// reads counts the calls.
	reads int
}

// viewer is somebody who reads all there is.
type viewer struct {
	name   string
	id     string
	cookie *http.Cookie
	key    string
}

var floods = []app.ArticleInput{
	{Source: "Marrow Gazette", Title: "Flood drives families out", PublishedAt: "2025-04-02", Text: "The river Tarn flooded the town of Marrow on Tuesday.\n\n" +
		"Rescuers evacuated 1,200 people from the town. Mayor Ann Weller closed the bridge."},
	{Source: "Tarn Courier", Title: "Tarn bursts its banks", PublishedAt: "2025-04-02", Text: "On Tuesday the town of Marrow was flooded by the river Tarn.\n\n" +
		"From the town, rescuers evacuated 2,000 people. The school stayed open."},
	{Source: "The Herald", Title: "Marrow under water", PublishedAt: "2025-04-03", Text: "The town's rescuers evacuated 1,200 people. The army sent forty boats to Marrow."},
}

func newVeiled(t *testing.T) *veiled {
	t.Helper()
	return newVeiledWith(t, servertest.Options{})
}

// newVeiledWith is newVeiled with further options.
func newVeiledWith(t *testing.T, opts servertest.Options) *veiled {
	t.Helper()
	opts.PublicRead, opts.Jobs = true, true
	v := &veiled{Service: servertest.New(t, opts), t: t}
	var err error
	v.admin, err = v.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	v.check(err)
	v.hook()
	v.story, err = v.App.CreateStory(t.Context(), v.admin, app.StoryInput{Title: "A flood at Marrow", Articles: floods})
	v.check(err)
	v.settle()
	list, err := v.App.Findings(t.Context(), v.admin, app.FindingFilter{StoryID: v.story.ID, Kinds: []claims.Kind{claims.KindNumber}})
	v.check(err)
	if len(list.Items) == 0 {
		t.Fatal("no finding diverges in a number")
	}
	v.finding = list.Items[0]
	return v
}

// hook makes a webhook that nothing is sent to, as its receiver does not take anything:
// what is to be sent is shown to administrators.
func (v *veiled) hook() {
	v.t.Helper()
	_, _, err := v.App.MakeWebhook(v.t.Context(), v.admin, app.WebhookInput{URL: "https://receiver.invalid/", Events: webhook.Types()})
	v.check(err)
	v.exec("UPDATE webhooks SET rest_until = now() + interval '1 day', failures = 9, failing_since = now()")
}

func (v *veiled) check(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

func (v *veiled) settle() {
	v.t.Helper()
	steps, err := v.App.WatchStory(v.t.Context(), v.admin, v.story.ID)
	v.check(err)
	for p := range steps {
		if p.Status == app.Ready {
			return
		}
	}
	v.t.Fatal("the story was never compared")
}

// person makes somebody who is signed in, and has a key.
func (v *veiled) person(name string, role auth.Role) viewer {
	v.t.Helper()
	email := name + "@news.example"
	u, err := v.App.CreateUser(v.t.Context(), v.admin, app.UserInput{Email: email, Name: name, Password: servertest.Password, Role: role})
	v.check(err)
	who, err := v.App.SessionActor(v.t.Context(), u.ID, u.SessionVersion)
	v.check(err)
	_, key, err := v.App.CreateKey(v.t.Context(), who, app.KeyInput{Name: "reading", Scopes: role.Scopes()})
	v.check(err)
	return viewer{name: name, id: u.ID, cookie: v.SignIn(email), key: key}
}

func (v *veiled) exec(sql string, args ...any) {
	v.t.Helper()
	if _, err := v.Pool.Exec(v.t.Context(), sql, args...); err != nil {
		v.t.Fatal(err)
	}
}

// mark puts words that stand nowhere else into all that is veiled.
func (v *veiled) mark() {
	v.t.Helper()
	id := v.finding.ID
	v.exec("UPDATE differences SET explanation = 'zqx-explanation', value_a = 'zqx-value', value_b = 'zqx-other' WHERE finding_id = $1", id)
	v.exec("UPDATE positions SET value = 'zqx-position' || label WHERE finding_id = $1", id)
	v.exec(`INSERT INTO cleared_pairs (id, story_id, claim_a, claim_b, kind, reason)
		SELECT gen_random_uuid(), $2::uuid, min(claim_id::text)::uuid, max(claim_id::text)::uuid, 'time', 'zqx-reason' FROM finding_claims WHERE finding_id = $1`, id, v.story.ID)
	v.exec(`INSERT INTO corrections (id, story_id, finding_id, article_id, revision_id, kind, was, was_exact, against, against_was, healed_at, created_at)
		SELECT gen_random_uuid(), a.story_id, $1::uuid, a.id, a.revision_id, 'number', 'zqx-was', 'zqx-words', 'zqx-against', 'zqx-told', now(), now()
		FROM articles a WHERE a.story_id = $2 LIMIT 1`, id, v.story.ID)
	v.markSecond()
	_, err := v.App.AddReview(v.t.Context(), v.admin, id, app.ReviewInput{Alignment: app.Confirmed, Note: "zqx-note"})
	v.check(err)
}

// markSecond has a second judge say otherwise of all pairs of what is veiled.
func (v *veiled) markSecond() {
	v.t.Helper()
	v.exec(`INSERT INTO second_answers (hash, model, prompt, urgent, created_at, relation, reason, answered_at)
		VALUES (sha256('zqx'), 'zqx-model', '1', true, now(), 'unrelated', 'zqx-second', now())`)
	v.exec(`INSERT INTO second_pairs (claim_a, claim_b, hash) SELECT a.claim_id, b.claim_id, sha256('zqx')
		FROM finding_claims a JOIN finding_claims b ON b.finding_id = a.finding_id AND a.claim_id < b.claim_id WHERE a.finding_id = $1`, v.finding.ID)
	v.exec(`UPDATE findings f SET second_pairs = n, second_answered = n, second_disagrees = n
		FROM (SELECT count(*) AS n FROM second_pairs) p WHERE f.id = $1`, v.finding.ID)
}

// gather collects what an address may name: of the findings the veiled one and some
// others.
func (v *veiled) gather() {
	v.t.Helper()
	_, err := v.App.NextSample(v.t.Context(), v.admin) // draws
	v.check(err)
	v.ids = map[string][]string{}
	for part, sql := range map[string]string{
		"stories":       "SELECT id::text FROM stories",
		"findings":      "(SELECT id::text FROM findings WHERE id = $1) UNION ALL (SELECT id::text FROM findings WHERE id <> $1 ORDER BY id LIMIT 2)",
		"articles":      "SELECT id::text FROM articles",
		"sources":       "SELECT id::text FROM sources",
		"cleared":       "SELECT id::text FROM cleared_pairs",
		"reviews":       "SELECT id::text FROM reviews",
		"samples":       "SELECT id::text FROM accuracy_samples",
		"blind-reviews": "SELECT id::text FROM blind_reviews",
		"claims":        "SELECT claim_id::text FROM finding_claims WHERE finding_id = $1",
		"users":         "SELECT id::text FROM users",
		"webhooks":      "SELECT id::text FROM webhooks",
		"":              "SELECT id::text FROM blind_reviews UNION ALL SELECT id::text FROM revisions UNION ALL SELECT $1::text",
	} {
		var args []any
		if strings.Contains(sql, "$1") {
			args = append(args, v.finding.ID)
		}
		rows, err := v.Pool.Query(v.t.Context(), sql+" ORDER BY 1", args...)
		v.check(err)
		v.ids[part], err = pgx.CollectRows(rows, pgx.RowTo[string])
		v.check(err)
	}
}

var (
	placeholder = regexp.MustCompile(`\{[a-zA-Z_]+\}`)
	// moments are times, names of requests and counts of looks at a card, which are others
	// each time.
	moments = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d[0-9:.+Z-]*|\d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d UTC|"request_id":"\w+"|<dateCreated>[^<]*|"uses": \d+|"id": "[0-9a-f-]{36}", "action": "user\.export"`)
)

// apart are addresses that tell nothing of findings, or take only so many calls.
var apart = regexp.MustCompile(`^/(static/|metrics$|docs|reset/|invitations/)`)

// narrows are the addresses that take queries which tell findings apart.
var narrows = regexp.MustCompile(`^(/|/stories|/stories/\{id\}|/stories/\{id\}/(rows|dossier)|/(review|agreement|sources|search|search/suggest|accuracy|filters|history)|/api/v1/.*(stories|search|findings|work|blind-reviews|assignments).*)$`)

// queries narrow and order lists, which would tell what they leave out.
var queries = []string{"", "?verdict=diverge", "?verdict=agree", "?kind=number", "?kind=time", "?reviewed=yes", "?reviewed=no", "?reviewed=true", "?reviewed=false",
	"?min_origins=2", "?sort=divided", "?sort=told", "?sort=alone", "?sort=newest", "?sort=certain", "?sort=uncertain", "?group=kind",
	"?verdict=single&verdict=agree", "?corroborated=true", "?corroborated=false", "?review_state=suggested", "?review_state=confirmed", "?open=true", "?min_score=0.1",
	"?min_alignment=0.1", "?max_alignment=0.99", "?updated_since=2025-01-01T00:00:00Z", "?order=divided", "?order=told", "?order=alone", "?order=newest",
	"?order=uncertain", "?order=second_judge", "?sort=second_judge", "?second_judge=disagrees", "?second_judge=agrees", "?second_judge=silent", "?show=second_judge", "?order=latest", "?since=2025-01-01T00:00:00Z", "?state=ended", "?state=unsettled", "?text=evacuated", "?show=open", "?show=stale", "?show=unseen&since=monday", "?show=unsettled", "?q=evacuated", "?q=zqx"}

// addresses gives every address that a route has here.
func (v *veiled) addresses(route server.Route) []string {
	at := placeholder.FindStringIndex(route.Pattern)
	if at == nil {
		return []string{route.Pattern}
	}
	before := strings.Split(strings.Trim(route.Pattern[:at[0]], "/"), "/")
	ids, known := v.ids[before[len(before)-1]]
	if !known {
		ids = v.ids[""]
	}
	var out []string
	for _, id := range ids {
		out = append(out, placeholder.ReplaceAllString(route.Pattern, id))
	}
	return out
}

// read asks for an address. What goes on is left after a moment.
func (v *veiled) read(who viewer, way server.Way, address string) (int, string) {
	ctx, cancel := context.WithTimeout(v.t.Context(), 20*time.Second)
	if strings.HasSuffix(address, "/events") {
		cancel()
		ctx, cancel = context.WithTimeout(v.t.Context(), 300*time.Millisecond)
	}
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	v.reads++ // an address may make only so many calls in a minute
	r.RemoteAddr = fmt.Sprintf("198.51.100.%d:1234", v.reads/500%250)
	switch {
	case way == server.ByKey && who.key != "":
		r.Header.Set("Authorization", "Bearer "+who.key)
	case who.cookie != nil:
		r.AddCookie(who.cookie)
	}
	w := httptest.NewRecorder()
	v.ServeHTTP(w, r)
	if strings.Contains(address, "/export") { // the history notes each
		_, err := v.Pool.Exec(v.t.Context(), "DELETE FROM audit WHERE action = 'user.export'")
		v.check(err)
	}
	return w.Code, moments.ReplaceAllString(w.Body.String(), "TIME")
}

// walk reads everything there is as somebody and gives the answers by address. A
// first look finds which addresses there are; those are narrowed and ordered, too.
func (v *veiled) walk(who viewer) map[string]string {
	v.t.Helper()
	out := map[string]string{}
	for _, route := range v.Routes() {
		if route.Method != http.MethodGet || apart.MatchString(route.Pattern) {
			continue
		}
		for _, address := range v.addresses(route) {
			status, body := v.read(who, route.Way, address)
			if status >= http.StatusInternalServerError {
				v.t.Errorf("GET %s as %s: status %d", address, who.name, status)
			}
			out[address] = told(status, body)
			if status != http.StatusOK || !narrows.MatchString(route.Pattern) {
				continue
			}
			for _, q := range queries[1:] {
				status, body := v.read(who, route.Way, address+q)
				out[address+q] = told(status, body)
			}
		}
	}
	return out
}

// seen has somebody look at each finding that a walk leads to.
func (v *veiled) seen(who viewer) {
	v.t.Helper()
	for _, route := range v.Routes() {
		if route.Method == http.MethodGet && route.Pattern == "/findings/{id}" {
			for _, address := range v.addresses(route) {
				v.read(who, route.Way, address)
			}
		}
	}
}

// told is what an answer tells: of a refusal the status alone, whose words come in any
// order.
func told(status int, body string) string {
	if status >= http.StatusBadRequest {
		body = ""
	}
	return fmt.Sprint(status, " ", body)
}

// TestNothingLeaksFromABlindReview reads every page and every call as those who review
// a finding blind, and as a stranger: nothing of what is veiled is in any answer, and
// no answer changes when all that is veiled changes.
func TestNothingLeaksFromABlindReview(t *testing.T) {
	t.Parallel()
	v := newVeiled(t)
	v.mark()
	_, card := v.share(app.ShareInput{Name: "zqx-share"})
	waits, answered, boss := v.person("anna", auth.Checker), v.person("bert", auth.Checker), v.person("cora", auth.Administrator)
	other := v.person("dora", auth.Checker)
	_, err := v.App.AskBlind(t.Context(), v.admin, app.BlindInput{FindingID: v.finding.ID, Reviewers: []string{waits.id, answered.id, boss.id}})
	v.check(err)
	own, err := v.App.AuthenticateKey(t.Context(), answered.key)
	v.check(err)
	_, err = v.App.AnswerBlind(t.Context(), own, v.finding.ID, app.BlindAnswer{Verdict: "unrelated", Note: "zqx-answer"})
	v.check(err)
	v.gather()
	v.ids["cards"] = []string{strings.TrimPrefix(card, "/cards/")}
	for _, who := range []viewer{waits, answered, boss, other} { // the account tells when a key was used
		v.read(who, server.ByKey, "/api/v1/stories")
	}

	read := 0
	for _, body := range v.walk(other) {
		read += strings.Count(body, secret)
	}
	if read < 10 {
		t.Fatalf("somebody else reads only %d of the marked words: the test would see no leak", read)
	}

	for _, who := range []viewer{waits, answered, boss, other} { // stories tell how much of them somebody has not seen
		v.seen(who)
	}
	v.recount() // the walk has drawn a sample
	viewers := []viewer{waits, answered, boss, {name: "a stranger"}}
	before := map[string]map[string]string{}
	for _, who := range viewers {
		before[who.name] = v.walk(who)
		for address, body := range before[who.name] {
			if who.name == "bert" {
				body = strings.ReplaceAll(body, "zqx-answer", "") // one's own
			}
			if strings.HasSuffix(address, "?q=zqx") {
				body = strings.ReplaceAll(body, `value="zqx"`, "")
			}
			if i := strings.Index(body, secret); i >= 0 {
				t.Errorf("GET %s as %s tells %q", address, who.name, around(body, i))
			}
		}
	}
	v.turn()
	for _, who := range viewers {
		for address, body := range v.walk(who) {
			if was := before[who.name][address]; was != body {
				t.Errorf("GET %s as %s changes with what is veiled:\n%s", address, who.name, firstDifference(was, body))
			}
		}
	}
}

// turn makes everything that is veiled another.
func (v *veiled) turn() {
	v.t.Helper()
	id := v.finding.ID
	v.exec("DELETE FROM differences WHERE finding_id = $1", id)
	v.exec("UPDATE finding_claims SET position = NULL, ordinal = 100 - ordinal, origin = 'zqx-origin', origin_known = true WHERE finding_id = $1", id)
	v.exec("DELETE FROM positions WHERE finding_id = $1", id)
	v.exec("DELETE FROM cleared_pairs WHERE reason = 'zqx-reason'")
	v.exec("DELETE FROM corrections WHERE finding_id = $1", id)
	v.exec("DELETE FROM reviews WHERE finding_id = $1", id)
	v.exec(`UPDATE findings SET verdict = 'agree', corroborated = NOT corroborated, score = 0.25, reviewed = false, reviewed_verdict = NULL,
		outcome = NULL, decided_by = NULL, decided_at = NULL, stale_review = true, updated_at = now() + interval '1 hour' WHERE id = $1`, id)
	v.exec("UPDATE second_answers SET relation = 'diverge', kind = 'number', reason = 'zqx-another'")
	v.exec("UPDATE findings SET second_disagrees = 0 WHERE id = $1", id)
	// What was drawn of it to be judged goes too: the count of what is gone is one for
	// all viewers.
	v.exec("DELETE FROM accuracy_samples p WHERE NOT EXISTS (SELECT FROM accuracy_items i WHERE i.stratum = p.stratum AND i.item_id = p.item_id)")
	v.recount()
}

// recount counts anew what the sample of the machine's work is drawn from, as each draw
// does.
func (v *veiled) recount() {
	v.t.Helper()
	v.exec("UPDATE accuracy_frames f SET size = (SELECT count(*) FROM accuracy_items i WHERE i.stratum = f.stratum)")
}

// around gives the words about a place.
func around(s string, i int) string { return s[max(0, i-120):min(len(s), i+80)] }

// firstDifference gives the words about the first place where two answers part.
func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("was %q\nis  %q", around(a, min(i, max(0, len(a)-1))), around(b, min(i, max(0, len(b)-1))))
}
