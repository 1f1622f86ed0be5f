package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// sentence is a sentence, a headline or a list item of a text, in bytes.
type sentence struct {
	start, end int
	// block numbers the paragraph it stands in.
	block    int
	headline bool
}

// sentencesOf gives the sentences of a text from which claims may be taken:
// furniture and headings are left out, datelines and bullets are cut off.
func sentencesOf(t Text) []sentence {
	marks := newMarks(t)
	var out []sentence
	for i, b := range blocksOf(t.Body) {
		start, kind := marks.opening(b)
		if kind != "" && kind != SpanHeadline {
			continue
		}
		start = skipBullet(t.Body, start, b.end)
		if kind == SpanHeadline {
			out = append(out, sentence{start: start, end: b.end, block: i, headline: true})
			continue
		}
		for _, s := range splitSentences(t.Body[start:b.end]) {
			out = append(out, sentence{start: start + s[0], end: start + s[1], block: i})
		}
	}
	return out
}

// marks finds the marked spans of a text by byte.
type marks struct {
	at map[int]markedSpan
}

type markedSpan struct {
	kind SpanKind
	end  int
}

func newMarks(t Text) marks {
	m := marks{at: make(map[int]markedSpan, len(t.Spans))}
	runes := 0
	next := 0
	var open []Span
	for i := range t.Body + " " {
		for next < len(t.Spans) && t.Spans[next].Start == runes {
			m.at[i] = markedSpan{kind: t.Spans[next].Kind}
			open = append(open, Span{Kind: t.Spans[next].Kind, Start: i, End: t.Spans[next].End})
			next++
		}
		for len(open) > 0 && open[0].End == runes {
			m.at[open[0].Start] = markedSpan{kind: open[0].Kind, end: i}
			open = open[1:]
		}
		runes++
	}
	return m
}

// opening gives where the prose of a block starts, behind its dateline or
// label, and the kind of the block when all of it is marked.
func (m marks) opening(b block) (int, SpanKind) {
	s, ok := m.at[b.start]
	switch {
	case !ok:
		return b.start, ""
	case s.end < b.end:
		return s.end, ""
	}
	return b.start, s.kind
}

func skipBullet(body string, start, end int) int {
	if isBullet(body[start:end]) {
		_, size := utf8.DecodeRuneInString(body[start:])
		start += size
	}
	for start < end && (body[start] == ' ' || body[start] == '\t') {
		start++
	}
	return start
}

// splitSentences gives the sentences of a paragraph as trimmed byte spans. It
// takes the breaks of Unicode's UAX #29 and removes those behind abbreviations.
func splitSentences(p string) [][2]int {
	var out [][2]int
	start, at := 0, 0
	iter := sentences.FromString(p)
	for iter.Next() {
		at += len(iter.Value())
		if at < len(p) && joinsNext(p[start:at], p[at:]) {
			continue
		}
		if s, e := trimSpan(p, start, at); s < e {
			out = append(out, [2]int{s, e})
		}
		start = at
	}
	return out
}

