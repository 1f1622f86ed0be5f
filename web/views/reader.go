package views

import (
	"slices"

	"corroborate/internal/claims"
)

// readerPageSize is after how many code points a long article goes on on another
// page, at the end of a paragraph.
const readerPageSize = 40_000

// ArticlePage is an article as a text to read, its claims marked by verdict.
type ArticlePage struct {
	ID         string
	StoryID    string
	StoryTitle string
	Title      string
	SourceID   string
	Source     string
	URL        string
	Byline     string
	Published  claims.Published
	Origin     string
	// OriginKnown is false where the source stands for itself.
	OriginKnown bool
	Credits     []claims.Credit
	Copies      []CopyLine
	Status      string
	Reason      string
	Revision    Revision
	// ChangedBy is the newest revision where the article has changed since it first
	// came, else nil.
	ChangedBy *RevisionLine
	// Withheld is true where the viewer may not read the whole text.
	Withheld bool
	// Placement is why it is in its story, nil where a person chose it.
	Placement  *Placement
	JoinAt     float64
	Paragraphs []Paragraph
	// Show is which claims are marked, Counts how many there are of each choice.
	Show   Show
	Counts map[Show]int
	// Waiting is true while claims are still to be compared after an edit.
	Waiting bool
	// Edits are what people did to the claims, the newest first.
	Edits []EditLine
	// Page of Pages is shown; pages count from 1.
	Page  int
	Pages int
}

// isFetch tells whether the article is an address that is still to be fetched.
func (p ArticlePage) isFetch() bool { return p.Revision.Number == 0 }

func (p ArticlePage) heading() string {
	if p.isFetch() && p.Title == "" {
		return p.URL
	}
	return heading(p.Title, p.Source)
}

// CopyLine is another article that shares passages with the one that is shown.
type CopyLine struct {
	ID        string
	Source    string
	Title     string
	Published claims.Published
	// Share and OtherShare are how much of either's own words stand in the other, in
	// percent.
	Share, OtherShare int
	// Whole is true where one is a copy of the other, OtherStory where the other
	// belongs to another story.
	Whole, OtherStory bool
}

// Revision says which of an article's revisions is shown.
type Revision struct {
	// Number counts from 1.
	Number    int
	Extractor string
	// Language is a two-letter code, empty where it cannot be told.
	Language string
}

// Paragraph is a block of an article's text, with the claims that begin in it.
type Paragraph struct {
	// Furniture says what the block is when it is no prose: a caption, a control.
	Furniture claims.SpanKind
	Stretches []Stretch
	Notes     []Note
	start     int
}

// Stretch is words of a paragraph over which the same claims lie.
type Stretch struct {
	Text string
	// Furniture is set where a part of a paragraph is no prose: a dateline.
	Furniture claims.SpanKind
	// Claim is the shortest claim over the words, nil where there is none.
	Claim *Note
	// Begins and Ends are the claims whose first and last words these are.
	Begins []*Note
	Ends   []*Note
}

// Note is what stands in the margin about a claim.
type Note struct {
	// Number counts the article's claims from 1.
	Number    int
	ClaimID   string
	FindingID string
	// Verdict is the one that stands; Reviewed is true where a person said so.
	Verdict   claims.Verdict
	Reviewed  bool
	OneOrigin bool
	// Veiled is true where the viewer reviews the finding blind, Pending where the
	// claim is still to be compared.
	Veiled  bool
	Pending bool
	// Edited says who made the claim what it is, nil where no person did.
	Edited *EditedBy
	// Position and Value are the source's own position in a diverging finding.
	Position    string
	Value       string
	Others      []Others
	Kinds       []KindOfRow
	Speaker     string
	Attribution claims.Attribution
	Certainty   claims.Certainty
	// Doubt says why it is no checkable claim, empty where it is.
	Doubt string
	// Worth says why it deserves a check, empty where it hardly does.
	Worth string
	Exact string
	mark  claims.Mark
}

// Others are other sources that tell what a claim tells, in one way.
type Others struct {
	// Position and Value are theirs, empty where all tell it alike.
	Position string
	Value    string
	Sources  []string
}

// ArticleInput is what the text of an article's page is made from.
type ArticleInput struct {
	Source string
	Text   string
	Spans  []claims.Span
	Claims []ReaderClaim
	// Show is which claims are to be marked.
	Show Show
	// Findings are those that the claims stand in.
	Findings []claims.Finding
	// Page is the page to show, from 1; where ShowClaim is set, it is the page with
	// that claim.
	Page      int
	ShowClaim string
}

// ReaderClaim is a claim of the article that is read.
type ReaderClaim struct {
	claims.Claim
	Edited  *EditedBy
	Pending bool
}

// SetText fills in the text of the page with its claims.
func (p *ArticlePage) SetText(in ArticleInput) {
	all := newNotes(in)
	p.Show, p.Counts = in.Show, countNotes(all)
	notes := slices.DeleteFunc(slices.Clone(all), func(n *Note) bool { return !in.Show.takes(*n) && n.ClaimID != in.ShowClaim })
	p.fillPage(in, notes)
}

// fillPage cuts the text into paragraphs and takes those of the page that is shown.
func (p *ArticlePage) fillPage(in ArticleInput, notes []*Note) {
	all := paragraphsOf([]rune(in.Text), in.Spans, notes)
	starts := pageStarts(all)
	p.Page, p.Pages = min(max(in.Page, 1), len(starts)), len(starts)
	for _, n := range notes {
		if n.ClaimID == in.ShowClaim {
			p.Page = pageAt(all, starts, n.mark.Start)
		}
	}
	to := len(all)
	if p.Page < len(starts) {
		to = starts[p.Page]
	}
	p.Paragraphs = all[starts[p.Page-1]:to]
}

// pageStarts gives the first paragraph of each page; there is at least one page.
func pageStarts(all []Paragraph) []int {
	starts := []int{0}
	for i, p := range all {
		if first := all[starts[len(starts)-1]]; p.start-first.start >= readerPageSize {
			starts = append(starts, i)
		}
	}
	return starts
}

// pageAt gives the page, from 1, that holds a place of the text.
func pageAt(all []Paragraph, starts []int, at int) int {
	page := 1
	for i, first := range starts {
		if first < len(all) && all[first].start <= at {
			page = i + 1
		}
	}
	return page
}
