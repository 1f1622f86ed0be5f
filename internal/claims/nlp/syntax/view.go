package syntax

// view is the part of a state that the features look at: the top of the stack
// (s0, s1, s2), the next words (b0, b1, b2) and their outermost dependents.
type view struct {
	i0, i1, j  int // of s0, s1 and b0
	s0, s1, s2 *item
	b0, b1, b2 *item
	n0, n1, m  *node // of s0, s1 and b0
	// Dependents: left and right of s0 and s1, left of b0, and the second ones.
	l0, l02, r0, r02, l1, r1, r12, lb kid
	depth                             uint32
}

// kid is a dependent with the label of its arc.
type kid struct {
	*item
	label uint32
}

func newView(st *State) *view {
	s := st.s
	v := &st.seen
	v.i0, v.i1, v.j = st.Top(0), st.Top(1), st.Next
	v.depth = uint32(min(len(st.Stack), 5))
	v.s0, v.s1, v.s2 = s.at(v.i0), s.at(v.i1), s.at(st.Top(2))
	v.b0, v.b1, v.b2 = s.at(v.j), s.at(v.j+1), s.at(v.j+2)
	v.n0, v.n1, v.m = st.node(v.i0), st.node(v.i1), st.node(v.j)
	kidOf := func(i int32) kid { return kid{s.at(int(i)), uint32(st.node(int(i)).label)} }
	v.l0, v.l02, v.r0, v.r02 = kidOf(v.n0.left), kidOf(v.n0.left2), kidOf(v.n0.right), kidOf(v.n0.right2)
	v.l1, v.r1, v.r12 = kidOf(v.n1.left), kidOf(v.n1.right), kidOf(v.n1.right2)
	v.lb = kidOf(v.m.left)
	return v
}

// words adds the words in view, one by one.
func (v *view) words(f *features) {
	f.add1(0)
	for _, w := range [...]*item{v.s0, v.s1, v.b0, v.b1} {
		f.add2(w.word, w.tag)
		f.add1(w.word)
		f.add1(w.tag)
		f.add2(w.cluster, w.tag)
		f.add2(w.suffix3, w.tag)
	}
	for _, w := range [...]*item{v.s2, v.b2} {
		f.add2(w.word, w.tag)
		f.add1(w.tag)
	}
}

// pairs adds two words at a time.
func (v *view) pairs(f *features) {
	for _, p := range [...][2]*item{{v.s0, v.b0}, {v.s1, v.s0}} {
		a, b := p[0], p[1]
		f.add4(a.word, a.tag, b.word, b.tag)
		f.add3(a.word, a.tag, b.tag)
		f.add3(a.tag, b.word, b.tag)
		f.add2(a.word, b.word)
		f.add2(a.tag, b.tag)
		f.add2(a.cluster, b.cluster)
		f.add2(a.cluster, b.tag)
		f.add2(a.tag, b.cluster)
		f.add2(a.word, b.cluster)
		f.add2(a.cluster, b.word)
	}
	f.add2(v.s1.tag, v.b0.tag)
	f.add2(v.s1.word, v.b0.tag)
	f.add2(v.s1.tag, v.b0.word)
	f.add2(v.s1.word, v.b0.word)
	f.add2(v.s1.cluster, v.b0.cluster)
	f.add2(v.b0.tag, v.b1.tag)
	f.add2(v.b0.word, v.b1.tag)
	f.add2(v.b0.tag, v.b1.word)
	f.add2(v.b0.word, v.b1.word)
	f.add2(v.s0.word, v.b1.tag)
	f.add2(v.s0.tag, v.b1.word)
}

