package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// event is something that happened, of which papers tell.
type event struct {
	number       int
	kind         kind
	place, river string
	chief, other string // who speaks
	day          time.Time
	// figures are numbers that the sentences of the kind take, in order.
	figures [4]int
}

// kind is a sort of event with the sentences that tell it, each in several wordings.
// In them %p is the place, %r a river, street or firm, %c and %o two people, %1 to %4
// the figures and %d the day of the week.
type kind struct {
	title     []string
	sentences [][]string
}

func newEvent(r *rand.Rand, number int) event {
	e := event{number: number, kind: kinds[r.IntN(len(kinds))], place: name(r, 3+r.IntN(2)), river: name(r, 3),
		day: time.Date(2025, 1, 6, 6, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(90*24)) * time.Hour)}
	e.chief, e.other = person(r), person(r)
	for i := range e.figures {
		e.figures[i] = 3 + r.IntN([]int{40, 300, 4000, 90}[i])
	}
	return e
}

// article tells the event in the words of one paper.
func (e event) article(r *rand.Rand, i int) article {
	paper := papers[(e.number*7+i*5)%len(papers)]
	told := e
	if r.IntN(3) == 0 { // this paper has another number
		told.figures[r.IntN(4)] += 1 + r.IntN(9)
	}
	var paragraphs []string
	var now []string
	for k, ways := range e.kind.sentences {
		if k > 2 && r.IntN(5) == 0 {
			continue // not every paper tells all
		}
		now = append(now, told.fill(ways[r.IntN(len(ways))]))
		if len(now) == 2 || r.IntN(3) == 0 {
			paragraphs, now = append(paragraphs, strings.Join(now, " ")), nil
		}
	}
	for _, k := range r.Perm(len(background))[:5+r.IntN(5)] {
		ways := background[k]
		paragraphs = append(paragraphs, told.fill(ways[r.IntN(len(ways))]))
	}
	now = append(now, told.fill(asides[r.IntN(len(asides))]))
	paragraphs = append(paragraphs, strings.Join(now, " "))
	id := fmt.Sprintf("%05d-%d", e.number, i)
	return article{ExternalID: "bulk-" + id, Source: paper, Title: told.fill(e.kind.title[r.IntN(len(e.kind.title))]),
		URL:    "https://" + strings.ReplaceAll(strings.ToLower(paper), " ", "") + ".example/news/" + id,
		Byline: person(r), PublishedAt: e.day.Add(time.Duration(2+r.IntN(20)) * time.Hour).Format(time.RFC3339),
		Text: strings.Join(paragraphs, "\n\n")}
}

// fill puts the event's names and numbers into a sentence.
func (e event) fill(s string) string {
	return strings.NewReplacer("%p", e.place, "%r", e.river, "%c", e.chief, "%o", e.other, "%d", e.day.Weekday().String(),
		"%1", thousands(e.figures[0]), "%2", thousands(e.figures[1]), "%3", thousands(e.figures[2]), "%4", thousands(e.figures[3])).Replace(s)
}

// thousands writes a number as papers do.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// name makes a name of a place up.
func name(r *rand.Rand, syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteString(starts[r.IntN(len(starts))])
	}
	s := b.String() + ends[r.IntN(len(ends))]
	return strings.ToUpper(s[:1]) + s[1:]
}

func person(r *rand.Rand) string {
	return given[r.IntN(len(given))] + " " + name(r, 3)
}
