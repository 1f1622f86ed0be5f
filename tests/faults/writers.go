package faults

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	// storyArticles is how many papers tell of a story, importLines how many lines an
	// import has at most.
	storyArticles = 3
	importLines   = 6
	// readingTime is how long a writer waits for a story to be compared before it goes on
	// without reviewing it.
	readingTime = 15 * time.Second
)

// writers are the people and programs that write.
type writers struct {
	world *World
	ctx   context.Context // ends when what is begun is cut off
	begin context.Context // ends when nothing more is begun
	stop  context.CancelFunc
	all   sync.WaitGroup
}

// write starts some writers.
func write(ctx context.Context, w *World, seed uint64) *writers {
	ws := &writers{world: w, ctx: ctx}
	ws.begin, ws.stop = context.WithCancel(ctx)
	for i, work := range []func(*writer) error{(*writer).story, (*writer).story, (*writer).bulk} {
		one := &writer{writers: ws, r: rand.New(rand.NewPCG(seed, uint64(i))), name: fmt.Sprintf("%s-%d", w.Name, i)}
		ws.all.Go(func() { one.keepOn(work) })
	}
	return ws
}

// end lets the writers finish what they have begun.
func (ws *writers) end() {
	ws.stop()
	ws.all.Wait()
}

// writer is one of them.
type writer struct {
	*writers
	r    *rand.Rand
	name string
	n    int
}

// unique gives a word that nothing else has.
func (x *writer) unique(what string) string {
	x.n++
	return fmt.Sprintf("%s-%s-%d", what, x.name, x.n)
}

// keepOn does one piece of work after the other.
func (x *writer) keepOn(work func(*writer) error) {
	for x.begin.Err() == nil {
		if err := work(x); err != nil && x.ctx.Err() == nil {
			x.world.problem("a writer: %v", err)
		}
		pause(x.begin, between(x.r, 300*time.Millisecond, 2*time.Second))
	}
}

// send makes a call and reads its answer where that has the status want; ok is false for
// any other.
func (x *writer) send(c call, want int, into any) (ok bool, err error) {
	a, err := x.world.client.do(x.ctx, c)
	if err != nil || a.status != want && a.status != http.StatusOK {
		return false, err
	}
	return true, a.into(into)
}

// thing is what answers have in common.
type thing struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

// story adds a story with its articles and does what people do with it.
func (x *writer) story() error {
	title := x.unique("story")
	ledger := x.world.ledger
	ledger.note(func(b *book) { b.stories[title] = "" })
	var made thing
	ok, err := x.send(call{method: http.MethodPost, path: "/api/v1/stories", body: object("title", title), key: x.unique("key")}, http.StatusCreated, &made)
	if err != nil || !ok {
		return refused("a story", err)
	}
	ledger.note(func(b *book) { b.stories[title] = made.ID })
	h := newHappening(x.r)
	var article thing
	for i := range storyArticles {
		if article, err = x.article(made.ID, papers[i], h.told(10*i)); err != nil {
			return err
		}
	}
	if !x.compared(made.ID) {
		return nil
	}
	if err := x.review(made.ID); err != nil {
		return err
	}
	if err := x.judge(article.ID); err != nil {
		return err
	}
	return x.correct(article.ID, h.corrected(10*(storyArticles-1)))
}

// article adds an article to a story.
func (x *writer) article(storyID, source, text string) (thing, error) {
	id := x.unique("article")
	x.world.ledger.note(func(b *book) { b.articles[id] = sentArticle{text: text} })
	body := object("text", text, "source", source, "external_id", id, "story_id", storyID, "published_at", "2025-03-26")
	var made thing
	ok, err := x.send(call{method: http.MethodPost, path: "/api/v1/articles", body: body, key: x.unique("key")}, http.StatusAccepted, &made)
	if err != nil || !ok {
		return thing{}, refused("an article", err)
	}
	x.world.ledger.note(func(b *book) { b.articles[id] = sentArticle{text: text, id: made.ID, acked: true} })
	return made, nil
}

