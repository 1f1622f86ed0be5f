package views

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"corroborate/web/views/ui"
)

// OverviewPage shows how the findings of all stories divide.
type OverviewPage struct {
	Stories int
	Sources int
	Counts  Counts
	// Undated counts the findings of stories of which no article's time is known.
	Undated int
	// Weeks are those with findings, the newest first; Kinds the kinds of difference that
	// occur, the most frequent first.
	Weeks []WeekLine
	Kinds []KindCount
}

// WeekLine counts the findings of the stories that began in a week.
type WeekLine struct {
	Monday  time.Time
	Stories int
	Counts  Counts
}

// shared counts the findings that two or more sources tell.
func (w WeekLine) shared() int { return w.Counts.Agree + w.Counts.Diverge }

// divergeShare is how much of what two or more sources tell diverges.
func (w WeekLine) divergeShare() float64 {
	if w.shared() == 0 {
		return 0
	}
	return float64(w.Counts.Diverge) / float64(w.shared())
}

// day writes the first day of a week.
func (w WeekLine) day() string { return w.Monday.Format("2 Jan 2006") }

// share writes how much diverges.
func (w WeekLine) share() string {
	if w.shared() == 0 {
		return "–"
	}
	return wholePercent(w.divergeShare())
}

// weekColumn is a column of the chart: the place of a week and its parts, from the top
// of a field of 100.
type weekColumn struct {
	X, Agree, Diverge string // where it begins, and the heights of its parts
	Empty             bool
}

// columns are the weeks up to the newest one, with those of which there is nothing.
func (p OverviewPage) columns() []weekColumn {
	by := map[time.Time]WeekLine{}
	for _, w := range p.Weeks {
		by[w.Monday] = w
	}
	var out []weekColumn
	for at := p.firstWeek(); !at.After(p.Weeks[0].Monday); at = at.AddDate(0, 0, 7) {
		w := by[at]
		diverge := 100 * w.divergeShare()
		out = append(out, weekColumn{X: strconv.Itoa(len(out) * columnStep), Diverge: coordinate(diverge),
			Agree: coordinate(100 - diverge), Empty: w.shared() == 0})
	}
	return out
}

// firstWeek is the first week of the chart. Few weeks stand at its right end, so that a
// column is never wide; of very many the newest are shown.
func (p OverviewPage) firstWeek() time.Time {
	oldest, newest := p.Weeks[len(p.Weeks)-1].Monday, p.Weeks[0].Monday
	span := int(newest.Sub(oldest).Hours()/(7*24)) + 1
	return newest.AddDate(0, 0, -7*(min(max(span, minColumns), maxColumns)-1))
}

// The columns of the chart: how far one is from the next, how wide it is, and how many
// are shown.
const (
	columnStep  = 10
	columnWidth = 8
	minColumns  = 26
	maxColumns  = 52
)

// weeksInWords is what the chart says.
func (p OverviewPage) weeksInWords() string {
	newest, oldest := p.Weeks[0], p.Weeks[len(p.Weeks)-1]
	return fmt.Sprintf("Share of findings told by two or more sources that diverge, by week: %s in the week of %s, %s in that of %s. The table has all weeks.",
		oldest.share(), oldest.day(), newest.share(), newest.day())
}

// kindShare is the length of a kind's bar, of 100.
func (p OverviewPage) kindShare(k KindCount) string {
	most := 1
	for _, other := range p.Kinds {
		most = max(most, other.Count)
	}
	return coordinate(100 * float64(k.Count) / float64(most))
}

// CoveragePage shows when the sources of a story published.
type CoveragePage struct {
	StoryID string
	Title   string
	Span    time.Duration
	Reports []CoverageLine
}

// CoverageLine is an article in a story's coverage.
type CoverageLine struct {
	Article  ArticleLine
	SourceID string
	// After is how long after the first article it was published.
	After         time.Duration
	FirstOfSource bool
}

// dated tells whether the time is known.
func (l CoverageLine) dated() bool { return !l.Article.Published.IsZero() }

// at is the line's place between the first article and the last, of 98.
func (p CoveragePage) at(l CoverageLine) string {
	if p.Span <= 0 {
		return "0"
	}
	return coordinate(98 * float64(l.After) / float64(p.Span))
}

// sources counts the sources, and those of which a time is known.
func (p CoveragePage) sources() int {
	n := 0
	for _, l := range p.Reports {
		if l.FirstOfSource {
			n++
		}
	}
	return n
}

// inWords says how fast others followed.
func (p CoveragePage) inWords() string {
	var first []CoverageLine
	for _, l := range p.Reports {
		if l.FirstOfSource && l.dated() {
			first = append(first, l)
		}
	}
	if len(first) < 2 {
		return "Times of at least two sources are needed to say how fast others followed."
	}
	half := first[(len(first)-1)/2]
	return fmt.Sprintf("%s was first. The second source followed after %s, half of the sources had it after %s, the last came after %s.",
		first[0].Article.Source, Lag(first[1].After), Lag(half.After), Lag(first[len(first)-1].After))
}

// Lag writes how much later something came, as exactly as a reader needs it.
func Lag(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "0 min"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " min"
	case d < 48*time.Hour:
		if minutes := int(d.Minutes()) % 60; minutes > 0 {
			return fmt.Sprintf("%d h %d min", int(d.Hours()), minutes)
		}
		return strconv.Itoa(int(d.Hours())) + " h"
	}
	return strconv.Itoa(int(d.Hours()/24)) + " days"
}

// hours groups the articles by the hour after the first in which they came, for the
// hours that have some.
func (p CoveragePage) hours() []hourLine {
	var out []hourLine
	for _, l := range p.Reports {
		if !l.dated() {
			continue
		}
		hour := int(l.After.Hours())
		i := slices.IndexFunc(out, func(h hourLine) bool { return h.Hour == hour })
		if i < 0 {
			out = append(out, hourLine{Hour: hour})
			i = len(out) - 1
		}
		out[i].Articles++
	}
	return out
}

// hourLine counts the articles of one hour after the first.
type hourLine struct{ Hour, Articles int }

// storyOrders are the orders of the list of stories.
func storyOrders() []ui.Choice {
	return []ui.Choice{{Value: "open", Label: "most to review"}, {Value: "newest", Label: "newest"}, {Value: "sources", Label: "most sources"}, {Value: "title", Label: "title"}}
}

// partAddress is the address of a part of a list that is filtered and sorted.
func partAddress(path string, query url.Values, cursor string) string {
	q := url.Values{}
	for name, values := range query {
		if len(values) > 0 && values[0] != "" {
			q.Set(name, values[0])
		}
	}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// tabCurrent is the value of aria-current for a tab.
func tabCurrent(here bool) string {
	if here {
		return "page"
	}
	return "false"
}
