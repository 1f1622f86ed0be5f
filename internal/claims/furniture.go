package claims

import (
	"regexp"
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
			m.prose, m.tagsOpen = m.prose || endsSentence(b.text), false
			m.markInside(b)
			continue
		case SpanHeadline:
			m.headline = true
		case SpanCredit:
			m.credit(b)
		case SpanTags:
			m.tagsOpen = true
		}
		m.mark(kind, b.start, b.end)
	}
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
	case tagHeads[fold] || isTagLine(b.text):
		return SpanTags
	case creditLine.MatchString(b.text):
		return SpanCredit
	case words <= 30 && contributionLine.MatchString(b.text):
		return SpanCredit
	case bylineLine.MatchString(b.text) && words <= 16 && !endsSentence(b.text):
		return SpanByline
	case isCaption(b.text):
		return SpanCaption
	case promoLine.MatchString(b.text):
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

// markInside marks the dateline of a paragraph and reads what it credits.
func (m *marker) markInside(b block) {
	loc := dateline.FindStringSubmatchIndex(b.text)
	if loc == nil || !plausibleDateline(b.text[loc[2]:loc[3]]) {
		return
	}
	m.mark(SpanDateline, b.start+loc[0], b.start+loc[1])
	if loc[4] >= 0 {
		m.addCredit(b.text[loc[4]:loc[5]], "wire", b.start+loc[4], b.start+loc[5])
	}
}

// plausibleDateline tells a place that was written in capitals, perhaps with a
// country after it, from the opening of an ordinary sentence.
func plausibleDateline(place string) bool {
	head, _, _ := strings.Cut(place, ",")
	return len([]rune(head)) >= 3 && strings.ToUpper(head) == head && strings.ContainsFunc(head, unicode.IsLetter)
}

// dateline matches "WASHINGTON (AP) — ", "BOGOTÁ, Colombia, March 27 (Reuters) - "
// and "BOGOTÁ — " at the start of a paragraph.
var dateline = regexp.MustCompile(`^(\p{Lu}[\p{L}. '’-]+(?:, ?[\p{L}. ]+)?(?:, \p{L}+\.? \d{1,2})?)(?: ?\(([\p{L} .]{2,30})\))?(?: ?[—–] ?| ?-- ?| - |: )`)

// controls are lines of a page's own furniture, folded.
var controls = set(`loading now|loading|post comment|post a comment|comments|comment|no comments|leave a comment|leave a reply|
add a comment|view comments|show comments|share|share this|share this article|share this story|share on facebook|share on twitter|tweet|
email|print|save|copy link|copy url|advertisement|advertisements|ad|sponsored|sponsored content|paid content|read more|
read next|read also|more|more on this|more on this story|more from this section|see more|show more|load more|view all|related|related articles|
related stories|related coverage|related content|related topics|related posts|recommended|recommended stories|you may also like|
most popular|most read|trending|trending now|popular|latest|latest news|top stories|editors picks|editor's picks|
sign up|sign in|log in|login|register|subscribe|subscribe now|newsletter|newsletters|follow us|menu|search|home|close|skip to content|skip to main content|
back to top|next|previous|next article|previous article|continue reading|story continues below|story continues below advertisement|
article continues below|continue reading the main story|listen|listen to this article|watch|watch live|watch now|play|play video|video|videos|photos|photo|
gallery|view gallery|slideshow|live updates|updates|correction|advertise with us|contact us|about us|terms of use|privacy policy|
cookie policy|accept cookies|all rights reserved|article topics|topics|tags|tag|filed under|keywords|in this article|breaking news|reply|report|like|
click here|download app|get the app|open in app|toggle navigation|main navigation|site search|report a typo|send a tip`)

// tagHeads open a list of tags.
var tagHeads = set(`article topics|topics|tags|tag|filed under|keywords|in this article|related topics|categories|explore more|more about`)

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.SplitSeq(strings.ReplaceAll(list, "\n", ""), "|") {
		out[w] = true
	}
	return out
}

var (
	bylineLine = regexp.MustCompile(`(?i)^(by\s+\p{Lu}[\p{L}.'’-]+(\s|,|$)|(published|posted|updated|last updated|first published|modified)\b.{0,60}\d|\d+\s+min(ute)?s?\s+read\b|\p{L}+\.? \d{1,2},? \d{4}$|\d{1,2} \p{L}+ \d{4}$)`)
	promoLine  = regexp.MustCompile(`(?i)^(sign up (for|to)\b|subscribe (to|for)\b|click here\b|download (the|our)\b|follow (us|@)|join our\b|get (our|the latest)\b|want more\b|like us on\b|read more( at| on)?:|read also:|see also:|also read:|related:|watch:|listen:|more:|for more (news|stories)\b|support our\b|this website uses cookies\b|we use cookies\b)`)
	captionCue = regexp.MustCompile(`(?i)(\((ap|afp|reuters|getty|photo|file|courtesy|image|istock|shutterstock|epa|alamy)\b[^)]*\)|\b(ap|file|handout|stock|courtesy) photo\b|\bgetty images\b|\bdigital illustration\b|\billustration of\b|\bphotograph of\b|^file\s*[-–—]|^(in this )?(file )?photo\b.{0,80}\b(shows?|of|taken|provided)|^pictured\b|^(photo|photograph|image|picture)s?:|/ ?(afp|ap|reuters|getty|epa)\b)`)
)

// isCaption tells a picture's caption: it names a picture, and it is not a
// sentence that tells of one.
func isCaption(s string) bool {
	if !captionCue.MatchString(s) || len(strings.Fields(s)) > 60 {
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
	head, rest, ok := strings.Cut(s, ":")
	return ok && tagHeads[foldLine(head)] && rest != ""
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
