package claims

import (
	"strings"
)

// joinQuotations makes one content of a quotation that is broken off by its cue
// and goes on, and of the quotations that follow without a cue of their own.
// told must be in order.
func (x *article) joinQuotations(told []reading) []reading {
	var out []reading
	for _, r := range told {
		if n := len(out) - 1; n >= 0 && r.quoted && out[n].quoted && r.p == out[n].p && r.cue == out[n].cue {
			out[n].end = r.end
			continue
		}
		out = append(out, r)
	}
	for i := range out {
		limit := len(x.body)
		if i+1 < len(out) {
			limit = out[i+1].start
		}
		if out[i].quoted {
			out[i].end = x.runOn(out[i], limit)
		}
	}
	return out
}

// runOn gives where the quotations that go on with a reading's words end, before
// byte limit.
func (x *article) runOn(r reading, limit int) int {
	end := r.end
	for i, q := range x.quotes {
		s, e := q.marked(x.body)
		if s < end || q.words < 3 {
			continue
		}
		if e > limit || !x.goesOn(i, r, end, s) {
			break
		}
		end = e
	}
	return end
}

// goesOn tells whether quotation i, which begins at byte s, goes on with words
// that ended before: it opens a sentence in their paragraph, or a paragraph that
// is nothing but a quotation, as print lets long speech run on. After a question
// somebody else answers.
func (x *article) goesOn(i int, r reading, end, s int) bool {
	between := x.body[end:s]
	if strings.Contains(between, "\n") {
		return i > 0 && x.runsOn(i) || x.alone(i) && x.sameSpeech(r, end, s)
	}
	between = strings.TrimSpace(between)
	return between == "" || strings.HasSuffix(between, ".") || strings.HasSuffix(between, ",") || strings.HasSuffix(between, ":")
}

// sameSpeech tells whether what stands between two quotations of two paragraphs
// is only the end of the first one's sentence.
func (x *article) sameSpeech(r reading, end, s int) bool {
	if asks(x.body[r.start:end]) {
		return false
	}
	head, _, _ := strings.Cut(x.body[end:s], "\n")
	next := strings.TrimSpace(x.body[end+len(head) : s])
	return next == "" && end <= r.p.end && !strings.Contains(strings.TrimRight(strings.TrimSpace(head), "."), ". ")
}

// asks tells a quotation that ends in a question.
func asks(said string) bool { return strings.HasSuffix(strings.TrimRight(said, "\"”'’ "), "?") }

// alone tells a quotation that fills its paragraph.
func (x *article) alone(i int) bool {
	s, e := x.quotes[i].marked(x.body)
	before, after := x.body[:s], x.body[e:]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	after, _, _ = strings.Cut(after, "\n")
	return strings.TrimSpace(before) == "" && strings.TrimSpace(after) == ""
}
