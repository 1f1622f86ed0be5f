package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"corroborate/internal/claims"
)

// The bounds of an OPML document.
const (
	MaxOPML       = 1 << 20
	maxOutlines   = 5000
	maxOPMLDepth  = 32
	opmlNamespace = "urn:corroborate:opml"
)

// Outline is a feed in an OPML document.
type Outline struct {
	// Line is where it stands in the document that was read.
	Line  int
	Title string
	// URL is the feed's address, Site that of the page that it belongs to.
	URL  string
	Site string
	// Folder is the name of the outline around it, empty for none.
	Folder string
	// Source is the publisher's name where the document was written here.
	Source string
	// Fault says why it cannot be taken, empty where it can.
	Fault string
}

// ReadOPML gives the feeds of an OPML document, nested ones too, in their order.
// An outline that names a feed and cannot be taken has a Fault. Errors are
// [FeedFault]s; nothing is to be taken then.
func ReadOPML(raw []byte) ([]Outline, error) {
	if len(raw) > MaxOPML {
		return nil, &FeedFault{Reason: fmt.Sprintf("the file has %d bytes; at most %d are taken", len(raw), MaxOPML)}
	}
	doc, _ := toUTF8(raw, "text/xml")
	r := opmlReader{dec: xml.NewDecoder(bytes.NewReader(undeclared(doc)))}
	if err := r.read(); err != nil {
		return nil, err
	}
	return r.outlines, nil
}

// opmlReader reads an OPML document token by token.
type opmlReader struct {
	dec      *xml.Decoder
	outlines []Outline
	// open are the titles of the outlines around the current place.
	open []string
	root string
}

func (r *opmlReader) read() error {
	for {
		token, err := r.dec.Token()
		switch {
		case errors.Is(err, io.EOF) && r.root == "":
			return &FeedFault{Reason: "the file holds no XML"}
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return brokenOPML(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := r.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			if isOutline(t.Name) {
				r.open = r.open[:len(r.open)-1]
			}
		}
	}
}

func brokenOPML(err error) error {
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return &FeedFault{Reason: fmt.Sprintf("the file's XML is broken in line %d: %s", syntax.Line, syntax.Msg), Err: err}
	}
	return &FeedFault{Reason: "the file's XML cannot be read", Err: err}
}

func isOutline(name xml.Name) bool { return strings.EqualFold(name.Local, "outline") }

func (r *opmlReader) start(t xml.StartElement) error {
	if r.root == "" {
		if r.root = t.Name.Local; !strings.EqualFold(r.root, "opml") {
			return &FeedFault{Reason: fmt.Sprintf("the file is no OPML: it begins with <%s>", clipped(r.root))}
		}
	}
	if !isOutline(t.Name) {
		return nil
	}
	line, _ := r.dec.InputPos()
	o := outlineOf(t.Attr)
	o.Line = line
	if len(r.open) > 0 {
		o.Folder = r.open[len(r.open)-1]
	}
	if r.open = append(r.open, o.Title); len(r.open) > maxOPMLDepth {
		return &FeedFault{Reason: fmt.Sprintf("line %d: outlines are nested more than %d deep", line, maxOPMLDepth)}
	}
	if o.URL == "" && o.Fault == "" {
		return nil // a folder
	}
	if r.outlines = append(r.outlines, o); len(r.outlines) > maxOutlines {
		return &FeedFault{Reason: fmt.Sprintf("the file names more than %d feeds", maxOutlines)}
	}
	return nil
}

// clipped gives the first letters of what is to be repeated in an error.
func clipped(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// outlineOf reads the attributes of an outline. Their names are written in any
// case.
func outlineOf(attrs []xml.Attr) Outline {
	values := map[string]string{}
	for _, a := range attrs {
		if a.Name.Space == "" || a.Name.Space == opmlNamespace {
			values[strings.ToLower(a.Name.Local)] = claims.CleanName(a.Value)
		}
	}
	o := Outline{Title: firstWord(values["title"], values["text"]), Source: values["source"]}
	address, named := values["xmlurl"]
	kind := strings.ToLower(values["type"])
	if o.URL = resolve(strings.Replace(address, "feed://", "http://", 1), ""); o.URL == "" {
		switch {
		case named && address != "":
			o.Fault = fmt.Sprintf("its xmlUrl %q is not a web address", clipped(address))
		case named, kind == "rss", kind == "atom":
			o.Fault = "its xmlUrl is missing: it names no feed"
		}
	}
	o.Site = resolve(values["htmlurl"], "")
	return o
}

// firstWord gives the first that is not empty.
func firstWord(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// opmlDocument is OPML 2.0 as it is written.
type opmlDocument struct {
	XMLName   xml.Name      `xml:"opml"`
	Version   string        `xml:"version,attr"`
	Namespace string        `xml:"xmlns:corroborate,attr"`
	Title     string        `xml:"head>title"`
	Created   string        `xml:"head>dateCreated"`
	Body      []opmlOutline `xml:"body>outline"`
}

type opmlOutline struct {
	Text   string        `xml:"text,attr"`
	Title  string        `xml:"title,attr,omitempty"`
	Type   string        `xml:"type,attr,omitempty"`
	XMLURL string        `xml:"xmlUrl,attr,omitempty"`
	Site   string        `xml:"htmlUrl,attr,omitempty"`
	Source string        `xml:"corroborate:source,attr,omitempty"`
	Inner  []opmlOutline `xml:"outline"`
}

// WriteOPML writes feeds as OPML 2.0, those of a folder within an outline of its
// name.
func WriteOPML(w io.Writer, title string, at time.Time, feeds []Outline) error {
	doc := opmlDocument{Version: "2.0", Namespace: opmlNamespace, Title: title, Created: at.UTC().Format(time.RFC1123Z)}
	folders := map[string]int{}
	for _, f := range feeds {
		o := opmlOutline{Text: f.Title, Title: f.Title, Type: "rss", XMLURL: f.URL, Site: f.Site, Source: f.Source}
		if f.Folder == "" {
			doc.Body = append(doc.Body, o)
			continue
		}
		at, known := folders[f.Folder]
		if !known {
			at = len(doc.Body)
			folders[f.Folder] = at
			doc.Body = append(doc.Body, opmlOutline{Text: f.Folder})
		}
		doc.Body[at].Inner = append(doc.Body[at].Inner, o)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return fmt.Errorf("ingest: write OPML: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}
