package size

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"time"

	"corroborate/internal/server"
)

// repeats is how often each address is called for its times, after a first call that
// warms it up.
const repeats = 3

// again is how often an address is timed again that seems to take longer in a larger
// archive: other work on the machine may have been the cause.
const again = 4

// slow is from which time on a call is not repeated.
const slow = time.Second

// deepPages is how many pages of 200 a list is followed before one is measured.
const deepPages = 20

// cost is what something costs in one archive.
type cost struct {
	// Times are in order of length.
	Times []time.Duration
	// Statements are those of all its calls, by their text.
	Statements map[string]*statement
	// Status is the highest that was answered.
	Status int
}

func newCost() *cost { return &cost{Statements: map[string]*statement{}} }

// median and longest tell of the times.
func (c *cost) median() time.Duration  { return c.at(len(c.Times) / 2) }
func (c *cost) longest() time.Duration { return c.at(len(c.Times) - 1) }

func (c *cost) at(i int) time.Duration {
	if len(c.Times) == 0 {
		return 0
	}
	return c.Times[i]
}

// buffers adds up what the statements looked at. Those of triggers are counted for
// themselves.
func (c *cost) buffers() (sum float64) {
	for _, s := range c.Statements {
		sum += s.Buffers
	}
	return sum
}

// rows adds up what the statements looked for.
func (c *cost) rows() (sum float64) {
	for _, s := range c.Statements {
		sum += s.Rows
	}
	return sum
}

// add adds what a call's statements cost.
func (c *cost) add(all []statement) {
	for _, s := range all {
		was, ok := c.Statements[s.SQL]
		if !ok {
			was = &statement{SQL: s.SQL, Scanned: map[string]float64{}, Nested: s.Nested}
			c.Statements[s.SQL] = was
		}
		was.Runs += s.Runs
		was.Buffers += s.Buffers
		was.Rows += s.Rows
		was.Found += s.Found
		for table, rows := range s.Scanned {
			was.Scanned[table] += rows
		}
	}
}

// took notes a time.
func (c *cost) took(d time.Duration) {
	c.Times = append(c.Times, d)
	slices.Sort(c.Times)
}

// measure calls an address for each thing that it may be asked for.
func (a *archive) measure(c call) *cost {
	out := newCost()
	for i, address := range a.addresses(c) {
		first := a.first(out, c.Way, address)
		if i == 0 && out.Status >= http.StatusBadRequest && out.Status != http.StatusServiceUnavailable || a.brief {
			return out // nothing is read for it, or enough is known
		}
		if first >= slow {
			out.took(first)
		} else {
			a.time(out, c.Way, address)
		}
		out.add(a.statement.of(func() { a.get(a.told, c.Way, address) }))
	}
	return out
}

// time calls an address for its times.
func (a *archive) time(out *cost, way server.Way, address string) {
	if streams(address) {
		return
	}
	for range repeats {
		start := time.Now()
		a.get(a.Service, way, address)
		out.took(time.Since(start))
	}
}

// timeAgain calls an address for more of its times.
func (a *archive) timeAgain(out *cost, c call) {
	for _, address := range a.addresses(c) {
		a.time(out, c.Way, address)
	}
}

// first makes the first call, which warms the address up, and gives how long it took.
func (a *archive) first(out *cost, way server.Way, address string) time.Duration {
	start := time.Now()
	var w *httptest.ResponseRecorder
	if a.brief {
		out.add(a.statement.of(func() { w = a.get(a.told, way, address) }))
	} else {
		w = a.get(a.Service, way, address)
	}
	out.Status = max(out.Status, w.Code)
	return time.Since(start)
}

// addresses gives those of a call: one for each of the things that its path names.
func (a *archive) addresses(c call) []string {
	var out []string
	for i := range sampled {
		address := a.words().Replace(c.Address)
		for part, ids := range a.ids {
			if len(ids) > 0 {
				address = strings.ReplaceAll(address, "{"+part+"}", ids[i%len(ids)])
			}
		}
		if !strings.Contains(address, "{") && !slices.Contains(out, address) {
			out = append(out, address)
		}
	}
	return out
}

// words are what is looked for: common words are in a large part of all articles, a
// person is in the news for a while, a rare word is the name of one event, a day lies in
// the middle of the archive.
func (a *archive) words() *strings.Replacer {
	if a.texts == nil {
		rare := a.query(`SELECT term FROM terms WHERE term ~ '^[a-z]{9,}$' AND articles BETWEEN 2 AND 4 ORDER BY md5(term) LIMIT 1`)
		person := a.query(`SELECT term FROM terms WHERE term ~ '^[a-z]{9,}$' AND articles BETWEEN 8 AND 400 ORDER BY articles DESC, term LIMIT 1`)
		paper := a.query("SELECT name FROM sources ORDER BY name LIMIT 1")
		middle := a.query("SELECT (min(created_at) + (max(created_at) - min(created_at)) / 2)::date::text FROM articles")
		a.texts = strings.NewReplacer("{common}", "people", "{common2}", "river", "{rare}", rare[0], "{person}", person[0],
			"{paper}", url.QueryEscape(paper[0]), "{day}", middle[0])
	}
	return a.texts
}

// deep follows lists far down and gives the calls for what comes there, for the archives
// to be asked in turn: "" where a list ends before.
func (a *archive) deep(c call) string {
	address := c.Address + "?limit=200"
	for range deepPages {
		all := a.addresses(call{Address: address})
		if len(all) == 0 {
			return ""
		}
		var page struct {
			Next string `json:"next_cursor"`
		}
		w := a.get(a.Service, server.ByKey, all[0])
		if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &page) != nil || page.Next == "" {
			return ""
		}
		address = c.Address + "?limit=200&cursor=" + url.QueryEscape(page.Next)
	}
	return address
}
