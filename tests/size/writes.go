package size

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/servertest"
)

// write is something that people do, again and again.
type write struct {
	name string
	// times is how often it is done, half of them for what the statements read.
	times int
	// do does it for the i-th time.
	do func(w writer, i int) error
}

// writer is somebody who writes in an archive. Each does it twice: through the service
// as it is and through the one whose statements are told.
type writer struct {
	*archive
	service *servertest.Service
	who     app.Actor
	// things are what is written to, by their table.
	things map[string][]string
}

// writes are what people write.
var writes = []write{
	{"review a finding", 30, func(w writer, i int) error {
		_, err := w.service.App.AddReview(w.t.Context(), w.who, w.thing("findings", i), app.ReviewInput{Alignment: app.Confirmed})
		return err
	}},
	{"correct an article", 30, func(w writer, i int) error {
		art, err := w.service.App.Article(w.t.Context(), w.who, w.thing("articles", i))
		if err != nil {
			return err
		}
		_, _, err = w.service.App.TakeArticle(w.t.Context(), w.who, app.ArticleInput{Text: art.Text + fmt.Sprintf(" Corrected at %d.", time.Now().UnixNano()),
			Source: art.Source, ExternalID: art.ExternalID, URL: art.URL, Title: art.Title, PublishedAt: art.Published.At.Format(time.RFC3339)})
		return err
	}},
	{"move an article", 30, func(w writer, i int) error {
		id := w.thing("articles", 200+i)
		art, err := w.service.App.Article(w.t.Context(), w.who, id)
		if err != nil {
			return err
		}
		_, err = w.service.App.MoveArticles(w.t.Context(), w.who, art.StoryID, app.Move{ArticleIDs: []string{id}, To: w.thing("stories", i)})
		return err
	}},
	{"delete and restore an article", 30, func(w writer, i int) error {
		id := w.thing("articles", 400+i)
		art, err := w.service.App.Article(w.t.Context(), w.who, id)
		if err != nil {
			return err
		}
		if err := w.service.App.DeleteArticle(w.t.Context(), w.who, id, art.Version); err != nil {
			return err
		}
		_, err = w.service.App.RestoreArticle(w.t.Context(), w.who, id)
		return err
	}},
	{"delete and restore a story", 20, func(w writer, i int) error {
		s, err := w.service.App.Story(w.t.Context(), w.who, w.thing("stories", 100+i))
		if err != nil {
			return err
		}
		if err := w.service.App.DeleteStory(w.t.Context(), w.who, s.ID, s.Version); err != nil {
			return err
		}
		_, err = w.service.App.RestoreStory(w.t.Context(), w.who, s.ID)
		return err
	}},
	{"receive 1,000 lines", 4, func(w writer, i int) error {
		got, err := w.service.App.ReceiveImport(w.t.Context(), w.who, "lines.ndjson", bytes.NewReader(w.lines()))
		if err != nil {
			return err
		}
		return w.service.App.DropImport(w.t.Context(), w.who, got)
	}},
	{"ask for the next statement to judge", 4, func(w writer, i int) error {
		_, err := w.service.App.NextSample(w.t.Context(), w.who)
		return err
	}},
	{"check a draft", 20, func(w writer, i int) error {
		body, err := json.Marshal(map[string]string{"text": w.things["texts"][i%len(w.things["texts"])]})
		if err != nil {
			return err
		}
		r := w.service.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/check", Key: servertest.AdminKey, Body: string(body)})
		if r.Code != http.StatusOK {
			return fmt.Errorf("status %d: %.200s", r.Code, r.Body)
		}
		return nil
	}},
}

// thing gives the i-th of a table.
func (w writer) thing(table string, i int) string { return w.things[table][i%len(w.things[table])] }

// lines are those of an import.
func (w writer) lines() []byte {
	var out bytes.Buffer
	for i := range 1000 {
		fmt.Fprintf(&out, `{"source": "Riverside Wire", "title": "Line %d", "text": "The council of Marwick met on Monday and voted on %d motions."}`+"\n", i, i)
	}
	return out.Bytes()
}

// toWrite gives what is written to, by the table.
func (a *archive) toWrite() (map[string][]string, error) {
	if a.things != nil {
		return a.things, nil
	}
	things := map[string][]string{"texts": a.query("SELECT t.body FROM articles a JOIN texts t ON t.revision_id = a.revision_id ORDER BY md5(a.id::text) LIMIT 20")}
	for table, where := range map[string]string{"findings": "verdict = 'agree'", "articles": "deleted_at IS NULL AND story_id IS NOT NULL AND status = 'ready'",
		"stories": "deleted_at IS NULL"} {
		things[table] = a.query("SELECT id::text FROM " + table + " WHERE " + where + " AND right(id::text, 1) = '7' ORDER BY md5(id::text) LIMIT 600")
		if len(things[table]) == 0 {
			return nil, fmt.Errorf("there is nothing of %s to write to", table)
		}
	}
	a.things = things
	return things, nil
}

// write does something for the i-th time and measures it: each second time what its
// statements read, else how long it takes.
func (a *archive) write(out *cost, x write, i int) error {
	things, err := a.toWrite()
	if err != nil {
		return err
	}
	w := writer{archive: a, service: a.Service, things: things}
	told := i%2 == 1
	if told {
		w.service = a.told
	}
	if w.who, err = w.service.App.AuthenticateKey(a.t.Context(), servertest.AdminKey); err != nil {
		return err
	}
	if told {
		out.add(a.statement.of(func() { err = x.do(w, i) }))
	} else {
		start := time.Now()
		err = x.do(w, i)
		out.took(time.Since(start))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", x.name, err)
	}
	return nil
}
