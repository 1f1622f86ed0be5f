package jobs

import (
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// attempts is how often a job is tried. River waits longer after each, some six
// minutes in all.
const attempts = 5

// The priorities, the most urgent first: what somebody waits for goes before what
// came in bulk, and the articles of each before the comparisons, which wait for them.
// So a story into which many articles come is compared once they are all read.
const (
	readSoon       = 1
	compareSoon    = 2
	readLater      = 3
	compareLater   = 4
	sweepWhenever  = 4
	storeBulkLines = 2
)

// analyzeArticle asks for an article to be read. Bulk marks one of very many.
type analyzeArticle struct {
	ArticleID string `json:"article_id"`
	Bulk      bool   `json:"bulk,omitempty"`
}

// Kind names the job in the queue.
func (analyzeArticle) Kind() string { return "analyze_article" }

// InsertOpts puts articles before comparisons.
func (a analyzeArticle) InsertOpts() river.InsertOpts {
	priority := readSoon
	if a.Bulk {
		priority = readLater
	}
	return river.InsertOpts{MaxAttempts: attempts, Priority: priority}
}

// importArticles asks for the next lines of an import to be stored.
type importArticles struct {
	ImportID string `json:"import_id"`
}

// Kind names the job in the queue.
func (importArticles) Kind() string { return "import_articles" }

// InsertOpts stores lines before they are read.
func (importArticles) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, Priority: storeBulkLines}
}

// fetchArticle asks for an address to be fetched.
type fetchArticle struct {
	FetchID string `json:"fetch_id"`
}

// Kind names the job in the queue.
func (fetchArticle) Kind() string { return "fetch_article" }

// InsertOpts puts the job into the queue of those that wait for the web.
func (fetchArticle) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, Priority: 1, Queue: webQueue}
}

// notDone are the states of jobs that wait or run.
var notDone = []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	rivertype.JobStateRetryable, rivertype.JobStateScheduled}

// compareStory asks for a story to be compared.
type compareStory struct {
	StoryID string `json:"story_id"`
}

// Kind names the job in the queue.
func (compareStory) Kind() string { return "compare_story" }

// InsertOpts keeps a story to one job that is not done.
func (compareStory) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, Priority: compareSoon, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: notDone}}
}

// indexCopies asks for the copies among stored articles to be found.
type indexCopies struct{}

// Kind names the job in the queue.
func (indexCopies) Kind() string { return "index_copies" }

// InsertOpts lets one run at a time, behind everything else; the next one goes on
// where it was cut off.
func (indexCopies) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 2, Priority: 4, UniqueOpts: river.UniqueOpts{ByState: notDone}}
}

// sweep asks for what has outlived its time to be removed.
type sweep struct{}

// Kind names the job in the queue.
func (sweep) Kind() string { return "sweep" }

// InsertOpts gives up early: the next one comes soon.
func (sweep) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 2, Priority: sweepWhenever}
}
