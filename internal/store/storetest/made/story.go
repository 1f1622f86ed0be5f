// Package made makes up stories for tests and measurements, of any size and without
// the time that an analysis takes.
package made

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Size says how large a story is to be made.
type Size struct {
	// Articles are of a source each.
	Articles int
	Findings int
}

// story is a made-up story on its way into the database.
type story struct {
	size  Size
	start time.Time
	id    string
	// articles have their ids, texts and claims.
	articles []article
	findings []claims.Finding
	cleared  []claims.ClearedPair
}

type article struct {
	claims.ReportArticle
	published claims.Published
	text      string
	claims    []claims.Claim
	body      strings.Builder
	length    int // of body, in code points
}

// Story stores a story of made-up articles as an analysis leaves it, and gives its
// id: of ten findings six are told by one source, three are agreed on, and in one
// sources part two or three ways, with a difference for each two that do. A fifth of
// the sources have their reports from an agency. The same size gives the same story
// but for its ids.
func Story(t testing.TB, pool *pgxpool.Pool, size Size) string {
	t.Helper()
	m := &story{size: size, start: time.Date(2026, 5, 1, 6, 0, 0, 0, time.UTC), id: newID()}
	for i := range size.Articles {
		m.articles = append(m.articles, m.article(i))
	}
	for i := range size.Findings {
		m.addFinding(i)
	}
	db := store.New(pool)
	if err := db.InTx(t.Context(), func(tx *store.Tx) error { return m.put(t.Context(), tx) }); err != nil {
		t.Fatalf("made: %v", err)
	}
	if _, err := pool.Exec(t.Context(), "ANALYZE"); err != nil {
		t.Fatalf("made: %v", err)
	}
	return m.id
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// article makes the article of source i. They come out a quarter of an hour apart.
func (m *story) article(i int) article {
	a := article{published: claims.Published{At: m.start.Add(time.Duration(i) * 15 * time.Minute), Precision: claims.Minute}, text: newID()}
	a.ID, a.Source = newID(), fmt.Sprintf("%s %s", towns[i%len(towns)], papers[i/len(towns)%len(papers)])
	a.Title = fmt.Sprintf("Flood on the Tarn, report %d", i+1)
	a.Origin, a.OriginKnown = a.Source, false
	if i%5 == 0 {
		a.Origin, a.OriginKnown = agencies[i/5%len(agencies)], true
	}
	return a
}

var (
	towns = []string{"Marrow", "Harbour", "Tarn", "Eastfold", "Quill", "Brindle", "Ashby", "Lowmoor", "Kestrel", "Vale",
		"Northam", "Sedge", "Oldbridge", "Fenwick", "Larch", "Pemble", "Rook", "Stowe", "Thorn", "Wick"}
	papers   = []string{"Gazette", "Courier", "Herald", "Post", "Chronicle", "Times"}
	agencies = []string{"Northwire", "Continental Press"}
	places   = []string{"the old town", "the harbour", "Mill Lane", "the east bank", "the rail depot", "the school on Weir Road"}
	events   = []string{"people were brought to safety from", "homes were without power near", "volunteers filled sandbags at",
		"vehicles were left behind at", "patients were moved out of a clinic near", "animals were taken from farms around"}
)

// number is how many finding i tells of, in the telling of a position.
func number(i, position int) int { return 40 + 7*i + position*(13+i%5) }

// sentence is how an article words finding i.
func sentence(i, position, voice int) string {
	says := []string{"", "Officials said that ", "The fire service said that ", "According to the council, "}[voice%4]
	s := fmt.Sprintf("%d %s %s on day %d.", number(i, position), events[i%len(events)], places[i/len(events)%len(places)], 1+i%9)
	return says + s
}

// addClaim adds a sentence to an article as a claim.
func (a *article) addClaim(s string, worth float64) claims.Claim {
	if a.length > 0 {
		a.body.WriteString(" ")
		a.length++
	}
	n := len([]rune(s))
	c := claims.Claim{ID: newID(), Passage: claims.Passage{Exact: s, Start: a.length, End: a.length + n}, Text: s, Checkable: true,
		Worth: worth, WorthReasons: []string{"for: a number"}, Attribution: claims.OwnVoice, Certainty: claims.Happened}
	a.body.WriteString(s)
	a.length += n
	a.claims = append(a.claims, c)
	return c
}

// kinds are the kinds of difference that findings have in turn.
var kinds = []claims.Kind{claims.KindNumber, claims.KindNumber, claims.KindTime, claims.KindNegation, claims.KindPlace, claims.KindCertainty}

// addFinding makes finding i, told by as many sources as fits its verdict.
func (m *story) addFinding(i int) {
	tellers, ways := 1, 1
	f := claims.Finding{ID: newID(), Verdict: claims.Single, Claims: []claims.FindingClaim{}, Positions: []claims.Position{}, Differences: []claims.Difference{}}
	switch i % 10 {
	case 0:
		f.Verdict, tellers, ways = claims.Diverge, 2+i%17, 2+i/10%2
	case 1, 2, 3:
		f.Verdict, tellers = claims.Agree, 2+i%7
	}
	tellers = min(tellers, len(m.articles))
	if tellers < ways {
		f.Verdict, ways = claims.Single, 1
	}
	origins := make([]map[string]bool, ways)
	all := map[string]bool{}
	for w := range ways {
		origins[w] = map[string]bool{}
		f.Positions = append(f.Positions, claims.Position{ID: string(rune('A' + w)), Value: fmt.Sprint(number(i, w)), Claims: []string{}})
	}
	for k := range tellers {
		a := &m.articles[(i*7+k*3)%len(m.articles)]
		w := k * ways / tellers
		c := a.addClaim(sentence(i, w, k), float64(i%100)/100)
		f.Claims = append(f.Claims, claims.FindingClaim{ID: c.ID, ArticleID: a.ID, Source: a.Source, Origin: a.Origin, OriginKnown: a.OriginKnown, Passage: c.Passage})
		p := &f.Positions[w]
		p.Claims, p.Sources = append(p.Claims, c.ID), p.Sources+1
		origins[w][a.Origin], all[a.Origin] = true, true
		p.Origins = len(origins[w])
	}
	f.Summary, f.Sources, f.Origins = strings.TrimSuffix(sentence(i, 0, 0), "."), tellers, len(all)
	f.Corroborated = tellers > 1 && len(all) > 1
	if tellers > 1 {
		closeness := 0.5 + float64(i*37%50)/100
		f.Alignment = &closeness
	}
	m.part(i, &f)
	m.findings = append(m.findings, f)
}

// part adds a difference for each two claims of different positions, and clears a
// pair of some findings that agree.
func (m *story) part(i int, f *claims.Finding) {
	kind := kinds[i/10%len(kinds)]
	for x, p := range f.Positions {
		for _, q := range f.Positions[x+1:] {
			for _, a := range p.Claims {
				for _, b := range q.Claims {
					f.Differences = append(f.Differences, claims.Difference{ID: newID(), Kind: kind, Material: true, Claims: [2]string{a, b},
						Values: [2]string{p.Value, q.Value}, Between: claims.BetweenSources, Explanation: p.Value + " is not " + q.Value})
				}
			}
		}
	}
	if i%10 == 1 && len(f.Claims) > 1 {
		m.cleared = append(m.cleared, claims.ClearedPair{ID: newID(), Claims: [2]string{f.Claims[0].ID, f.Claims[1].ID},
			Kind: claims.KindTime, Reason: "a weekday and a date of an unknown year"})
	}
}

// put stores all of it.
func (m *story) put(ctx context.Context, tx *store.Tx) error {
	if err := tx.InsertStory(ctx, store.NewStory{ID: m.id, Title: "Flood on the Tarn", At: m.start}); err != nil {
		return err
	}
	c := store.Comparison{StoryID: m.id, Engine: engine, Analysis: newID(), Started: m.start, Ended: m.start.Add(time.Hour),
		Findings: m.findings, Cleared: m.cleared}
	for i := range m.articles {
		if err := m.putArticle(ctx, tx, &m.articles[i]); err != nil {
			return err
		}
		c.Articles = append(c.Articles, m.articles[i].ReportArticle)
	}
	return tx.PutComparison(ctx, c)
}

// engine stands for the engine that would have read the texts.
var engine = claims.EngineInfo{Version: "made", Hash: "made"}

// putArticle stores an article with its text and its claims.
func (m *story) putArticle(ctx context.Context, tx *store.Tx, a *article) error {
	body := a.body.String()
	if body == "" {
		body = "Nothing is told here."
	}
	key := strings.ToLower(a.Source)
	source, err := tx.PutSource(ctx, store.NewSource{ID: newID(), Name: a.Source, Key: key, At: m.start})
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(body))
	revision := newID()
	if err := tx.InsertArticle(ctx, store.NewArticle{ID: a.ID, StoryID: m.id, SourceID: source, Title: a.Title, Published: a.published,
		Revision: store.NewRevision{ID: revision, ArticleID: a.ID, Number: 1, Raw: []byte(body), SHA256: sum[:], At: m.start, Title: a.Title}}); err != nil {
		return err
	}
	if _, err := tx.PutText(ctx, store.Text{ID: a.text, ArticleID: a.ID, RevisionID: revision, Extractor: "made/1", Body: body, Language: "en"}, m.start); err != nil {
		return err
	}
	if err := tx.SetReading(ctx, store.Reading{ArticleID: a.ID, Status: store.Ready, Language: "en"}); err != nil {
		return err
	}
	return tx.ChangeClaims(ctx, store.ClaimChange{ArticleID: a.ID, TextID: a.text, Engine: engine, At: m.start, Added: a.claims})
}
