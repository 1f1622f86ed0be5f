package claims

import "slices"

// swaps finds two nouns or names that have changed parts ("Ashe beat Borg" and "Borg
// beat Ashe") where the words are otherwise the same: who did it to whom is told the
// other way round.
func (r *reworder) swaps() {
	a, b := r.parts(r.a), r.parts(r.b)
	for n, x := range a {
		for _, y := range a[n+1:] {
			u, v := findPart(b, x.lemma), findPart(b, y.lemma)
			if u < 0 || v < 0 || x.part == y.part || x.part != b[v].part || y.part != b[u].part ||
				r.coordinated(r.a.words[x.at], r.a.words[y.at]) || r.coordinated(r.b.words[b[u].at], r.b.words[b[v].at]) {
				continue
			}
			r.differ(r.kindOf(x.at, b[v].at, unlike), [2]int{x.at, x.at + 1}, [2]int{b[v].at, b[v].at + 1})
			return
		}
	}
}

// partOf is a noun or name that stands once in a wording, with the part it plays.
type partOf struct {
	lemma, part string
	at          int
}

// parts gives the nouns and names of a wording that stand in it once.
func (r *reworder) parts(w wording) []partOf {
	seen := map[string]int{}
	for _, x := range w.words {
		seen[x.lemma]++
	}
	var out []partOf
	for i, x := range w.words {
		t := x.p.toks[x.tok]
		head := x.p.toks[t.Head]
		part := t.Dep
		switch {
		case !isNoun(t) || seen[x.lemma] > 1:
			continue
		case part == "pobj" && head.Dep == "agent":
			part = "nsubj"
		case part == "pobj":
			part = head.Norm
			head = x.p.toks[head.Head]
		case part == "nsubjpass":
			part = "dobj"
		case part != "nsubj" && part != "dobj":
			continue
		}
		out = append(out, partOf{lemma: x.lemma, part: part + " " + fold(lemmaOf(head)), at: i})
	}
	return out
}

func findPart(list []partOf, lemma string) int {
	return slices.IndexFunc(list, func(p partOf) bool { return p.lemma == lemma })
}

// coordinated tells two words of one list, whose order means nothing: the way from
// the one to the other in the tree goes through a list.
func (r *reworder) coordinated(x, y wordAt) bool {
	if x.p != y.p {
		return true
	}
	for _, pair := range [][2]int{{x.tok, y.tok}, {y.tok, x.tok}} {
		for at, steps := pair[0], 0; steps < len(x.p.toks) && !x.p.within(pair[1], at); steps++ {
			if d := x.p.toks[at].Dep; d == "conj" || d == "appos" {
				return true
			}
			at = x.p.toks[at].Head
		}
	}
	return false
}
