package papers

import (
	"cmp"
	"fmt"
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
	brief   bool
}

// kind is a sort of event with the sentences that tell it, each in several wordings.
// In them %p is the place, %r a river, street or firm, %c and %o two people, %1 to %4
// the figures and %d the day of the week.
type kind struct {
	title     []string
	sentences [][]string
}

func (w writer) newEvent(number int) event {
	e := event{number: number, kind: kinds[w.r.IntN(len(kinds))], place: w.name(w.Rare), river: w.name(w.Rare),
		day: w.From.Add(time.Duration(w.r.IntN(w.Days*24)) * time.Hour)}
	e.chief, e.other = w.person(), w.person()
	for i := range e.figures {
		e.figures[i] = 3 + w.r.IntN([]int{40, 300, 4000, 90}[i])
	}
	return e
}

// article tells the event in the words of one paper.
func (w writer) article(e event, i int) Article {
	paper := papers[(e.number*7+i*5)%len(papers)]
	told := e
	if w.r.IntN(3) == 0 { // this paper has another number
		told.figures[w.r.IntN(4)] += 1 + w.r.IntN(9)
	}
	id := fmt.Sprintf("%05d-%d%s", e.number, i, w.Rare)
	return Article{ExternalID: "bulk-" + id, Source: paper, Title: told.fill(w.one(e.kind.title)),
		URL:    "https://" + strings.ReplaceAll(strings.ToLower(paper), " ", "") + ".example/news/" + id,
		Byline: w.person(), PublishedAt: e.day.Add(time.Duration(2+w.r.IntN(20)) * time.Hour).Format(time.RFC3339),
		Text: w.text(told)}
}

// text tells an event in paragraphs.
func (w writer) text(told event) string {
	var paragraphs, now []string
	for k, ways := range told.kind.sentences {
		if k > 1 && told.brief && w.r.IntN(5) > 0 || k > 2 && w.r.IntN(5) == 0 {
			continue // not every paper tells all
		}
		now = append(now, told.fill(w.one(ways)))
		if len(now) == 2 || w.r.IntN(3) == 0 {
			paragraphs, now = append(paragraphs, strings.Join(now, " ")), nil
		}
	}
	if !told.brief {
		for _, k := range w.r.Perm(len(background))[:5+w.r.IntN(5)] {
			paragraphs = append(paragraphs, told.fill(w.one(background[k])))
		}
		now = append(now, told.fill(w.one(asides)))
	}
	if len(now) > 0 {
		paragraphs = append(paragraphs, strings.Join(now, " "))
	}
	return strings.Join(paragraphs, "\n\n")
}

// one gives one of several wordings.
func (w writer) one(of []string) string { return of[w.r.IntN(len(of))] }

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

// name makes a name of a place up, with a syllable in its middle.
func (w writer) name(middle string) string {
	s := w.one(starts) + w.one(starts) + cmp.Or(middle, w.one(starts)) + w.one(ends)
	return strings.ToUpper(s[:1]) + s[1:]
}

func (w writer) person() string { return w.one(given) + " " + w.name(w.Often) }
