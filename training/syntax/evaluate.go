package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"corroborate/internal/claims/nlp/syntax"
)

// ratio counts right answers.
type ratio struct{ right, of int }

func (r *ratio) add(right bool) {
	r.of++
	if right {
		r.right++
	}
}

func (r ratio) percent() float64 { return 100 * float64(r.right) / float64(max(r.of, 1)) }

// figures compares a model's answers with the teacher's.
type figures struct {
	tags, heads, arcs     ratio // heads and arcs: without punctuation
	allHeads              ratio
	found, wanted, shared int // entities
}

func (f *figures) f1() float64 { return 200 * float64(f.shared) / float64(max(f.found+f.wanted, 1)) }

// labelFigures counts the arcs of one label.
type labelFigures struct{ found, wanted, shared int }

// evaluate writes how a model does on the held-out sentences.
func evaluate(w io.Writer, m *syntax.Model, held []*example) {
	bySource, labels := map[string]*figures{"all": {}}, map[string]*labelFigures{}
	words := 0
	var s syntax.Sentence
	var spent time.Duration
	for _, e := range held {
		start := time.Now()
		m.Analyse(&s, e.words)
		spent += time.Since(start)
		words += len(e.words)
		if bySource[e.source] == nil {
			bySource[e.source] = &figures{}
		}
		for _, f := range []*figures{bySource["all"], bySource[e.source]} {
			f.compare(m, &s, e)
		}
		compareLabels(labels, m, &s, e)
	}
	names := sortedKeys(bySource)
	for _, name := range names {
		f := bySource[name]
		fmt.Fprintf(w, "%-15s words %6d  tags %.2f  UAS %.2f  LAS %.2f  UAS with marks %.2f  entities F1 %.2f\n", name,
			f.tags.of, f.tags.percent(), f.heads.percent(), f.arcs.percent(), f.allHeads.percent(), f.f1())
	}
	for _, label := range sortedKeys(labels) {
		if l := labels[label]; l.wanted >= 20 {
			fmt.Fprintf(w, "  %-10s %5d  F1 %.1f\n", label, l.wanted, 200*float64(l.shared)/float64(l.found+l.wanted))
		}
	}
	fmt.Fprintf(w, "%.0f words a second\n", float64(words)/spent.Seconds())
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (f *figures) compare(m *syntax.Model, s *syntax.Sentence, e *example) {
	for i := range e.words {
		f.tags.add(s.Tags[i] == e.tags[i])
		head := s.Heads[i] == e.heads[i]
		f.allHeads.add(head)
		if m.Labels[e.labels[i]] != "punct" {
			f.heads.add(head)
			f.arcs.add(head && s.Labels[i] == e.labels[i])
		}
	}
	found, wanted := spans(s.Entities), spans(e.entities)
	f.found += len(found)
	f.wanted += len(wanted)
	for _, span := range found {
		if slices.Contains(wanted, span) {
			f.shared++
		}
	}
}

// spans gives the start, end and type of each entity.
func spans(classes []uint8) [][3]int {
	var out [][3]int
	start := 0
	for i, class := range classes {
		if class == syntax.Outside {
			continue
		}
		kind, position := syntax.EntityKind(class)
		if position == syntax.Begin || position == syntax.Unit {
			start = i
		}
		if position == syntax.Last || position == syntax.Unit {
			out = append(out, [3]int{start, i, int(kind)})
		}
	}
	return out
}

func compareLabels(labels map[string]*labelFigures, m *syntax.Model, s *syntax.Sentence, e *example) {
	at := func(label uint8) *labelFigures {
		name := strings.ToLower(m.Labels[label])
		if labels[name] == nil {
			labels[name] = &labelFigures{}
		}
		return labels[name]
	}
	for i := range e.words {
		at(s.Labels[i]).found++
		at(e.labels[i]).wanted++
		if s.Labels[i] == e.labels[i] && s.Heads[i] == e.heads[i] {
			at(e.labels[i]).shared++
		}
	}
}
