package ingest

import (
	"strings"
	"time"

	"corroborate/internal/claims"
)

// zonedForms are the ways in which pages write a moment with its offset.
var zonedForms = []string{
	time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z0700", "2006-01-02T15:04:05-07",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-0700",
	"2006-01-02 15:04 -0700", "2006-01-02 15:04:05 -0700 MST",
	time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 GMT", "Mon, 2 Jan 2006 15:04:05 GMT",
	"Mon Jan 02 2006 15:04:05 GMT-0700", "Mon Jan 2 2006 15:04:05 GMT-0700",
	"2006-01-02 15:04:05 UTC", "2006-01-02 15:04 UTC",
}

// dayForms are the ways in which they write a day, with a time of an unknown zone
// or without one.
var dayForms = []string{
	"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05",
	"2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006/01/02", "2006/01/02 15:04", "2006/01/02 15:04:05", "20060102",
	"20060102150405", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "2 January 2006", "2 Jan 2006", "January 2 2006",
	"January 2, 2006 15:04", "January 2, 2006 3:04 PM", "January 2, 2006 3:04PM", "Jan 2, 2006 3:04 PM", "January 2, 2006, 3:04 PM",
	"Monday, January 2, 2006", "Mon, Jan 2, 2006", "Monday, 2 January 2006", "Mon, 2 Jan 2006", "Mon Jan 2 15:04:05 2006",
	"Monday, January 2, 2006 3:04 PM", "Monday, January 2, 2006 - 15:04", "Mon, 2 Jan 2006 15:04:05", "2006-1-2",
}

// parseMoment reads a date or a time as pages write it. A time counts to the
// minute only where its offset is given; one of an unknown zone says the day, and
// so does a midnight in UTC, which is how a bare date looks after a conversion.
func parseMoment(s string) claims.Published {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 60 {
		return claims.Published{}
	}
	for _, form := range zonedForms {
		at, err := time.Parse(form, s)
		if err != nil {
			continue
		}
		p := claims.Published{At: at, Precision: claims.Minute}
		if _, offset := at.Zone(); offset == 0 && at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
			p.Precision = claims.Day
		}
		return valid(p)
	}
	for _, form := range dayForms {
		if at, err := time.Parse(form, s); err == nil {
			return valid(claims.Published{At: time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC), Precision: claims.Day})
		}
	}
	return claims.Published{}
}

// valid drops times that no page was published at, and keeps those that are
// stored as they are written.
func valid(p claims.Published) claims.Published {
	if p.Precision == claims.Minute {
		_, offset := p.At.Zone()
		p.At = p.At.In(time.FixedZone("", offset)).Truncate(time.Second)
		if offset == 0 {
			p.At = p.At.UTC()
		}
	}
	if p.At.Year() < 1990 || p.At.Year() > 2100 {
		return claims.Published{}
	}
	again, err := claims.ParsePublished(p.String())
	if err != nil {
		return claims.Published{}
	}
	return again
}

// firstMoment gives the first of several that can be read.
func firstMoment(candidates ...string) claims.Published {
	for _, s := range candidates {
		if p := parseMoment(s); !p.IsZero() {
			return p
		}
	}
	return claims.Published{}
}
