package views

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"corroborate/web/views/ui"
)

// Running text is written here and not in a template: a template may put a space
// between two elements, and these words have to be the source's, to the letter.

// running is a piece of running text in HTML.
type running struct{ strings.Builder }

// text writes words.
func (b *running) text(s string) { b.WriteString(templ.EscapeString(s)) }

// open begins an element; attributes come as pairs of name and value.
func (b *running) open(element string, attributes ...string) {
	b.WriteString("<" + element)
	for i := 0; i+1 < len(attributes); i += 2 {
		b.WriteString(" " + attributes[i] + `="` + templ.EscapeString(attributes[i+1]) + `"`)
	}
	b.WriteString(">")
}

// end ends an element.
func (b *running) end(element string) { b.WriteString("</" + element + ">") }

// component gives the piece as something that a template can take.
func (b *running) component() templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// passageText is a passage among its neighbouring words, its differing words
// marked.
func passageText(p PassageView) templ.Component {
	var b running
	b.open("span", "class", "around")
	b.text(p.Before)
	b.end("span")
	b.open("mark")
	for _, w := range p.Words {
		if !w.Differs {
			b.text(w.Text)
			continue
		}
		b.open("strong", "class", "differs")
		b.text(w.Text)
		b.end("strong")
	}
	b.end("mark")
	b.open("span", "class", "around")
	b.text(p.After)
	b.end("span")
	return b.component()
}

// paragraphText is the text of a paragraph with the claims that lie over it.
// Behind the last word of a claim stands its sign and number, which lead to its
// note.
func paragraphText(p Paragraph) templ.Component {
	var b running
	b.open("span", "class", "words", "data-start", strconv.Itoa(p.start))
	for _, s := range p.Stretches {
		for _, n := range s.Begins {
			b.open("span", "class", "anchor", "id", "claim-"+n.ClaimID)
			b.end("span")
		}
		b.stretch(s, p.Furniture == "")
		for _, n := range s.Ends {
			number := strconv.Itoa(n.Number)
			b.open("sup", "class", "ref")
			b.open("a", "href", "#note-"+number, "aria-label", "Note "+number+": "+n.VerdictWord())
			b.text(n.Sign() + number)
			b.end("a")
			b.end("sup")
		}
	}
	b.end("span")
	return b.component()
}

// stretch writes words over which the same claims lie. inProse is true where
// furniture among the words has to be set apart.
func (b *running) stretch(s Stretch, inProse bool) {
	switch {
	case s.Claim != nil && s.Claim.FindingID != "":
		b.open("a", "class", s.Claim.class(), "href", fromReader(s.Claim.FindingID, s.Claim.ClaimID), "data-note", strconv.Itoa(s.Claim.Number))
		b.text(s.Text)
		b.end("a")
	case s.Claim != nil:
		b.open("span", "class", s.Claim.class(), "data-note", strconv.Itoa(s.Claim.Number))
		b.text(s.Text)
		b.end("span")
	case s.Furniture != "" && inProse:
		b.open("span", "class", "furniture-inline", "title", ui.SpanName(s.Furniture))
		b.text(s.Text)
		b.end("span")
	default:
		b.text(s.Text)
	}
}

// runningText gives a piece of running text as a template takes it.
func runningText(b *running) templ.Component { return b.component() }
