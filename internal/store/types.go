package store

import (
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// Status is how far the analysis of an article or a story is.
type Status string

// The statuses. Pending and NotAnalysed are those of articles alone, Working
// that of stories alone.
const (
	Pending     Status = "pending"
	Working     Status = "working"
	Ready       Status = "ready"
	Failed      Status = "failed"
	NotAnalysed Status = "not_analysed"
)

// Story is a story with the counts that a list shows.
type Story struct {
	ID    string
	Title string
	// Status is Working while an article waits or the comparison is due.
	Status Status
	// Reason says why the status is Failed, else empty.
	Reason string
	// Sample marks the story that comes with the program; anybody may read its texts
	// where reading is public.
	Sample bool
	// Locked keeps the machine from adding articles to it.
	Locked bool
	// Articles counts those outside the bin, whatever their status.
	Articles    int
	Pending     int
	Failed      int
	NotAnalysed int
	Sources     int
	Agree       int
	Diverge     int
	Single      int
	// OneOrigin counts the findings in Agree whose sources share one origin.
	OneOrigin int
	Cleared   int
	// Open counts the diverging findings without a review, and the reviews that
	// became stale.
	Open int
	// Version goes up with each edit by a person.
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
	// ComparedAt is when the last comparison ended, nil before the first.
	ComparedAt *time.Time
	// DeletedAt is when it went to the bin, nil outside.
	DeletedAt *time.Time
}

// Article is one article without its text.
type Article struct {
	ID string
	// StoryID is empty until the article is placed.
	StoryID    string
	SourceID   string
	Source     string
	Title      string
	Byline     string
	URL        string
	ExternalID string
	Published  claims.Published `db:"-"`
	Status     Status
	// Reason says why the status is Failed or NotAnalysed, else empty.
	Reason string
	// Origin is who the report comes from, empty before the first comparison;
	// OriginKnown is false where it is the source itself for want of a sign.
	Origin      string
	OriginKnown bool
	// Language is a two-letter code, empty where it cannot be told.
	Language string
	// RevisionID and Revision name the revision that is read, Revision counting
	// from 1.
	RevisionID string
	Revision   int
	Claims     int
	Version    int
	CreatedAt  time.Time
	UpdatedAt  time.Time
	DeletedAt  *time.Time
}

// ArticleText is an article with the text that the engine read.
type ArticleText struct {
	Article
	Text    string
	Spans   []claims.Span
	Credits []claims.Credit
	// Extractor is the version of the rules that made Text, empty before the first
	// analysis, when Text is what was received.
	Extractor string
	// Copies are the articles that share passages with it, those that share the most
	// first.
	Copies []Copy
	// Withheld is true where the actor may not read the whole text: Text, Spans and
	// Credits are then empty.
	Withheld bool
}

// ArticleClaim is a claim of an article with the finding that it stands in.
type ArticleClaim struct {
	claims.Claim
	// FindingID is empty and Verdict too until the story was compared.
	FindingID       string
	Verdict         claims.Verdict
	ReviewedVerdict *claims.Verdict
	Corroborated    bool
	Sources         int
	Origins         int
	// Kinds are those of the finding's differences that this claim takes part in, the
	// most important first.
	Kinds []claims.Kind
	// Edited is the newest edit by a person that made it what it is, nil for none.
	Edited *ClaimMark
	// Pending is true where a person has just made it so that the engine is still to
	// read it.
	Pending bool
}

// ClaimMark says who made a claim what it is, and when.
type ClaimMark struct {
	Kind EditKind
	By   string
	At   time.Time
}

// Revision is one state of an article as it was received.
type Revision struct {
	ID        string
	ArticleID string
	// Number counts from 1.
	Number int
	// Media is the media type of what was received, with its charset: plain text, or a
	// page.
	Media string
	// Bytes is the length of what was received, SHA256 that of its text in
	// hexadecimal.
	Bytes     int
	SHA256    string
	CreatedBy string
	CreatedAt time.Time
	// Title is the title that was received with the text.
	Title string
	// Edited is true where a person here wrote it in place of what the publisher sent.
	Edited bool
	// Facts, Wordings and Typos count the edits since the revision before. Compared is
	// false for the first, and for one that was not compared yet.
	Compared bool
	Facts    int
	Wordings int
	Typos    int
	// Notice is what it says of its own change, empty for nothing.
	Notice claims.NoticeKind
}

// Finding is a finding as in the report, with what the database knows besides.
type Finding struct {
	claims.Finding
	StoryID string
	// Reviewed is true where a review that is not stale decides something.
	Reviewed bool
	// StaleReview is true where the newest review is on a passage that has changed.
	StaleReview bool
	// Veiled is true where the viewer reviews it blind: the verdict is empty, and
	// nothing is told of how its sources part.
	Veiled bool
	// Place is where it stands in the list that it was read from, if from one.
	Place FindingPlace
	// Second is how it stands with the second judge.
	Second SecondCounts
	Decided
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Stands gives the verdict that stands: a person's where there is one. It is empty
// for a veiled finding.
func (f Finding) Stands() claims.Verdict {
	if f.ReviewedVerdict != nil {
		return *f.ReviewedVerdict
	}
	return f.Verdict
}

// Member is a claim of a finding with everything that is shown beside it.
type Member struct {
	claims.Claim
	ArticleID    string
	ArticleTitle string
	ArticleURL   string
	SourceID     string
	Source       string
	Origin       string
	OriginKnown  bool
	Published    claims.Published
	// Position is the id of the position that the claim is in, empty where all
	// tell it the same way.
	Position string
	// Before and After are the words around the passage, to the ends of its
	// paragraph or about 300 characters.
	Before string
	After  string
	// Edited is the newest edit by a person that made the claim what it is, nil for
	// none.
	Edited *ClaimMark
}

// ClearedPair is a cleared pair with its two claims.
type ClearedPair struct {
	claims.ClearedPair
	StoryID string
	// Members are the two claims, in the order of Claims.
	Members [2]Member
}

// Decision is a person's judgement of what the machine found.
type Decision string

// The decisions.
const (
	Confirmed Decision = "confirmed"
	Rejected  Decision = "rejected"
)

// ItemDecision is a decision on one difference or cleared pair.
type ItemDecision struct {
	ID       string   `json:"id"`
	Decision Decision `json:"decision"`
}

// Decided is how a finding stands with people.
type Decided struct {
	// Outcome is what the newest review that stands says of the machine's word, By who
	// wrote it, empty before the first, and At when.
	Outcome Outcome
	By      string
	At      *time.Time
	// Edition counts what people should hear of; 0 where the finding is veiled.
	Edition int
}

// Review is a person's decision on a finding.
type Review struct {
	ID      string
	StoryID string
	// FindingID is empty where nothing is left of what was reviewed.
	FindingID string
	// Alignment says whether the claims are about one fact, empty where the review
	// leaves that open; Verdict likewise.
	Alignment   Decision
	Verdict     *claims.Verdict
	Differences []ItemDecision
	Cleared     []ItemDecision
	Note        string
	// AuthorID and Author are the person; a key reviews for its owner.
	AuthorID  string
	Author    string
	CreatedAt time.Time
	// Stale is true where a passage that was looked at has changed or gone.
	Stale bool
	// Outcome is what it means for the machine's word.
	Outcome Outcome
	// BlindID is the blind review that it was an answer in, and Kinds what that says
	// differs. Counts is false where another answer contradicts it: neither stands.
	BlindID string
	Kinds   []claims.Kind
	Counts  bool
	// Adjudicates is the blind review that it settles, empty for none.
	Adjudicates string
	// ActionID is the action that it is a part of.
	ActionID string
	// WithdrawnAt is when its author took it back, nil where it stands.
	WithdrawnAt *time.Time
}

// Outcome is what a review means for the machine's word.
type Outcome string

// The outcomes. A finding without one is a suggestion of the machine's.
const (
	// Suggested is the machine's word, which nobody has decided on.
	Suggested Outcome = ""
	// Noted decides nothing.
	Noted           Outcome = "note"
	OutcomeRight    Outcome = "confirmed"
	OutcomeRejected Outcome = "rejected"
	OutcomeChanged  Outcome = "changed"
)

// User is a person with an account.
type User struct {
	ID    string
	Email string
	Name  string
	Role  auth.Role
	// SessionVersion goes up when the password changes: sessions that carry an older
	// one have ended.
	SessionVersion int
	// Version goes up with each change that an administrator makes.
	Version     int
	CreatedAt   time.Time
	LastLoginAt *time.Time
	// DisabledAt is when the account was closed, nil while it is open.
	DisabledAt *time.Time
	// SecondFactor is true where a code is asked for at sign-in.
	SecondFactor bool
	// ForgottenAt is when the account was deleted for good, nil for an account that is
	// somebody's: the name is a pseudonym then, and the address leads nowhere.
	ForgottenAt *time.Time
	// FirstPasswordAt is when the service made the password that the account still has, nil
	// where a person chose it.
	FirstPasswordAt *time.Time
}

// AuditEntry is one thing that somebody did.
type AuditEntry struct {
	ID string
	At time.Time
	// ActorID is a user's id, empty for the service itself; KeyID is the key that was
	// used, empty in a browser.
	ActorID string
	Actor   string
	KeyID   string
	// Action is "article.add", "finding.review" and the like, Object the id of what it
	// was done to, Detail what is worth knowing besides, without secrets.
	Action string
	Object string
	Detail map[string]string
}
