package syntax

// Roles guesses, before the sentence is parsed, the label of each word's arc and
// the side on which its head lies. The parser reads the guesses as features:
// they tell it of words that it has not come to yet.
type Roles struct {
	Classes int
	Scorer  Scorer
}

// RoleClass gives the role of a word with a label whose head lies to the right,
// or to the left.
func RoleClass(label uint8, headRight bool) uint8 {
	if headRight {
		return 2*label + 1
	}
	return 2 * label
}

// Guess fills the roles of a tagged sentence, from the last word to the first:
// the parser comes from the other side.
func (r *Roles) Guess(s *Sentence) {
	for i := s.n - 1; i >= 0; i-- {
		s.SetRole(i, Best(s.tally(r.Scorer, s.RoleFeatures(i)), r.Classes))
	}
}

// SetRole records the role of word i.
func (s *Sentence) SetRole(i int, role uint8) {
	s.Roles[i] = role
	s.items[i].role = uint32(role)
}

// RoleFeatures gives the features of word i when the roles behind it are known.
// The slice is valid until the next call on the sentence.
func (s *Sentence) RoleFeatures(i int) []uint32 {
	f := features{buf: s.feats[:0], template: 4000}
	w, a, b, c := s.at(i), s.at(i-1), s.at(i-2), s.at(i-3)
	x, y, z := s.at(i+1), s.at(i+2), s.at(i+3)
	f.add1(w.word)
	f.add2(w.word, w.tag)
	f.add3(w.word, w.tag, x.role)
	f.add2(w.tag, x.role)
	f.add3(w.tag, x.role, y.role)
	f.add4(w.tag, x.role, y.role, z.role)
	f.add3(w.tag, x.role, a.tag)
	f.add2(w.cluster, w.tag)
	f.add3(w.cluster, x.role, w.tag)
	f.add3(w.cluster, a.cluster, w.tag)
	f.add3(w.cluster, x.cluster, w.tag)
	f.add3(a.tag, w.tag, x.tag)
	f.add3(b.tag, a.tag, w.tag)
	f.add3(w.tag, x.tag, y.tag)
	f.add4(b.tag, a.tag, w.tag, x.tag)
	f.add4(a.tag, w.tag, x.tag, y.tag)
	f.add4(c.tag, b.tag, a.tag, w.tag)
	f.add4(w.tag, x.tag, y.tag, z.tag)
	f.add3(b.tag, w.tag, y.tag)
	f.add2(a.word, w.tag)
	f.add2(x.word, w.tag)
	f.add2(b.word, w.tag)
	f.add2(y.word, w.tag)
	f.add2(a.word, w.word)
	f.add2(w.word, x.word)
	f.add3(a.word, w.tag, x.tag)
	f.add3(a.word, w.tag, x.word)
	f.add3(a.tag, w.word, x.tag)
	f.add3(a.tag, w.tag, x.word)
	f.add3(b.word, a.word, w.tag)
	f.add3(w.tag, x.word, y.word)
	f.add3(w.suffix3, w.tag, a.tag)
	f.add2(x.role, x.word)
	f.add3(a.cluster, w.tag, x.role)
	f.add3(a.word, w.tag, x.role)
	f.add3(w.tag, a.tag, s.surroundings(i))
	f.add3(w.word, w.tag, s.surroundings(i))
	f.add3(w.tag, x.role, s.surroundings(i))
	verb, other := s.nearest(i)
	f.add3(w.tag, verb.word, uint32(1))
	f.add3(w.tag, verb.tag, other.tag)
	f.add3(w.word, verb.tag, x.tag)
	f.add4(w.tag, x.tag, verb.tag, verb.role)
	f.add3(w.tag, other.role, other.word)
	f.add4(w.tag, x.role, other.role, other.tag)
	s.feats = f.buf
	return f.buf
}

// surroundings sums up the sentence around word i: verbs, commas and open
// quotations on both sides.
func (s *Sentence) surroundings(i int) uint32 {
	before := uint32(min(s.verbs[i], 2))<<2 | uint32(min(s.commas[i], 2))
	return before<<5 | uint32(s.quotes[i]&1)<<4 | s.ahead(i+1)
}

// nearest gives the last verb before word i and the next verb behind it.
func (s *Sentence) nearest(i int) (before, behind *item) {
	before, behind = s.at(none), s.at(none)
	for k := i - 1; k >= 0 && k > i-12; k-- {
		if s.verbs[k+1] != s.verbs[k] {
			before = s.at(k)
			break
		}
	}
	for k := i + 1; k < s.n && k < i+12; k++ {
		if s.verbs[k+1] != s.verbs[k] {
			behind = s.at(k)
			break
		}
	}
	return before, behind
}
