// Package papers writes plausible articles for tests and measurements: events of one to
// six articles by different papers, which retell one another and sometimes differ in a
// number, a day or a denial. The same options give the same articles.
package papers

import (
	"bufio"
	"encoding/json"
	"io"
	"math/rand/v2"
	"time"
)

// Options say what is written.
type Options struct {
	// Articles is how many.
	Articles int
	Seed     uint64
	// From is the first day of the events, which spread over so many days.
	From time.Time
	Days int
	// Brief makes most articles a few sentences long.
	Brief bool
	// Rare and Often stand in the middle of each name that is made up: Rare in those of
	// one event, Often in those of people, who are in the news again. Who wants many
	// copies of the articles exchanges them, letter for letter. Where they are empty,
	// syllables stand there.
	Rare, Often string
}

// Article is an article as an import takes it.
type Article struct {
	ExternalID  string `json:"external_id"`
	Source      string `json:"source"`
	Title       string `json:"title"`
	URL         string `json:"url"`
	Byline      string `json:"byline"`
	PublishedAt string `json:"published_at"`
	Text        string `json:"text"`
}

// longEvery is the share of events, one in so many, of which long articles are written
// where most are brief.
const longEvery = 40

// All gives the articles.
func All(o Options) []Article {
	w := writer{Options: o, r: rand.New(rand.NewPCG(o.Seed, 7))}
	var out []Article
	for len(out) < o.Articles {
		e := w.newEvent(len(out))
		e.brief = o.Brief && w.r.IntN(longEvery) > 0
		for i := range min(1+w.r.IntN(6), o.Articles-len(out)) {
			out = append(out, w.article(e, i))
		}
	}
	return out
}

// Write writes the articles, one JSON object a line.
func Write(to io.Writer, o Options) error {
	out := bufio.NewWriter(to)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, a := range All(o) {
		if err := enc.Encode(a); err != nil {
			return err
		}
	}
	return out.Flush()
}

// writer writes articles.
type writer struct {
	Options
	r *rand.Rand
}
