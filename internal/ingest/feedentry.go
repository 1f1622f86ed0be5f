package ingest

import (
	"crypto/sha256"
	"encoding/binary"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"corroborate/internal/claims"
)

// maxGUID is the most bytes of an entry's id; a longer one is no id.
const maxGUID = 1000

// entryOf turns an entry of the library's form into ours.
func entryOf(item *gofeed.Item, base string) Entry {
	e := Entry{GUID: guidOf(item), Link: linkOf(item, base), Title: plainLine(item.Title), Byline: bylineOf(item),
		Published: feedTime(item.Published, item.PublishedParsed), Updated: feedTime(item.Updated, item.UpdatedParsed)}
	e.Text, e.Whole = entryText(item.Content, item.Description)
	if e.Link == "" && e.Text != "" && !cutOff(e.Text) {
		e.Whole = true // there is nothing else to be had
	}
	e.Hash = hashOf(e.Link, item.Title, e.Byline, item.Published, item.Updated, item.Description, item.Content)
	return e
}

// hashOf hashes strings so that no two lists of them look alike.
func hashOf(parts ...string) [32]byte {
	h := sha256.New()
	var size [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		h.Write(size[:])
		h.Write([]byte(p))
	}
	return [32]byte(h.Sum(nil))
}

// guidOf gives the id of an entry.
func guidOf(item *gofeed.Item) string {
	guid := claims.CleanName(item.GUID)
	if len(guid) > maxGUID {
		return ""
	}
	return guid
}

// linkOf gives the address of an entry's page: its link, else its id where that
// is an address.
func linkOf(item *gofeed.Item, base string) string {
	if link := resolve(item.Link, base); link != "" {
		return link
	}
	for _, link := range item.Links {
		if link = resolve(link, base); link != "" {
			return link
		}
	}
	if strings.HasPrefix(item.GUID, "http://") || strings.HasPrefix(item.GUID, "https://") {
		return resolve(item.GUID, base)
	}
	return ""
}

// resolve completes a link by the address that it stands at. It gives nothing for
// what is no address of the web.
func resolve(link, base string) string {
	link = strings.TrimSpace(link)
	if link == "" {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	if b, err := url.Parse(base); err == nil {
		u = b.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// bylineOf names an entry's authors.
func bylineOf(item *gofeed.Item) string {
	var names []string
	for _, p := range item.Authors {
		if p == nil {
			continue
		}
		if name := plainLine(p.Name); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// zone finds a zone at the end of a time: Z, an offset, or one of zoneHours.
var zone = regexp.MustCompile(`(?:\d\s*(Z)|([+-])(\d\d):?(\d\d)|\b([A-Z]{2,4}))\)?\s*$`)

// zoneHours are the names of zones that feeds use, as the library reads them.
var zoneHours = map[string]int{"UT": 0, "GMT": 0, "UTC": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
	"PST": -8, "PDT": -7, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}

// maxOffset is the farthest that a zone lies from Greenwich, in hours.
const maxOffset = 14

// zoneOf gives the zone that a time is written in, nil where it cannot be told.
func zoneOf(written string) *time.Location {
	m := zone.FindStringSubmatch(strings.ToUpper(written))
	if m == nil {
		return nil
	}
	hours, named := zoneHours[m[5]]
	minutes := 0
	switch {
	case m[1] != "":
	case m[2] != "":
		hours, _ = strconv.Atoi(m[2] + m[3]) // the pattern has digits alone
		minutes, _ = strconv.Atoi(m[2] + m[4])
	case !named:
		return nil
	}
	if hours < -maxOffset || hours > maxOffset {
		return nil
	}
	if hours == 0 && minutes == 0 {
		return time.UTC
	}
	return time.FixedZone("", (hours*60+minutes)*60)
}

// feedTime gives a time of a feed as exactly as it is known, in the zone that it
// is written in: the library gives the instant alone. A time of day without a
// zone that can be read, which the library takes for UTC, is known to the day.
func feedTime(written string, at *time.Time) claims.Published {
	if at == nil || at.Year() < 1501 || at.Year() > 2998 {
		return claims.Published{}
	}
	if zone := zoneOf(written); zone != nil && strings.Contains(written, ":") {
		return claims.Published{At: at.In(zone).Truncate(time.Second), Precision: claims.Minute}
	}
	y, m, d := at.Date()
	return claims.Published{At: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Precision: claims.Day}
}

// plainLine makes a title or a name, which may be HTML, one line of plain text.
func plainLine(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = plainText(s)
	}
	return claims.CleanName(strings.ToValidUTF8(s, ""))
}
