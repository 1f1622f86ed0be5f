package claims

import (
	"cmp"
	"slices"
	"strings"
)

// trigramsOf gives the runs of three letters of each segment, sorted.
func trigramsOf(segments []segment) [][]uint32 {
	out := make([][]uint32, len(segments))
	for k, s := range segments {
		letters := []rune(" " + strings.ToLower(s.words) + " ")
		for i := 0; i+2 < len(letters); i++ {
			out[k] = append(out[k], uint32(letters[i])*0x9E3779B1^uint32(letters[i+1])*0x85EBCA77^uint32(letters[i+2])*0xC2B2AE3D)
		}
		slices.Sort(out[k])
	}
	return out
}

// likeness gives the share that two sorted lists have in common.
func likeness(a, b []uint32) float32 {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common, i, j = common+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float32(common) / float32(len(a)+len(b))
}

// movedAt is the likeness from which a sentence that went and one that came in
// another place are one that was changed and moved.
const movedAt = 0.65

// changedElsewhere joins what was removed with what was added out of order and is
// much alike, the most alike first.
func changedElsewhere(pairs []pair, was, is []segment) []pair {
	var gone, come []int // places in pairs
	for k, p := range pairs {
		switch {
		case p.is < 0:
			gone = append(gone, k)
		case p.was < 0:
			come = append(come, k)
		}
	}
	if len(gone)*len(come) > maxCells {
		return pairs
	}
	type alike struct {
		gone, come int
		like       float32
	}
	var all []alike
	lettersGone := trigramsOf(pick(gone, func(k int) segment { return was[pairs[k].was] }))
	lettersCome := trigramsOf(pick(come, func(k int) segment { return is[pairs[k].is] }))
	for i, g := range gone {
		for j, c := range come {
			if l := likeness(lettersGone[i], lettersCome[j]); l >= movedAt {
				all = append(all, alike{g, c, l})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y alike) int { return -cmp.Compare(x.like, y.like) })
	taken := map[int]bool{}
	for _, x := range all {
		if !taken[x.gone] && !taken[x.come] {
			taken[x.gone], taken[x.come] = true, true
			pairs[x.come].was = pairs[x.gone].was
			pairs[x.gone].was = -1
		}
	}
	return slices.DeleteFunc(pairs, func(p pair) bool { return p.was < 0 && p.is < 0 })
}

func pick(places []int, segmentAt func(int) segment) []segment {
	out := make([]segment, len(places))
	for i, k := range places {
		out[i] = segmentAt(k)
	}
	return out
}
