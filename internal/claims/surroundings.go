package claims

import (
	"context"
	"math"
	"strings"
)

// surroundings are what pairs of statements are weighed by beside their own words: how
// near the language model finds them and their sentences, what else their sentences and
// the ones next to them have in common, and how many other claims are nearer.
type surroundings struct {
	al  *aligner
	all []*statement
	// number gives the place of a statement in all; from the number of its article;
	// sentence the number of its sentence, which grows through each article; held the
	// statements of each sentence.
	number   map[*statement]int
	from     []int
	sentence []int
	held     [][]int
	// vectors are the model's, of statements and of sentences.
	vectors, sentences [][]float32
	// near, sentenceNear and told are the best that each statement, or sentence, has with
	// the claims of each other article: by the model, and by the rules.
	near, sentenceNear, told leaderTable
	// words are those that passages and sentences share.
	words *vocabulary
	// shared are the candidates by the numbers of their two sentences.
	shared map[[2]int][]edge
}

// newSurroundings has the model read all statements and their sentences, until ctx ends.
func newSurroundings(ctx context.Context, al *aligner, model *recalling, all []*statement) (_ *surroundings, err error) {
	s := &surroundings{al: al, all: all, number: map[*statement]int{}, shared: map[[2]int][]edge{}}
	var claims, sentences []string
	seen, articles := map[*parsed]int{}, map[*article]int{}
	for i, x := range all {
		s.number[x] = i
		if _, ok := articles[x.art]; !ok {
			articles[x.art] = len(articles)
		}
		s.from = append(s.from, articles[x.art])
		claims = append(claims, plainText(x))
		n, ok := seen[x.draft.p]
		if !ok {
			n = len(s.held)
			seen[x.draft.p] = n
			s.held = append(s.held, nil)
			sentences = append(sentences, x.art.body[x.draft.p.start:x.draft.p.end])
		}
		s.sentence, s.held[n] = append(s.sentence, n), append(s.held[n], i)
	}
	s.near, s.told = newLeaderTable(len(all), len(articles)), newLeaderTable(len(all), len(articles))
	s.sentenceNear = newLeaderTable(len(sentences), len(articles))
	s.words = newVocabulary(all, s.held, s.article)
	if s.vectors, err = model.embed(ctx, claims); err != nil {
		return nil, err
	}
	s.sentences, err = model.embed(ctx, sentences)
	return s, err
}

// plainText is a statement as the model reads it: self-contained, without the brackets
// around what was put in.
func plainText(s *statement) string { return unbracketed.Replace(s.Text) }

var unbracketed = strings.NewReplacer("[", "", "]", "")

// article gives the number of the article of a sentence.
func (s *surroundings) article(sentence int) int { return s.from[s.held[sentence][0]] }

// survey notes how near all statements and sentences of two articles are, for those
// pairs of which one is from number from on, and what the candidates score by the rules.
func (s *surroundings) survey(candidates [][2]int, from int) {
	for j := from; j < len(s.all); j++ {
		for i := range j {
			if s.from[i] != s.from[j] {
				v := cosine(s.vectors[i], s.vectors[j])
				s.near.of(i, s.from[j]).lead(j, v)
				s.near.of(j, s.from[i]).lead(i, v)
			}
		}
	}
	for y := range s.held {
		if s.held[y][len(s.held[y])-1] < from {
			continue
		}
		for x := range y {
			if a, b := s.article(x), s.article(y); a != b {
				v := cosine(s.sentences[x], s.sentences[y])
				s.sentenceNear.of(x, b).lead(y, v)
				s.sentenceNear.of(y, a).lead(x, v)
			}
		}
	}
	for _, c := range candidates {
		a, b := s.all[c[0]], s.all[c[1]]
		if a.art == b.art {
			continue
		}
		v := s.al.alike(a, b)
		s.told.of(c[0], s.from[c[1]]).lead(c[1], v)
		s.told.of(c[1], s.from[c[0]]).lead(c[0], v)
		k := s.sentencesOf(c[0], c[1])
		s.shared[k] = append(s.shared[k], edge{a: c[0], b: c[1], score: v})
	}
}

// sentencesOf gives the sentences of two statements, the lower number first.
func (s *surroundings) sentencesOf(i, j int) [2]int {
	x, y := s.sentence[i], s.sentence[j]
	return [2]int{min(x, y), max(x, y)}
}

