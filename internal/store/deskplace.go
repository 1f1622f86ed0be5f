package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// DeskPlace is the place of a finding in a list of a desk: what the list is ordered by,
// written out, and the id that follows it.
type DeskPlace struct {
	List DeskList `json:"l"`
	Keys []string `json:"k"`
	ID   string   `json:"i"`
}

// Fits tells whether a place is one of a list.
func (p DeskPlace) Fits(l DeskList) bool {
	keys := deskLists[l].keys
	if p.List != l || len(p.Keys) != len(keys) {
		return false
	}
	for i, k := range keys {
		if !k.reads(p.Keys[i]) {
			return false
		}
	}
	return true
}

// deskTime is how the time of a place is written.
const deskTime = "2006-01-02T15:04:05.000000Z"

// reads tells whether a key can be read again.
func (k deskKey) reads(s string) bool {
	var err error
	switch k.kind {
	case "integer":
		_, err = strconv.ParseInt(s, 10, 32)
	case "date":
		_, err = time.Parse(time.DateOnly, s)
	default:
		_, err = time.Parse(deskTime, s)
	}
	return err == nil
}

// text writes a key out.
func (k deskKey) text() string {
	switch k.kind {
	case "date":
		return "to_char(" + k.column + ", 'YYYY-MM-DD')"
	case "timestamptz":
		return "to_char(" + k.column + ` AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
	}
	return k.column + "::text"
}

// placeColumns selects a row's place.
func (l deskList) placeColumns() string {
	texts := make([]string, len(l.keys))
	for i, k := range l.keys {
		texts[i] = k.text()
	}
	return "ARRAY[" + strings.Join(texts, ", ") + "]::text[] AS keys, " + l.id + "::text AS key_id"
}

// order is what a list goes by.
func (l deskList) order() string {
	out := ""
	for _, k := range l.keys {
		out += k.column
		if k.down {
			out += " DESC"
		}
		out += ", "
	}
	return out + l.id
}

// behind limits a list to what comes behind a place, nothing for nil. The list needs a
// WHERE.
func (l deskList) behind(p *DeskPlace, args named) string {
	if p == nil {
		return ""
	}
	args["place_id"] = p.ID
	condition := l.id + " > @place_id::uuid"
	for i := len(l.keys) - 1; i >= 0; i-- {
		k, beyond := l.keys[i], ">"
		if k.down {
			beyond = "<"
		}
		name := fmt.Sprintf("place_%d", i)
		args[name] = p.Keys[i]
		value := "@" + name + "::text::" + k.kind
		// The first half alone serves an index.
		condition = fmt.Sprintf("%[1]s %[2]s= %[3]s AND (%[1]s %[2]s %[3]s OR %[4]s)", k.column, beyond, value, condition)
	}
	return " AND " + condition
}
