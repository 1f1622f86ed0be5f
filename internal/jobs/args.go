package jobs

import (
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// attempts is how often a job is tried. River waits longer after each, some six
// minutes in all.
const attempts = 5

// analyzeArticle asks for an article to be read.
type analyzeArticle struct {
	ArticleID string `json:"article_id"`
}

// Kind names the job in the queue.
func (analyzeArticle) Kind() string { return "analyze_article" }

// InsertOpts puts articles before comparisons, which wait for them.
func (analyzeArticle) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, Priority: 1}
}

// compareStory asks for a story to be compared.
type compareStory struct {
	StoryID string `json:"story_id"`
}

// Kind names the job in the queue.
func (compareStory) Kind() string { return "compare_story" }

// InsertOpts keeps a story to one job that is not done.
func (compareStory) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, Priority: 2, UniqueOpts: river.UniqueOpts{ByArgs: true,
		ByState: []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
			rivertype.JobStateRetryable, rivertype.JobStateScheduled}}}
}

// indexCopies asks for the copies among stored articles to be found.
type indexCopies struct{}

// Kind names the job in the queue.
func (indexCopies) Kind() string { return "index_copies" }

// InsertOpts lets one run at a time, behind everything else; the next one goes on
// where it was cut off.
func (indexCopies) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 2, Priority: 4, UniqueOpts: river.UniqueOpts{
		ByState: []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
			rivertype.JobStateRetryable, rivertype.JobStateScheduled}}}
}

// sweep asks for what has outlived its time to be removed.
type sweep struct{}

// Kind names the job in the queue.
func (sweep) Kind() string { return "sweep" }

// InsertOpts gives up early: the next one comes soon.
func (sweep) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 2, Priority: 4} }
