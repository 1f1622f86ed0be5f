package encoder

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostRunes is the longest word that is cut into pieces; a longer one is unknown.
const mostRunes = 100

// mostPieces is how far two texts are read to tell which is longer: both are
// cut long before, but an odd piece goes to the longer one.
const mostPieces = 4096

// vocabulary cuts texts into the numbers of word pieces, as "BERT: Pre-training
// of Deep Bidirectional Transformers" (Devlin and others, 2019) does with small
// letters: the longest piece that the vocabulary knows, then the longest that
// goes on from there. It gives what Hugging Face's tokenizers gives, but reads
// marks such as "[SEP]" as text, so that no article can speak to the model.
type vocabulary struct {
	first         map[string]int32 // pieces that open a word
	later         map[string]int32 // pieces that go on, without their "##"
	longest       int              // bytes of the longest piece
	cls, sep, unk int32
	size          int
}

// newVocabulary reads one piece a line; the number of a piece is that of its line.
func newVocabulary(lines string) (*vocabulary, error) {
	lines = strings.TrimSuffix(lines, "\n")
	n := strings.Count(lines, "\n") + 1
	v := &vocabulary{first: make(map[string]int32, n), later: make(map[string]int32), size: n}
	id := int32(0)
	for piece := range strings.SplitSeq(lines, "\n") {
		v.add(strings.TrimSuffix(piece, "\r"), id)
		id++
	}
	var err error
	for _, s := range []struct {
		name string
		id   *int32
	}{{"[CLS]", &v.cls}, {"[SEP]", &v.sep}, {"[UNK]", &v.unk}} {
		id, ok := v.first[s.name]
		if !ok {
			err = errors.Join(err, fmt.Errorf("the vocabulary lacks %s", s.name))
		}
		*s.id = id
	}
	return v, err
}

func (v *vocabulary) add(piece string, id int32) {
	if rest, ok := strings.CutPrefix(piece, "##"); ok && rest != "" {
		v.later[rest] = id
	}
	// A word is never "##…": marks are words of their own.
	v.first[piece] = id
	v.longest = max(v.longest, len(piece))
}

// single gives the pieces of one text between the marks of its ends.
func (v *vocabulary) single(text string, most int) []int32 {
	ids := v.pieces([]int32{v.cls}, text, most-2)
	return append(ids, v.sep)
}

// pair gives the pieces of two texts between marks, and where the second begins.
// What is too long is cut where it is longest.
func (v *vocabulary) pair(a, b string, most int) (ids []int32, second int) {
	room := most - 3
	first, then := v.pieces(nil, a, mostPieces), v.pieces(nil, b, mostPieces)
	n, m := fit(len(first), len(then), room)
	ids = make([]int32, 0, n+m+3)
	ids = append(append(append(ids, v.cls), first[:n]...), v.sep)
	second = len(ids)
	return append(append(ids, then[:m]...), v.sep), second
}

// fit gives how much of two lengths is kept so that together they have room:
// the shorter one stays whole where it can, else each gets a half.
func fit(n, m, room int) (int, int) {
	if n+m <= room {
		return n, m
	}
	if n > m {
		m, n = fit(m, n, room)
		return n, m
	}
	if m = max(n, room-n); n+m > room {
		n, m = room/2, room-room/2
	}
	return n, m
}

// pieces appends the numbers of the pieces of a text to ids, at most so many.
func (v *vocabulary) pieces(ids []int32, text string, most int) []int32 {
	end := len(ids) + most
	var clean []byte
	for field := range fields(text) {
		clean = normalise(clean[:0], field)
		for word := range words(clean) {
			if ids = v.word(ids, word); len(ids) >= end {
				return ids[:end]
			}
		}
	}
	return ids
}

// word appends the pieces of a word, or the mark of the unknown where the
// vocabulary does not cover all of it.
func (v *vocabulary) word(ids []int32, word []byte) []int32 {
	if len(word) > mostRunes && utf8.RuneCount(word) > mostRunes {
		return append(ids, v.unk)
	}
	start, known := len(ids), v.first
	for len(word) > 0 {
		id, n := v.longestIn(known, word)
		if n == 0 {
			return append(ids[:start], v.unk)
		}
		ids, word, known = append(ids, id), word[n:], v.later
	}
	return ids
}

// longestIn gives the longest piece that the word begins with, and its length.
func (v *vocabulary) longestIn(known map[string]int32, word []byte) (int32, int) {
	for n := min(len(word), v.longest); n > 0; n-- {
		if id, ok := known[string(word[:n])]; ok {
			return id, n
		}
	}
	return 0, 0
}

// words yields the words of a normalised stretch: what stands between spaces,
// each mark by itself.
func words(text []byte) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		start := 0
		for at := 0; at < len(text); {
			r, n := utf8.DecodeRune(text[at:])
			space, mark := unicode.IsSpace(r), isMark(r)
			if (space || mark) && start < at && !yield(text[start:at]) {
				return
			}
			if mark && !yield(text[at:at+n]) {
				return
			}
			if at += n; space || mark {
				start = at
			}
		}
		if start < len(text) {
			yield(text[start:])
		}
	}
}
