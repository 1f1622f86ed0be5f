package claims

import (
	"cmp"
	"slices"
)

const (
	// seedWords is the number of equal words in a row from which a shared passage
	// may grow.
	seedWords = 4
	// seedPlaces is the most places of one text that a seed is looked up at: a phrase
	// that a text repeats more often says little.
	seedPlaces = 8
	// passageGap is the most words that may have been put in, taken out or changed
	// between two runs of equal words for both to be one passage.
	passageGap = 6
	// passageProse is the number of equal words outside quotations from which a
	// passage is told to be copied, plainProse how many of them are no names and
	// figures, passageDensity the share of the passage that must be equal.
	passageProse   = 14
	plainProse     = 9
	passageDensity = 0.6
)

const (
	// copyShare is the share of the shorter text's own words that must stand in
	// copied passages for it to be a copy. News copies are trimmed and given a new
	// head; independent reports of one event share hardly anything but quotations.
	copyShare = 0.5
	// copyProse is the least number of such words: a short note shares its few
	// sentences with everybody.
	copyProse = 40
	// wholeShare is the share of a text's own words that must be another's for the
	// whole of it to come from there: of an article that is half a wire report, half
	// is its own.
	wholeShare = 0.7
	// relatedShare is the share of the shorter text's own words that must stand in runs
	// of relatedRun words or more for both to be one text in another order; then
	// looseProse equal words are a copied passage. Independent reports of one event
	// stay under a fifth.
	relatedShare = 0.5
	relatedRun   = 5
	looseProse   = 6
	// sameShare is the share of all words, quotations too, from which two texts are
	// one whatever they are made of: a speech, a press release.
	sameShare = 0.9
)

// sharedPassage is a stretch that two texts have in common, by word numbers of
// each, with how many words are equal.
type sharedPassage struct {
	a, b         [2]int
	equal, prose int
	plain        int
}

// Overlap says what two texts have in common.
type Overlap struct {
	// Copy is true where one is a copy of the other: at least half of the shorter is
	// in the other, word for word or lightly edited.
	Copy bool
	// ShareA and ShareB are the shares of each text's own words (those outside
	// quotations) that stand in shared passages, from 0 to 1.
	ShareA, ShareB float64
	// Words is the number of equal words of their own in them.
	Words int
	// Passages are the shared passages in the order of the first text, in code points
	// of each.
	Passages [][2]Mark
}

// CopyText is a text made ready to be held against many others.
type CopyText struct {
	text  copyText
	index *runeIndex
}

// NewCopyText makes a text ready.
func NewCopyText(t Text) *CopyText {
	return &CopyText{text: newCopyText(t), index: newRuneIndex(t.Body)}
}

// Overlap compares with another text. Swapping both swaps the answer's sides.
func (c *CopyText) Overlap(other *CopyText) Overlap {
	m := matchCopies(c.text, other.text)
	o := Overlap{Copy: m.copied(), Words: m.prose, Passages: [][2]Mark{}}
	o.ShareA, o.ShareB = m.shares()
	for _, p := range m.passages {
		o.Passages = append(o.Passages, [2]Mark{c.mark(p.a), other.mark(p.b)})
	}
	return o
}

func (c *CopyText) mark(words [2]int) Mark {
	return Mark{Start: c.index.rune(c.text.words[words[0]].start), End: c.index.rune(c.text.words[words[1]-1].end)}
}

// copyMatch is what two texts share.
type copyMatch struct {
	a, b     copyText
	passages []sharedPassage
	// prose and equal are sums over the passages. all counts the equal words of every
	// run, also of those that are no copying: quotations.
	prose, equal, all int
}

// matchCopies finds the shared passages of two texts. The shorter is read along the
// longer, so that the order of both does not matter.
func matchCopies(a, b copyText) copyMatch {
	if len(a.words) > len(b.words) {
		m := matchCopies(b, a)
		m.a, m.b = a, b
		for i := range m.passages {
			m.passages[i].a, m.passages[i].b = m.passages[i].b, m.passages[i].a
		}
		slices.SortFunc(m.passages, func(x, y sharedPassage) int { return cmp.Compare(x.a[0], y.a[0]) })
		return m
	}
	m := copyMatch{a: a, b: b}
	runs := equalRuns(a, b)
	loose := 0
	for _, r := range runs {
		m.all += r.equal
		if r.equal >= relatedRun {
			loose += r.prose
		}
	}
	related := loose >= copyProse && float64(loose) >= relatedShare*float64(min(a.prose, b.prose))
	for _, p := range chained(runs) {
		if p.copied() || related && p.loose() {
			m.passages = append(m.passages, p)
			m.prose += p.prose
			m.equal += p.equal
		}
	}
	return m
}

