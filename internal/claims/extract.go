package claims

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"corroborate/internal/claims/nlp"
)

// maxWords is the most words a claim may have (PRODUCT: at most 60).
const maxWords = 60

// article is an article as the engine works on it: parsed, with its claims and
// their slots.
type article struct {
	Article
	// called is what explanations call it: its source, or a draft.
	called   string
	body     string
	index    *runeIndex
	cast     *cast
	quotes   []quotation
	sents    []*parsed
	claims   []*statement
	speakers map[int]quoteSpeaker
	// told is what the article attributes to somebody.
	told []reading
	// holders are the people whom the article calls by a rank.
	holders map[string]*entity
	// judged are the passages of which people have said whether they can be checked,
	// in bytes: with the reason, or without where they can.
	judged map[[2]int]string
}

// statement is a claim with what it is compared by.
type statement struct {
	Claim
	art   *article
	draft draft
	slots slots
	// named tells whether the speaker is a person with a name.
	named bool
}

// Extract gives the claims of one article in the order of its text. Their ids
// are made by hashing (article id, span, exact). A text that is not analysed has
// none.
func (e *Engine) Extract(a Article) []Claim {
	out := []Claim{}
	for _, s := range e.read(context.Background(), a).claims {
		out = append(out, s.Claim)
	}
	return out
}

// read parses an article and cuts it into statements. What it gives when ctx ends is of
// no use.
func (e *Engine) read(ctx context.Context, a Article) *article {
	x := e.parseArticle(ctx, a)
	x.told = e.attributed(x)
	x.resolveVoices()
	x.speakers = x.quoteSpeakers()
	var drafts []draft
	for _, p := range x.sents {
		for _, d := range split(p) {
			drafts = append(drafts, x.framed(d))
		}
	}
	seen := map[[2]int]bool{}
	for _, d := range x.edited(drafts) {
		x.addStatement(e, d, seen)
	}
	sortStatements(x.claims)
	return x
}

// parseArticle parses an article's sentences, which is most of the work, until ctx ends,
// and resolves its names.
func (e *Engine) parseArticle(ctx context.Context, a Article) *article {
	x := &article{Article: a, called: a.Source, body: a.Text.Body, cast: newCast(e.gaz, e.lex)}
	if a.Text.NotAnalysed != "" {
		return x
	}
	x.index = newRuneIndex(x.body)
	x.quotes = quotationsOf(x.body)
	for _, s := range sentencesOf(a.Text) {
		if ctx.Err() != nil {
			break
		}
		x.sents = append(x.sents, e.parse(x, s))
	}
	for _, p := range x.sents {
		x.cast.meet(p)
	}
	for _, p := range x.sents {
		x.cast.read(p)
	}
	return x
}

// longestSentence bounds what is parsed at once, in bytes. No sentence is that
// long; a table or a list without full stops can be.
const longestSentence = 3000

func (e *Engine) parse(x *article, s sentence) *parsed {
	if s.end-s.start > longestSentence {
		s.end = s.start + strings.LastIndexFunc(x.body[s.start:s.start+longestSentence], unicode.IsSpace)
		if s.end < s.start {
			s.end = s.start
		}
	}
	return newParsed(e.model, x.body, s, x.quotes)
}

// addStatement turns a draft into a claim unless its span is taken.
func (x *article) addStatement(e *Engine, d draft, seen map[[2]int]bool) {
	d = x.shorten(d)
	if d.from >= d.to {
		return
	}
	start, end := x.span(d)
	if start >= end || seen[[2]int{start, end}] {
		return
	}
	seen[[2]int{start, end}] = true
	st := &statement{art: x, draft: d}
	st.Passage = x.index.passage(start, end)
	st.ID = claimID(x.ID, st.Passage)
	st.Attribution, st.Speaker, st.named = x.attribution(e.gaz, d)
	st.Certainty = certaintyOf(d)
	if reason, ok := x.judged[[2]int{start, end}]; ok {
		st.Reason = reason
	} else {
		st.Reason = checker{draft: d, lex: e.lex, rung: st.Attribution}.uncheckable()
	}
	st.Checkable = st.Reason == ""
	st.slots = e.slotsOf(st)
	st.Worth, st.WorthReasons = e.worthOf(d, st.Reason)
	st.Text = x.selfContained(d)
	x.claims = append(x.claims, st)
}

