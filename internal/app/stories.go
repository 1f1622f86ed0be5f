package app

import "context"

// StoryInput is a new story, with articles or without.
type StoryInput struct {
	Title string
	// Articles are stored in one transaction with the story; their StoryID is
	// ignored.
	Articles []ArticleInput
}

// StoryEdit changes a story; nil fields stay.
type StoryEdit struct {
	Title *string
	// Version is the version that the editor saw, 0 for any.
	Version int
}

// CreateStory stores a story. A field of its article i is named
// "articles[i].source" and so on in the error's Fields.
func (a *App) CreateStory(ctx context.Context, who Actor, in StoryInput) (Story, error) {
	panic("surface")
}

// Stories lists stories, the newest first.
func (a *App) Stories(ctx context.Context, who Actor, p Page) (List[Story], error) {
	panic("surface")
}

// Story gives one story with its counts.
func (a *App) Story(ctx context.Context, who Actor, id string) (Story, error) { panic("surface") }

// EditStory changes a story.
func (a *App) EditStory(ctx context.Context, who Actor, id string, e StoryEdit) (Story, error) {
	panic("surface")
}

// DeleteStory puts a story with its articles into the bin, where they stay for
// [BinDays]. version is the one that was seen, 0 for any.
func (a *App) DeleteStory(ctx context.Context, who Actor, id string, version int) error {
	panic("surface")
}

// RestoreStory takes a story out of the bin, with the articles that went there
// with it.
func (a *App) RestoreStory(ctx context.Context, who Actor, id string) (Story, error) {
	panic("surface")
}

// DeletedStories lists the stories in the bin, the newest story first.
func (a *App) DeletedStories(ctx context.Context, who Actor, p Page) (List[Story], error) {
	panic("surface")
}

// AnalyzeStory has every article of a story analysed again by this engine.
func (a *App) AnalyzeStory(ctx context.Context, who Actor, id string) (Story, error) {
	panic("surface")
}

// BinDays is how long deleted things stay in the bin.
const BinDays = 30
