package api

import (
	"time"

	"corroborate/internal/app"
)

type newFeedBody struct {
	URL    string `json:"url" format:"uri" doc:"Address of the feed, or of a page that names its feed." example:"https://harbourpost.example/feed.xml"`
	Source string `json:"source,omitempty" doc:"Name of the publisher, which its articles get. Left out, the feed's title is taken." example:"Harbour Post"`
	Title  string `json:"title,omitempty" doc:"What to call the feed. Left out, its own title is taken." example:"Harbour Post: local news"`
	Folder string `json:"folder,omitempty" doc:"A name by which feeds are grouped." example:"Coast"`
}

func (b newFeedBody) input() app.FeedInput {
	return app.FeedInput{URL: b.URL, Source: b.Source, Title: b.Title, Folder: b.Folder}
}

type feedEdit struct {
	URL    *string `json:"url,omitempty" format:"uri" doc:"A new address of the feed, which is polled at once." example:"https://harbourpost.example/atom.xml"`
	Source *string `json:"source,omitempty" minLength:"1" doc:"Name of the publisher; articles that are stored already keep theirs." example:"Harbour Post"`
	Title  *string `json:"title,omitempty" doc:"What to call the feed." example:"Harbour Post: local news"`
	Folder *string `json:"folder,omitempty" doc:"A name by which feeds are grouped." example:"Coast"`
	State  *string `json:"state,omitempty" enum:"active,paused" doc:"paused stops polling; active begins it again, for a feed that is gone too." example:"paused"`
}

func (b feedEdit) edit(version int) app.FeedEdit {
	return app.FeedEdit{URL: b.URL, Source: b.Source, Title: b.Title, Folder: b.Folder, State: (*app.FeedState)(b.State), Version: version}
}

type feed struct {
	ID           string     `json:"id" doc:"The feed's id." example:"01977d5e-9a01-7c11-8a2b-3c4d5e6f7081"`
	URL          string     `json:"url" doc:"The address that is polled; it follows permanent redirects." example:"https://harbourpost.example/feed.xml"`
	Site         string     `json:"site" doc:"The page that the feed belongs to; empty where it names none." example:"https://harbourpost.example/"`
	Title        string     `json:"title" doc:"What the feed is called; empty before its first document where no title was given." example:"Harbour Post: local news"`
	Folder       string     `json:"folder" doc:"The name by which it is grouped; empty for none." example:"Coast"`
	Source       string     `json:"source" doc:"Name of the publisher, which its articles get." example:"Harbour Post"`
	State        string     `json:"state" enum:"active,paused,gone" doc:"gone: its server says that it is gone for good (410), or that it is now where another feed is polled." example:"active"`
	Health       string     `json:"health" enum:"new,ok,failing,paused,gone" doc:"The state at a glance. new: not polled yet. failing: the last poll failed; it is tried again." example:"ok"`
	Fault        string     `json:"fault" doc:"Why the last poll failed, or why the feed is gone; else empty." example:""`
	Failures     int        `json:"failures" minimum:"0" doc:"How many polls in a row have failed." example:"0"`
	FailingSince *time.Time `json:"failing_since" doc:"When the first of these failed; null where the last poll went well." example:"2025-03-28T08:15:00Z"`
	Interval     int        `json:"interval" minimum:"1" doc:"Seconds between two polls while all is well; it adapts to how often the feed brings something new." example:"1800"`
	NextPollAt   time.Time  `json:"next_poll_at" doc:"When it is polled next, while it is active." example:"2025-03-28T08:45:00Z"`
	Polling      bool       `json:"polling" doc:"True while a poll waits or runs." example:"false"`
	PolledAt     *time.Time `json:"polled_at" doc:"When it was last polled; null before the first time." example:"2025-03-28T08:15:00Z"`
	GoodAt       *time.Time `json:"good_at" doc:"When a poll last went well; null before the first time." example:"2025-03-28T08:15:00Z"`
	ArticleAt    *time.Time `json:"article_at" doc:"When it last brought a new article; null before the first one." example:"2025-03-28T07:45:03Z"`
	LeftOut      int        `json:"left_out" minimum:"0" doc:"New entries that were too many for the last poll and wait for the next." example:"0"`
	Entries      int        `json:"entries" minimum:"0" doc:"How many entries of it are known." example:"212"`
	Waiting      int        `json:"waiting" minimum:"0" doc:"How many of them are still to be read." example:"0"`
	Failed       int        `json:"failed" minimum:"0" doc:"How many of them could not be read." example:"2"`
	Articles     int        `json:"articles" minimum:"0" doc:"How many of them are articles here." example:"210"`
	CreatedAt    time.Time  `json:"created_at" doc:"When it was added." example:"2025-03-01T12:00:00Z"`
	UpdatedAt    time.Time  `json:"updated_at" doc:"When a person last changed it." example:"2025-03-01T12:00:00Z"`
}

