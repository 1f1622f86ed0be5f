package claims

// smallWords compares what a gap without other content words changes: the force of a
// verb, how many are meant, and the prepositions that exclude one another.
func (r *reworder) smallWords(g hunk, ca, cb []int) Kind {
	if k := r.opposedSmall(g); k != "" {
		return k
	}
	if len(ca) > 2 || len(cb) > 2 || len(ca) > 0 && len(cb) > 0 {
		return ""
	}
	if r.otherForce(g) {
		return KindCertainty
	}
	if r.formerly(r.a, g.a0, g.a1) != r.formerly(r.b, g.b0, g.b1) {
		return KindName
	}
	return ""
}

// opposedSmall finds two function words that exclude one another.
func (r *reworder) opposedSmall(g hunk) Kind {
	for i := g.a0; i < g.a1; i++ {
		for j := g.b0; j < g.b1; j++ {
			x, y := r.a.words[i].p.toks[r.a.words[i].tok].Norm, r.b.words[j].p.toks[r.b.words[j].tok].Norm
			for _, o := range smallOpposites {
				if (o.left[x] && o.right[y] || o.left[y] && o.right[x]) && (!o.right["without"] || r.oneDenies) {
					return o.kind
				}
			}
		}
	}
	return ""
}

type smallOpposite struct {
	left, right map[string]bool
	kind        Kind
}

// smallOpposites are function words that exclude one another, with the kind of
// difference they make.
var smallOpposites = []smallOpposite{
	{set(`before|prior`), set(`after|following|since`), KindTime},
	{set(`until|till`), set(`since|after`), KindTime},
	{set(`with|despite|amid`), set(`without`), KindNegation},
	{set(`for`), set(`against`), KindAction},
	{set(`inside|within|in|into`), set(`outside`), KindPlace},
	{set(`above|over`), set(`below|under|beneath`), KindPlace},
	{set(`all|every|each|both|everyone|everybody|everything|entire|whole`), set(`some|many|most|few|several|half|part|one`), KindScope},
	{set(`all|every|each|both|everyone|everybody|everything|some|many|most|several|any|someone|somebody|something|much`), set(`no|none|nobody|nothing|neither`), KindNegation},
	{set(`most|more|many|much`), set(`least|less|few|fewer|fewest|little`), KindNumber},
	{set(`always|often|usually|sometimes|ever`), set(`never|rarely|seldom|hardly`), KindNegation},
	{set(`up`), set(`down`), KindAction},
	{set(`on`), set(`off`), KindAction},
	{set(`first`), set(`last|final|second|third`), KindNumber},
}

// otherForce tells whether a gap of at most three words on either side changes how
// surely the verb behind it holds. A present tense may tell of the future ("flies on
// Thursday"), a bare infinitive says nothing of whether it comes to pass.
func (r *reworder) otherForce(g hunk) bool {
	fa, fb := r.force(r.a, g.a0, g.a1), r.force(r.b, g.b0, g.b1)
	switch {
	case fa != 0 && fb != 0, fa == fb, g.a1-g.a0 > 3, g.b1-g.b0 > 3:
		return false
	case fa == 0:
		return r.asDone(r.a, g.a0, g.a1, fb)
	}
	return r.asDone(r.b, g.b0, g.b1, fa)
}

// asDone tells whether the verb at the end of a gap or behind it is told without any
// reserve; against a plan only what is past is.
func (r *reworder) asDone(w wording, from, to, against int) bool {
	for i := min(to, len(w.words)-1); i >= from && i >= 0; i-- {
		x := w.words[i]
		t := x.p.toks[x.tok]
		if posOf(t) != 'v' {
			continue
		}
		if hasTo(x.p, x.tok) {
			return false
		}
		past := t.Tag == "VBD" || t.Tag == "VBN"
		return past || against > 2
	}
	return false
}

// force ranks how surely words hold the verb that they stand with: 0 as it is, 1
// planned, 2 possible, 3 alleged.
func (r *reworder) force(w wording, from, to int) int {
	for i := from; i < to; i++ {
		t := w.words[i].p.toks[w.words[i].tok]
		switch {
		case t.Norm == "could" && perceiving[lemmaOf(w.words[i].p.toks[t.Head])], resolving[w.words[i].lemma]:
		case t.Tag == "MD" && (t.Norm == "may" || t.Norm == "might" || t.Norm == "could"), possibly[t.Norm]:
			return 2
		case t.Tag == "MD" && (t.Norm == "will" || t.Norm == "would" || t.Norm == "'ll" || t.Norm == "shall" || t.Norm == "'d" || t.Norm == "wo"),
			planVerbs[w.words[i].lemma] && posOf(t) == 'v', w.words[i].lemma == "be" && i+1 < len(w.words) && w.words[i+1].p.toks[w.words[i+1].tok].Norm == "to":
			return 1
		case allegedWords[t.Norm]:
			return 3
		}
	}
	return 0
}

var (
	possibly     = set(`possibly|perhaps|maybe|potentially|probably|likely|apparently|believed|thought|suspected|seems|seemed|appears|appeared`)
	allegedWords = set(`allegedly|supposedly|purportedly|accused`)
)

// formerly tells whether an office is marked as no longer held.
func (r *reworder) formerly(w wording, from, to int) bool {
	for i := from; i < to; i++ {
		if n := w.words[i].p.toks[w.words[i].tok].Norm; n == "former" || n == "ex" || n == "then" && posOf(w.words[i].p.toks[w.words[i].tok]) == 'a' {
			return true
		}
	}
	return false
}
