package claims

import "slices"

// segment is a sentence, a headline or a line of furniture of a text, in bytes.
type segment struct {
	start, end int
	// words are its words with the white space folded.
	words string
	// kind is that of the furniture that it is, empty for prose and headlines.
	kind SpanKind
}

// segmentsOf cuts all of a text into segments.
func segmentsOf(t Text) []segment {
	marks := newMarks(t)
	var out []segment
	add := func(start, end int, kind SpanKind) {
		if start, end = trimSpan(t.Body, start, end); start < end {
			out = append(out, segment{start: start, end: end, words: CleanName(t.Body[start:end]), kind: kind})
		}
	}
	for _, b := range blocksOf(t.Body) {
		start, kind := marks.opening(b)
		if kind != "" && kind != SpanHeadline {
			add(b.start, b.end, kind)
			continue
		}
		add(b.start, start, SpanDateline)
		for _, s := range splitSentences(t.Body[start:b.end]) {
			add(start+s[0], start+s[1], "")
		}
	}
	return out
}

// pair aligns a segment of the earlier text with one of the later; -1 stands for
// none.
type pair struct {
	was, is int
	// moved is true where the same words stand in another place of the order.
	moved bool
}

// alignSegments pairs the segments of two texts in the order of the later one.
// Segments with the same words are paired first, then those between them that are
// much alike.
func alignSegments(was, is []segment) []pair {
	a := segmentAligner{was: was, is: is}
	a.between(0, len(was), 0, len(is))
	return changedElsewhere(moves(a.out, was, is), was, is)
}

type segmentAligner struct {
	was, is []segment
	out     []pair
}

// between aligns was[w0:w1] with is[i0:i1]: what both begin and end with, then what
// stands once in each, then what is left between those.
func (a *segmentAligner) between(w0, w1, i0, i1 int) {
	for w0 < w1 && i0 < i1 && a.was[w0].words == a.is[i0].words {
		a.out = append(a.out, pair{was: w0, is: i0})
		w0, i0 = w0+1, i0+1
	}
	tail := 0
	for w0 < w1-tail && i0 < i1-tail && a.was[w1-tail-1].words == a.is[i1-tail-1].words {
		tail++
	}
	w1, i1 = w1-tail, i1-tail
	w, i := w0, i0
	for _, anchor := range a.anchors(w0, w1, i0, i1) {
		if anchor[0] > w || anchor[1] > i {
			a.between(w, anchor[0], i, anchor[1])
		}
		a.out = append(a.out, pair{was: anchor[0], is: anchor[1]})
		w, i = anchor[0]+1, anchor[1]+1
	}
	if w == w0 && i == i0 {
		a.gap(w, w1, i, i1)
	} else {
		a.between(w, w1, i, i1)
	}
	for k := range tail {
		a.out = append(a.out, pair{was: w1 + k, is: i1 + k})
	}
}

// anchors gives the longest run of pairs, in the order of both, of segments that
// stand once in each text.
func (a *segmentAligner) anchors(w0, w1, i0, i1 int) [][2]int {
	once := func(s []segment, from, to int) map[string]int {
		at := map[string]int{}
		for k := from; k < to; k++ {
			if _, twice := at[s[k].words]; twice {
				at[s[k].words] = -1
			} else {
				at[s[k].words] = k
			}
		}
		return at
	}
	was, is := once(a.was, w0, w1), once(a.is, i0, i1)
	var common [][2]int
	for k := w0; k < w1; k++ {
		if at, ok := is[a.was[k].words]; ok && at >= 0 && was[a.was[k].words] == k {
			common = append(common, [2]int{k, at})
		}
	}
	return longestRise(common)
}

// longestRise gives the longest part of pairs, which rise in the first number, that
// rises in the second too.
func longestRise(pairs [][2]int) [][2]int {
	// tops[n] is the pair that ends the run of n+1 pairs with the lowest end.
	tops, before := []int{}, make([]int, len(pairs))
	for k, p := range pairs {
		n, _ := slices.BinarySearchFunc(tops, p[1], func(top, end int) int { return pairs[top][1] - end })
		before[k] = -1
		if n > 0 {
			before[k] = tops[n-1]
		}
		if n == len(tops) {
			tops = append(tops, k)
		} else {
			tops[n] = k
		}
	}
	if len(tops) == 0 {
		return nil
	}
	out := make([][2]int, 0, len(tops))
	for k := tops[len(tops)-1]; k >= 0; k = before[k] {
		out = append(out, pairs[k])
	}
	slices.Reverse(out)
	return out
}

const (
	// likeAt is the likeness in letters from which two sentences are one that was
	// changed.
	likeAt = 0.5
	// maxCells bounds the work on a gap: beyond it a passage was written anew, and
	// nothing in it is paired.
	maxCells = 250_000
)

// gap aligns segments of which none has the same words: those that are much alike,
// in the order of both, so that the likeness in all is greatest.
func (a *segmentAligner) gap(w0, w1, i0, i1 int) {
	n, m := w1-w0, i1-i0
	var paired [][2]int
	if n > 0 && m > 0 && n*m <= maxCells {
		paired = mostAlike(trigramsOf(a.was[w0:w1]), trigramsOf(a.is[i0:i1]))
	}
	w, i := 0, 0
	for _, p := range append(paired, [2]int{n, m}) {
		for ; w < p[0]; w++ {
			a.out = append(a.out, pair{was: w0 + w, is: -1})
		}
		for ; i < p[1]; i++ {
			a.out = append(a.out, pair{was: -1, is: i0 + i})
		}
		if p[0] < n && p[1] < m {
			a.out = append(a.out, pair{was: w0 + w, is: i0 + i})
			w, i = w+1, i+1
		}
	}
}

// mostAlike gives the pairs, rising in both, with the greatest sum of likenesses.
func mostAlike(was, is [][]uint32) [][2]int {
	n, m := len(was), len(is)
	like := make([]float32, n*m)
	best := make([]float32, (n+1)*(m+1))
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			b := max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1])
			if l := likeness(was[i], is[j]); l >= likeAt {
				like[i*m+j] = l
				b = max(b, l+best[(i+1)*(m+1)+j+1])
			}
			best[i*(m+1)+j] = b
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch here := best[i*(m+1)+j]; {
		case like[i*m+j] > 0 && here == like[i*m+j]+best[(i+1)*(m+1)+j+1]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case here == best[(i+1)*(m+1)+j]:
			i++
		default:
			j++
		}
	}
	return out
}

// moves joins what was removed in one place and added in another with the same
// words.
func moves(pairs []pair, was, is []segment) []pair {
	removed := map[string][]int{}
	for _, p := range pairs {
		if p.is < 0 {
			removed[was[p.was].words] = append(removed[was[p.was].words], p.was)
		}
	}
	from := map[int]bool{}
	for k, p := range pairs {
		if p.was >= 0 || len(removed[is[p.is].words]) == 0 {
			continue
		}
		words := is[p.is].words
		pairs[k] = pair{was: removed[words][0], is: p.is, moved: true}
		from[removed[words][0]] = true
		removed[words] = removed[words][1:]
	}
	return slices.DeleteFunc(pairs, func(p pair) bool { return p.is < 0 && from[p.was] })
}
