package claims

import (
	"cmp"
	"slices"
)

// The bounds of a search for the stories that an article may join. They keep its
// cost the same however large the archive is; databases keep to them too.
const (
	// Postings is the most articles that one key leads to, the newest: what many
	// articles have in common tells no event.
	Postings = 200
	// NearestArticles is the number of articles, those that share the most telling
	// keys, whose stories are looked at.
	NearestArticles = 12
	// MembersOf is the most articles of a story that a newcomer is held against, the
	// newest.
	MembersOf = 8
)

// Grouper decides for each article, when it arrives, which story it belongs to,
// and keeps what it needs for that in memory. It looks at the articles that share
// telling terms with the new one, as the service does with its database. It is
// not safe for concurrent use.
type Grouper struct {
	engine  *Engine
	archive Archive
	members []Member
	// storyOf and articles lead from an article to its story and back, by number.
	storyOf  []string
	articles map[string][]int
	// byKey leads from a key to the articles that it is indexed for.
	byKey map[string][]int
}

// NewGrouper gives a grouper without stories.
func NewGrouper(e *Engine) *Grouper {
	return &Grouper{engine: e, articles: map[string][]int{}, byKey: map[string][]int{}}
}

// Add places an article and gives its story's id: that of the story's first
// article. A text that the engine does not read is a story of its own.
func (g *Grouper) Add(a Article) string {
	story, _ := g.Place(a)
	return story
}

// Place is [Grouper.Add] with the decision that led there.
func (g *Grouper) Place(a Article) (story string, p Placement) {
	if a.Text.NotAnalysed != "" {
		return a.ID, Placement{}
	}
	m := Member{Article: a.ID, Fingerprint: g.engine.Fingerprint(a), Published: a.Published}
	g.archive.Count(m.Fingerprint)
	keys, tell := g.engine.Keys(m.Fingerprint, g.archive)
	p = g.engine.Place(Placing{Fingerprint: m.Fingerprint, Published: m.Published, Archive: g.archive, Candidates: g.candidates(keys, tell)})
	if story = p.Story; story == "" {
		story = a.ID
	}
	g.keep(m, story, keys[:min(len(keys), IndexKeys)])
	return story, p
}

func (g *Grouper) keep(m Member, story string, keys []string) {
	n := len(g.members)
	g.members, g.storyOf = append(g.members, m), append(g.storyOf, story)
	g.articles[story] = append(g.articles[story], n)
	for _, k := range keys {
		g.byKey[k] = append(g.byKey[k], n)
	}
}

// candidates gives the stories of the articles that share the most telling keys.
func (g *Grouper) candidates(keys []string, tell []float64) []Candidate {
	shared := map[int]float64{}
	for i, k := range keys {
		for _, n := range newest(g.byKey[k], Postings) {
			shared[n] += tell[i]
		}
	}
	found := make([]int, 0, len(shared))
	for n := range shared {
		found = append(found, n)
	}
	slices.SortFunc(found, func(a, b int) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(b, a)) })
	var out []Candidate
	seen := map[string]bool{}
	for _, n := range found[:min(len(found), NearestArticles)] {
		if story := g.storyOf[n]; !seen[story] {
			seen[story] = true
			out = append(out, g.candidate(story))
		}
	}
	return out
}

func (g *Grouper) candidate(story string) Candidate {
	c := Candidate{Story: story}
	for _, n := range newest(g.articles[story], MembersOf) {
		c.Members = append(c.Members, g.members[n])
	}
	return c
}

// newest gives the last of numbers, at most n.
func newest(numbers []int, n int) []int { return numbers[max(0, len(numbers)-n):] }
