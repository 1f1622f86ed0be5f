package ingest

import (
	"regexp"
	"slices"

	"golang.org/x/net/html/atom"
)

const (
	// linkedShare is the part of a block's words that stand in links from which it is
	// taken for navigation.
	linkedShare = 0.8
	// aroundWords is the most words of a block that its first words can show to be a
	// page's and not the article's.
	aroundWords = 40
)

// around are the beginnings and phrases of what pages put between the paragraphs
// of an article.
var around = regexp.MustCompile(`(?i)` +
	// invitations
	`^sign up\b|^subscribe\b|\bour newsletters?\b|^follow (?:us|@|\w+ on)\b|enter your e-?mail|your inbox|like us on facebook|` +
	`join the conversation|^share (?:this|on)\b|^listen to |^watch\s*:|` +
	// ways to other articles
	`^read (?:more|also|next)\b|^related\s*:|^related\b.{0,12}$|^more\s*:|^see also\b|^also (?:read|see)\b|^recommended\s*:|` +
	// the page's own lines
	`all rights reserved|^©|^copyright\b|^advertisement\b|^(?:image|photo) (?:source|credit)|^tags?\s*:|` +
	`^(?:comments?|share|tags|topics|more)$`)

// isAround tells whether a block that was elected is still none of the article's:
// a way to other pages, a caption, an invitation, the headline again.
func (b block) isAround(title string, first bool) bool {
	switch {
	case len(b.words) == 0:
		return true
	case float64(b.linked) > linkedShare*float64(len(b.words)):
		return true
	case b.kind == atom.Figcaption || b.kind == atom.Caption:
		return true
	case b.kind == atom.H1 && first:
		return true
	case slices.Equal(b.words, wordsOf(title)):
		return true
	}
	return len(b.words) < aroundWords && around.MatchString(b.text)
}
