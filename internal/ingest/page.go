package ingest

import (
	"errors"

	"corroborate/internal/claims"
)

// ExtractorVersion names the rules of [Extract]. A text is kept for each version
// that read it.
const ExtractorVersion = "html/1"

// MaxPage is the most bytes of a page that are read.
const MaxPage = 8 << 20

// Page is an article taken out of an HTML page. Fields that the page does not
// give are empty.
type Page struct {
	// Text is the article without what stands around it: paragraphs, headings and
	// list items, an empty line between them. The headline is not part of it.
	Text  string
	Title string
	// Byline names who wrote it, as printed, without "By".
	Byline string
	// Published and Modified keep the offset that the page gives.
	Published, Modified claims.Published
	// Site is the publisher's name as the page gives it.
	Site string
	// URL is the canonical address, absolute.
	URL string
	// Language is a hint, as the page declares it: a two-letter code.
	Language string
}

// ErrNoArticle says that a page holds no text that could be an article's.
var ErrNoArticle = errors.New("the page holds no article")

// ErrTooDeep says that a page is built to exhaust who reads it.
var ErrTooDeep = errors.New("the page is nested too deep or has too many parts")

// ToUTF8 gives what was received in UTF-8, and its media type with the charset
// that it was in.
func ToUTF8(raw []byte, contentType string) (text []byte, media string) {
	text, charset := toUTF8(raw, contentType)
	return text, mediaOf(contentType) + "; charset=" + charset
}
