package claims

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// origin is who a report comes from.
type origin struct {
	name  string
	key   string
	known bool
}

// origins are who the articles of a story and their statements come from.
type origins struct {
	articles   map[*article]origin
	statements map[*statement]origin
}

// originsOf gives each article's origin: what it says of itself, else, for a copy,
// the origin of what it was copied from, else the source itself. A statement has
// the outlet's that the article has it from ("…, Northwire reported"), else that of
// the text from which its passage was copied, else its article's.
func (e *Engine) originsOf(arts []*article) origins {
	o := origins{articles: map[*article]origin{}, statements: map[*statement]origin{}}
	names := e.newOriginNames(arts)
	for _, a := range arts {
		o.articles[a] = names.stated(a)
	}
	matches := e.copyMatches(arts, o.articles)
	o.followCopies(matches)
	for _, a := range arts {
		told := names.relays(a)
		for _, s := range a.claims {
			if from, ok := told[s]; ok {
				o.statements[s] = from
			}
		}
	}
	for _, a := range arts {
		for _, s := range a.claims {
			if _, told := o.statements[s]; !told {
				o.statements[s] = o.ofPassage(s, matches[a])
			}
		}
	}
	return o
}

// copied is what an article shares with one that comes before it: passages in bytes
// of its own text.
type copied struct {
	from     *article
	passages [][2]int
	// whole is true where nearly all of the article is the other's, sure where their times
	// or a credit say which of both was first.
	whole, sure bool
}

// copyMatches holds the texts of a story against one another. What an article shares
// is listed with the one that comes first in rank, the highest first.
func (e *Engine) copyMatches(arts []*article, stated map[*article]origin) map[*article][]copied {
	texts := make([]copyText, len(arts))
	for i, a := range arts {
		texts[i] = newCopyText(a.Text)
	}
	order := make([]int, len(arts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return rank(arts[i], arts[j], stated[arts[i]].known, stated[arts[j]].known)
	})
	out := map[*article][]copied{}
	for n, i := range order {
		for _, j := range order[:n] {
			m := matchCopies(texts[i], texts[j])
			if len(m.passages) == 0 && !m.wholly() {
				continue
			}
			c := copied{from: arts[j], whole: m.wholly(), sure: stated[arts[j]].known || earlier(arts[j], arts[i]) != 0}
			for _, p := range m.passages {
				c.passages = append(c.passages, [2]int{texts[i].words[p.a[0]].start, texts[i].words[p.a[1]-1].end})
			}
			out[arts[i]] = append(out[arts[i]], c)
		}
	}
	return out
}

// rank orders articles by who may have the text from whom: those that name the
// origin, then the earlier, then those without a time, then the longer, as copies are
// cut more often than they are drawn out.
func rank(a, b *article, aKnown, bKnown bool) int {
	return cmp.Or(-cmpBool(aKnown, bKnown), -cmpBool(!a.Published.IsZero(), !b.Published.IsZero()),
		cmp.Compare(day(a), day(b)), earlier(a, b), -cmp.Compare(len(a.body), len(b.body)))
}

func cmpBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func day(a *article) int64 { return a.Published.At.UTC().Truncate(24 * time.Hour).Unix() }

// earlier compares two articles by their times as exactly as both are known, 0 where
// they do not tell.
func earlier(a, b *article) int {
	if a.Published.IsZero() || b.Published.IsZero() {
		return 0
	}
	if a.Published.Precision == Minute && b.Published.Precision == Minute {
		return a.Published.At.Compare(b.Published.At)
	}
	return cmp.Compare(day(a), day(b))
}

// followCopies gives copies that name no origin that of what they were copied from.
func (o origins) followCopies(matches map[*article][]copied) {
	done := map[*article]bool{}
	var follow func(a *article)
	follow = func(a *article) {
		if done[a] {
			return
		}
		done[a] = true
		if o.articles[a].known {
			return
		}
		for _, c := range matches[a] {
			if c.whole {
				follow(c.from) // it stands before this one in rank, so this ends
				from := o.articles[c.from]
				from.known = from.known || c.sure
				o.articles[a] = from
				return
			}
		}
	}
	for a := range matches {
		follow(a)
	}
}

// copiedPart is the share of a statement that must stand in a copied passage for it
// to be copied.
const copiedPart = 0.6

// ofPassage gives a statement the origin of the first text that has its passage.
func (o origins) ofPassage(s *statement, matches []copied) origin {
	own := o.articles[s.art]
	start, end := s.art.span(s.draft)
	for _, c := range matches {
		for _, p := range c.passages {
			if both := min(end, p[1]) - max(start, p[0]); float64(both) < copiedPart*float64(end-start) {
				continue
			}
			if own.known && o.articles[c.from].known {
				return own // two credits: each is taken at its word
			}
			from := o.articles[c.from]
			from.known = from.known || c.sure
			return from
		}
	}
	return own
}

// originNames finds the keys of origins: outlets by the gazetteer, the sources of a
// story by their names and home domains.
type originNames struct {
	e *Engine
	// homes are the sources of the story by the domains of their addresses.
	homes map[string]string
}

func (e *Engine) newOriginNames(arts []*article) originNames {
	n := originNames{e: e, homes: map[string]string{}}
	for _, a := range arts {
		if host, ok := e.gaz.Outlet(a.URL); ok && a.URL != "" {
			n.homes[host] = a.Source
		}
	}
	return n
}

// named gives the origin of a name, a domain or an address.
func (n originNames) named(name string, known bool) origin {
	key, ok := n.e.gaz.Outlet(name)
	if home := n.homes[key]; ok && home != "" {
		name = home
		if k, known := n.e.gaz.Outlet(home); known {
			key = k
		} else {
			key = bareName(home)
		}
	}
	if !ok {
		key = bareName(name)
	}
	return origin{name: name, key: key, known: known}
}

// bareName folds a name without its article.
func bareName(name string) string {
	return strings.TrimPrefix(strings.Join(strings.Fields(fold(name)), " "), "the ")
}

// agency tells an origin whose text others print.
func (n originNames) agency(o origin) bool { return n.e.gaz.Agency(o.key) }
