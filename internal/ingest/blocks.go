package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is a stretch of a page's text that stands by itself: a paragraph, a
// heading, an item of a list, a cell.
type block struct {
	text string
	// words are its words in lower case, without marks.
	words []string
	// linked is how many of the words stand in links.
	linked int
	// kind is the element that makes it one: p, h1 to h6, li, td, figcaption,
	// blockquote, pre, or div for all others.
	kind atom.Atom
	// parent is the element that its own element stands in.
	parent *html.Node
	// marks are the names, classes and ids of the elements around it, innermost first.
	marks []string
}

// blockTags are the elements that begin a block of their own.
var blockTags = map[atom.Atom]bool{atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true,
	atom.Caption: true, atom.Center: true, atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Dir: true, atom.Div: true,
	atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true,
	atom.Legend: true, atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true,
	atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true,
	atom.Thead: true, atom.Tr: true, atom.Ul: true}

// segmenter cuts a tree into blocks.
type segmenter struct {
	out    []block
	text   strings.Builder
	link   strings.Builder // the text within links
	at     *html.Node      // the element that the text stands in
	inLink int
}

// blocksOf gives the blocks of a tree in order.
func blocksOf(n *html.Node) []block {
	s := &segmenter{at: n}
	s.walk(n)
	s.flush()
	return s.out
}

func (s *segmenter) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		s.text.WriteString(n.Data)
		if s.inLink > 0 {
			s.link.WriteString(n.Data)
		}
		return
	case html.ElementNode:
		if unseen[n.DataAtom] || hidden(n) {
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	switch {
	case n.DataAtom == atom.Br:
		s.lineBreak(n)
	case blockTags[n.DataAtom]:
		s.flush()
		was := s.at
		s.at = n
		s.children(n)
		s.flush()
		s.at = was
	case n.DataAtom == atom.A:
		s.inLink++
		s.link.WriteByte(' ')
		s.children(n)
		s.inLink--
	default:
		s.children(n)
	}
}

func (s *segmenter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.walk(c)
	}
}

// lineBreak ends a block at two breaks in a row, which is how many pages make
// paragraphs; one is white space.
func (s *segmenter) lineBreak(n *html.Node) {
	for next := n.NextSibling; next != nil; next = next.NextSibling {
		if next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" || next.Type == html.CommentNode {
			continue
		}
		if next.DataAtom == atom.Br {
			s.flush()
		}
		break
	}
	s.text.WriteByte('\n')
}

// flush ends a block.
func (s *segmenter) flush() {
	text := foldLines(s.text.String())
	linked := wordsOf(s.link.String())
	s.text.Reset()
	s.link.Reset()
	if text == "" {
		return
	}
	b := block{text: text, words: wordsOf(text), linked: len(linked), kind: kindOf(s.at), parent: s.at}
	for n, i := s.at, 0; n != nil && i < 12; n = n.Parent {
		if n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
			break
		}
		b.marks = append(b.marks, strings.ToLower(n.Data+" "+attr(n, "class")+" "+attr(n, "id")+" "+attr(n, "role")))
		i++
	}
	s.out = append(s.out, b)
}

// kindOf gives the element that makes a block what it is.
func kindOf(n *html.Node) atom.Atom {
	for i := 0; n != nil && i < 4; n, i = n.Parent, i+1 {
		switch n.DataAtom {
		case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Td, atom.Th, atom.Figcaption, atom.Blockquote,
			atom.Pre, atom.Dt, atom.Dd, atom.Caption:
			return n.DataAtom
		}
	}
	return atom.Div
}

// hidden tells whether an element is not shown.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Val != "until-found"
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// foldLines folds white space, keeping single line breaks.
func foldLines(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, " ")
}

// wordsOf gives the words of a text in lower case.
func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && !unicode.IsMark(r)
	})
}
