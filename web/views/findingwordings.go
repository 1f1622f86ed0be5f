package views

import (
	"slices"
	"strconv"
	"strings"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// WordingsView is one quotation in all its wordings.
type WordingsView struct {
	Witnesses []WitnessView
	Segments  []SegmentView
}

// WitnessView is one wording with the sources that have it.
type WitnessView struct {
	// Number is how the wording is called in the segments, from 1.
	Number  int
	Sources []string
	// ClaimID is the first claim that has it.
	ClaimID string
	Text    string
	// Cells are the wording cut at the segments, for the table.
	Cells []claims.Variant
}

// SegmentView is a stretch of the quotation: words that all have, or the readings.
type SegmentView struct {
	Common bool
	Text   string
	// Part are the wordings that have words in common which others do not reach, none
	// where all have them.
	Part     []int
	Readings []ReadingView
}

// ReadingView is what some of the wordings have in a segment.
type ReadingView struct {
	Numbers []int
	Text    string
	// Left is true where they leave the words out, Outside where their quotation does
	// not reach so far.
	Left, Outside bool
}

func (m members) wordings(c claims.Collation) WordingsView {
	var out WordingsView
	for i, w := range c.Witnesses {
		v := WitnessView{Number: i + 1, ClaimID: w.Claims[0], Text: w.Text}
		for _, id := range w.Claims {
			if s := m.claim[id].Source; !slices.Contains(v.Sources, s) {
				v.Sources = append(v.Sources, s)
			}
		}
		for _, s := range c.Segments {
			v.Cells = append(v.Cells, s.Variants[i])
		}
		out.Witnesses = append(out.Witnesses, v)
	}
	for _, s := range c.Segments {
		out.Segments = append(out.Segments, segmentOf(s))
	}
	return out
}

// segmentOf puts the wordings that read alike together. Words that all have who reach
// so far are common: the others have been cut shorter.
func segmentOf(s claims.Segment) SegmentView {
	v := SegmentView{Common: s.Common}
	if s.Common {
		return v.common(s.Variants)
	}
	for i, r := range s.Variants {
		n := slices.IndexFunc(v.Readings, func(o ReadingView) bool { return claims.SameWords(o.Text, r.Text) && o.Outside == r.Outside })
		if n < 0 {
			n = len(v.Readings)
			v.Readings = append(v.Readings, ReadingView{Text: r.Text, Left: r.Text == "" && !r.Outside, Outside: r.Outside})
		}
		v.Readings[n].Numbers = append(v.Readings[n].Numbers, i+1)
	}
	return v
}

func (v SegmentView) common(all []claims.Variant) SegmentView {
	for i, r := range all {
		if r.Outside {
			continue
		}
		v.Part = append(v.Part, i+1)
		if v.Text == "" {
			v.Text = r.Text
		}
	}
	if len(v.Part) == len(all) {
		v.Part = nil
	}
	return v
}

// Heading says how many wordings of the quotation there are.
func (w WordingsView) Heading() string {
	sources := map[string]bool{}
	for _, v := range w.Witnesses {
		for _, s := range v.Sources {
			sources[s] = true
		}
	}
	told := ui.Counted(len(sources), "source", "sources")
	if len(w.Witnesses) == 1 {
		return "Quoted in the same words by " + told
	}
	return "One quotation in " + strconv.Itoa(len(w.Witnesses)) + " wordings, by " + told
}

// called names wordings by their numbers.
func called(numbers []int) string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, " ")
}

// Shown gives the words of a reading, or says that there are none.
func (r ReadingView) Shown() string {
	switch {
	case r.Outside:
		return "not quoted"
	case r.Left:
		return "left out"
	}
	return r.Text
}

// cellWords gives what a cell of the table says, beside its words.
func cellWords(v claims.Variant) string {
	return ReadingView{Text: v.Text, Left: v.Text == "" && !v.Outside, Outside: v.Outside}.Shown()
}
