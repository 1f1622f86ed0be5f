package app

import (
	"context"
)

// ArticleInput is an article as people and programs give it.
type ArticleInput struct {
	// Text is plain text, at most claims.MaxText bytes of UTF-8.
	Text string
	// Source is the publisher's name. It is needed.
	Source string
	URL    string
	Title  string
	Byline string
	// PublishedAt is a date or an RFC 3339 time, empty where it is unknown.
	PublishedAt string
	// StoryID names the story; where it is empty the service chooses one.
	StoryID string
	// ExternalID is the article's id in the sender's system, empty for none.
	ExternalID string
}

// ArticleEdit changes an article; nil fields stay.
type ArticleEdit struct {
	// Text, where it differs, becomes a new revision and is analysed.
	Text        *string
	Title       *string
	Byline      *string
	URL         *string
	PublishedAt *string
	// StoryID moves the article to another story.
	StoryID *string
	// Version is the version that the editor saw, 0 for any.
	Version int
}

// ArticleFilter chooses articles; empty fields choose all.
type ArticleFilter struct {
	StoryID  string
	SourceID string
	Status   Status
	Page
}

// Validate gives what is wrong by field name of the API ("text", "source", "url",
// "title", "byline", "published_at", "external_id", "story_id"), each with how to
// mend it; nil when all is right. Times are checked against [App.AddArticle]'s
// clock there.
func (in ArticleInput) Validate() map[string]string { panic("surface") }

// AddArticle stores an article and has it analysed. Where it is known already, by
// external id, address, or source and text, it gives that one and known is true.
func (a *App) AddArticle(ctx context.Context, who Actor, in ArticleInput) (art Article, known bool, err error) {
	panic("surface")
}

// Articles lists articles, the newest first.
func (a *App) Articles(ctx context.Context, who Actor, f ArticleFilter) (List[Article], error) {
	panic("surface")
}

// Article gives one article with its text; the text is withheld from those who
// may not read it.
func (a *App) Article(ctx context.Context, who Actor, id string) (ArticleText, error) {
	panic("surface")
}

// EditArticle changes an article.
func (a *App) EditArticle(ctx context.Context, who Actor, id string, e ArticleEdit) (Article, error) {
	panic("surface")
}

// DeleteArticle puts an article into the bin. version is the one that was seen,
// 0 for any.
func (a *App) DeleteArticle(ctx context.Context, who Actor, id string, version int) error {
	panic("surface")
}

// RestoreArticle takes an article out of the bin.
func (a *App) RestoreArticle(ctx context.Context, who Actor, id string) (Article, error) {
	panic("surface")
}

// DeletedArticles lists the articles in the bin, the newest first.
func (a *App) DeletedArticles(ctx context.Context, who Actor, p Page) (List[Article], error) {
	panic("surface")
}

// ArticleClaims gives the claims of an article in the order of its text.
func (a *App) ArticleClaims(ctx context.Context, who Actor, id string) ([]ArticleClaim, error) {
	panic("surface")
}

// Revisions lists what was received of an article, the newest first.
func (a *App) Revisions(ctx context.Context, who Actor, id string) ([]Revision, error) {
	panic("surface")
}

// RevisionText gives what was received as one revision, byte for byte.
func (a *App) RevisionText(ctx context.Context, who Actor, articleID, revisionID string) (string, error) {
	panic("surface")
}

// AnalyzeArticle has an article analysed again by this engine.
func (a *App) AnalyzeArticle(ctx context.Context, who Actor, id string) (Article, error) {
	panic("surface")
}
