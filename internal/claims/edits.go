package claims

import (
	"slices"
	"strings"
)

// Edits are what people have changed about the claims of an article's text. They
// hold for that text alone, and are applied to what the engine reads in it.
type Edits struct {
	// Made are passages that people made claims of. What they tell, who vouches for
	// it and how surely is read as for every other claim. One that is no part of one
	// sentence of the report makes none.
	Made []Mark
	// Dropped are passages that are claims no more.
	Dropped []DroppedClaim
	// Judged are passages of which people have said whether they can be checked.
	Judged []JudgedClaim
}

// DroppedClaim is a passage that is a claim no more.
type DroppedClaim struct {
	Mark
	// Read is true where the engine had read it, and no person: what another version
	// of the engine reads in nearly the same place is then dropped in its stead.
	Read bool
}

// JudgedClaim is a passage of which a person has said that it cannot be checked,
// with the Reason, or that it can, without.
type JudgedClaim struct {
	Mark
	Reason string
}

// Reasons lists the reasons for which a claim cannot be checked.
func Reasons() []string {
	return []string{reasonOpinion, reasonQuestion, reasonPromotion, reasonPrediction, reasonRhetoric}
}

// edited applies an article's edits to the drafts that the engine has read in it.
func (x *article) edited(read []draft) []draft {
	if x.index == nil || len(x.Edits.Made)+len(x.Edits.Dropped)+len(x.Edits.Judged) == 0 {
		return read
	}
	x.judged = map[[2]int]string{}
	for _, j := range x.Edits.Judged {
		x.judged[x.bytes(j.Mark)] = j.Reason
	}
	for i := range read {
		read[i] = x.shorten(read[i])
	}
	kept := x.withoutDropped(read)
	held := map[[2]int]bool{}
	for _, d := range kept {
		held[x.spanOf(d)] = true
	}
	first := len(kept)
	for _, m := range x.Edits.Made {
		if d, ok := x.made(m, read); ok && !held[d.at] {
			held[d.at] = true
			kept = append(kept, d)
		}
	}
	for i := first; i < len(kept); i++ {
		kept[i].parts = toldInside(kept[i], kept)
	}
	return kept
}

// spanOf is [article.span] as a key; an empty draft has none.
func (x *article) spanOf(d draft) [2]int {
	if d.from >= d.to {
		return [2]int{}
	}
	start, end := x.span(d)
	return [2]int{start, end}
}

// withoutDropped gives the drafts that nobody has dropped.
func (x *article) withoutDropped(read []draft) []draft {
	at := map[[2]int]int{}
	for i, d := range read {
		if _, twice := at[x.spanOf(d)]; !twice {
			at[x.spanOf(d)] = i
		}
	}
	gone, named := map[[2]int]bool{}, map[[2]int]bool{}
	for _, m := range x.Edits.Made {
		named[x.bytes(m)] = true
	}
	for _, m := range x.Edits.Dropped {
		named[x.bytes(m.Mark)] = true
	}
	for _, m := range x.Edits.Dropped {
		span := x.bytes(m.Mark)
		if _, ok := at[span]; !ok && m.Read {
			span = x.nearest(span, read, named)
		}
		gone[span] = true
	}
	return slices.DeleteFunc(slices.Clone(read), func(d draft) bool { return gone[x.spanOf(d)] })
}

// nearlySame is the share of two passages that is common to both from which one is
// the other as another version of the engine reads it.
const nearlySame = 0.75

// nearest gives the span of the draft that is nearly a span, the empty one where
// there is none. Passages that an edit names are themselves.
func (x *article) nearest(span [2]int, read []draft, named map[[2]int]bool) [2]int {
	best, share := [2]int{}, nearlySame
	for _, d := range read {
		s := x.spanOf(d)
		common := min(span[1], s[1]) - max(span[0], s[0])
		whole := max(span[1], s[1]) - min(span[0], s[0])
		if named[s] || common <= 0 {
			continue
		}
		if c := float64(common) / float64(whole); c >= share && (c > share || best == [2]int{}) {
			best, share = s, c
		}
	}
	return best
}

