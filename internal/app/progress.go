package app

import "context"

// Progress is how far the analysis of a story is.
type Progress struct {
	StoryID string
	Status  Status
	// Reason says why the status is Failed.
	Reason string
	// Done of Total steps are done: one for each article and one for the comparison.
	Done, Total int
	// The articles by status.
	Pending, Ready, Failed, NotAnalysed int
}

// StoryProgress tells how far a story is.
func (a *App) StoryProgress(ctx context.Context, who Actor, id string) (Progress, error) {
	panic("surface")
}

// WatchStory gives a story's progress now and after each change, until ctx ends;
// then the channel is closed. A slow reader misses steps but never the last. It
// goes on after the story is ready, as articles may be added.
func (a *App) WatchStory(ctx context.Context, who Actor, id string) (<-chan Progress, error) {
	panic("surface")
}
