package webhook

import "time"

// Version is the version of the shapes. It goes up where one of them changes otherwise
// than by further fields.
const Version = 1

// Envelope is what all events have.
type Envelope struct {
	ID        string    `json:"id" format:"uuid" doc:"The event's id. It is the same in every try and for every receiver, and is sent as webhook-id: keep it to tell what you have taken already." example:"7c1f3f0e-5a0c-4e55-9a43-0d9c2f1b7e60"`
	Type      Type      `json:"type" doc:"What happened." example:"finding.verdict_changed"`
	Version   int       `json:"version" minimum:"1" doc:"The version of the event's shape: 1. Further fields may come without another." example:"1"`
	Timestamp time.Time `json:"timestamp" doc:"When it happened. Events may arrive in another order." example:"2025-03-28T08:15:00Z"`
}

// Event is an event with what it is about.
type Event[D any] struct {
	Envelope
	Data D `json:"data" doc:"What the event is about. Ask the API for more."`
}

// Links lead to what an event is about.
type Links struct {
	API  string `json:"api" doc:"The address in the API. Without the setting PUBLIC_URL it is a path alone." example:"https://news.example.org/api/v1/findings/01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Page string `json:"page" doc:"The page for people." example:"https://news.example.org/findings/01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
}

// ArticleData is what an event of an article is about.
type ArticleData struct {
	ArticleID string  `json:"article_id" format:"uuid" doc:"The article." example:"01977d5e-9a01-7c11-8a2b-3c4d5e6f7081"`
	StoryID   *string `json:"story_id" format:"uuid" doc:"Its story; null where it has none." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Revision  *int    `json:"revision" minimum:"2" doc:"The number of the new revision, of article.changed; else null." example:"2"`
	Reason    string  `json:"reason" doc:"Why it could not be read or is not analysed; else empty." example:""`
	Links     Links   `json:"links" doc:"Where the article is."`
}

// FindingData is what an event of a finding is about.
type FindingData struct {
	FindingID     string  `json:"finding_id" format:"uuid" doc:"The finding." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	StoryID       string  `json:"story_id" format:"uuid" doc:"Its story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Verdict       *string `json:"verdict" enum:"agree,diverge,single" doc:"The verdict that stood after the event; null where it is veiled, and of finding.merged." example:"diverge"`
	VerdictBefore *string `json:"verdict_before" enum:"agree,diverge,single" doc:"The verdict before, of finding.verdict_changed; else null." example:"agree"`
	Veiled        bool    `json:"veiled" doc:"True where the receiver's owner reviews the finding blind: nothing is told of what the machine or others say of it." example:"false"`
	SuccessorID   *string `json:"successor_id" format:"uuid" doc:"The finding that took it over, of finding.merged; else null." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c04"`
	Links         Links   `json:"links" doc:"Where the finding is, or the one that took it over."`
}

// ReviewData is what an event of a review is about.
type ReviewData struct {
	ReviewID  *string `json:"review_id" format:"uuid" doc:"The review; null of review.stale." example:"01977d61-0000-7a4e-8d1b-2d9d9a4a7c05"`
	FindingID *string `json:"finding_id" format:"uuid" doc:"The finding that it is on; null where nothing is left of that." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	StoryID   string  `json:"story_id" format:"uuid" doc:"Its story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Outcome   *string `json:"outcome" enum:"confirmed,rejected,changed,note" doc:"What the review means for the machine's word, of review.created; note decides nothing; else null." example:"confirmed"`
	Links     Links   `json:"links" doc:"Where the finding is, or the story where nothing is left of it."`
}

// StoryData is what an event of a story is about.
type StoryData struct {
	StoryID     string  `json:"story_id" format:"uuid" doc:"The story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	SuccessorID *string `json:"successor_id" format:"uuid" doc:"The story that took it over, of story.merged; else null." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e12"`
	Links       Links   `json:"links" doc:"Where the story is, or the one that took it over."`
}

// PingData is what a test is about.
type PingData struct {
	WebhookID string `json:"webhook_id" format:"uuid" doc:"The webhook that is tested." example:"01977d90-1111-7c3d-8e4f-5a6b7c8d9e0f"`
	Links     Links  `json:"links" doc:"Where the webhook is."`
}
