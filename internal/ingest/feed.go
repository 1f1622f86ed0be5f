package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"

	"corroborate/internal/claims"
)

const (
	// maxFeedDepth is how deep the elements of a feed may be nested: the library
	// reads them by recursion, and a feed in use has about ten.
	maxFeedDepth = 200
	// maxEntries is the most entries of one document that are looked at.
	maxEntries = 5000
)

// Feed is what a feed's document says, in one form for RSS, Atom and JSON Feed.
type Feed struct {
	Title string
	// Site is the address of the page that the feed belongs to, empty where it names
	// none.
	Site string
	// Entries are in the order of the document.
	Entries []Entry
}

// Entry is one entry of a feed.
type Entry struct {
	// GUID is the feed's own id for it. It is empty where there is none, and where
	// several entries of the document carry the same one.
	GUID string
	// Link is the address of its page, empty where there is none.
	Link   string
	Title  string
	Byline string
	// Published is when it was published, Updated when it was changed, as far as the
	// feed says so.
	Published claims.Published
	Updated   claims.Published
	// Text is what the feed itself holds of the article, as plain text. Whole tells
	// that it looks like the whole article and not like a teaser.
	Text  string
	Whole bool
	// Hash changes with anything that the feed says of the entry but its id, which
	// some feeds make anew each time.
	Hash [32]byte
}

// FeedFault is why a document is no feed that can be read.
type FeedFault struct {
	// Reason may be shown to anybody.
	Reason string
	// Page is true where the document is a web page.
	Page bool
	Err  error
}

// Error gives the reason with its cause.
func (f *FeedFault) Error() string {
	if f.Err != nil {
		return f.Reason + ": " + f.Err.Error()
	}
	return f.Reason
}

// Unwrap gives the cause.
func (f *FeedFault) Unwrap() error { return f.Err }

// declaration finds the XML declaration at the start of a document.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)

// undeclared gives an XML document in UTF-8 without its declaration, which may
// name an encoding that it is not in or a version that the library refuses.
func undeclared(doc []byte) []byte {
	return doc[len(declaration.Find(doc[:min(len(doc), 1024)])):]
}

// ParseFeed reads a feed of any kind, in UTF-8. address is its own, by which
// relative links are completed. Its errors are [FeedFault]s.
func ParseFeed(doc []byte, address string) (Feed, error) {
	doc = bytes.Map(legal, undeclared(doc))
	if err := checkFeed(doc); err != nil {
		return Feed{}, err
	}
	parsed, err := readFeed(doc)
	if err != nil {
		return Feed{}, brokenFeed(err)
	}
	return feedOf(parsed, address), nil
}

// legal drops the control characters that XML refuses and no text needs.
func legal(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
		return -1
	}
	return r
}

// errLibrary says that the library broke on a document.
var errLibrary = errors.New("the parser broke")

// readFeed calls the library, which breaks on some documents: on entries of JSON
// that are null, for one.
func readFeed(doc []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if v := recover(); v != nil {
			feed, err = nil, fmt.Errorf("%w: %v", errLibrary, v)
		}
	}()
	parser := gofeed.NewParser()
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	return parser.Parse(bytes.NewReader(doc))
}

// checkFeed refuses what is no feed, with words that say what it is instead, and
// what is nested too deep to be read.
func checkFeed(doc []byte) error {
	start := bytes.TrimSpace(doc)
	switch {
	case len(start) == 0:
		return &FeedFault{Reason: "the address gives an empty document"}
	case start[0] == '{':
		return nil // the decoder of JSON bounds the depth itself
	case start[0] != '<':
		return &FeedFault{Reason: "the address gives neither XML nor JSON"}
	}
	root, err := checkElements(doc)
	switch {
	case strings.EqualFold(root, "html"):
		return &FeedFault{Reason: "the address gives a web page, not a feed", Page: true}
	case err != nil:
		return err
	case root == "":
		return &FeedFault{Reason: "the XML holds no element"}
	case strings.EqualFold(root, "opml"):
		return &FeedFault{Reason: "the address gives a list of feeds (OPML), not a feed: import it"}
	}
	return nil
}

// checkElements gives the name of the outermost element and says whether all are
// nested within bounds.
func checkElements(doc []byte) (root string, err error) {
	dec := xml.NewDecoder(bytes.NewReader(doc))
	dec.Strict = false
	for depth := 0; ; {
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return root, brokenFeed(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if root == "" && strings.HasPrefix(strings.ToLower(string(t)), "doctype html") {
				return "html", nil
			}
		case xml.StartElement:
			if root == "" {
				root = t.Name.Local
			}
			if strings.EqualFold(root, "html") {
				return root, nil
			}
			if depth++; depth > maxFeedDepth {
				return root, &FeedFault{Reason: fmt.Sprintf("its elements are nested more than %d deep", maxFeedDepth)}
			}
		case xml.EndElement:
			depth--
		}
	}
}

// brokenFeed words an error of the parser.
func brokenFeed(err error) error {
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) {
		return &FeedFault{Reason: "the document is neither RSS nor Atom nor JSON Feed", Err: err}
	}
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return &FeedFault{Reason: fmt.Sprintf("the feed's XML is broken in line %d", syntax.Line), Err: err}
	}
	return &FeedFault{Reason: "the feed cannot be read: it is broken or incomplete", Err: err}
}

// feedOf takes from the library's form what is of use here.
func feedOf(f *gofeed.Feed, address string) Feed {
	out := Feed{Title: plainLine(f.Title), Site: resolve(f.Link, address)}
	base := address
	if out.Site != "" && f.FeedType == "rss" {
		base = out.Site // RSS has no rule for it; browsers take the channel's link
	}
	items := f.Items
	if len(items) > maxEntries {
		items = items[:maxEntries]
	}
	repeated := repeatedGUIDs(items)
	for _, item := range items {
		if item == nil {
			continue
		}
		e := entryOf(item, base)
		if repeated[e.GUID] {
			e.GUID = ""
		}
		out.Entries = append(out.Entries, e)
	}
	return out
}

// repeatedGUIDs gives the ids that several entries with different links carry:
// they name nothing.
func repeatedGUIDs(items []*gofeed.Item) map[string]bool {
	links, repeated := map[string]string{}, map[string]bool{}
	for _, item := range items {
		if item == nil {
			continue
		}
		guid := guidOf(item)
		link, seen := links[guid]
		if seen && (link != item.Link || link == "") {
			repeated[guid] = true
		}
		links[guid] = item.Link
	}
	return repeated
}