// compared waits until a story is compared; false where that takes long.
func (x *writer) compared(storyID string) bool {
	until, cancel := context.WithTimeout(x.begin, readingTime)
	defer cancel()
	for until.Err() == nil {
		var s thing
		a, err := x.world.client.do(until, call{method: http.MethodGet, path: "/api/v1/stories/" + storyID})
		if err == nil && a.into(&s) == nil && s.Status == "ready" {
			return true
		}
		pause(until, againPause)
	}
	return false
}

// review reviews one finding of a story.
func (x *writer) review(storyID string) error {
	var findings struct{ Items []thing }
	ok, err := x.send(call{method: http.MethodGet, path: "/api/v1/stories/" + storyID + "/findings"}, http.StatusOK, &findings)
	if err != nil || !ok || len(findings.Items) == 0 {
		return err
	}
	note := x.unique("note")
	x.world.ledger.note(func(b *book) { b.reviews[note] = "" })
	finding := findings.Items[x.r.IntN(len(findings.Items))].ID
	var made thing
	ok, err = x.send(call{method: http.MethodPost, path: "/api/v1/findings/" + finding + "/reviews",
		body: object("alignment", "confirmed", "note", note), key: x.unique("key")}, http.StatusCreated, &made)
	if ok {
		x.world.ledger.note(func(b *book) { b.reviews[note] = made.ID })
	}
	return err
}

// judge says of one claim of an article that it cannot be checked.
func (x *writer) judge(articleID string) error {
	var all struct{ Items []thing }
	ok, err := x.send(call{method: http.MethodGet, path: "/api/v1/articles/" + articleID + "/claims"}, http.StatusOK, &all)
	if err != nil || !ok || len(all.Items) == 0 {
		return err
	}
	path := "/api/v1/claims/" + all.Items[x.r.IntN(len(all.Items))].ID
	seen, err := x.world.client.do(x.ctx, call{method: http.MethodGet, path: path})
	if err != nil || seen.status != http.StatusOK {
		return err
	}
	var made thing
	ok, err = x.send(call{method: http.MethodPost, path: path + "/judge", body: object("reason", "opinion"), key: x.unique("key"), ifMatch: seen.etag},
		http.StatusOK, &made)
	if ok {
		x.world.ledger.note(func(b *book) { b.judged[made.ID] = true })
	}
	return err
}

// correct gives an article another text. A call without an answer may have been done: then
// the next try finds the article changed.
func (x *writer) correct(articleID, text string) error {
	path := "/api/v1/articles/" + articleID
	seen, err := x.world.client.do(x.ctx, call{method: http.MethodGet, path: path})
	if err != nil || seen.status != http.StatusOK {
		return err
	}
	a, err := x.world.client.do(x.ctx, call{method: http.MethodPatch, path: path, body: object("text", text), ifMatch: seen.etag})
	if err != nil || a.status != http.StatusOK {
		return err
	}
	x.world.ledger.note(func(b *book) { b.corrected[articleID] = text })
	return nil
}

// bulk sends an import.
func (x *writer) bulk() error {
	lines := make(map[string]string)
	var body strings.Builder
	for range 1 + x.r.IntN(importLines) {
		id, text := x.unique("line"), newHappening(x.r).told(0)
		lines[id] = text
		body.WriteString(object("text", text, "source", papers[x.r.IntN(len(papers))], "external_id", id, "published_at", "2025-03-26") + "\n")
	}
	keep := func(acked bool) {
		x.world.ledger.note(func(b *book) {
			for id, text := range lines {
				b.articles[id] = sentArticle{text: text, acked: acked, bulk: true}
			}
		})
	}
	keep(false)
	var made thing
	ok, err := x.send(call{method: http.MethodPost, path: "/api/v1/imports", media: "application/x-ndjson", body: body.String(), key: x.unique("key")},
		http.StatusAccepted, &made)
	if err != nil || !ok {
		return refused("an import", err)
	}
	keep(true)
	x.world.ledger.note(func(b *book) { b.imports[made.ID] = len(lines) })
	return nil
}

// refused is the error of a write that the service should have taken.
func refused(what string, err error) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("the service did not take %s", what)
}

// object makes a JSON object of strings, of names and values by turns.
func object(pairs ...string) string {
	fields := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		fields[pairs[i]] = pairs[i+1]
	}
	b, err := json.Marshal(fields)
	if err != nil {
		panic(err) // strings are always JSON
	}
	return string(b)
}