// cosine gives how near two vectors of length 1 are, -1 to 1. It adds up four sums, as
// a processor does not wait for one to begin the next; none is fused with a product, so
// that every machine gives the same.
func cosine(a, b []float32) float64 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	for len(a) >= 4 {
		s0 += float32(a[0] * b[0])
		s1 += float32(a[1] * b[1])
		s2 += float32(a[2] * b[2])
		s3 += float32(a[3] * b[3])
		a, b = a[4:], b[4:]
	}
	for i, x := range a {
		s0 += float32(x * b[i])
	}
	return float64((s0 + s1) + (s2 + s3))
}

// beside gives the best that other claims of the sentences of statements i and j have
// in common by the rules.
func (s *surroundings) beside(i, j int) float64 {
	best := 0.0
	for _, e := range s.shared[s.sentencesOf(i, j)] {
		if e.a != i && e.a != j && e.b != i && e.b != j {
			best = max(best, e.score)
		}
	}
	return best
}

// around gives the best that claims of the sentences next to those of statements i and
// j have in common: by the rules, and by the model.
func (s *surroundings) around(i, j int) (told, near float64) {
	x, y := s.sentence[i], s.sentence[j]
	for dx := -1; dx <= 1; dx++ {
		for dy := -1; dy <= 1; dy++ {
			if u, v := x+dx, y+dy; (dx != 0 || dy != 0) && s.beyond(u, x) && s.beyond(v, y) {
				for _, e := range s.shared[[2]int{min(u, v), max(u, v)}] {
					told = max(told, e.score)
				}
				near = max(near, s.nearest(u, v))
			}
		}
	}
	return told, near
}

// beyond tells whether u is a sentence of the article of x.
func (s *surroundings) beyond(u, x int) bool {
	return u >= 0 && u < len(s.held) && s.article(u) == s.article(x)
}

// nearest gives how near the nearest claims of two sentences are.
func (s *surroundings) nearest(x, y int) float64 {
	best := 0.0
	for _, i := range s.held[x] {
		for _, j := range s.held[y] {
			best = max(best, cosine(s.vectors[i], s.vectors[j]))
		}
	}
	return best
}

// leadersKept is how many of the best scores are kept, leadersMeant of how many the
// mean is taken.
const (
	leadersKept  = 8
	leadersMeant = 4
)

// leaders are the best scores of a list, the best first, and of whom the first are.
// There is one list for each claim and article, so that they are kept small.
type leaders struct {
	best [leadersKept]float32
	of   [neighboursKept]int32
	n    int8
}

// leaderTable holds the lists of claims, or of sentences, for each article.
type leaderTable struct {
	lists    []leaders
	articles int
}

func newLeaderTable(n, articles int) leaderTable {
	return leaderTable{make([]leaders, n*articles), articles}
}

// of gives the list of the n-th for an article.
func (t leaderTable) of(n, article int) *leaders { return &t.lists[n*t.articles+article] }

// lead adds a score. Of equals the first stays ahead.
func (l *leaders) lead(of int, score float64) {
	v := float32(score)
	at := int(l.n)
	for at > 0 && l.best[at-1] < v {
		at--
	}
	if at == leadersKept {
		return
	}
	l.n = min(l.n+1, leadersKept)
	copy(l.best[at+1:l.n], l.best[at:])
	l.best[at] = v
	if at < neighboursKept {
		copy(l.of[at+1:], l.of[at:])
		l.of[at] = int32(of)
	}
}

// mean gives the mean of the first few; where there are fewer, rest stands for each of
// the rest.
func (l *leaders) mean(rest float64) float64 {
	n := min(int(l.n), leadersMeant)
	sum := rest * float64(leadersMeant-n)
	for _, v := range l.best[:n] {
		sum += max(float64(v), 0)
	}
	return sum / leadersMeant
}

// rank gives the logarithm of one more than the number of scores that are better, as
// far as they are kept.
func (l *leaders) rank(score float64) float64 {
	n := 0
	for n < int(l.n) && l.best[n] > float32(score) {
		n++
	}
	return math.Log1p(float64(n))
}

// neighboursKept is how many of the nearest claims of another article a statement is
// paired with, nearAt how near they are at least.
const (
	neighboursKept = 3
	nearAt         = 0.3
)

// neighbours gives the pairs of statements that the model finds nearest, by number.
func (s *surroundings) neighbours() [][2]int {
	var out [][2]int
	for i := range s.all {
		for article := range s.near.articles {
			l := s.near.of(i, article)
			for n := range min(int(l.n), neighboursKept) {
				if j := int(l.of[n]); l.best[n] >= nearAt {
					out = append(out, [2]int{min(i, j), max(i, j)})
				}
			}
		}
	}
	return out
}