// triples adds three and four words at a time.
func (v *view) triples(f *features) {
	s0, s1, s2, b0, b1, b2 := v.s0, v.s1, v.s2, v.b0, v.b1, v.b2
	f.add3(b0.tag, b1.tag, b2.tag)
	f.add3(s0.tag, b0.tag, b1.tag)
	f.add3(s1.tag, s0.tag, b0.tag)
	f.add3(s2.tag, s1.tag, s0.tag)
	f.add4(s1.tag, s0.tag, b0.tag, b1.tag)
	f.add4(s2.tag, s1.tag, s0.tag, b0.tag)
	f.add4(s0.tag, b0.tag, b1.tag, b2.tag)
	f.add3(s1.word, s0.word, b0.word)
	f.add3(s1.tag, s0.word, b0.word)
	f.add3(s1.word, s0.tag, b0.word)
	f.add3(s1.word, s0.word, b0.tag)
	f.add3(s1.word, s0.tag, b0.tag)
	f.add3(s1.tag, s0.word, b0.tag)
	f.add3(s1.tag, s0.tag, b0.word)
	f.add3(s1.class, s0.class, b0.word)
	f.add3(s1.class, s0.class, b0.tag)
	f.add3(s0.word, b0.word, b1.tag)
	f.add3(s0.word, b0.tag, b1.tag)
	f.add3(s0.tag, b0.word, b1.tag)
	f.add3(s0.tag, b0.tag, b1.word)
	f.add3(s0.class, b0.word, b1.class)
	f.add3(s2.word, s1.word, s0.tag)
	f.add3(s2.tag, s1.word, s0.word)
	f.add3(s2.tag, s1.tag, s0.word)
}

// dependents adds what hangs on the words in view.
func (v *view) dependents(f *features) {
	s0, s1, b0 := v.s0, v.s1, v.b0
	f.add3(s0.tag, v.l0.tag, b0.tag)
	f.add3(s0.tag, v.r0.tag, b0.tag)
	f.add3(s0.tag, b0.tag, v.lb.tag)
	f.add3(s1.tag, v.r1.tag, s0.tag)
	f.add3(s1.tag, v.l1.tag, s0.tag)
	f.add3(s1.tag, s0.tag, v.l0.tag)
	f.add3(s1.tag, s0.tag, v.r0.tag)
	f.add4(s1.word, s0.word, v.r0.word, s0.tag)
	f.add4(s1.class, s0.word, v.r0.class, b0.tag)
	f.add3(s0.word, v.r0.word, b0.word)
	f.add2(v.r1.word, s0.word)
	f.add2(v.lb.word, b0.word)
	f.add2(v.l0.word, s0.word)
	f.add2(s0.word, v.l0.label)
	f.add2(s0.word, v.r0.label)
	f.add3(s0.tag, v.l0.label, v.r0.label)
	f.add3(s0.tag, v.l0.label, v.l02.label)
	f.add3(s0.tag, v.r0.label, v.r02.label)
	f.add4(s0.tag, v.l0.label, v.r0.label, b0.tag)
	f.add3(s0.tag, v.r0.label, b0.word)
	f.add2(s1.word, v.r1.label)
	f.add3(s1.tag, v.l1.label, v.r1.label)
	f.add3(s1.tag, v.r1.label, v.r12.label)
	f.add4(s1.tag, v.r1.label, s0.tag, b0.tag)
	f.add4(s1.tag, v.l1.label, s0.tag, v.l0.label)
	f.add4(s1.tag, s0.tag, v.l0.label, v.r0.label)
	f.add4(s1.word, v.r1.label, s0.tag, v.l0.label)
	f.add3(b0.tag, v.lb.label, uint32(min(v.m.lefts, 4)))
	f.add3(b0.word, v.lb.label, s0.tag)
	f.add2(v.r0.word, v.r0.label)
	f.add3(s0.word, uint32(min(v.n0.lefts, 4)), uint32(min(v.n0.rights, 4)))
	f.add3(s0.tag, uint32(min(v.n0.lefts, 4)), uint32(min(v.n0.rights, 4)))
	f.add2(s1.word, uint32(min(v.n1.rights, 4)))
	f.add3(s1.tag, uint32(min(v.n1.rights, 4)), s0.tag)
	f.add3(s0.tag, uint32(min(v.n0.rights, 4)), b0.tag)
}