// equalRuns gives, along a, the longest runs of words that stand in b too.
func equalRuns(a, b copyText) []sharedPassage {
	places := map[uint64][]int{}
	for j := 0; j+seedWords <= len(b.words); j++ {
		g := b.gram(j, seedWords)
		if len(places[g]) < seedPlaces {
			places[g] = append(places[g], j)
		}
	}
	var out []sharedPassage
	next := -1 // where b goes on behind the run before
	for i := 0; i+seedWords <= len(a.words); {
		best, at := 0, -1
		for _, j := range places[a.gram(i, seedWords)] {
			n := runLength(a.words[i:], b.words[j:])
			// Of equally long runs the one that goes on from the last is the copy's.
			if n > best || n == best && n > 0 && j >= next && at < next {
				best, at = n, j
			}
		}
		if best < seedWords {
			i++
			continue
		}
		out = append(out, newRun(a.words[i:i+best], b.words[at:at+best], [2]int{i, at}))
		i, next = i+best, at+best
	}
	return out
}

func runLength(a, b []copyWord) int {
	n := 0
	for n < len(a) && n < len(b) && a[n].hash == b[n].hash {
		n++
	}
	return n
}

// newRun counts what a run of equal words is made of, which begins at word at[0] of
// one text and at[1] of the other.
func newRun(a, b []copyWord, at [2]int) sharedPassage {
	n := len(a)
	p := sharedPassage{a: [2]int{at[0], at[0] + n}, b: [2]int{at[1], at[1] + n}, equal: n}
	for k, w := range a {
		if w.quoted || b[k].quoted {
			continue
		}
		p.prose++
		if !w.named && !b[k].named {
			p.plain++
		}
	}
	return p
}

// chained joins runs that follow one another in both texts with few words between.
func chained(runs []sharedPassage) []sharedPassage {
	var out []sharedPassage
	for _, r := range runs {
		if n := len(out) - 1; n >= 0 && goesOnIn(out[n].a, r.a) && goesOnIn(out[n].b, r.b) {
			p := &out[n]
			p.a[1], p.b[1] = r.a[1], r.b[1]
			p.equal, p.prose, p.plain = p.equal+r.equal, p.prose+r.prose, p.plain+r.plain
			continue
		}
		out = append(out, r)
	}
	return out
}

func goesOnIn(p, r [2]int) bool { return r[0] >= p[1] && r[0]-p[1] <= passageGap }

// copied tells a passage that two writers do not hit upon alone.
func (p sharedPassage) copied() bool {
	long := max(p.a[1]-p.a[0], p.b[1]-p.b[0])
	return p.prose >= passageProse && p.plain >= plainProse && float64(p.equal) >= passageDensity*float64(long)
}

// loose tells a passage that is copied where the texts are related.
func (p sharedPassage) loose() bool {
	long := max(p.a[1]-p.a[0], p.b[1]-p.b[0])
	return p.prose >= looseProse && float64(p.equal) >= passageDensity*float64(long)
}

// copied tells whether the shorter text is a copy of the other.
func (m copyMatch) copied() bool {
	return m.same() || m.prose >= copyProse && float64(m.prose) >= copyShare*float64(min(m.a.prose, m.b.prose))
}

// wholly tells whether nearly all of the first text comes from the other.
func (m copyMatch) wholly() bool {
	return m.same() || m.prose >= copyProse && float64(m.prose) >= wholeShare*float64(m.a.prose)
}

// same tells two texts that are one, quotations and all.
func (m copyMatch) same() bool {
	return min(len(m.a.words), len(m.b.words)) >= copyProse &&
		float64(m.all) >= sameShare*float64(max(len(m.a.words), len(m.b.words)))
}

func (m copyMatch) shares() (a, b float64) {
	return shareOf(m.prose, m.a.prose), shareOf(m.prose, m.b.prose)
}

func shareOf(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return min(1, float64(n)/float64(of))
}
