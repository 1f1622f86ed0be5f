package claims

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"corroborate/internal/claims/nlp"
)

// Fingerprint is what grouping keeps of an article: its names and terms with
// their counts. It is what a database stores, so that a text need not be read
// again.
type Fingerprint struct {
	// Terms are counts, dampened, by folded word; names begin with "=".
	Terms map[string]float64 `json:"terms"`
}

// Candidate is a story that an article may join.
type Candidate struct {
	Story   string
	Members []Member
}

// Member is one article of a candidate story.
type Member struct {
	Fingerprint Fingerprint
	Published   Published
}

// Placement is the decision on one article.
type Placement struct {
	// Story is the id of the story it joins, empty when it starts one.
	Story string
	// Score is how near the article is to that story, from 0 to 1.
	Score float64
}

const (
	// fingerprintWords bounds the words of a text that are counted: news tells what
	// it is about early.
	fingerprintWords = 400
	// leadWords count twice.
	leadWords = 60
	// nameWeight is how much a name counts more than another word.
	nameWeight = 1.6
	// placeAt is the nearness from which an article joins a story. A false merge says
	// that two newsrooms corroborate one another, so it lies high.
	placeAt = 0.30
	// quietAfter is the time after which a story no longer draws articles.
	quietAfter = 12 * 24 * time.Hour
)

// Fingerprint counts the names and terms of an article.
func (e *Engine) Fingerprint(a Article) Fingerprint {
	f := Fingerprint{Terms: map[string]float64{}}
	body := a.Text.Body
	if a.Title != "" && !strings.Contains(body, a.Title) {
		body = a.Title + "\n\n" + body
	}
	n := 0
	for _, s := range sentencesOf(Text{Body: body, Spans: a.shiftedSpans(body)}) {
		for i, t := range nlp.Tokenize(body, s.start, s.end) {
			if n >= fingerprintWords {
				break
			}
			e.count(f, t, i == 0, n < leadWords)
			n++
		}
	}
	for k, v := range f.Terms {
		f.Terms[k] = 1 + math.Log(v)
	}
	return f
}

// shiftedSpans gives the spans of an article's text where body begins with its
// title.
func (a Article) shiftedSpans(body string) []Span {
	shift := len([]rune(body)) - len([]rune(a.Text.Body))
	out := make([]Span, len(a.Text.Spans))
	for i, s := range a.Text.Spans {
		out[i] = Span{Kind: s.Kind, Start: s.Start + shift, End: s.End + shift}
	}
	return out
}

func (e *Engine) count(f Fingerprint, t nlp.Token, opens, lead bool) {
	w := fold(t.Text)
	if len(w) < 3 || isPunct(t) || stopLemmas[w] || functionWords[w] || strings.ContainsFunc(w, unicode.IsDigit) && len(w) < 4 {
		return
	}
	weight := 1.0
	if lead {
		weight = 2
	}
	if r := []rune(t.Text)[0]; unicode.IsUpper(r) && !opens {
		f.Terms["="+strings.TrimSuffix(w, "'s")] += weight
		return
	}
	f.Terms[e.lex.Lemma(w, 'n')] += weight
}

// Place decides which of the candidate stories an article belongs to. Terms are
// weighted by their rarity among the candidates.
func Place(f Fingerprint, published Published, candidates []Candidate) Placement {
	idf := rarity(f, candidates)
	best := Placement{}
	for _, c := range candidates {
		score := 0.0
		for _, m := range c.Members {
			score = math.Max(score, cosine(f, m.Fingerprint, idf)*nearness(published, m.Published))
		}
		if score > best.Score {
			best = Placement{Story: c.Story, Score: score}
		}
	}
	if best.Score < placeAt {
		best.Story = ""
	}
	return best
}

// backgroundTexts stands for the texts that a young archive does not hold yet:
// with few candidates every word would look rare.
const backgroundTexts = 20

func rarity(f Fingerprint, candidates []Candidate) func(string) float64 {
	df, n := map[string]float64{}, backgroundTexts
	for _, c := range candidates {
		for _, m := range c.Members {
			n++
			for k := range m.Fingerprint.Terms {
				df[k]++
			}
		}
	}
	return func(k string) float64 {
		w := math.Log(float64(n+1) / (df[k] + 1))
		if strings.HasPrefix(k, "=") {
			w *= nameWeight
		}
		return w
	}
}

func cosine(a, b Fingerprint, idf func(string) float64) float64 {
	var dot, na, nb float64
	for _, k := range sortedKeys(a.Terms) {
		w := a.Terms[k] * idf(k)
		na += w * w
		if v, ok := b.Terms[k]; ok {
			dot += w * v * idf(k)
		}
	}
	for _, k := range sortedKeys(b.Terms) {
		w := b.Terms[k] * idf(k)
		nb += w * w
	}
	if na == 0 || nb == 0 {
		return 0
	}
	return dot / math.Sqrt(na*nb)
}

// sortedKeys keeps sums of floats the same from run to run.
func sortedKeys(m map[string]float64) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// nearness is 1 for articles of about the same time and 0 once a story is quiet.
// Unknown times count as the same.
func nearness(a, b Published) float64 {
	if a.IsZero() || b.IsZero() {
		return 1
	}
	away := a.At.Sub(b.At).Abs()
	switch {
	case away > quietAfter:
		return 0
	case away <= 4*24*time.Hour:
		return 1
	}
	return 0.85
}

// Grouper decides for each article, when it arrives, which story it belongs to,
// and keeps what it needs for that in memory. It is not safe for concurrent use.
type Grouper struct {
	engine     *Engine
	candidates []Candidate
	at         map[string]int
}

// NewGrouper gives a grouper without stories.
func NewGrouper(e *Engine) *Grouper { return &Grouper{engine: e, at: map[string]int{}} }

// Add places an article and gives its story's id: that of the story's first
// article.
func (g *Grouper) Add(a Article) string {
	f := g.engine.Fingerprint(a)
	story := Place(f, a.Published, g.candidates).Story
	if story == "" {
		story = a.ID
		g.at[story] = len(g.candidates)
		g.candidates = append(g.candidates, Candidate{Story: story})
	}
	c := &g.candidates[g.at[story]]
	c.Members = append(c.Members, Member{Fingerprint: f, Published: a.Published})
	return story
}
