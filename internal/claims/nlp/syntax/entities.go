package syntax

// Recogniser marks the named entities of a sentence. Class 0 is no entity; the
// others are four for each type: the beginning, inside and last word of an
// entity, and an entity of one word.
type Recogniser struct {
	Classes int
	Scorer  Scorer
}

// Positions of a word in an entity.
const (
	Begin = iota
	Inside
	Last
	Unit
)

// Outside is the class of words in no entity.
const Outside uint8 = 0

// EntityClass gives the class of a position in an entity of a type.
func EntityClass(kind, position uint8) uint8 { return 1 + 4*kind + position }

// EntityKind gives the type and position of a class other than Outside.
func EntityKind(class uint8) (kind, position uint8) { return (class - 1) / 4, (class - 1) % 4 }

// Recognise fills the entities of a parsed sentence.
func (r *Recogniser) Recognise(s *Sentence) {
	for i := range s.n {
		s.Entities[i] = s.BestEntity(i, s.tally(r.Scorer, s.EntityFeatures(i)), r.Classes)
	}
}

// BestEntity gives the class with the highest score among those that may stand
// at word i behind the classes before it.
func (s *Sentence) BestEntity(i int, scores *Scores, classes int) uint8 {
	previous := Outside
	if i > 0 {
		previous = s.Entities[i-1]
	}
	if kind, position := EntityKind(previous); previous != Outside && position <= Inside {
		inside, last := EntityClass(kind, Inside), EntityClass(kind, Last)
		if i+1 < s.n && scores[inside] > scores[last] {
			return inside
		}
		return last
	}
	top := Outside
	for c := 1; c < classes; c++ {
		position := (c - 1) % 4
		open := position == Unit || position == Begin && i+1 < s.n
		if open && scores[c&(maxClasses-1)] > scores[top&(maxClasses-1)] {
			top = uint8(c)
		}
	}
	return top
}

// EntityFeatures gives the features of word i when the entities before it are
// known. The slice is valid until the next call on the sentence.
func (s *Sentence) EntityFeatures(i int) []uint32 {
	f := features{buf: s.feats[:0], template: 3000}
	w, a, b := s.at(i), s.at(i-1), s.at(i-2)
	y, z := s.at(i+1), s.at(i+2)
	last, last2 := uint32(Outside), uint32(Outside)
	if i > 0 {
		last = uint32(s.Entities[i-1])
	}
	if i > 1 {
		last2 = uint32(s.Entities[i-2])
	}
	place := uint32(min(i, 1)) + 2*s.titled
	f.add1(last)
	f.add2(last, last2)
	for _, x := range [...]*item{w, a, b, y, z} {
		f.add1(x.word)
		f.add2(x.cluster, x.tag)
		f.add2(x.shape, x.tag)
		f.add2(x.class, last)
	}
	f.add2(w.word, last)
	f.add2(w.word, w.shape)
	f.add2(w.tag, last)
	f.add3(w.tag, y.tag, last)
	f.add3(w.shape, place, last)
	f.add2(w.suffix3, w.tag)
	f.add2(w.suffix2, w.prefix)
	f.add2(w.suffix3, last)
	f.add2(w.cluster, last)
	f.add2(w.cluster, y.cluster)
	f.add2(a.cluster, w.cluster)
	f.add2(w.cluster, w.shape)
	f.add2(w.word, a.word)
	f.add2(w.word, y.word)
	f.add3(w.word, y.word, z.word)
	f.add3(a.word, w.word, last)
	f.add2(a.word, w.tag)
	f.add2(a.word, last)
	f.add3(a.tag, w.tag, y.tag)
	f.add3(b.tag, a.tag, w.tag)
	f.add3(w.tag, y.tag, z.tag)
	f.add3(a.class, w.class, y.class)
	f.add3(w.shape, y.shape, last)
	f.add3(a.shape, w.shape, y.shape)
	f.add2(y.suffix3, y.tag)
	f.add3(w.class, y.class, last)
	f.add3(w.tag, y.word, last)
	f.add3(w.tag, z.word, last)
	f.add3(a.word, b.word, w.tag)
	s.nameFeatures(i, &f, last)
	s.feats = f.buf
	return f.buf
}

// nameFeatures adds what the tree and the run of capitals around word i tell.
func (s *Sentence) nameFeatures(i int, f *features, last uint32) {
	w, head := s.at(i), s.at(int(s.Heads[i]))
	label := uint32(s.Labels[i])
	f.add2(head.word, label)
	f.add3(head.cluster, label, w.tag)
	f.add3(label, w.tag, last)
	end := i
	for end+1 < s.n && s.items[end+1].tag == w.tag {
		end++
	}
	start := i
	for start > 0 && s.items[start-1].tag == w.tag {
		start--
	}
	f.add3(s.at(end).word, w.tag, last)
	f.add3(s.at(end).cluster, w.tag, last)
	f.add3(s.at(end+1).word, w.tag, last)
	f.add3(s.at(start-1).word, w.tag, last)
	f.add4(uint32(min(end-i, 4)), uint32(min(i-start, 4)), w.tag, last)
	top := s.at(int(s.Heads[end]))
	f.add3(top.word, uint32(s.Labels[end]), w.tag)
	f.add3(top.cluster, uint32(s.Labels[end]), w.tag)
}
