package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MaxQuery is the most characters of a query that count.
	MaxQuery = 400
	// maxTerms is the most words and phrases that count: each costs a look into the
	// index.
	maxTerms = 20
)

// Parse reads a query. It takes anything: what cannot be understood is in the
// query's Problems.
func Parse(text string) Query {
	p := parser{q: Query{Raw: clean(text)}}
	if n := utf8.RuneCountInString(p.q.Raw); n > MaxQuery {
		p.q.Raw = string([]rune(p.q.Raw)[:MaxQuery])
		p.problem("", "The query is too long: only its first 400 characters count.")
	}
	for p.at < len(p.q.Raw) {
		p.token()
	}
	return p.q
}

// clean takes out what is no text and makes all space between words one space.
func clean(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case r == utf8.RuneError:
			return -1
		}
		return r
	}, text)), " ")
}

// parser goes through a query from its start to its end.
type parser struct {
	q     Query
	at    int
	terms int
	// or is true behind OR: the next term joins the last group.
	or bool
	// open is true where the last thing that was read is a term that OR may follow.
	open bool
	full bool
}

func (p *parser) problem(part, message string) {
	p.q.Problems = append(p.q.Problems, Problem{Part: part, Message: message})
}

// token reads the next part of the query.
func (p *parser) token() {
	start := p.at
	if p.q.Raw[p.at] == ' ' {
		p.at++
		return
	}
	not := p.q.Raw[p.at] == '-'
	for p.at < len(p.q.Raw) && p.q.Raw[p.at] == '-' {
		p.at++
	}
	if quoted, ok := p.quoted(); ok {
		p.term(Term{Text: quoted, Phrase: true, start: start, end: p.at}, not)
		return
	}
	word := p.word()
	switch name, value, ok := strings.Cut(word, ":"); {
	case ok && known(name):
		p.filter(filterToken{name: strings.ToLower(name), value: value, part: p.q.Raw[start:p.at], not: not,
			span: span{name: strings.ToLower(name), start: start, end: p.at}})
	case ok && nearest(name) != "":
		p.problem(p.q.Raw[start:p.at], "There is no filter “"+name+":”. Did you mean “"+nearest(name)+":”?")
	case !not && (word == "OR" || word == "|"):
		p.or = p.open
	default:
		p.bare(word, not)
	}
}

// bare takes a word without what stands around it.
func (p *parser) bare(word string, not bool) {
	end := p.at
	text := strings.TrimRightFunc(word, around)
	end -= len(word) - len(text)
	trimmed := strings.TrimLeftFunc(text, around)
	if trimmed != "" {
		p.term(Term{Text: trimmed, start: end - len(trimmed), end: end}, not)
	}
}

// around tells what may stand around a word without being a part of it.
func around(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}

// word reads up to the next space. Quotation marks behind the colon of a filter hold
// what has spaces: source:"The Wire".
func (p *parser) word() string {
	var b strings.Builder
	colon := false
	for p.at < len(p.q.Raw) && p.q.Raw[p.at] != ' ' {
		if colon {
			if quoted, ok := p.quoted(); ok {
				b.WriteString(quoted)
				break
			}
		}
		r, size := utf8.DecodeRuneInString(p.q.Raw[p.at:])
		colon = r == ':' && (known(b.String()) || nearest(b.String()) != "")
		b.WriteRune(r)
		p.at += size
	}
	return b.String()
}

// quoted reads what stands in quotation marks from here on, ok where there are any.
// One that is not closed reaches to the end.
func (p *parser) quoted() (text string, ok bool) {
	rest := p.q.Raw[p.at:]
	first, size := utf8.DecodeRuneInString(rest)
	if !quotation(first) {
		return "", false
	}
	end := strings.IndexFunc(rest[size:], quotation)
	if end < 0 {
		p.at = len(p.q.Raw)
		p.problem(rest, "The quotation mark is not closed: all that follows it was taken as one phrase.")
		return strings.TrimSpace(rest[size:]), true
	}
	_, last := utf8.DecodeRuneInString(rest[size+end:])
	p.at += size + end + last
	return strings.TrimSpace(rest[size : size+end]), true
}

func quotation(r rune) bool {
	return r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»'
}

// term adds a term to the query.
func (p *parser) term(t Term, not bool) {
	joins := p.or
	p.or, p.open = false, false
	if strings.IndexFunc(t.Text, func(r rune) bool { return !around(r) }) < 0 {
		return // nothing of it can be looked for
	}
	if p.terms++; p.terms > maxTerms {
		if !p.full {
			p.problem(t.Text, "There are too many words: only the first 20 count.")
		}
		p.full = true
		return
	}
	switch {
	case not:
		p.q.Not = append(p.q.Not, t)
	case joins:
		last := len(p.q.All) - 1
		p.q.All[last] = append(p.q.All[last], t)
		p.open = true
	default:
		p.q.All = append(p.q.All, Group{t})
		p.open = true
	}
}
