package claims

// What quotations keep together.

// runsInto tells a quotation that goes on with the words of the clause before it: "she had
// “never decided” to go". No mark and no "that" parts the two.
func (p *parsed) runsInto(d draft, q int) bool {
	i := d.pred
	for i > d.from && p.quote[i-1] == q {
		i--
	}
	for i > d.from && isPunct(p.toks[i-1]) && quotationMark(p.toks[i-1].Norm) {
		i--
	}
	return i > d.from && !isPunct(p.toks[i-1]) && p.toks[i-1].Norm != "that" && i-1 != d.frame.verb && p.within(i-1, d.pred)
}

// runsOut tells a quotation with which the words of the clause behind it go on.
func (p *parsed) runsOut(d draft, q int) bool {
	i := d.pred
	for i+1 < d.to && p.quote[i+1] == q {
		i++
	}
	for i+1 < d.to && isPunct(p.toks[i]) && quotationMark(p.toks[i].Norm) {
		i--
	}
	if isPunct(p.toks[i]) {
		return false
	}
	for i+1 < d.to && isPunct(p.toks[i+1]) && quotationMark(p.toks[i+1].Norm) {
		i++
	}
	return i+1 < d.to && !isPunct(p.toks[i+1]) && i+1 != d.frame.verb && p.within(i+1, d.pred)
}

func quotationMark(norm string) bool {
	return norm == "\"" || norm == "“" || norm == "”" || norm == "''" || norm == "``"
}

// quotedInPart tells a clause of which only a part is quoted: its subject stands
// before the quotation, as in "the office “has disclosed its intent”".
func (s *splitter) quotedInPart(d draft, q int) bool {
	p := s.p
	for i := d.from; i < d.pred && p.quote[i] != q; i++ {
		if (p.toks[i].Dep == "nsubj" || p.toks[i].Dep == "nsubjpass") && p.within(i, d.pred) {
			return true
		}
	}
	return false
}

// longQuotation is the number of tokens up to which a quoted sentence stays whole;
// a longer one holds several facts.
const longQuotation = 30

// shortQuotation is the number of words of a quotation inside a sentence that is one
// expression: the “don’t ask, don’t tell” rule.
const shortQuotation = 10

// insideQuotation tells a part of a quotation that is short, or stands in a short
// sentence.
func (s *splitter) insideQuotation(c int) bool {
	p := s.p
	q := p.quote[c]
	if q < 0 {
		return false
	}
	if p.quote[p.toks[c].Head] == q && len(p.toks) <= longQuotation {
		return true
	}
	return p.left[c] > 0 && p.quote[p.left[c]-1] == q && !isPunct(p.toks[p.left[c]-1]) && p.quoted(q) <= shortQuotation
}

// quoted counts the words of quotation q.
func (p *parsed) quoted(q int) int {
	n := 0
	for i, k := range p.quote {
		if k == q && !isPunct(p.toks[i]) {
			n++
		}
	}
	return n
}
