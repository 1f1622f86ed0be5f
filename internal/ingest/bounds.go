package ingest

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"corroborate/internal/claims"
)

const (
	// maxParts is the most elements that a page may come to. News pages have about a
	// thousand, large ones some thousands.
	maxParts = 20_000
	// manyParts is how many make a page that one extractor judges alone: the time of
	// the others grows with the square.
	manyParts = 5_000
	// maxVisible is the most bytes of text outside of scripts and styles: with twice
	// what an article may have, the page holds something else.
	maxVisible = 2 * claims.MaxText
	// maxAttribute is the most bytes of an attribute that are looked at.
	maxAttribute = 4 << 10
)

// formatting are the elements that a parser opens again in each paragraph until
// they are closed.
var formatting = map[atom.Atom]bool{atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true,
	atom.I: true, atom.Nobr: true, atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true}

// parsePage parses a page, unless it would come to too many parts. They are
// counted before: some short pages make a parser build millions.
func parsePage(page []byte) (doc *html.Node, parts int, err error) {
	parts, visible := sizeOf(page)
	if parts > maxParts || visible > maxVisible {
		return nil, parts, ErrTooDeep
	}
	doc, err = html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, parts, ErrTooDeep // nothing else is an error to the parser
	}
	for n := range doc.Descendants() {
		for i, a := range n.Attr {
			if len(a.Val) > maxAttribute && n.DataAtom != atom.Meta {
				n.Attr[i].Val = a.Val[:maxAttribute]
			}
		}
	}
	return doc, parts, nil
}

// withoutHead takes out of a page what was read of it already and is no text, as
// the extractors would read it again, some in a time that grows with its square.
func withoutHead(doc *html.Node) {
	var gone []*html.Node
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Meta, atom.Link, atom.Style:
			gone = append(gone, n)
		}
	}
	for _, n := range gone {
		n.Parent.RemoveChild(n)
	}
}

// sizeOf estimates how many elements a page comes to, and counts the bytes of its
// text.
func sizeOf(page []byte) (parts, visible int) {
	z := html.NewTokenizer(bytes.NewReader(page))
	open := map[atom.Atom]int{}
	opened, hiding := 0, false
	for parts <= maxParts && visible <= maxVisible {
		switch z.Next() {
		case html.ErrorToken:
			return parts, visible
		case html.TextToken:
			if !hiding {
				visible += len(bytes.TrimSpace(z.Raw()))
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			hiding = tag == atom.Script || tag == atom.Style || tag == atom.Noscript
			parts += 1 + opened
			if formatting[tag] {
				open[tag]++
				opened++
			}
		case html.SelfClosingTagToken:
			parts++
		case html.EndTagToken:
			name, _ := z.TagName()
			hiding = false
			if tag := atom.Lookup(name); open[tag] > 0 {
				open[tag]--
				opened--
			}
		}
	}
	return parts, visible
}
