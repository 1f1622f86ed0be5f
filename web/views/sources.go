package views

import (
	"net/url"
	"strconv"
	"time"
)

// SourcesPage lists the sources with their records.
type SourcesPage struct {
	Sources []RecordLine
	// Sort is the column by which they are ordered, Query what names have to hold.
	Sort  string
	Query string
	Next  string
	// First is true on the first part of the list.
	First bool
}

// RecordLine is a source with how its reports stand to those of others.
type RecordLine struct {
	ID           string
	Name         string
	Domain       string
	Articles     int
	Stories      int
	First        int
	Alone        int
	Agree        int
	Diverge      int
	Unattributed int
	Corrected    int
	Relayed      int
	// Last is when its newest article was published, or came.
	Last *time.Time
}

// SourcePage is one source with its record and its articles.
type SourcePage struct {
	RecordLine
	Kinds   []KindCount
	Origins []OriginLine
	List    []ArticleLine
	Next    string
	// FirstPart is true on the first part of the list of articles.
	FirstPart bool
	// Removal says how far the removal of the source is, empty for one that is kept, of
	// which Done articles of Total are done; Restorable is true where it can be taken back.
	Removal     string
	Done, Total int
	Restorable  bool
}

// OriginLine counts the articles that come from one origin.
type OriginLine struct {
	Name  string
	Known bool
	// Own is true where the source itself is the origin.
	Own      bool
	Articles int
}

// recordColumn is a column of the record: its name in addresses, its head, and what it
// counts.
type recordColumn struct {
	key, head, meaning string
	count              func(RecordLine) int
}

// recordColumns are the columns of counts. All sources are counted by the same rules.
func recordColumns() []recordColumn {
	return []recordColumn{
		{"articles", "Articles", "Articles that are stored, outside the bin.", func(l RecordLine) int { return l.Articles }},
		{"stories", "Stories", "Stories that have an article of it.", func(l RecordLine) int { return l.Stories }},
		{"first", "First to tell", "Findings that others tell too, and that it published before all of them. Where a time is unknown, or a bare day leaves it open, nobody is first.", func(l RecordLine) int { return l.First }},
		{"alone", "Told alone", "Findings that no other source of the story tells, up to now.", func(l RecordLine) int { return l.Alone }},
		{"agree", "Agrees", "Findings that others tell too, with nothing material between them.", func(l RecordLine) int { return l.Agree }},
		{"diverge", "Diverges", "Findings in which sources differ and that it tells. Which of them is right is not said.", func(l RecordLine) int { return l.Diverge }},
		{"unattributed", "Own voice", "Findings that it tells in its own voice while another source says who they come from.", func(l RecordLine) int { return l.Unattributed }},
		{"corrected", "Corrected", "Divergences that ended when it changed an article.", func(l RecordLine) int { return l.Corrected }},
		{"relayed", "From others", "Articles that come from somebody else, such as an agency, as far as they or a copy show it.", func(l RecordLine) int { return l.Relayed }},
	}
}

// query is what the address of the page says.
func (p SourcesPage) query() url.Values {
	q := url.Values{"q": {p.Query}}
	if p.Sort != "name" {
		q.Set("sort", p.Sort)
	}
	return q
}

// sortedBy is the address of the page ordered by a column.
func (p SourcesPage) sortedBy(key string) string {
	p.Sort = key
	return partAddress("/sources", p.query(), "")
}

// ariaSort says how the table is ordered by a column.
func (p SourcesPage) ariaSort(key string) string {
	switch {
	case p.Sort != key:
		return "none"
	case key == "name":
		return "ascending"
	}
	return "descending"
}

// counts are the findings that it tells.
func (l RecordLine) counts() Counts {
	return Counts{Agree: l.Agree, Diverge: l.Diverge, Single: l.Alone}
}

// laterToo says what became of what it told first.
func (l RecordLine) laterToo() string {
	return strconv.Itoa(l.First) + " told first and by others later, " + strconv.Itoa(l.Alone) + " told by nobody else so far"
}
