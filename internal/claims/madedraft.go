package claims

// A passage that a person chose may be none that the engine would cut. Its deed is
// then read off the tree: the verb that heads it, or the one that it hangs on.

// draftOf gives the draft of some tokens of a sentence.
func (x *article) draftOf(p *parsed, over run) draft {
	top := p.topOf(over)
	if isVerb(p.toks[top]) {
		return draft{p: p, from: over.from, to: over.to, pred: top, subj: x.doerAt(p, top), host: -1, frame: x.frameOf(p, top)}
	}
	pred := top
	if obj := p.kid(top, "pobj", "pcomp"); p.toks[top].Dep == "prep" && obj >= over.from && obj < over.to {
		pred = obj
	}
	host := p.governor(top)
	if host < 0 {
		return draft{p: p, from: over.from, to: over.to, pred: pred, subj: -1, host: -1, kind: fragmentDraft, frame: ownVoice}
	}
	d := draft{p: p, from: over.from, to: over.to, pred: pred, subj: x.doerAt(p, host), host: host, kind: pieceDraft, frame: x.frameOf(p, host)}
	d.lead = run{host, host + 1}
	if own := p.kid(host, "nsubj", "nsubjpass"); own >= 0 && own < host && (over.to <= p.left[own] || over.from > host) {
		d.lead.from = p.left[own]
	}
	return d
}

// topOf gives the token of a run that most of it hangs on, a verb before others.
func (p *parsed) topOf(over run) int {
	best, most, verb := over.from, -1, false
	for i := over.from; i < over.to; i++ {
		if h := p.toks[i].Head; isPunct(p.toks[i]) || h != i && h >= over.from && h < over.to {
			continue
		}
		n := min(p.right[i]+1, over.to) - max(p.left[i], over.from)
		if v := isVerb(p.toks[i]); v && !verb || v == verb && n > most {
			best, most, verb = i, n, v
		}
	}
	return best
}

// governor gives the verb that token i hangs on, -1 for none.
func (p *parsed) governor(i int) int {
	for steps := 0; steps <= len(p.toks) && p.toks[i].Head != i; steps++ {
		if i = p.toks[i].Head; isVerb(p.toks[i]) {
			return i
		}
	}
	return -1
}

// doerAt gives the subject of the clause of verb v as the splitter hands it down:
// its own, or the noun that its clause describes, or that of the verbs above.
func (x *article) doerAt(p *parsed, v int) int {
	if own := p.kid(v, "nsubj", "nsubjpass", "csubj"); own >= 0 {
		return own
	}
	if t := p.toks[v]; t.Dep == "relcl" || t.Dep == "acl" {
		return t.Head
	}
	return x.subjectOf(p, v)
}

// frameOf gives what stands around the clause of verb v: the verb that reports it.
func (x *article) frameOf(p *parsed, v int) frame {
	s := &splitter{p: p}
	for i, steps := v, 0; steps <= len(p.toks) && p.toks[i].Head != i; steps++ {
		h := p.toks[i].Head
		if s.content(h) == i {
			return frame{verb: h, speaker: x.doerAt(p, h), force: reportingForce(p.toks[h].Lemma), negated: p.negated(h)}
		}
		i = h
	}
	return s.accordingTo(v, ownVoice)
}
