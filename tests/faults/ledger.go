package faults

import (
	"maps"
	"sync"
)

// Ledger holds what was sent to the service and what of it was acknowledged. Everything
// in it has a name of its own, by which it is found in the database.
type Ledger struct {
	mu   sync.Mutex
	book book
}

// book is what a ledger holds. Of what was sent and not acknowledged nothing is known: it
// may be stored once, or not at all.
type book struct {
	// stories and reviews lead from a title, or a note, to the id that was given, empty
	// while there was no answer.
	stories, reviews map[string]string
	// articles lead from an external id to what was sent under it.
	articles map[string]sentArticle
	// corrected are the texts that articles were given later, by id of the article.
	corrected map[string]string
	// imports lead from the id of an import to how many lines it has.
	imports map[string]int
	// judged are the ids of the edits of claims.
	judged map[string]bool
}

// sentArticle is an article, or a line of an import.
type sentArticle struct {
	text string
	// id is the article's id, empty for a line and while there was no answer.
	id string
	// acked is true once the service has answered for it.
	acked bool
	// bulk is true for a line, which is stored some time after the answer.
	bulk bool
}

// NewLedger gives an empty ledger.
func NewLedger() *Ledger {
	return &Ledger{book: book{stories: map[string]string{}, reviews: map[string]string{}, articles: map[string]sentArticle{},
		corrected: map[string]string{}, imports: map[string]int{}, judged: map[string]bool{}}}
}

// note changes the ledger.
func (l *Ledger) note(change func(*book)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(&l.book)
}

// copied gives the ledger as it is now.
func (l *Ledger) copied() book {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.book
	return book{stories: maps.Clone(b.stories), reviews: maps.Clone(b.reviews), articles: maps.Clone(b.articles),
		corrected: maps.Clone(b.corrected), imports: maps.Clone(b.imports), judged: maps.Clone(b.judged)}
}

// Acked counts what was acknowledged.
func (l *Ledger) Acked() Acked {
	b := l.copied()
	out := Acked{Corrections: len(b.corrected), Imports: len(b.imports), Judgements: len(b.judged)}
	for _, id := range b.stories {
		if id != "" {
			out.Stories++
		}
	}
	for _, id := range b.reviews {
		if id != "" {
			out.Reviews++
		}
	}
	for _, a := range b.articles {
		switch {
		case a.acked && a.bulk:
			out.Lines++
		case a.acked:
			out.Articles++
		}
	}
	return out
}

// Acked are the numbers of writes that were acknowledged.
type Acked struct{ Stories, Articles, Lines, Imports, Corrections, Reviews, Judgements int }

// Add adds the numbers of another ledger.
func (a *Acked) Add(b Acked) {
	a.Stories, a.Articles, a.Lines, a.Imports = a.Stories+b.Stories, a.Articles+b.Articles, a.Lines+b.Lines, a.Imports+b.Imports
	a.Corrections, a.Reviews, a.Judgements = a.Corrections+b.Corrections, a.Reviews+b.Reviews, a.Judgements+b.Judgements
}

// All is their sum. Lines count, and the imports that they came in do not.
func (a Acked) All() int {
	return a.Stories + a.Articles + a.Lines + a.Corrections + a.Reviews + a.Judgements
}
