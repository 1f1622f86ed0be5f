package views

import (
	"slices"
	"strings"

	"corroborate/internal/claims"
)

// paragraphsOf cuts a text into its blocks, and these at the borders of claims
// and furniture.
func paragraphsOf(text []rune, spans []claims.Span, notes []*Note) []Paragraph {
	var out []Paragraph
	for start := 0; start < len(text); {
		for len(notes) > 0 && notes[0].mark.End <= start {
			notes = notes[1:]
		}
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		if strings.TrimSpace(string(text[start:end])) != "" {
			out = append(out, newParagraph(text[start:end], start, spansIn(spans, start, end), notesIn(notes, start, end)))
		}
		start = end + 1
	}
	return out
}

// spansIn gives the spans that reach into a block; they are in order and do not
// overlap.
func spansIn(spans []claims.Span, start, end int) []claims.Span {
	from, _ := slices.BinarySearchFunc(spans, start, func(s claims.Span, at int) int { return s.End - at - 1 })
	to := from
	for to < len(spans) && spans[to].Start < end {
		to++
	}
	return spans[from:to]
}

// notesIn gives the notes on claims that reach into a block.
func notesIn(notes []*Note, start, end int) []*Note {
	var out []*Note
	for _, n := range notes {
		if n.mark.Start >= end {
			break
		}
		if n.mark.End > start {
			out = append(out, n)
		}
	}
	return out
}

func newParagraph(text []rune, from int, spans []claims.Span, notes []*Note) Paragraph {
	p := Paragraph{start: from}
	marks := make([]claims.Mark, 0, len(spans)+len(notes))
	for _, s := range spans {
		marks = append(marks, claims.Mark{Start: s.Start, End: s.End})
		if s.Start <= from && s.End >= from+len(strings.TrimRight(string(text), " \t")) {
			p.Furniture = s.Kind
		}
	}
	for _, n := range notes {
		marks = append(marks, n.mark)
		if n.mark.Start >= from {
			p.Notes = append(p.Notes, *n)
		}
	}
	at := from
	for _, s := range cut(text, from, marks) {
		stretch := Stretch{Text: s.Text}
		end := at + len([]rune(s.Text))
		for _, i := range s.Over {
			if i < len(spans) {
				stretch.Furniture = spans[i].Kind
				continue
			}
			stretch.cover(notes[i-len(spans)], at, end)
		}
		p.Stretches = append(p.Stretches, stretch)
		at = end
	}
	return p
}

// cover lays a claim over the words from at to end.
func (s *Stretch) cover(n *Note, at, end int) {
	if s.Claim == nil || n.mark.End-n.mark.Start < s.Claim.mark.End-s.Claim.mark.Start {
		s.Claim = n
	}
	if n.mark.Start == at {
		s.Begins = append(s.Begins, n)
	}
	if n.mark.End == end {
		s.Ends = append(s.Ends, n)
	}
}

// isFurniture tells whether the whole paragraph is no part of the report.
func (p Paragraph) isFurniture() bool {
	return p.Furniture != "" && p.Furniture != claims.SpanHeadline && p.Furniture != claims.SpanHeading
}

// class names how the paragraph is set.
func (p Paragraph) class() string {
	switch {
	case p.Furniture == claims.SpanHeadline:
		return "prose headline"
	case p.Furniture == claims.SpanHeading:
		return "prose subhead"
	case p.isFurniture():
		return "prose furniture"
	}
	return "prose"
}
