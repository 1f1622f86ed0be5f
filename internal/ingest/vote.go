package ingest

import (
	"net/url"
	"strings"

	"github.com/go-shiori/dom"
	"github.com/go-shiori/go-readability"
	distiller "github.com/markusmobius/go-domdistiller"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// Several extractors look at a page, each by rules of its own, and a block of the
// page counts as the article's where most of them agree. Where one is fooled, the
// others rarely are in the same way.

// votesNeeded is how many of the extractors make a majority.
const votesNeeded = 3

// extractors give the part of a page that they take for the article, nil where
// they find none. They leave the page as it is.
var extractors = []func(*html.Node) *html.Node{
	withTrafilatura(trafilatura.Options{EnableFallback: true}),
	withTrafilatura(trafilatura.Options{}),
	withTrafilatura(trafilatura.Options{Focus: trafilatura.FavorRecall}),
	withReadability,
	withDistiller,
}

func withTrafilatura(opts trafilatura.Options) func(*html.Node) *html.Node {
	opts.ExcludeComments, opts.HtmlDateMode = true, trafilatura.Disabled
	return func(doc *html.Node) *html.Node {
		got, err := trafilatura.ExtractDocument(doc, opts)
		if err != nil {
			return nil
		}
		return got.ContentNode
	}
}

func withReadability(doc *html.Node) *html.Node {
	got, err := readability.FromDocument(dom.Clone(doc, true), &url.URL{Scheme: "https", Host: "example.org"})
	if err != nil {
		return nil
	}
	return got.Node
}

func withDistiller(doc *html.Node) *html.Node {
	got, err := distiller.Apply(dom.Clone(doc, true), nil)
	if err != nil {
		return nil
	}
	return got.Node
}

// vote gives for each block how many extractors took it. Part of a block counts
// as that part of a vote.
func vote(doc *html.Node, blocks []block) []float64 {
	votes := make([]float64, len(blocks))
	for _, extract := range extractors {
		taken := newTaken(safely(extract, doc))
		for i, b := range blocks {
			votes[i] += taken.share(b.words)
		}
	}
	return votes
}

// safely runs an extractor. One that breaks on a page has no vote on it.
func safely(extract func(*html.Node) *html.Node, doc *html.Node) (got *html.Node) {
	defer func() {
		if recover() != nil {
			got = nil
		}
	}()
	return extract(doc)
}

// shingle is how many words in a row are looked up.
const shingle = 4

// taken is the text that an extractor took: its blocks as they are, and its runs
// of words.
type taken struct{ blocks, runs map[string]bool }

func newTaken(n *html.Node) taken {
	t := taken{blocks: map[string]bool{}, runs: map[string]bool{}}
	if n == nil {
		return t
	}
	var all []string
	for _, b := range blocksOf(n) {
		t.blocks[strings.Join(b.words, " ")] = true
		all = append(all, b.words...)
	}
	for i := range max(0, len(all)-shingle+1) {
		t.runs[strings.Join(all[i:i+shingle], " ")] = true
	}
	return t
}

// share gives the part of a block's words that were taken.
func (t taken) share(words []string) float64 {
	if len(words) == 0 || t.blocks[strings.Join(words, " ")] {
		return min(1, float64(len(words)))
	}
	runs := len(words) - shingle + 1
	n := 0
	for i := range max(0, runs) {
		if t.runs[strings.Join(words[i:i+shingle], " ")] {
			n++
		}
	}
	return float64(n) / float64(max(1, runs))
}

// containerShare is the part of the words in the elected blocks that the element
// which holds the article has.
const containerShare = 0.75

// container gives the innermost element with most of the elected words, nil where
// nothing was elected.
func container(blocks []block, votes []float64) *html.Node {
	words, total := map[*html.Node]int{}, 0
	for i, b := range blocks {
		if votes[i] < votesNeeded {
			continue
		}
		total += len(b.words)
		for n := b.parent; n != nil; n = n.Parent {
			words[n] += len(b.words)
		}
	}
	var best *html.Node
	for i := range blocks {
		for n := blocks[i].parent; n != nil; n = n.Parent {
			if total > 0 && float64(words[n]) >= containerShare*float64(total) {
				if best == nil || within(n, best) {
					best = n
				}
				break
			}
		}
	}
	return best
}

// within tells whether an element stands in another, or is it.
func within(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// longBlock is how many words make a block that is kept although it stands
// outside of the element that holds the rest.
const longBlock = 40

// elect gives the blocks of the article.
func elect(doc *html.Node, blocks []block, title string) []block {
	votes := vote(doc, blocks)
	holds := container(blocks, votes)
	var out []block
	seen := map[string]bool{}
	for i, b := range blocks {
		if votes[i] < votesNeeded || holds != nil && !within(b.parent, holds) && !b.standsAlone(votes[i]) {
			continue
		}
		key := strings.Join(b.words, " ")
		if len(b.words) >= repeatWords && seen[key] || b.isAround(title, len(out) == 0) {
			continue
		}
		seen[key] = true
		out = append(out, b)
	}
	return out
}

// standsAlone tells whether a block is taken for a paragraph wherever it is.
func (b block) standsAlone(votes float64) bool {
	return votes > votesNeeded+0.9 && len(b.words) >= longBlock && b.linked*3 < len(b.words)
}

// repeatWords is how many words make a block that is a page's doing when it comes
// a second time.
const repeatWords = 15