// span gives a draft's bytes: what a person chose, or from its first token to its last, with the closing
// mark of a quotation that opens inside.
func (x *article) span(d draft) (int, int) {
	if d.at[1] > 0 {
		return d.at[0], d.at[1]
	}
	start, end := d.p.toks[d.from].Start, d.p.toks[d.to-1].End
	start, end = bracketed(x.body, start, end)
	last := d.p.toks[d.to-1].Start
	q, ok := quotedAt(x.quotes, last)
	if !ok || q.start <= start || last < q.start || q.end < end || strings.ContainsFunc(x.body[end:q.end], isWordRune) {
		return start, end
	}
	end = q.end
	if r, n := utf8.DecodeRuneInString(x.body[end:]); isQuoteMark(r) {
		end += n
	}
	return start, end
}

// bracketed takes in the bracket just outside a span that holds its other half:
// "[Putin’s] actions".
func bracketed(body string, start, end int) (int, int) {
	for _, b := range []struct{ open, shut string }{{"[", "]"}, {"(", ")"}} {
		opens, shuts := strings.Count(body[start:end], b.open), strings.Count(body[start:end], b.shut)
		if shuts > opens && strings.HasSuffix(body[:start], b.open) {
			start--
		}
		if opens > shuts && strings.HasPrefix(body[end:], b.shut) {
			end++
		}
	}
	return start, end
}

// shorten cuts a draft to the most words a claim may have, before a
// preposition, a conjunction or behind a comma where there is one.
func (x *article) shorten(d draft) draft {
	for x.words(d) > maxWords {
		cut := d.to - 1
		for k := d.to - 1; k > d.pred && k > d.from+3; k-- {
			t := d.p.toks[k]
			if isPunct(t) || t.Tag == "IN" || t.Tag == "CC" || t.Tag == "TO" {
				cut = k
				break
			}
		}
		d.to = cut
		for d.to > d.from && trimBack(d.p.toks[d.to-1]) {
			d.to--
		}
	}
	return d
}

func (x *article) words(d draft) int {
	if d.from >= d.to {
		return 0
	}
	start, end := x.span(d)
	return len(strings.Fields(x.body[start:end]))
}

// claimID hashes what makes a claim: the same input gives the same id.
func claimID(article string, p Passage) string {
	return hashID("c", article, fmt.Sprint(p.Start), fmt.Sprint(p.End), p.Exact)
}

// hashID makes a short id of its parts.
func hashID(prefix string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return prefix + hex.EncodeToString(h.Sum(nil))[:16]
}

func sortStatements(s []*statement) {
	slices.SortFunc(s, func(a, b *statement) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}

// selfContained makes a claim readable alone: what stands for somebody named
// elsewhere is replaced, and a subject or a deed that the passage lacks is put
// beside it, in brackets.
func (x *article) selfContained(d draft) string {
	start, end := x.span(d)
	text := x.resolved(d, start, end)
	lead, behind := x.lead(d)
	switch {
	case x.voice(d) != "":
		text = "[" + x.voice(d) + ":] " + text
	case lead != "" && behind:
		text += " [" + lead + "]"
	case lead != "":
		text = "[" + lead + "] " + text
	}
	return strings.Join(strings.Fields(text), " ")
}

// lead gives the words outside a draft's passage that it needs, and whether they
// stand behind it.
func (x *article) lead(d draft) (words string, behind bool) {
	if d.kind != pieceDraft {
		return x.missingSubject(d), false
	}
	if d.lead.from < 0 || d.lead.from >= d.lead.to {
		return "", false
	}
	p := d.p
	whole := draft{p: p, from: d.lead.from, to: d.lead.to, pred: d.host, subj: d.subj, host: -1}
	words = x.resolved(whole, p.toks[whole.from].Start, p.toks[whole.to-1].End)
	if subject := x.missingSubject(whole); subject != "" {
		words = subject + " " + words
	}
	return strings.NewReplacer("[", "", "]", "").Replace(words), d.lead.from >= d.to
}

// resolved writes bytes [start, end) of a draft with what stands for somebody or
// something replaced by the name.
func (x *article) resolved(d draft, start, end int) string {
	p := d.p
	var b strings.Builder
	at := start
	for i := d.from; i < d.to; i++ {
		name, from := x.replacement(d, i)
		if name == "" || p.toks[from].Start < at {
			continue
		}
		b.WriteString(x.body[at:p.toks[from].Start] + "[" + strings.Trim(name, " ,") + "]")
		at = p.toks[i].End
	}
	if at < end {
		b.WriteString(x.body[at:end])
	}
	return b.String()
}

// replacement gives what tokens [from, i] of a draft stand for, empty for what
// speaks for itself.
func (x *article) replacement(d draft, i int) (name string, from int) {
	p, t := d.p, d.p.toks[i]
	if ph, ok := x.cast.refs.phrases[p][i]; ok {
		return ph.p.words(x.body, ph.from, ph.to), i
	}
	switch e := x.cast.pronouns[p][i]; {
	case e != nil && !isPronoun(t):
		from = p.left[i]
		if t.Norm == "old" {
			from = i - 5 // "the 47-year-old"
		}
		if from < d.from || x.namedBefore(p, e, d.from, i) {
			return "", i
		}
		return e.name, from
	case e != nil && !x.namedBefore(p, e, d.from, i):
		if t.Tag == "PRP$" {
			return possessive(e.name), i
		}
		return e.name, i
	case subjectLabel(t) && (t.Tag == "WP" || t.Tag == "WDT") && i == d.from:
		return p.words(x.body, p.left[d.subjHead()], min(p.right[d.subjHead()]+1, i)), i
	}
	return "", i
}

// namedBefore tells whether tokens [from, i) name an entity: what stands for it
// behind is plain.
func (x *article) namedBefore(p *parsed, e *entity, from, i int) bool {
	for _, m := range x.cast.mentions[p] {
		if m.ent == e && m.from >= from && m.to <= i {
			return true
		}
	}
	return false
}

// subjHead gives the token that a relative clause hangs on.
func (d draft) subjHead() int {
	if d.subj >= 0 {
		if h := d.p.toks[d.pred].Head; d.p.toks[d.pred].Dep == "relcl" {
			return h
		}
		return d.subj
	}
	return d.pred
}

var firstPerson = set(`i|my|me|mine|myself|we|our|us|ours`)

// voice gives the speaker of a quoted draft that speaks in the first person.
func (x *article) voice(d draft) string {
	for i := d.from; i < d.to; i++ {
		if q := d.p.quote[i]; q >= 0 && firstPerson[d.p.toks[i].Norm] {
			return x.speakers[q].name
		}
	}
	return ""
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "’"
	}
	return name + "’s"
}