func trimSpan(p string, start, end int) (int, int) {
	for start < end {
		r, n := utf8.DecodeRuneInString(p[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(p[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		end -= n
	}
	return start, end
}

// joinsNext tells whether the full stop at the end of head only closes an
// abbreviation, so that next goes on with the same sentence.
func joinsNext(head, next string) bool {
	head = strings.TrimRightFunc(head, unicode.IsSpace)
	nextWord := firstWord(next)
	if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(next)); unicode.IsLower(r) {
		return true
	}
	if !strings.HasSuffix(head, ".") {
		return danglingClose(next)
	}
	if danglingClose(next) {
		return true
	}
	word := head[strings.LastIndexFunc(head[:len(head)-1], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("(“\"‘'—–-/[", r)
	})+1:]
	word = strings.TrimLeftFunc(word, func(r rune) bool { return !isWordRune(r) })
	bare := strings.ToLower(strings.TrimSuffix(word, "."))
	switch {
	case titleAbbreviations[bare]:
		return true
	case isInitial(word):
		return !sentenceOpeners[nextWord] || len(strings.Fields(head)) == 1
	case monthAbbreviations[bare], bare == "no" || bare == "nos":
		return nextWord != "" && unicode.IsDigit(rune(nextWord[0]))
	case commonAbbreviations[bare], dotted(word):
		return !sentenceOpeners[nextWord] && !opensQuote(strings.TrimSpace(next)) && !opensReport(next)
	}
	return false
}

// danglingClose tells whether what follows is only a closing quotation mark or
// bracket that belongs to the sentence before.
func danglingClose(next string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(next))
	return r == '”' || r == ')' || r == ']'
}

// opensReport tells whether next begins as a sentence with a bare name does,
// "Noem said": a name, then a verb, where no institution goes on from "U.S.".
func opensReport(next string) bool {
	words := strings.Fields(next)
	return len(words) > 1 && verbsAfterName[words[1]] && !institutionWords[words[0]]
}

func firstWord(s string) string {
	for f := range strings.FieldsSeq(s) {
		return strings.TrimFunc(f, func(r rune) bool { return !isWordRune(r) })
	}
	return ""
}

// isInitial tells a single capital with its stop: "J."
func isInitial(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) && w[n:] == "."
}

// dotted tells letters between stops: "U.S.", "p.m.", "J.D.".
func dotted(w string) bool {
	parts := strings.Split(strings.TrimSuffix(w, "."), ".")
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if utf8.RuneCountInString(p) > 2 || p == "" {
			return false
		}
	}
	return true
}

var (
	titleAbbreviations = set(`mr|mrs|ms|mx|dr|sen|sens|rep|reps|gov|govs|gen|col|lt|sgt|capt|prof|rev|hon|pres|st|mt|ft|sec|adm|maj|cmdr|cpl|pvt|det|supt|atty|messrs|vice adm|msgr|fr|sr. fr|amb|asst|dep|insp|vs|v`)
	monthAbbreviations = set(`jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec`)
	// commonAbbreviations end a sentence as often as not: what follows decides.
	commonAbbreviations = set(`inc|corp|co|cos|ltd|llc|plc|jr|sr|esq|etc|al|dept|dist|est|approx|bros|univ|assn|ave|blvd|rd|ala|ariz|ark|calif|colo|conn|del|fla|ga|ill|ind|kan|ky|la|md|mass|mich|minn|miss|mo|mont|neb|nev|okla|ore|pa|tenn|tex|va|vt|wash|wis|wyo|n.c|s.c|n.h|n.j|n.m|n.y|n.d|s.d|r.i|w.va|d.c|cal|penn`)
	// sentenceOpeners begin a sentence where a name would not.
	sentenceOpeners = set(`The|A|An|He|She|It|They|We|I|You|This|That|These|Those|His|Her|Its|Their|Our|My|In|On|At|For|From|With|By|After|Before|When|While|As|But|And|Or|So|Yet|If|There|Here|What|Who|How|Why|Where|Some|Many|Most|Several|Both|All|No|Not|Also|However|Meanwhile|Officials|Police|According|Earlier|Later|Last|One|Two`)
	verbsAfterName  = set(`said|says|told|added|stated|was|is|has|had|will|would|also|wrote|noted|announced|did|does`)
	// institutionWords follow "U.S.", "U.K." or "U.N." inside one name.
	institutionWords = set(`Army|Navy|Senate|House|Congress|Embassy|Treasury|Customs|Capitol|Steel|Marines|Government|Attorney|Command|Forces|Ambassador|Envoy|President|Secretary|Agency|Court|Soccer|Open|Border|Immigration|Justice|State|Department|Marshals|Consulate|Mission|Military|Troops|Officials|Council|Assembly|Constitution|Supreme|Chamber|Postal|Census|Coast|Air|Central|Food|Federal|Fish|Forest|Geological|Trade|Conference|District|Circuit|Attorneys|Rep|Sen|Reps|Sens|Representative|Senator|Marine|Olympic|Bank|Bureau|Institute|Surgeon|Solicitor|Citizenship|Securities|Special|Secret|Men|Women|Green|Code`)
)