func newFeed(f app.Feed) feed {
	return feed{
		ID: f.ID, URL: f.URL, Site: f.Site, Title: f.Title, Folder: f.Folder, Source: f.Source, State: string(f.State),
		Health: string(f.Health), Fault: f.Fault, Failures: f.Failures, FailingSince: f.FailingSince, Interval: f.Interval,
		NextPollAt: f.NextPollAt, Polling: f.Queued, PolledAt: f.PolledAt, GoodAt: f.GoodAt, ArticleAt: f.ArticleAt,
		LeftOut: f.LeftOut, Entries: f.Entries, Waiting: f.Waiting, Failed: f.Broken, Articles: f.Articles,
		CreatedAt: f.CreatedAt, UpdatedAt: f.UpdatedAt,
	}
}

type feedEntry struct {
	ID          string     `json:"id" doc:"The entry's id here." example:"01977d5e-9b12-7d22-9b3c-4d5e6f708192"`
	GUID        string     `json:"guid" doc:"The feed's own id for it; empty where it has none." example:"https://harbourpost.example/?p=812"`
	URL         string     `json:"url" doc:"The address of its page; empty where it names none of its own." example:"https://harbourpost.example/bridge"`
	Title       string     `json:"title" doc:"Its title in the feed." example:"Bridge shut after crack is found"`
	PublishedAt string     `json:"published_at" doc:"When it was published, as far as the feed says: a date or an RFC 3339 time; empty when unknown." example:"2025-03-27T09:30:00-05:00"`
	State       string     `json:"state" enum:"waiting,stored,known,failed,skipped,removed" doc:"What became of it. waiting: still to be read. stored: an article now. known: its article was there before. failed: it could not be read. skipped: it holds nothing to read. removed: its article was deleted here." example:"stored"`
	Reason      string     `json:"reason" doc:"Why it is failed, skipped or removed, or why reading failed so far; else empty." example:""`
	Origin      string     `json:"origin" enum:"feed,page," doc:"Where its text came from: the feed itself or its page; empty before it was read." example:"page"`
	ArticleID   *string    `json:"article_id" doc:"Its article; null where there is none." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Revision    int        `json:"revision" minimum:"0" doc:"The number of the article's current revision; 0 where there is no article." example:"1"`
	FirstSeenAt time.Time  `json:"first_seen_at" doc:"When the feed first listed it." example:"2025-03-28T08:15:00Z"`
	ReadAt      *time.Time `json:"read_at" doc:"When it was last read; null before the first time." example:"2025-03-28T08:15:03Z"`
	NextReadAt  *time.Time `json:"next_read_at" doc:"When it is read again; null for not by itself." example:"2025-03-28T09:15:03Z"`
}

func newFeedEntry(e app.FeedEntry) feedEntry {
	return feedEntry{
		ID: e.ID, GUID: e.GUID, URL: e.Link, Title: e.Title, PublishedAt: published(e.Published), State: string(e.State),
		Reason: e.Reason, Origin: e.Origin, ArticleID: orNull(e.ArticleID), Revision: e.Revision, FirstSeenAt: e.FirstSeenAt,
		ReadAt: e.ReadAt, NextReadAt: e.NextReadAt,
	}
}

type feedImport struct {
	Added int              `json:"added" minimum:"0" doc:"How many feeds were added." example:"14"`
	Known int              `json:"known" minimum:"0" doc:"How many were there already." example:"2"`
	Wrong int              `json:"wrong" minimum:"0" doc:"How many outlines cannot be taken." example:"1"`
	Items []feedImportLine `json:"items" doc:"Each feed of the list, in its order."`
}

type feedImportLine struct {
	Line   int     `json:"line" minimum:"1" doc:"Where it stands in the file." example:"7"`
	Title  string  `json:"title" doc:"Its title in the list." example:"Harbour Post"`
	URL    string  `json:"url" doc:"Its address; empty where the list gives none that can be used." example:"https://harbourpost.example/feed.xml"`
	Result string  `json:"result" enum:"added,known,wrong" doc:"What became of it." example:"added"`
	Reason string  `json:"reason" doc:"What is wrong; else empty." example:""`
	FeedID *string `json:"feed_id" doc:"The feed; null where it is wrong." example:"01977d5e-9a01-7c11-8a2b-3c4d5e6f7081"`
}

func newFeedImport(f app.FeedImport) feedImport {
	return feedImport{Added: f.Added, Known: f.Known, Wrong: f.Wrong, Items: mapped(f.Lines, func(l app.FeedImportLine) feedImportLine {
		return feedImportLine{Line: l.Line, Title: l.Title, URL: l.URL, Result: l.Result, Reason: l.Reason, FeedID: orNull(l.FeedID)}
	})}
}
