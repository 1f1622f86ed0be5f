package claims

import (
	"math"
	"slices"
)

// Member is one article of a candidate story.
type Member struct {
	Article     string
	Fingerprint Fingerprint
	Published   Published
}

// Candidate is a story that an article may join, with those of its articles that
// it is measured by.
type Candidate struct {
	Story   string
	Members []Member
}

// Placing is an article that looks for its story.
type Placing struct {
	Fingerprint Fingerprint
	Published   Published
	// Archive holds the counts of the terms of the article and of all members, the
	// article itself counted in.
	Archive    Archive
	Candidates []Candidate
}

// Placement is the decision on one article.
type Placement struct {
	// Story is the id of the story it joins, empty when it starts one.
	Story string
	// Nearest is the story that it is nearest to, joined or not; empty where it has
	// nothing in common with any. Score is how near, from 0 to 1.
	Nearest string
	Score   float64
	// Uncertain says that a person should look: the article was joined narrowly, was
	// narrowly not joined, or is about as near to another story.
	Uncertain bool
	// Likeness says what the article shares with the nearest story.
	Likeness Likeness
}

// Likeness is what two articles have in common, for a person to judge.
type Likeness struct {
	// Article is the story's article that is nearest.
	Article string `json:"article"`
	// Names and Terms are shared, those that weigh most first.
	Names []string `json:"names"`
	Terms []string `json:"terms"`
	// DaysApart is the time between the two, nil where a time is unknown.
	DaysApart *float64 `json:"days_apart"`
	// OtherWeekdays says that both name days of the week, and not one in common.
	OtherWeekdays bool `json:"other_weekdays"`
}

const (
	// JoinAt is the score from which an article joins a story. A false merge says
	// that two newsrooms corroborate one another, so it lies high.
	JoinAt = 0.27
	// almostAt and surelyAt bound the scores of which a person should judge.
	almostAt = 0.22
	surelyAt = 0.32
	// rivalShare is the share of the best score from which another story is a rival.
	rivalShare = 0.9
	// leastShared is the least information in the terms that two articles share, in
	// nats: some two rare words. Less than that makes two short texts alike by chance.
	leastShared = 10
	// company is the number of a story's articles, the nearest ones, that a newcomer
	// is held against besides the nearest: one article between two events would
	// otherwise chain them.
	company = 5
)

// Place decides which of the candidate stories an article belongs to.
func (e *Engine) Place(p Placing) Placement {
	m := e.newMeasure(p)
	best, rival := nearness{}, nearness{}
	for _, c := range p.Candidates {
		n := m.story(c)
		switch {
		case n.score > best.score:
			best, rival = n, best
		case n.score > rival.score:
			rival = n
		}
	}
	out := Placement{Nearest: best.story, Score: min(best.score, 1)}
	if best.score >= JoinAt {
		out.Story = best.story
	}
	contested := out.Story != "" && rival.score >= JoinAt && rival.score >= rivalShare*best.score
	out.Uncertain = contested || best.score >= almostAt && best.score < surelyAt
	if best.story != "" {
		out.Likeness = m.likeness(best.member)
	}
	return out
}

// nearness is how near a story is to an article.
type nearness struct {
	story  string
	score  float64
	member Member // the nearest
}

// measure compares one article with others.
type measure struct {
	of      Placing
	rarity  func(string) float64
	weights map[string]float64
	norm    float64
}

func (e *Engine) newMeasure(p Placing) *measure {
	m := &measure{of: p, rarity: remembered(e.rarity(p.Archive))}
	m.weights = m.weigh(p.Fingerprint)
	m.norm = length(m.weights)
	return m
}

// remembered asks a function once for each word.
func remembered(f func(string) float64) func(string) float64 {
	known := map[string]float64{}
	return func(word string) float64 {
		v, ok := known[word]
		if !ok {
			v = f(word)
			known[word] = v
		}
		return v
	}
}

// weigh gives the terms of a fingerprint their weight in this archive.
func (m *measure) weigh(f Fingerprint) map[string]float64 {
	out := make(map[string]float64, len(f.Terms))
	for t, n := range f.Terms {
		out[t] = n * weightOf(m.rarity(t))
	}
	return out
}

// story gives the nearness of a story: that of its nearest article and of the
// company, by halves, at the time of the article that is nearest in time.
func (m *measure) story(c Candidate) nearness {
	best, apart := nearness{story: c.Story, score: -1}, unknownGap
	scores := make([]float64, 0, len(c.Members))
	for _, member := range c.Members {
		s := m.text(member.Fingerprint)
		scores = append(scores, s)
		if s > best.score {
			best.score, best.member = s, member
		}
		apart = nearer(apart, gap(m.of.Published, member.Published))
	}
	if best.score <= 0 {
		return nearness{}
	}
	slices.SortFunc(scores, func(a, b float64) int { return int(math.Copysign(1, b-a)) })
	scores = scores[:min(len(scores), company)]
	best.score = (best.score + mean(scores)) / 2 * timeliness(apart)
	return best
}

// text gives the nearness of two texts, without their times.
func (m *measure) text(f Fingerprint) float64 {
	other := m.weigh(f)
	dot, shared := 0.0, 0.0
	for _, t := range sortedKeys(m.weights) {
		if w, ok := other[t]; ok {
			dot += m.weights[t] * w
			shared += m.rarity(t)
		}
	}
	norm := m.norm * length(other)
	if shared < leastShared || norm == 0 {
		return 0
	}
	if otherDays(m.of.Fingerprint.Days, f.Days) {
		dot *= otherWeekdays
	}
	return dot / norm
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// length is the Euclidean length of a vector.
func length(v map[string]float64) float64 {
	sum := 0.0
	for _, k := range sortedKeys(v) {
		sum += v[k] * v[k]
	}
	return math.Sqrt(sum)
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

// likenessShown is the most names and the most terms of a likeness.
const likenessShown = 8

// likeness tells what the article shares with another.
func (m *measure) likeness(other Member) Likeness {
	out := Likeness{Article: other.Article, Names: []string{}, Terms: []string{},
		OtherWeekdays: otherDays(m.of.Fingerprint.Days, other.Fingerprint.Days)}
	if g := gap(m.of.Published, other.Published); g.known {
		days := math.Round(g.days*10) / 10
		out.DaysApart = &days
	}
	theirs := m.weigh(other.Fingerprint)
	for _, t := range heaviest(m.weights) {
		if _, ok := theirs[t]; !ok {
			continue
		}
		if name, ok := m.of.Fingerprint.Names[t]; ok && len(out.Names) < likenessShown {
			out.Names = append(out.Names, name)
		} else if !ok && len(out.Terms) < likenessShown {
			out.Terms = append(out.Terms, t)
		}
	}
	return out
}