// bytes gives a stretch of the text in bytes, the empty one where it is none.
func (x *article) bytes(m Mark) [2]int {
	start, end := x.index.byte(m.Start), x.index.byte(m.End)
	if start < 0 || end <= start {
		return [2]int{}
	}
	return [2]int{start, end}
}

// made gives the draft of a passage that a person made a claim of. read are the
// drafts of the engine.
func (x *article) made(m Mark, read []draft) (draft, bool) {
	at := x.bytes(m)
	if at[1] == 0 {
		return draft{}, false
	}
	exact := x.body[at[0]:at[1]]
	p := x.sentenceOver(at)
	if p == nil || strings.TrimSpace(exact) != exact || len(strings.Fields(exact)) > maxWords {
		return draft{}, false
	}
	from, to := p.tokensOver(at)
	if p.wordsIn(from, to) == 0 {
		return draft{}, false
	}
	d, ok := heading(read, p, run{from, to})
	if !ok {
		d = x.framed(x.draftOf(p, run{from, to}))
	}
	d.from, d.to, d.at = from, to, at
	return d, true
}

// sentenceOver gives the sentence that holds bytes at, nil where it is not one.
func (x *article) sentenceOver(at [2]int) *parsed {
	i, ok := slices.BinarySearchFunc(x.sents, at[0], func(p *parsed, b int) int {
		switch {
		case p.end <= b:
			return -1
		case p.start > b:
			return 1
		}
		return 0
	})
	if !ok || at[1] > x.sents[i].end {
		return nil
	}
	return x.sents[i]
}

// tokensOver gives the tokens [from, to) that share a byte with bytes at.
func (p *parsed) tokensOver(at [2]int) (from, to int) {
	for from < len(p.toks) && p.toks[from].End <= at[0] {
		from++
	}
	for to = from; to < len(p.toks) && p.toks[to].Start < at[1]; to++ {
	}
	return from, to
}

// heading gives that draft of the engine whose deed is the uppermost of those that
// a person's passage holds: with borders moved it tells the same. Of two that stand
// apart it is the one that fills more of the passage.
func heading(read []draft, p *parsed, over run) (draft, bool) {
	var best draft
	common := func(d draft) int { return min(d.to, over.to) - max(d.from, over.from) }
	for _, d := range read {
		if d.p != p || d.from >= d.to || d.pred < over.from || d.pred >= over.to || over.from <= d.host && d.host < over.to {
			continue
		}
		switch {
		case best.p == nil:
			best = d
		case d.pred == best.pred || !p.within(best.pred, d.pred) && !p.within(d.pred, best.pred):
			if common(d) > common(best) {
				best = d
			}
		case p.within(best.pred, d.pred):
			best = d
		}
	}
	return best, best.p != nil
}

// toldInside gives the tokens of a person's passage that do not tell it: those
// of claims inside it, and who is said to have said it.
func toldInside(d draft, all []draft) map[int]bool {
	p, out := d.p, map[int]bool{}
	for _, o := range all {
		switch {
		case o.p != p || o.from < d.from || o.to > d.to || o.to-o.from >= d.to-d.from, o.from <= d.pred && d.pred < o.to:
			continue
		case o.kind == appositionDraft && o.subj < 0: // a measure: the clause keeps its number
			continue
		}
		for i := o.from; i < o.to; i++ {
			if o.kind == pieceDraft || p.within(i, o.pred) {
				out[i] = true
			}
		}
	}
	if v := d.frame.verb; v >= d.from && v < d.to && v != d.pred {
		for i := d.from; i < d.to; i++ {
			if p.within(d.pred, v) != p.within(i, p.branch(v, d.pred)) {
				out[i] = true
			}
		}
	}
	delete(out, d.pred)
	return out
}

// branch gives the child of token v in whose subtree token i stands, v itself where
// it does not stand under v.
func (p *parsed) branch(v, i int) int {
	for steps := 0; steps <= len(p.toks) && p.within(i, v); steps++ {
		if p.toks[i].Head == v || i == v {
			return i
		}
		i = p.toks[i].Head
	}
	return v
}
