package claims

import (
	"strings"
	"unicode"
)

// marker walks the lines of a text and marks what no claim is taken from.
type marker struct {
	body    string
	title   string
	index   *runeIndex
	blocks  []block
	spans   []Span
	credits []Credit
	// seen holds the folded lines before this one.
	seen map[string]bool
	// headline is true once the line that heads the text is found, prose once a
	// paragraph was.
	headline, prose bool
	// authors are the names that bylines gave, bylined is true in the line behind one.
	authors []string
	bylined bool
	// tagsOpen is true after a line such as "Topics", until prose comes.
	tagsOpen bool
}

func newMarker(body, title string) *marker {
	return &marker{body: body, title: foldLine(title), index: newRuneIndex(body),
		blocks: blocksOf(body), spans: []Span{}, credits: []Credit{}, seen: map[string]bool{}}
}

func (m *marker) markBlocks() {
	for i, b := range m.blocks {
		kind := m.kindOf(i, b)
		fold := foldLine(b.text)
		m.seen[fold] = true
		switch kind {
		case "":
			m.prose, m.tagsOpen, m.bylined = m.prose || endsSentence(b.text), false, false
			m.markInside(b)
			m.markTail(b)
			continue
		case SpanHeadline:
			m.headline = true
		case SpanTags:
			m.tagsOpen = true
		}
		m.mark(kind, b.start, b.end)
	}
	m.settlePartners()
}

func (m *marker) mark(kind SpanKind, start, end int) {
	m.spans = append(m.spans, Span{Kind: kind, Start: m.index.rune(start), End: m.index.rune(end)})
}

// kindOf says what a line is; empty means prose. The order matters: what a line
// says of itself counts before what it looks like.
func (m *marker) kindOf(i int, b block) SpanKind {
	fold := foldLine(b.text)
	words := len(strings.Fields(b.text))
	switch {
	case !strings.ContainsFunc(b.text, isWordRune):
		return SpanControl
	case controls[fold]:
		if tagHeads[fold] {
			return SpanTags
		}
		return SpanControl
	case controlLine.MatchString(b.text) && words <= 8 && !strings.HasSuffix(b.text, "."), isShareBar(fold):
		return SpanControl
	case noteLine.MatchString(b.text) && words <= 60:
		return SpanControl
	case tagHeads[fold] || isTagLine(b.text):
		return SpanTags
	case m.signed(b, words), m.thanks(b, words), m.credit(b):
		return SpanCredit
	case bylineLine.MatchString(b.text) && words <= 16 && !endsSentence(b.text), m.authorLine(b.text, words),
		i > 0 && !m.prose && words <= 8 && bylineAgency.MatchString(b.text):
		m.byline(b)
		return SpanByline
	case m.underByline(b, words):
		return SpanByline
	case isCaption(b.text):
		return SpanCaption
	case promoLine.MatchString(b.text), words <= 30 && contactLine.MatchString(b.text):
		return SpanPromo
	case m.seen[fold] && words >= 3:
		return SpanRepeat
	}
	return m.shapeOf(i, b, words)
}

// shapeOf says what a line is by its shape and place.
func (m *marker) shapeOf(i int, b block, words int) SpanKind {
	switch {
	case isBullet(b.text):
		return ""
	case !m.headline && !m.prose && words <= 30 && (!endsSentence(b.text) || foldLine(b.text) == m.title):
		return SpanHeadline
	case m.tagsOpen && words <= 4 && !endsSentence(b.text):
		return SpanTags
	case words <= 14 && !endsSentence(b.text) && !opensQuote(b.text) && m.followedByProse(i):
		return SpanHeading
	case words <= 5 && !endsSentence(b.text) && !m.followedByProse(i):
		return SpanControl
	case words <= 14 && strings.HasSuffix(b.text, "?") && isTitleCase(b.text):
		return SpanHeading
	}
	return ""
}

// followedByProse tells whether a longer line comes after line i: a heading
// heads something.
func (m *marker) followedByProse(i int) bool {
	if i+1 >= len(m.blocks) {
		return false
	}
	next := m.blocks[i+1].text
	return endsSentence(next) || len(strings.Fields(next)) > 14 || isBullet(next)
}

// isCaption tells a picture's caption: it names a picture, and it is not a
// sentence that tells of one.
func isCaption(s string) bool {
	if len(strings.Fields(s)) > 60 {
		return false
	}
	if photoCredit.MatchString(s) {
		return true
	}
	if !captionCue.MatchString(s) {
		return false
	}
	return !endsSentence(s) || strings.HasSuffix(strings.TrimRight(s, ". "), ")") ||
		strings.HasPrefix(strings.ToLower(s), "file") || strings.HasPrefix(strings.ToLower(s), "pictured")
}

// isTagLine tells a list of tags: three or more short parts between bars,
// bullets or slashes.
func isTagLine(s string) bool {
	for _, sep := range []string{" | ", " • ", " · ", " / "} {
		parts := strings.Split(s, sep)
		if len(parts) < 3 {
			continue
		}
		short := 0
		for _, p := range parts {
			if len(strings.Fields(p)) <= 5 {
				short++
			}
		}
		if short == len(parts) {
			return true
		}
	}
	if hashtags.MatchString(s) {
		return true
	}
	head, rest, ok := strings.Cut(s, ":")
	return ok && tagHeads[foldLine(head)] && rest != ""
}

// authorLine tells a line that names the author or says who the author is: the
// byline's name, "Mara Lind is a reporter for …", "Mara Lind, Staff Writer".
func (m *marker) authorLine(s string, words int) bool {
	if words <= 12 && authorTitle.MatchString(s) && !endsSentence(s) {
		return true
	}
	if words > 45 {
		return false
	}
	if aboutAuthor.MatchString(s) {
		return true
	}
	for _, name := range m.authors {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}

// isShareBar tells a line of nothing but the names of what a page is shared on.
func isShareBar(fold string) bool {
	words := strings.FieldsFunc(fold, func(r rune) bool { return !isWordRune(r) })
	if len(words) < 2 {
		return false
	}
	for _, w := range words {
		if !shareWords[w] {
			return false
		}
	}
	return true
}

func isBullet(s string) bool {
	for _, p := range []string{"- ", "• ", "* ", "– ", "· ", "‣ ", "▪ "} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// foldLine makes lines comparable: lower case, one space, no closing colon.
func foldLine(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`).Replace(strings.ToLower(s))
	return strings.TrimRight(strings.Join(strings.Fields(s), " "), ":. ")
}

// endsSentence tells whether a line ends as a sentence does, looking behind
// closing quotes and brackets.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’)] ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") ||
		strings.HasSuffix(s, "…") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, ",") || strings.HasSuffix(s, ";")
}

func opensQuote(s string) bool {
	return strings.HasPrefix(s, "“") || strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "‘")
}

// isTitleCase tells whether nearly all long words of a line begin with a capital.
func isTitleCase(s string) bool {
	long, capital := 0, 0
	for _, w := range strings.Fields(s) {
		if len(w) < 4 {
			continue
		}
		long++
		if unicode.IsUpper([]rune(w)[0]) {
			capital++
		}
	}
	return long > 0 && capital*10 >= long*8
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