func subjectLabel(t nlp.Token) bool { return t.Dep == "nsubj" || t.Dep == "nsubjpass" }

// missingSubject gives the subject of a draft whose passage does not hold it.
func (x *article) missingSubject(d draft) string {
	p := d.p
	if p.toks[d.pred].Dep == "relcl" && d.kind == clauseDraft && relative[p.toks[d.from].Tag] && !subjectLabel(p.toks[d.from]) || d.object() >= 0 {
		h := p.toks[d.pred].Head // "[the loan] which the council approved", "[the shop] he owned in Dover"
		return p.words(x.body, p.left[h], h+1)
	}
	if d.subj < 0 || d.from <= d.subj && d.subj < d.to || d.kind != clauseDraft {
		return ""
	}
	if t := p.toks[d.from]; subjectLabel(t) && (t.Tag == "WP" || t.Tag == "WDT") {
		return ""
	}
	subj := d.antecedent()
	if e := x.subjectAt(p, subj); e != nil {
		return e.name
	}
	from, to := x.nounPhrase(p, subj)
	return p.words(x.body, from, to)
}

// relative are the tags of words that open a relative clause.
var relative = set(`WDT|WP|WP$|WRB`)

// nounPhrase gives the tokens of a noun with what stands before it and its short
// complements, without clauses.
func (x *article) nounPhrase(p *parsed, i int) (int, int) {
	to := i + 1
	for _, c := range p.children[i] {
		if c > i && (p.toks[c].Dep == "prep" || p.toks[c].Dep == "conj" || p.toks[c].Dep == "cc") && p.right[c]-i <= 8 {
			to = max(to, p.right[c]+1)
		}
	}
	return p.left[i], to
}

// subjectAt gives the entity that a subject names, by itself or in an apposition:
// "The secretary, Kristi Noem, …".
func (x *article) subjectAt(p *parsed, i int) *entity {
	for _, c := range p.kids(i, "appos") {
		if e := x.entityAt(p, c); e != nil && e.kind == "person" {
			return e
		}
	}
	return x.entityAt(p, i)
}

// entityAt gives the entity that token i names or stands for.
func (x *article) entityAt(p *parsed, i int) *entity {
	for _, m := range x.cast.mentions[p] {
		if m.titled <= i && i < m.to {
			return m.ent
		}
	}
	return x.cast.pronouns[p][i]
}

func lemmaOf(t nlp.Token) string {
	if t.Lemma != "" {
		return t.Lemma
	}
	return t.Norm
}
