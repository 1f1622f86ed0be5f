package claims

import "strings"

// collationTable aligns wordings: each column holds at most one word of each witness.
// Witnesses are added one after the other, each against all that stand there already,
// as collation programs do (progressive alignment).
type collationTable struct {
	columns []collationColumn
	// witnesses is the number of those added.
	witnesses int
}

// collationColumn holds a word for each witness, empty for none.
type collationColumn struct{ words, folded []string }

func aligned(all []quotedWording) collationTable {
	var t collationTable
	for _, w := range all {
		t.add(w)
	}
	return t
}

const (
	// sameWordScore and likeWordScore are what two words in one column are worth, the
	// same ones and other spellings of one; runScore is what is added where the words
	// before them stand together too, which keeps phrases whole.
	sameWordScore, likeWordScore, runScore = 4, 2, 1
)

// worth gives what a word is worth in a column.
func (c collationColumn) worth(folded string) int {
	best := 0
	for _, w := range c.folded {
		switch {
		case w == "":
		case w == folded:
			return sameWordScore
		case w != elided && folded != elided && oneSpelling([]string{w}, []string{folded}):
			best = likeWordScore
		}
	}
	return best
}

// add aligns one more wording with the columns and puts its words into them, new
// columns where none fits.
func (t *collationTable) add(w quotedWording) {
	place := t.align(w.folded)
	var out []collationColumn
	at := 0
	for i, word := range w.words {
		if place[i] >= 0 {
			for ; at < place[i]; at++ {
				out = append(out, t.columns[at].with("", ""))
			}
			out = append(out, t.columns[at].with(word, w.folded[i]))
			at++
			continue
		}
		fresh := collationColumn{words: make([]string, t.witnesses), folded: make([]string, t.witnesses)}
		out = append(out, fresh.with(word, w.folded[i]))
	}
	for ; at < len(t.columns); at++ {
		out = append(out, t.columns[at].with("", ""))
	}
	t.columns = out
	t.witnesses++
}

func (c collationColumn) with(word, folded string) collationColumn {
	return collationColumn{words: append(c.words, word), folded: append(c.folded, folded)}
}

// align gives the column of each word, -1 for those that fit none. It is the best of
// all ways to put words into columns in their order, by dynamic programming; of equal
// ones the first.
func (t *collationTable) align(folded []string) []int {
	n, m := len(t.columns), len(folded)
	// met[i][j] is the best for columns from i and words from j where these two meet,
	// best[i][j] where they may or may not.
	met, best := grid(n+1, m+1), grid(n+1, m+1)
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			met[i][j] = -1
			if s := t.columns[i].worth(folded[j]); s > 0 {
				met[i][j] = s + best[i+1][j+1]
				if next := met[i+1][j+1]; i+1 < n && j+1 < m && next > 0 {
					met[i][j] = max(met[i][j], s+runScore+next)
				}
			}
			best[i][j] = max(met[i][j], best[i+1][j], best[i][j+1])
		}
	}
	return follow(met, best, m)
}

// follow reads the best alignment off its scores.
func follow(met, best [][]int, words int) []int {
	out := make([]int, words)
	for j := range out {
		out[j] = -1
	}
	run := false // the pair before was taken for the sake of this one
	for i, j := 0, 0; i < len(met)-1 && j < words; {
		switch {
		case run || met[i][j] > 0 && met[i][j] == best[i][j]:
			out[j] = i
			next := 0
			if i+1 < len(met)-1 && j+1 < words {
				next = met[i+1][j+1]
			}
			run = next > 0 && next+runScore >= best[i+1][j+1]
			i, j = i+1, j+1
		case best[i][j] == best[i][j+1]:
			j++
		default:
			i++
		}
	}
	return out
}

func grid(rows, columns int) [][]int {
	out := make([][]int, rows)
	for i := range out {
		out[i] = make([]int, columns)
	}
	return out
}

// segments puts neighbouring columns together: those that the same witnesses share,
// and those between them.
func (t collationTable) segments() []Segment {
	first, last := t.extents()
	var out []Segment
	reached := ""
	for i, c := range t.columns {
		common, reach := t.common(i, first, last), reachOf(i, first, last)
		if len(out) == 0 || out[len(out)-1].Common != common || common && reach != reached {
			s := Segment{Common: common, Variants: make([]Variant, t.witnesses)}
			for w := range s.Variants {
				s.Variants[w].Outside = true
			}
			out = append(out, s)
		}
		reached = reach
		for w := range t.witnesses {
			v := &out[len(out)-1].Variants[w]
			if c.words[w] != "" {
				v.Text = strings.TrimPrefix(v.Text+" "+c.words[w], " ")
			}
			v.Outside = v.Outside && reach[w] == '-'
		}
	}
	return out
}

// reachOf tells for each witness whether column i lies within it: '+', or '-'.
func reachOf(i int, first, last []int) string {
	out := make([]byte, len(first))
	for w := range out {
		out[w] = '+'
		if i < first[w] || i > last[w] {
			out[w] = '-'
		}
	}
	return string(out)
}

// extents gives the first and the last column of each witness.
func (t collationTable) extents() (first, last []int) {
	first, last = make([]int, t.witnesses), make([]int, t.witnesses)
	for w := range t.witnesses {
		first[w], last[w] = len(t.columns), -1
		for i, c := range t.columns {
			if c.words[w] != "" {
				first[w], last[w] = min(first[w], i), i
			}
		}
	}
	return first, last
}

// common tells whether all witnesses that reach column i have the same word there. A
// word that only one of several reaches is its own.
func (t collationTable) common(i int, first, last []int) bool {
	word, reach := "", 0
	for w, f := range t.columns[i].folded {
		if i < first[w] || i > last[w] {
			continue
		}
		reach++
		if f == "" || word != "" && f != word {
			return false
		}
		word = f
	}
	return reach > 1 || t.witnesses == 1
}
