package claims

import (
	"strings"
)

// origin is who a report comes from.
type origin struct {
	name  string
	key   string
	known bool
}

// copyShare is the share of the shorter text's shingles that must stand in the
// other for one to be a copy of the other. News copies are trimmed and given a
// new headline; independent reports of one event share well under a fifth.
const copyShare = 0.5

// shingleWords is the length of the word sequences that are compared.
const shingleWords = 6

// originsOf gives each article's origin: what its credit lines, its dateline or
// its opening paragraphs say, else, for a copy, the origin of what it was copied
// from, else the source itself.
func (e *Engine) originsOf(arts []*article) map[*article]origin {
	out := map[*article]origin{}
	for _, a := range arts {
		out[a] = e.statedOrigin(a)
	}
	shingles := make([]map[string]bool, len(arts))
	for i, a := range arts {
		shingles[i] = shinglesOf(a.body)
	}
	for i, a := range arts {
		for j := range i {
			b := arts[j]
			if out[a].key == out[b].key || contained(shingles[i], shingles[j]) < copyShare {
				continue
			}
			first, copyOf := b, a
			if out[a].known && !out[b].known || before(a, b) && out[a].known == out[b].known {
				first, copyOf = a, b
			}
			o := out[first]
			o.known = true
			out[copyOf] = o
		}
	}
	return out
}

func before(a, b *article) bool {
	return !a.Published.IsZero() && !b.Published.IsZero() && a.Published.At.Before(b.Published.At)
}

// statedOrigin reads the origin that an article gives itself.
func (e *Engine) statedOrigin(a *article) origin {
	for _, role := range []string{"source", "wire"} {
		for _, c := range a.Text.Credits {
			if c.Role == role {
				return e.namedOrigin(c.Name, true)
			}
		}
	}
	if name := e.openingOutlet(a); name != "" {
		return e.namedOrigin(name, true)
	}
	return e.namedOrigin(a.Source, false)
}

func (e *Engine) namedOrigin(name string, known bool) origin {
	if k, ok := e.gaz.Outlet(name); ok {
		return origin{name: name, key: k, known: known}
	}
	return origin{name: name, key: fold(name), known: known}
}

// openingSentences is how far into a text an outlet that "reported" this is taken
// for the origin of the whole: later it vouches for one fact.
const openingSentences = 4

// openingOutlet gives another outlet that the opening of an article is attributed
// to: "…, Breitbart reported."
func (e *Engine) openingOutlet(a *article) string {
	n := 0
	for _, p := range a.sents {
		if p.headline {
			continue
		}
		if n++; n > openingSentences {
			return ""
		}
		for i, t := range p.toks {
			if lemmaOf(t) != "report" && lemmaOf(t) != "write" || !isVerb(t) {
				continue
			}
			s := p.kid(i, "nsubj")
			if s < 0 || !isName(p.toks[s]) {
				continue
			}
			from, to := p.left[s], s+1
			name := strings.TrimPrefix(p.words(a.body, from, to), "the ")
			if key, ok := e.gaz.Outlet(name); ok && key != e.namedOrigin(a.Source, false).key {
				return name
			}
		}
	}
	return ""
}

// shinglesOf gives the word sequences of a text.
func shinglesOf(body string) map[string]bool {
	words := strings.FieldsFunc(fold(body), func(r rune) bool { return !isWordRune(r) })
	out := make(map[string]bool, len(words))
	for i := 0; i+shingleWords <= len(words); i++ {
		out[strings.Join(words[i:i+shingleWords], " ")] = true
	}
	return out
}

// contained gives the share of the smaller set that the other holds.
func contained(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < shingleWords {
		return 0
	}
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}
