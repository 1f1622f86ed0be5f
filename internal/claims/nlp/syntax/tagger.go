package syntax

// Tagger gives every word a part of speech.
type Tagger struct {
	Classes int
	Scorer  Scorer
	// Bars tells a part of speech that a word cannot have. It is nil in training.
	Bars func(w Word, tag uint8) bool
}

// Tag fills the tags of a sentence.
func (t *Tagger) Tag(s *Sentence) {
	for i := range s.n {
		scores := s.tally(t.Scorer, s.TagFeatures(i))
		tag := Best(scores, t.Classes)
		if t.Bars != nil && t.Bars(s.words[i], tag) {
			tag = t.bestAllowed(scores, s.words[i], tag)
		}
		s.SetTag(i, tag)
	}
}

// bestAllowed gives the best tag that a word may have, or the barred one where
// it may have none.
func (t *Tagger) bestAllowed(scores *Scores, w Word, barred uint8) uint8 {
	top := -1
	for c := range t.Classes {
		if (top < 0 || scores[c] > scores[top]) && !t.Bars(w, uint8(c)) {
			top = c
		}
	}
	if top < 0 {
		return barred
	}
	return uint8(top)
}

// SetTag records the tag of word i for the features of what follows.
func (s *Sentence) SetTag(i int, tag uint8) {
	s.Tags[i] = tag
	s.items[i].tag = uint32(tag)
}

// TagFeatures gives the features of word i when the words before it are tagged.
// The slice is valid until the next call on the sentence.
func (s *Sentence) TagFeatures(i int) []uint32 {
	f := features{buf: s.feats[:0], template: 1000}
	w, a, b := s.at(i), s.at(i-1), s.at(i-2)
	y, z := s.at(i+1), s.at(i+2)
	place := uint32(min(i, 1)) + 2*s.titled
	f.add1(0)
	f.add1(w.word)
	f.add2(w.word, a.tag)
	f.add2(w.word, y.word)
	f.add2(w.word, a.word)
	f.add2(w.word, w.shape)
	f.add2(w.word, y.class)
	f.add2(w.shape, place)
	f.add3(w.shape, place, w.suffix3)
	f.add3(w.shape, place, w.cluster)
	f.add2(w.suffix3, a.tag)
	f.add1(w.suffix3)
	f.add1(w.suffix2)
	f.add2(w.suffix2, a.tag)
	f.add2(w.prefix, w.suffix2)
	f.add1(w.cluster)
	f.add2(w.cluster, a.tag)
	f.add2(w.cluster, y.cluster)
	f.add2(w.class, a.class)
	f.add3(w.class, a.tag, y.class)
	f.add3(w.class, a.tag, b.tag)
	f.add1(a.word)
	f.add1(b.word)
	f.add1(y.word)
	f.add1(z.word)
	f.add1(a.tag)
	f.add2(a.tag, b.tag)
	f.add2(a.tag, y.word)
	f.add3(a.tag, b.tag, y.class)
	f.add2(a.word, y.word)
	f.add2(a.cluster, a.tag)
	f.add1(y.cluster)
	f.add1(z.class)
	f.add2(y.cluster, z.class)
	f.add1(y.suffix3)
	f.add1(y.suffix2)
	f.add1(a.suffix3)
	f.add2(y.shape, place)
	f.add3(a.tag, w.suffix2, y.suffix2)
	f.add3(a.word, w.suffix3, y.class)
	f.add2(b.tag, a.word)
	s.feats = f.buf
	return f.buf
}
