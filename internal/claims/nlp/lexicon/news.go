package lexicon

import (
	"fmt"
	"slices"
	"strings"
)

// news holds the word lists written for news reports.
type news struct {
	groups    groups
	opposites opposites
}

// newsWord is a base form with its part of speech.
type newsWord struct {
	pos  POS
	word string
}

// groups holds the lines of synonyms.txt.
type groups struct {
	of      map[newsWord][]int // word → the numbers of its groups
	value   []float64          // group → likeness of its members
	members [][]string
}

// newsPair is two different base forms in alphabetic order.
type newsPair struct {
	pos  POS
	a, b string
}

func pair(a, b string, pos POS) newsPair {
	if b < a {
		a, b = b, a
	}
	return newsPair{pos, a, b}
}

// opposites holds the pairs of opposites.txt and whether each is a conflict.
type opposites struct {
	pairs map[newsPair]bool
	words map[newsWord]bool
}

func (n news) has(word string, pos POS) bool {
	w := newsWord{pos, word}
	return len(n.groups.of[w]) > 0 || n.opposites.words[w]
}

// similarity is the strongest likeness of a group that holds both words, or 0.
func (n news) similarity(a, b string, pos POS) float64 {
	best := 0.0
	inB := n.groups.of[newsWord{pos, b}]
	if len(inB) == 0 {
		return 0
	}
	for _, g := range n.groups.of[newsWord{pos, a}] {
		for _, h := range inB {
			if g == h {
				best = max(best, n.groups.value[g])
			}
		}
	}
	return best
}

func (n news) opposed(a, b string, pos POS) bool {
	_, ok := n.opposites.pairs[pair(a, b, pos)]
	return ok
}

func (n news) conflict(a, b string, pos POS) bool {
	return n.opposites.pairs[pair(a, b, pos)]
}

// baseForm gives the base form of a word.
type baseForm func(word string, pos POS) string

// newsLine is a line of a word list: "v = sack, fire" has one side, "v ! sign /
// reject" two.
type newsLine struct {
	pos   POS
	mark  string
	sides [][]string
}

// readLines calls line for every line of a word list that is neither empty nor
// a comment.
// Words are led back to their base forms.
func readLines(file string, base baseForm, line func(newsLine) error) error {
	for i, text := range strings.Split(file, "\n") {
		text, _, _ = strings.Cut(text, "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		parsed, err := readLine(text, base)
		if err == nil {
			err = line(parsed)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

func readLine(text string, base baseForm) (newsLine, error) {
	head, rest, _ := strings.Cut(text, " ")
	mark, words, ok := strings.Cut(rest, " ")
	if len(head) != 1 || partIndex(POS(head[0])) < 0 || !ok {
		return newsLine{}, fmt.Errorf("want a part of speech, a mark and words: %q", text)
	}
	line := newsLine{pos: POS(head[0]), mark: mark}
	for _, side := range strings.Split(words, "/") {
		var list []string
		for _, w := range strings.Split(side, ",") {
			if w = strings.TrimSpace(w); w == "" || strings.Contains(w, " ") {
				return newsLine{}, fmt.Errorf("bad word %q", w)
			}
			if w = base(w, line.pos); !slices.Contains(list, w) {
				list = append(list, w)
			}
		}
		line.sides = append(line.sides, list)
	}
	return line, nil
}

// readSynonyms reads synonyms.txt.
func readSynonyms(file string, base baseForm) (groups, error) {
	values := map[string]float64{"=": synonymous, ">": sameEvent, "~": relatedNews}
	g := groups{of: map[newsWord][]int{}}
	err := readLines(file, base, func(line newsLine) error {
		value, ok := values[line.mark]
		if !ok || len(line.sides) != 1 || len(line.sides[0]) < 2 {
			return fmt.Errorf("want =, > or ~ and two words or more")
		}
		for _, w := range line.sides[0] {
			key := newsWord{line.pos, w}
			g.of[key] = append(g.of[key], len(g.value))
		}
		g.value = append(g.value, value)
		g.members = append(g.members, line.sides[0])
		return nil
	})
	return g, err
}

// synonyms lists the other members of the word's "=" group. It is empty for a
// word of several groups, of which one cannot know which meaning is meant.
func (g groups) synonyms(w newsWord) []string {
	var list []string
	for _, i := range g.of[w] {
		if g.value[i] != synonymous {
			continue
		}
		if list != nil {
			return nil
		}
		list = g.members[i]
	}
	return list
}

// readOpposites reads opposites.txt and adds what follows from it and the "="
// groups: a listed pair with one word replaced by its synonym. A listed pair
// keeps its own mark.
func readOpposites(file string, base baseForm, g groups) (opposites, error) {
	o := opposites{pairs: map[newsPair]bool{}, words: map[newsWord]bool{}}
	var listed []newsPair
	err := readLines(file, base, func(line newsLine) error {
		if line.mark != "!" && line.mark != "~" || len(line.sides) != 2 {
			return fmt.Errorf("want ! or ~ and two sides")
		}
		for _, a := range line.sides[0] {
			for _, b := range line.sides[1] {
				p := pair(a, b, line.pos)
				if a == b {
					return fmt.Errorf("%s against itself", a)
				}
				o.pairs[p] = o.pairs[p] || line.mark == "!"
				o.words[newsWord{p.pos, a}], o.words[newsWord{p.pos, b}] = true, true
				listed = append(listed, p)
			}
		}
		return nil
	})
	for _, p := range listed {
		o.spread(p, g)
	}
	return o, err
}

// spread adds the pairs that follow from a listed one.
func (o opposites) spread(p newsPair, g groups) {
	add := func(a, b string) {
		q := pair(a, b, p.pos)
		if _, known := o.pairs[q]; !known && a != b {
			o.pairs[q] = o.pairs[p]
		}
	}
	for _, a := range g.synonyms(newsWord{p.pos, p.a}) {
		add(a, p.b)
	}
	for _, b := range g.synonyms(newsWord{p.pos, p.b}) {
		add(p.a, b)
	}
}
