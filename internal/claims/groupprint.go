package claims

import (
	"math"
	"strings"
	"unicode"

	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/nlp/lexicon"
)

// Fingerprint is what grouping keeps of an article: the terms that tell what it is
// about. It is what a database stores, so that a text need not be read again.
type Fingerprint struct {
	// Terms are dampened counts by base form in lower case.
	Terms map[string]float64 `json:"terms"`
	// Names are those of the terms that are names, as the article writes them.
	Names map[string]string `json:"names,omitempty"`
	// Days are the days of the week that are named.
	Days weekdays `json:"days,omitempty"`
}

const (
	// fingerprintWords bounds the words of a text that are counted: news tells what
	// it is about early.
	fingerprintWords = 400
	// leadWords count twice.
	leadWords = 60
	// fingerprintTerms is the most terms that are kept, the heaviest: what is told in
	// passing makes texts alike that are on different events.
	fingerprintTerms = 64
)

// Fingerprint counts the names and terms of an article.
func (e *Engine) Fingerprint(a Article) Fingerprint {
	c := e.countTerms(a)
	counts := make(map[string]float64, len(c.counts))
	for t, n := range c.counts {
		counts[t] = 1 + math.Log(n)
	}
	m := e.newMeasure(Placing{Fingerprint: Fingerprint{Terms: counts}})
	kept := heaviest(m.weights)
	kept = kept[:min(len(kept), fingerprintTerms)]
	f := Fingerprint{Terms: make(map[string]float64, len(kept)), Names: map[string]string{}, Days: c.days}
	for _, t := range kept {
		f.Terms[t] = math.Round(counts[t]*100) / 100
		if c.named[t] > c.plain[t] {
			f.Names[t] = c.written[t]
		}
	}
	return f
}

// termCount counts the terms of a text.
type termCount struct {
	lex    *lexicon.Lexicon
	counts map[string]float64
	// named and plain count capitals and small letters where both are possible: not in
	// headlines, and not where a sentence opens.
	named, plain map[string]int
	written      map[string]string
	days         weekdays
}

func (e *Engine) countTerms(a Article) *termCount {
	c := &termCount{lex: e.lex, counts: map[string]float64{}, named: map[string]int{}, plain: map[string]int{}, written: map[string]string{}}
	body := a.Text.Body
	if a.Title != "" && !strings.Contains(body, a.Title) {
		body = a.Title + "\n\n" + body
	}
	n := 0
	for _, s := range sentencesOf(Text{Body: body, Spans: a.shiftedSpans(body)}) {
		for i, t := range nlp.Tokenize(body, s.start, s.end) {
			if isPunct(t) {
				continue
			}
			if n++; n > fingerprintWords {
				return c
			}
			weight := 1.0
			if n <= leadWords {
				weight = 2
			}
			c.add(t.Text, weight, i == 0 || s.headline)
		}
	}
	return c
}

// shiftedSpans gives the spans of an article's text where body begins with its
// title.
func (a Article) shiftedSpans(body string) []Span {
	shift := len([]rune(body)) - len([]rune(a.Text.Body))
	out := make([]Span, len(a.Text.Spans))
	for i, s := range a.Text.Spans {
		out[i] = Span{Kind: s.Kind, Start: s.Start + shift, End: s.End + shift}
	}
	return out
}

// add counts one word. Where either can be, capitals say nothing about it.
func (c *termCount) add(word string, weight float64, either bool) {
	w := fold(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s"))
	c.days |= weekdayBits[w]
	term := c.term(w)
	if term == "" {
		return
	}
	c.counts[term] += weight
	switch capital := unicode.IsUpper([]rune(word)[0]); {
	case either:
	case capital:
		c.named[term]++
		c.written[term] = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
	default:
		c.plain[term]++
	}
}

// term gives the base form under which a folded word is counted, empty for one
// that tells nothing of an event.
func (c *termCount) term(w string) string {
	digits := strings.ContainsFunc(w, unicode.IsDigit)
	if idleWord(w) || len(w) < 3 && !(digits && len(w) == 2) {
		return ""
	}
	term := c.lex.Lemma(w, lexicon.Noun)
	if term == w {
		term = c.lex.Lemma(w, lexicon.Verb)
	}
	if idleWord(term) {
		return ""
	}
	return term
}

// idleWord tells the words that stand in reports on anything.
func idleWord(w string) bool {
	return stopLemmas[w] || functionWords[w] || idleWords[w] || weekdayBits[w] != 0
}

// idleWords are words of grammar, of the calendar and of reporting.
var idleWords = set(`'re|'ve|'ll|'m|'d|an|at|by|if|in|of|on|or|to|we|us|my|i|he|it|a|me|as|is|do|so|no|am|
about|above|according|across|after|again|against|ago|ahead|along|already|although|among|amid|another|any|anyone|anything|around|
away|because|before|behind|being|below|beneath|beside|besides|between|beyond|despite|did|does|doing|done|during|either|else|
every|everyone|everything|except|far|few|five|for|former|four|further|having|here|hers|herself|himself|hour|inside|instead|
itself|last|late|later|latter|least|less|let|like|likely|little|mine|minute|month|myself|near|nearly|neither|next|nobody|none|nor|
nothing|off|often|once|ones|others|otherwise|ours|ourselves|outside|past|per|perhaps|quite|rather|second|several|shall|since|six|
somebody|someone|something|sometimes|soon|ten|themselves|though|three|through|throughout|thus|till|together|tomorrow|tonight|
toward|towards|two|under|unless|unlike|until|upon|versus|via|week|whatever|whenever|wherever|whether|while|whoever|whole|whom|
whose|within|without|year|yes|yesterday|yet|yours|yourself|first|new|day|night|morning|afternoon|evening|today|
january|february|march|april|june|july|august|september|october|november|december|
jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|am|pm|
ask|call|come|news|report|spokesman|spokeswoman|statement|story`)
