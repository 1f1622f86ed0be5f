package claims

// partTokens gives the tokens that belong to parts.
func (s *splitter) partTokens(parts []int) map[int]bool {
	out := map[int]bool{}
	for _, c := range parts {
		for i := s.p.left[c]; i <= s.p.right[c]; i++ {
			if s.p.within(i, c) {
				out[i] = true
			}
		}
	}
	return out
}

// run is a stretch of tokens [from, to).
type run struct{ from, to int }

// runs gives the stretches of the subtree at top that belong to none of its
// parts, without marks at their ends.
func (s *splitter) runs(top int, out map[int]bool) []run {
	p := s.p
	var runs []run
	frames := s.frameTokens(top)
	open := false
	for i := p.left[top]; i <= p.right[top]; i++ {
		switch {
		case out[i] || !p.within(i, top) || frames[i]:
			open = false
		case isPunct(p.toks[i]):
		case open:
			runs[len(runs)-1].to = i + 1
		default:
			runs = append(runs, run{i, i + 1})
			open = true
		}
	}
	return runs
}

// frameTokens gives the tokens of "according to X" that hang on a verb: who says
// it is no part of what is said.
func (s *splitter) frameTokens(v int) map[int]bool {
	var frames []int
	for _, a := range s.p.kids(v, "prep") {
		if s.p.toks[a].Norm == "according" && s.p.quote[a] < 0 {
			frames = append(frames, a)
		}
	}
	return s.partTokens(frames)
}

// widestGap is the number of words of other claims that a passage may hold
// between its subject and its verb. A subject farther away is named in brackets.
const widestGap = 8

// mainRun joins the runs of a clause to the passage that tells it. rest holds
// those that stand too far behind.
func (s *splitter) mainRun(runs []run, v, subj int) (main run, rest []run) {
	p := s.p
	main = run{-1, -1}
	for _, r := range runs {
		gap := main.from >= 0 && p.wordsIn(main.to, r.from) > widestGap
		if gap && main.to > v {
			rest = append(rest, r)
			continue
		}
		if gap && v >= r.from && subj >= main.from && subj < main.to && p.left[subj] == main.from {
			main.from = -1
		}
		if main.from < 0 {
			main.from = r.from
		}
		main.to = r.to
	}
	return main, rest
}

// tails hands a run that opens with a preposition right behind a circumstance to
// that, since the parser likes to hang it on the verb: "after an inquiry | into her
// fund". It gives the other runs.
func (s *splitter) tails(runs []run, parts []int) []run {
	p := s.p
	var rest []run
next:
	for _, r := range runs {
		for _, c := range parts {
			if p.toks[c].Dep == "prep" && p.right[c]+1 == r.from && p.toks[r.from].Tag == "IN" {
				if s.tail == nil {
					s.tail = map[int]int{}
				}
				s.tail[c] = r.to
				continue next
			}
		}
		rest = append(rest, r)
	}
	return rest
}

// closed gives the end of a draft with the noun phrase that its last word needs:
// a misread sentence may break off behind "the" or between a verb and its object.
func (p *parsed) closed(d draft) int {
	to := d.to
	if to <= d.from || to >= len(p.toks) || d.parts[to] || d.kind == appositionDraft {
		return to
	}
	switch last := p.toks[to-1]; {
	case last.Tag == "DT" && last.Dep == "det", last.Tag == "PRP$", last.Tag == "TO", last.Tag == "MD":
	case (last.Tag == "VB" || last.Tag == "VBG") && p.toks[to].Head >= to && (isName(p.toks[to]) || p.toks[to].Tag == "DT" || p.toks[to].Tag == "PRP$"):
	default:
		return to
	}
	noun := to
	for to < len(p.toks) && (isNoun(p.toks[to]) || p.toks[to].Dep == "det" || p.toks[to].Tag == "PRP$" || p.toks[to].Tag == "POS" || p.toks[to].Tag == "JJ" || p.toks[to].Tag == "CD") {
		to++
		if isNoun(p.toks[to-1]) {
			noun = to
		}
	}
	return noun
}
