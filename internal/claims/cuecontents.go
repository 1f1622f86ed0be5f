package claims

import (
	"strings"
)

// add keeps the reading whose content are tokens [from, to).
func (c *cueReader) add(cue int, key, rel string, src, from, to int) {
	p := c.p
	for from < to && (isPunct(p.toks[from]) && p.quote[from] < 0 && !isQuoteMark([]rune(p.toks[from].Text)[0]) || from == cue || from == src) {
		from++
	}
	for to > from && (isPunct(p.toks[to-1]) && p.quote[to-1] < 0 && !isQuoteMark([]rune(p.toks[to-1].Text)[0]) || to-1 == cue || to-1 == src) {
		to--
	}
	if from >= to || src >= 0 && from <= src && src < to && !strings.HasPrefix(rel, "host") && to-from < 3 {
		return
	}
	r := reading{p: p, cue: cue, source: src, start: p.toks[from].Start, end: p.toks[to-1].End}
	c.keep(r, key, rel, from, to)
}

// quote keeps the reading whose content is quotation q.
func (c *cueReader) quote(cue int, key, rel string, src, q int) {
	r := reading{p: c.p, cue: cue, source: src}
	r.start, r.end = c.x.quotes[q].marked(c.x.body)
	from := 0
	for from < len(c.p.toks) && c.p.toks[from].End <= r.start {
		from++
	}
	to := from
	for to < len(c.p.toks) && c.p.toks[to].Start < r.end {
		to++
	}
	c.keep(r, key, rel, from, to)
}

// keep widens a content to the quotations it cuts and notes what speaks for it.
func (c *cueReader) keep(r reading, key, rel string, from, to int) {
	inside := 0
	for _, q := range quotationsIn(c.x.quotes, r.start, r.end) {
		inside += min(q.end, r.end) - max(q.start, r.start)
		s, e := q.marked(c.x.body)
		switch mostly := 2*(min(q.end, r.end)-max(q.start, r.start)) > r.end-r.start; {
		case mostly && q.words > 2:
			r.start, r.end = min(r.start, s), max(r.end, e)
		case q.start >= r.start && !strings.ContainsFunc(c.x.body[min(r.end, q.end):q.end], isWordRune):
			r.end = max(r.end, e)
		}
	}
	r.rel = rel
	if c.spoken(r.source) {
		r.source = -1
	}
	if r.source < 0 && isVerb(c.p.toks[r.cue]) && c.p.kid(r.cue, "auxpass", "nsubjpass") < 0 && !strings.HasPrefix(rel, "subj+") {
		r.source = c.beside(r.cue, r)
	}
	r.quoted = 2*inside > r.end-r.start
	r.features = c.features(r, key, rel, from, to, inside)
	c.out = append(c.out, r)
}

// without gives the tokens from the first to the last of the clause at h that
// are outside the subtree at v.
func (p *parsed) without(h, v int) (from, to int) {
	from, to = -1, -1
	for i := p.left[h]; i <= p.right[h]; i++ {
		if !p.within(i, h) || p.within(i, v) || isPunct(p.toks[i]) {
			continue
		}
		if from < 0 {
			from = i
		}
		to = i + 1
	}
	if from < 0 {
		return 0, 0
	}
	return from, to
}

// relation names how clause or object k hangs on word v, empty for a relation
// that holds no content.
func (p *parsed) relation(v, k int) string {
	t := p.toks[k]
	rel := t.Dep
	switch t.Dep {
	case "dobj", "oprd":
		return rel
	case "ccomp", "parataxis", "xcomp", "acl", "relcl", "advcl", "csubj":
	default:
		return ""
	}
	mark := p.kid(k, "mark")
	switch {
	case mark >= 0 && mark > v:
		rel += "-" + p.toks[mark].Norm
	case hasTo(p, k):
		rel += "-to"
	case t.Tag == "VBG":
		rel += "-ing"
	}
	if t.Dep == "advcl" && rel != "advcl-that" && rel != "advcl-to" && rel != "advcl-whether" {
		return ""
	}
	if (t.Dep == "acl" || t.Dep == "relcl") && rel == t.Dep && p.toks[p.left[k]].Norm != "that" {
		return ""
	}
	if t.Dep == "ccomp" && p.right[k] < v {
		rel += "<"
	}
	return rel
}

// clauseEnd gives the end of what follows a verb that governs the rest of its
// sentence.
func (c *cueReader) clauseEnd(v int) int {
	end := len(c.p.toks)
	for end > v+1 && isPunct(c.p.toks[end-1]) {
		end--
	}
	return end
}

// clausal tells a reading whose content is a clause of its own, not the object or
// the aim of what somebody does.
func (r reading) clausal() bool {
	kind, _, _ := strings.Cut(strings.TrimSuffix(r.rel, "<"), "-")
	switch kind {
	case "ccomp", "parataxis", "quote>", "quote<", "colon", "inserted":
		return true
	case "host":
		return r.rel == "host" || r.rel == "host-root" || r.rel == "host-advcl-as" || r.p.idiom(r.cue, r.rel) != "" ||
			strings.HasPrefix(r.rel, "host-parataxis")
	}
	return false
}