// distances adds how far apart the words in view are, and what stands between.
func (v *view) distances(f *features, s *Sentence) {
	s0, s1, b0 := v.s0, v.s1, v.b0
	near, far := distance(v.j-v.i0), distance(v.i0-v.i1)
	f.add2(s0.word, near)
	f.add2(b0.word, near)
	f.add3(s0.tag, b0.tag, near)
	f.add2(s1.word, far)
	f.add2(s0.word, far)
	f.add3(s1.tag, s0.tag, far)
	f.add3(s1.tag, b0.tag, distance(v.j-v.i1))
	f.add3(s0.tag, b0.tag, s.between(v.i0, v.j))
	f.add3(s1.tag, s0.tag, s.between(v.i1, v.i0))
	f.add4(s1.tag, s0.tag, b0.tag, s.between(v.i1, v.j))
	f.add3(s0.tag, b0.word, s.between(v.i0, v.j))
	f.add3(s1.tag, s0.word, s.between(v.i1, v.i0))
	f.add3(v.depth, b0.tag, s0.tag)
	f.add3(s0.tag, s1.tag, s.ahead(v.j))
	f.add4(s0.tag, v.l0.label, b0.tag, s.ahead(v.j))
	f.add3(s.titled, s0.tag, b0.tag)
}

// roles adds what the words in view were guessed to be.
func (v *view) roles(f *features) {
	s0, s1, b0, b1 := v.s0, v.s1, v.b0, v.b1
	f.add2(s0.role, b0.role)
	f.add2(s1.role, s0.role)
	f.add2(s0.role, s0.word)
	f.add2(b0.role, b0.word)
	f.add2(s0.role, b0.tag)
	f.add2(s0.tag, b0.role)
	f.add2(s0.role, b0.word)
	f.add2(s0.word, b0.role)
	f.add2(s1.tag, s0.role)
	f.add2(s1.word, s0.role)
	f.add2(s1.role, s0.tag)
	f.add3(s1.role, s0.role, b0.role)
	f.add3(s1.tag, s0.role, b0.tag)
	f.add3(s1.tag, s0.role, b0.role)
	f.add3(s0.role, b0.role, b1.role)
	f.add4(s1.role, s0.role, b0.role, b1.role)
	f.add3(v.s2.role, s1.role, s0.role)
	f.add3(s0.role, b0.tag, distance(v.j-v.i0))
	f.add3(s0.role, s1.tag, distance(v.i0-v.i1))
	f.add3(s0.role, v.l0.label, v.r0.label)
	f.add3(s1.tag, s0.role, v.r1.label)
	f.add3(b0.role, b0.tag, v.lb.label)
	f.add3(s1.role, v.r1.label, s0.role)
	f.add4(s1.tag, s1.role, s0.tag, s0.role)
	f.add4(s0.tag, s0.role, b0.tag, b0.role)
}

// distance puts a number of words into a few steps.
func distance(d int) uint32 {
	switch {
	case d <= 4:
		return uint32(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	case d <= 20:
		return 7
	}
	return 8
}

// between sums up the words between i and j: commas, verbs, and whether a
// quotation begins or ends there.
func (s *Sentence) between(i, j int) uint32 {
	if i < 0 || j > s.n || i >= j {
		return 0xff
	}
	commas, verbs := s.commas[j]-s.commas[i+1], s.verbs[j]-s.verbs[i+1]
	quotes := (s.quotes[j] - s.quotes[i+1]) & 1
	return uint32(min(commas, 3))<<4 | uint32(min(verbs, 2))<<1 | uint32(quotes)
}

// ahead sums up the words from i on: whether verbs and commas follow.
func (s *Sentence) ahead(i int) uint32 {
	i = min(i, s.n)
	return uint32(min(s.verbs[s.n]-s.verbs[i], 2))<<2 | uint32(min(s.commas[s.n]-s.commas[i], 2))
}
