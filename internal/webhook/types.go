package webhook

import "slices"

// Type names what happened.
type Type string

// The types of events.
const (
	ArticleReady       Type = "article.ready"
	ArticleFailed      Type = "article.failed"
	ArticleNotAnalysed Type = "article.not_analysed"
	ArticleChanged     Type = "article.changed"
	FindingNew         Type = "finding.new"
	VerdictChanged     Type = "finding.verdict_changed"
	FindingMerged      Type = "finding.merged"
	ReviewCreated      Type = "review.created"
	ReviewWithdrawn    Type = "review.withdrawn"
	ReviewStale        Type = "review.stale"
	StoryCompared      Type = "story.compared"
	StoryMerged        Type = "story.merged"
	// Ping is sent when somebody tests a webhook, and cannot be asked for.
	Ping Type = "ping"
)

// about says of each type, in the order in which they are documented, what happened.
var about = []struct {
	Type Type
	Says string
}{
	{ArticleReady, "An article was read and has its claims. It comes again after each further reading."},
	{ArticleFailed, "An article could not be read; reason says why."},
	{ArticleNotAnalysed, "An article is stored and is not analysed, as its language is not read; reason says why."},
	{ArticleChanged, "A further revision of an article was stored. article.ready follows when that is read."},
	{FindingNew, "A comparison made a finding."},
	{VerdictChanged, "The verdict that stands for a finding has changed, by a comparison or by a review."},
	{FindingMerged, "A finding became part of another, to which its address leads now."},
	{ReviewCreated, "A person decided on a finding or wrote a note to it."},
	{ReviewWithdrawn, "A person took a review back."},
	{ReviewStale, "The passages that a review was on have changed: the finding waits for another look."},
	{StoryCompared, "A comparison of a story ended: its findings are up to date. The events of its findings come before it in their order."},
	{StoryMerged, "A story became part of another, to which its address leads now."},
	{Ping, "Somebody tested the webhook."},
}

// Types lists the events that can be asked for, in the order of the documentation.
func Types() []Type {
	var out []Type
	for _, a := range about {
		if a.Type != Ping {
			out = append(out, a.Type)
		}
	}
	return out
}

// Valid tells whether the type can be asked for.
func (t Type) Valid() bool { return slices.Contains(Types(), t) }

// About says what happened, in a sentence.
func (t Type) About() string {
	for _, a := range about {
		if a.Type == t {
			return a.Says
		}
	}
	return ""
}

// Withheld are the events that are not told at all to somebody from whom their finding
// is veiled: that they happened would say what the machine or others think.
func Withheld() []Type {
	return append(OfReviews(), VerdictChanged)
}

// OfReviews are the events that are for those alone who may read reviews.
func OfReviews() []Type {
	return []Type{ReviewCreated, ReviewWithdrawn, ReviewStale}
}
