package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"corroborate/internal/claims"
)

// How many words make an article of what a feed holds. A description is a teaser
// more often than not, so that it needs more of them.
const (
	wholeContent     = 120
	wholeDescription = 250
)

// entryText gives what a feed holds of an article as plain text, and whether that
// is the whole of it.
func entryText(content, description string) (text string, whole bool) {
	text, teaser := feedText(content), feedText(description)
	words, teaserWords := len(strings.Fields(text)), len(strings.Fields(teaser))
	if teaserWords >= words {
		return teaser, teaserWords >= wholeDescription && !cutOff(teaser)
	}
	// Content that is hardly longer than the teaser is the teaser over again.
	longer := teaserWords == 0 || words > teaserWords+teaserWords/5
	return text, words >= wholeContent && longer && !cutOff(text)
}

// signature is the line that a common publishing system puts below each entry of
// its feeds, whether whole or cut.
var signature = regexp.MustCompile(`^The post .+ appeared first on .+\.$`)

// feedText gives the HTML of an entry as plain text without such a line.
func feedText(fragment string) string {
	text := plainText(fragment)
	if last := strings.LastIndex(text, "\n\n"); signature.MatchString(strings.TrimSpace(text[max(last, 0):])) {
		return strings.TrimSpace(text[:max(last, 0)])
	}
	return text
}

// moreLink finds the words of a link to the rest at the end of a text, and dots
// finds the dots where it was cut.
var (
	moreLink = regexp.MustCompile(`(?i)\b((read|see|view|learn|find out) (more|on|the rest|(the )?(full|whole|entire) (story|article|post|report))|(continue|keep) reading|(full|whole|entire) (story|article|post|report)|more here)\b[^.!?]{0,80}$|\(more$`)
	dots     = regexp.MustCompile(`(\.\.\.|…|\[\.\.\.\]|\[…\]|\[&hellip;\]|»|→)\s*$`)
)

// cutOff tells whether a text ends as a teaser does.
func cutOff(text string) bool {
	text = strings.TrimSpace(text)
	last := text[strings.LastIndexByte(text, '\n')+1:]
	return dots.MatchString(last) || moreLink.MatchString(strings.TrimRight(last, " .!»→…])>"))
}

// skipped are the elements whose words are no part of what an author wrote.
var skipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Svg: true,
	atom.Object: true, atom.Head: true, atom.Form: true, atom.Button: true, atom.Select: true, atom.Textarea: true,
	atom.Figure: true, atom.Figcaption: true, atom.Nav: true, atom.Audio: true, atom.Video: true,
}

// blocks are the elements that stand apart from what is around them.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Blockquote: true,
	atom.Pre: true, atom.Table: true, atom.Tr: true, atom.Section: true, atom.Article: true, atom.Aside: true,
	atom.Header: true, atom.Footer: true, atom.Main: true, atom.Hr: true, atom.Body: true, atom.Address: true,
}

// plainText gives the words of a piece of HTML, paragraphs apart from each other
// by an empty line. What is no HTML comes back as it is.
func plainText(fragment string) string {
	fragment = strings.ToValidUTF8(fragment, "")
	doc, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		return "" // only what is nested beyond all reason gives an error
	}
	w := textWriter{markup: strings.ContainsRune(fragment, '<')}
	w.write(doc)
	w.end()
	return strings.Join(w.paragraphs, "\n\n")
}

// textWriter gathers the paragraphs of a document.
type textWriter struct {
	paragraphs []string
	open       strings.Builder
	// markup tells that there are elements, among which line ends mean nothing.
	markup bool
	pre    int
}

// lineEnds are those of the source, which browsers show as spaces.
var lineEnds = strings.NewReplacer("\r", " ", "\n", " ")

func (w *textWriter) text(s string) {
	if w.markup && w.pre == 0 {
		s = lineEnds.Replace(s)
	}
	w.open.WriteString(s)
}

func (w *textWriter) write(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.text(n.Data)
		return
	case n.Type == html.ElementNode && skipped[n.DataAtom]:
		return
	case n.DataAtom == atom.Pre:
		w.pre++
		defer func() { w.pre-- }()
	case n.DataAtom == atom.Br:
		w.open.WriteByte('\n')
	case n.DataAtom == atom.Td, n.DataAtom == atom.Th:
		w.open.WriteByte(' ')
	}
	apart := blocks[n.DataAtom]
	if apart {
		w.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.write(c)
	}
	if apart {
		w.end()
	}
}

// twoBreaks are what authors write who know no paragraphs.
var twoBreaks = regexp.MustCompile(`\n[ \t]*\n\s*`)

// end closes the paragraph that is open.
func (w *textWriter) end() {
	for _, p := range twoBreaks.Split(w.open.String(), -1) {
		if p = claims.CleanName(p); p != "" {
			w.paragraphs = append(w.paragraphs, p)
		}
	}
	w.open.Reset()
}
