package claims

import "slices"

// EditClass says how much an edit of an article weighs.
type EditClass string

// The classes, the heaviest first. An edit of facts changes what is told: a value,
// a name, a denial, or whole sentences with claims. One of wording tells the same
// in other words, or touches page furniture. One of typing mends spelling or
// punctuation.
const (
	FactEdit    EditClass = "fact"
	WordingEdit EditClass = "wording"
	TypoEdit    EditClass = "typo"
)

// EditKind says what was done to a sentence.
type EditKind string

// The kinds of edit.
const (
	Changed EditKind = "changed"
	Added   EditKind = "added"
	Removed EditKind = "removed"
	Moved   EditKind = "moved"
)

// RevisionText is an article as it was at one time.
type RevisionText struct {
	Title string
	Text  Text
}

// Edit is one sentence that differs between two revisions of an article.
type Edit struct {
	Kind  EditKind  `json:"kind"`
	Class EditClass `json:"class"`
	// Before and After are the sentence in the earlier and the later text, nil where
	// it is not there.
	Before *EditedSentence `json:"before"`
	After  *EditedSentence `json:"after"`
	// Differences are those that the engine finds between both, the most important
	// first.
	Differences []PairDifference `json:"differences"`
}

// EditedSentence is a sentence of a revision.
type EditedSentence struct {
	Passage
	// Marks are the words that the other sentence has not, in code points of the
	// text.
	Marks []Mark `json:"marks"`
	// Furniture is the kind of page furniture that it is, empty for prose.
	Furniture SpanKind `json:"furniture"`
}

// RevisionChange is the difference between two revisions of an article, sentence
// by sentence.
type RevisionChange struct {
	// Title is the edit of the title, nil where it stayed. Its offsets are those of
	// the titles.
	Title *Edit `json:"title"`
	// Edits are in the order of the later text; what was removed stands where it was.
	Edits []Edit `json:"edits"`
	// Kept is the number of sentences that stayed word for word.
	Kept int `json:"kept"`
	// Facts, Wordings and Typos count the edits by class, the title's included.
	Facts    int `json:"facts"`
	Wordings int `json:"wordings"`
	Typos    int `json:"typos"`
	// Notice is what the later text says of the change itself, nil where it says
	// nothing.
	Notice *Notice `json:"notice"`
}

// CompareRevisions gives the difference between an earlier and a later text of one
// article.
func (e *Engine) CompareRevisions(before, after RevisionText) RevisionChange {
	was, is := segmentsOf(before.Text), segmentsOf(after.Text)
	c := reviser{e: e, was: was, is: is,
		wasIndex: newRuneIndex(before.Text.Body), isIndex: newRuneIndex(after.Text.Body)}
	out := RevisionChange{Edits: []Edit{}}
	for _, p := range alignSegments(was, is) {
		if p.was >= 0 && p.is >= 0 && was[p.was].words == is[p.is].words && !p.moved {
			out.Kept++
			continue
		}
		out.Edits = append(out.Edits, c.edit(p))
	}
	if wasTitle, isTitle := CleanName(before.Title), CleanName(after.Title); wasTitle != isTitle {
		t := e.titleEdit(wasTitle, isTitle)
		out.Title = &t
		out.count(t)
	}
	for _, x := range out.Edits {
		out.count(x)
	}
	out.Notice = noticeOf(out, after.Text)
	return out
}

func (r *RevisionChange) count(x Edit) {
	switch x.Class {
	case FactEdit:
		r.Facts++
	case WordingEdit:
		r.Wordings++
	case TypoEdit:
		r.Typos++
	}
}

// Class is the heaviest class of the edits, empty where there is none.
func (r RevisionChange) Class() EditClass {
	switch {
	case r.Facts > 0:
		return FactEdit
	case r.Wordings > 0:
		return WordingEdit
	case r.Typos > 0:
		return TypoEdit
	}
	return ""
}

// reviser makes the edits of one pair of texts.
type reviser struct {
	e                 *Engine
	was, is           []segment
	wasIndex, isIndex *runeIndex
}

// edit gives the edit of one aligned pair, of which one side may be missing.
func (c reviser) edit(p pair) Edit {
	x := Edit{Kind: Changed, Differences: []PairDifference{}}
	var was, is segment
	if p.was >= 0 {
		was = c.was[p.was]
		x.Before = c.wasIndex.sentence(was)
	}
	if p.is >= 0 {
		is = c.is[p.is]
		x.After = c.isIndex.sentence(is)
	}
	switch {
	case p.was < 0:
		x.Kind, x.Class = Added, c.e.loneClass(is)
	case p.is < 0:
		x.Kind, x.Class = Removed, c.e.loneClass(was)
	case p.moved:
		x.Kind, x.Class = Moved, WordingEdit
	case was.kind != "" && is.kind != "":
		x.Class = WordingEdit
		x.Before.Marks, x.After.Marks = changedMarks(x.Before.Passage, x.After.Passage)
	default:
		x.Class, x.Differences = c.e.classify(was.words, is.words)
		x.Before.Marks, x.After.Marks = changedMarks(x.Before.Passage, x.After.Passage)
	}
	return x
}

// titleEdit gives the edit of a title.
func (e *Engine) titleEdit(was, is string) Edit {
	whole := func(s string) *EditedSentence {
		if s == "" {
			return nil
		}
		return &EditedSentence{Passage: Passage{Exact: s, End: len([]rune(s))}, Marks: []Mark{}}
	}
	x := Edit{Kind: Changed, Before: whole(was), After: whole(is), Differences: []PairDifference{}}
	switch {
	case x.Before == nil:
		x.Kind, x.Class = Added, WordingEdit // what it tells, the text tells
	case x.After == nil:
		x.Kind, x.Class = Removed, WordingEdit
	default:
		x.Class, x.Differences = e.classify(was, is)
		x.Before.Marks, x.After.Marks = changedMarks(x.Before.Passage, x.After.Passage)
	}
	return x
}

func (x *runeIndex) sentence(s segment) *EditedSentence {
	return &EditedSentence{Passage: x.passage(s.start, s.end), Marks: []Mark{}, Furniture: s.kind}
}

// SameText tells whether two texts differ in nothing that can be seen but white
// space.
func SameText(a, b string) bool {
	return a == b || slices.Equal(blockWords(a), blockWords(b))
}

// blockWords gives the lines of a text with their white space folded.
func blockWords(s string) []string {
	var out []string
	for _, b := range blocksOf(cleanText(s)) {
		out = append(out, CleanName(b.text))
	}
	return out
}
