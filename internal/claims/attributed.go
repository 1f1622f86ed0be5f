package claims

import (
	"cmp"
	"context"
	"slices"
)

// Attributed is a stretch of a text that the article lays in somebody's mouth or
// mind: what is said, quoted, believed, wanted, judged. Stretches do not
// overlap: what is told inside somebody's words is part of them.
type Attributed struct {
	// Content is what is attributed, from its first word to its last: of a quotation
	// that is broken off and goes on, with what stands between.
	Content Passage
	// Cue is the word that attributes: "said", "according", "decision".
	Cue Passage
	// Source is the phrase for who vouches. It is empty where nobody is named.
	Source Passage
	// Speaker is the source resolved inside the article: the full name behind a
	// pronoun, a surname or a title, else the phrase itself; empty for nobody.
	Speaker string
	// Rung says how: in the source's own words, retold, or by people without names.
	Rung Attribution
}

// Attributions gives what a text attributes to somebody, in the order of the
// text. Offsets are code points of the body. A text that is not analysed has
// none.
func (e *Engine) Attributions(t Text) []Attributed {
	x := e.parseArticle(context.Background(), Article{Text: t})
	out := []Attributed{}
	x.told = e.attributed(x)
	x.resolveVoices()
	for _, r := range x.told {
		out = append(out, x.attributedOf(r))
	}
	return out
}

func (x *article) attributedOf(r reading) Attributed {
	p := r.p
	a := Attributed{Content: x.index.passage(r.start, r.end), Rung: Paraphrased,
		Cue: x.index.passage(p.toks[r.cue].Start, p.toks[r.cue].End)}
	if r.source >= 0 {
		from, to := x.sourcePhrase(p, r.source)
		a.Source = x.index.passage(p.toks[from].Start, p.toks[to-1].End)
		a.Speaker = x.speakerAt(p, r.source).name
	}
	if r.quoted {
		a.Rung = Quoted
	} else if a.Speaker == "" || unnamed(a.Speaker) {
		a.Rung = Officials
	}
	return a
}

// attributed picks, of all ways to read an article's sentences, those that
// attribute something: from the likeliest down, each that overlaps none before
// it. Quotations that go on without a new cue are joined to the one before.
func (e *Engine) attributed(x *article) []reading {
	var all []reading
	for i := range x.sents {
		for _, r := range e.readings(x, i) {
			if r.score = e.cues.score(r.features); r.score > 0 {
				all = append(all, r)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b reading) int { return -cmp.Compare(a.score, b.score) })
	var out []reading
	for _, r := range all {
		at, _ := slices.BinarySearchFunc(out, r.start, func(o reading, start int) int { return cmp.Compare(o.start, start) })
		if at > 0 && out[at-1].end > r.start || at < len(out) && out[at].start < r.end {
			continue
		}
		out = slices.Insert(out, at, r)
	}
	return x.joinQuotations(out)
}
