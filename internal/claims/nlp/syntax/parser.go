package syntax

// Parser gives every word a head and a label.
type Parser struct {
	Classes int // 1 + twice the number of labels
	Root    uint8
	Scorer  Scorer
}

// Parse fills the heads and labels of a tagged sentence. The result is a
// projective tree with one root.
func (p *Parser) Parse(s *Sentence) {
	st := s.Begin()
	for !st.Done() {
		st.Apply(p.next(st))
	}
	st.finish(p.Root)
}

// next gives the action that the parser prefers.
func (p *Parser) next(st *State) Action {
	if !st.CanRight() && !st.CanLeft() {
		return Shift
	}
	return st.Best(st.s.tally(p.Scorer, st.Features()), p.Classes)
}

// Best gives the open action with the highest score.
func (st *State) Best(scores *Scores, classes int) Action {
	const closed = -1 << 31
	top, at := int32(closed), Shift
	if st.CanShift() {
		top = scores[Shift]
	}
	if st.CanLeft() {
		for a := 1; a < classes; a += 2 {
			if scores[a&(maxClasses-1)] > top {
				top, at = scores[a&(maxClasses-1)], Action(a)
			}
		}
	}
	if st.CanRight() {
		for a := 2; a < classes; a += 2 {
			if scores[a&(maxClasses-1)] > top {
				top, at = scores[a&(maxClasses-1)], Action(a)
			}
		}
	}
	return at
}

// Features gives the features of the state. The slice is valid until the next
// call on the sentence.
func (st *State) Features() []uint32 {
	s := st.s
	f := features{buf: s.feats[:0], template: 2000}
	v := newView(st)
	v.words(&f)
	v.pairs(&f)
	v.triples(&f)
	v.dependents(&f)
	v.distances(&f, s)
	v.roles(&f)
	s.feats = f.buf
	return f.buf
}
