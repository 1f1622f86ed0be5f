package claims

import (
	"fmt"
	"time"
)

// Article is one article as the engine takes it.
type Article struct {
	ID     string
	Source string
	Title  string
	URL    string
	// Byline is the author's line where it is known apart from the text.
	Byline    string
	Published Published
	Text      Text
	// Edits are what people have changed about its claims.
	Edits Edits
}

// Precision tells how exactly a time is known.
type Precision string

// The precisions of a publication time.
const (
	Day    Precision = "day"
	Minute Precision = "minute"
)

// Published is when an article was published. The zero value is an unknown time.
type Published struct {
	// At keeps the offset that was given; a bare date lies at midnight UTC.
	At        time.Time
	Precision Precision
}

// IsZero tells whether the time is unknown.
func (p Published) IsZero() bool { return p.At.IsZero() }

// String writes the time as it is given in reports: a date, an RFC 3339 time, or
// nothing.
func (p Published) String() string {
	switch {
	case p.IsZero():
		return ""
	case p.Precision == Day:
		return p.At.Format(time.DateOnly)
	}
	return p.At.Format(time.RFC3339)
}

// Years outside these are taken for slips of the pen.
const (
	firstYear = 1500
	lastYear  = 2999
)

// ParsePublished reads a date ("2025-03-27") or an RFC 3339 time. An empty string
// is an unknown time. The error names what was wrong and what is accepted.
func ParsePublished(s string) (Published, error) {
	if s == "" {
		return Published{}, nil
	}
	p := Published{Precision: Day}
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		p.Precision = Minute
		at, err = time.Parse(time.RFC3339, s)
	}
	if err != nil {
		return Published{}, fmt.Errorf("%q is neither a date (2025-03-27) nor an RFC 3339 time (2025-03-27T09:30:00-05:00)", s)
	}
	if at.Year() < firstYear || at.Year() > lastYear {
		return Published{}, fmt.Errorf("the year %d is outside %d to %d", at.Year(), firstYear, lastYear)
	}
	p.At = at
	return p, nil
}

// SpanKind says what a marked stretch of a text is.
type SpanKind string

// The kinds of marked spans. All of them but SpanHeadline are page furniture or
// structure from which no claim is taken.
const (
	SpanHeadline SpanKind = "headline"
	SpanHeading  SpanKind = "heading"
	SpanDateline SpanKind = "dateline"
	SpanByline   SpanKind = "byline"
	SpanCaption  SpanKind = "caption"
	SpanCredit   SpanKind = "credit"
	SpanTags     SpanKind = "tags"
	SpanControl  SpanKind = "control"
	SpanRepeat   SpanKind = "repeat"
	SpanPromo    SpanKind = "promo"
)

// Span is a marked stretch of a text, in code points.
type Span struct {
	Kind  SpanKind `json:"kind"`
	Start int      `json:"start"`
	End   int      `json:"end"`
}

// Text is what the engine reads of one revision of an article.
type Text struct {
	// Extractor is the version of the rules that made it.
	Extractor string
	Body      string
	// Spans are in order and do not overlap.
	Spans []Span
	// Credits are the facts about the article's origin that furniture and credit
	// lines give.
	Credits []Credit
	// Language is a two-letter code, empty where it cannot be told. The engine
	// reads only "en"; NotAnalysed then says why a text is left alone.
	Language    string
	NotAnalysed string
}

// Credit is a line in which an article says where it comes from.
type Credit struct {
	// Name is the outlet or agency that is credited: "Reuters".
	Name string `json:"name"`
	// Role says what it did: see [RoleSource] and the constants behind it.
	Role string `json:"role"`
	Passage
}
