package api

import (
	"cmp"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/store"
)

// The shapes of what people do with findings: actions, assignments, what waits.

type deskAction struct {
	ID        string     `json:"id" doc:"The action's id." example:"01977d71-0c2e-7b11-a5f0-918273645547"`
	Kind      string     `json:"kind" enum:"review,assign,seen" doc:"What was done." example:"review"`
	Findings  int        `json:"findings" minimum:"1" doc:"To how many findings." example:"12"`
	CreatedAt time.Time  `json:"created_at" doc:"When." example:"2025-03-28T10:02:00Z"`
	UndoneAt  *time.Time `json:"undone_at" doc:"When it was undone; null while it stands." example:"2025-03-28T10:03:00Z"`
}

func newAction(act app.DeskAction) deskAction {
	return deskAction{ID: act.ID, Kind: string(act.Kind), Findings: act.Findings, CreatedAt: act.CreatedAt, UndoneAt: act.UndoneAt}
}

type manyReviewsBody struct {
	FindingIDs []string `json:"finding_ids" minItems:"1" maxItems:"500" doc:"The findings to decide on; one that is named twice counts once." example:"[\"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03\"]"`
	Decision   string   `json:"decision" enum:"confirmed,rejected" doc:"confirmed: the claims are about one fact and the verdict that stands is right. rejected: they are not about one fact." example:"confirmed"`
	Note       string   `json:"note,omitempty" maxLength:"5000" doc:"What others should know; it is kept with each review." example:"Checked against the agency's wire."`
}

type manyReviews struct {
	Action nullable[deskAction] `json:"action" doc:"The action that holds the reviews, by which they can be undone together; null where none was stored."`
	Items  []reviewResult       `json:"items" doc:"What became of each finding, in the order in which they were sent."`
}

type reviewResult struct {
	FindingID   string  `json:"finding_id" doc:"The finding that was named." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	ReviewID    *string `json:"review_id" doc:"The review that was stored; null where it was refused." example:"01977d71-0c2e-7b11-a5f0-918273645546"`
	Refused     string  `json:"refused" doc:"Why nothing was stored for this finding; empty where it was." example:""`
	SuccessorID *string `json:"successor_id" doc:"The finding that this one was merged into, which you may review instead; else null." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c04"`
}

func newReviewResult(r app.DecisionResult) reviewResult {
	out := reviewResult{FindingID: r.FindingID, ReviewID: orNull(r.ReviewID)}
	if r.Refused != nil {
		out.Refused, out.SuccessorID = r.Refused.Message, orNull(r.Refused.Successor)
	}
	return out
}

func newManyReviews(act app.DeskAction, results []app.DecisionResult) manyReviews {
	out := manyReviews{Items: mapped(results, newReviewResult)}
	if act.ID != "" {
		made := newAction(act)
		out.Action = nullable[deskAction]{&made}
	}
	return out
}

type assignment struct {
	ID         string    `json:"id" doc:"The assignment's id." example:"01977d71-0c2e-7b11-a5f0-918273645548"`
	FindingID  string    `json:"finding_id" doc:"The finding to look at." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	UserID     string    `json:"user_id" doc:"Who is to look at it." example:"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e5f"`
	User       string    `json:"user" doc:"The person's name." example:"Ana Reyes"`
	AssignedBy string    `json:"assigned_by" doc:"Who gave it out." example:"Bo Lindqvist"`
	DueOn      *string   `json:"due_on" doc:"The day until when; null for none." example:"2025-03-31"`
	Note       string    `json:"note" doc:"What was said with it; empty for nothing." example:"By phone, please."`
	CreatedAt  time.Time `json:"created_at" doc:"When it was given out." example:"2025-03-28T10:02:00Z"`
}

func newAssignment(x app.Assignment) assignment {
	return assignment{ID: x.ID, FindingID: x.FindingID, UserID: x.UserID, User: x.User, AssignedBy: x.AssignedBy,
		DueOn: dayOrNull(x.DueOn), Note: x.Note, CreatedAt: x.CreatedAt}
}

func dayOrNull(day *time.Time) *string {
	if day == nil {
		return nil
	}
	return orNull(day.Format(time.DateOnly))
}

type assignmentBody struct {
	FindingIDs []string `json:"finding_ids" minItems:"1" maxItems:"500" doc:"The findings to give out. They are taken from whoever has them." example:"[\"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03\"]"`
	UserID     string   `json:"user_id" minLength:"1" maxLength:"100" doc:"Who is to look at them: one of the checkers." example:"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e5f"`
	DueOn      string   `json:"due_on,omitempty" format:"date" doc:"The day until when; left out for none." example:"2025-03-31"`
	Note       string   `json:"note,omitempty" maxLength:"5000" doc:"What the person should know." example:"By phone, please."`
}

type madeAssignments struct {
	Action deskAction   `json:"action" doc:"The action, by which the assignments can be undone together."`
	Items  []assignment `json:"items" doc:"The assignments that were made."`
}

type checkerPerson struct {
	ID   string `json:"id" doc:"The person's id." example:"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e5f"`
	Name string `json:"name" doc:"The person's name." example:"Ana Reyes"`
	Role string `json:"role" enum:"checker,editor,administrator" doc:"What the person may do." example:"checker"`
}

func newChecker(u app.User) checkerPerson {
	return checkerPerson{ID: u.ID, Name: u.Name, Role: string(u.Role)}
}

type workItem struct {
	FindingID   string         `json:"finding_id" doc:"The finding." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	StoryID     string         `json:"story_id" doc:"Its story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	StoryTitle  string         `json:"story_title" doc:"The story's title." example:"Harbour bridge closed"`
	Summary     string         `json:"summary" doc:"What the finding is about, in a source's words." example:"The bridge was closed on Thursday"`
	Verdict     *string        `json:"verdict" enum:"agree,diverge,single" doc:"The verdict that stands; null where you review it blind." example:"diverge"`
	ReviewState string         `json:"review_state" enum:"suggested,confirmed,rejected,changed" doc:"What people say of it." example:"suggested"`
	StaleReview bool           `json:"stale_review" doc:"True where a passage has changed since the newest review." example:"false"`
	Sources     int            `json:"sources" minimum:"1" doc:"How many sources tell it." example:"3"`
	Origins     int            `json:"origins" minimum:"1" doc:"How many origins stand behind them." example:"2"`
	At          time.Time      `json:"at" doc:"When it was asked for or given out; in the other lists, when it changed." example:"2025-03-28T10:02:00Z"`
	DueOn       *string        `json:"due_on" doc:"The day until when; null for none." example:"2025-03-31"`
	Note        string         `json:"note" doc:"What was said when it was asked for or given out; empty for nothing." example:"By phone, please."`
	AskedBy     string         `json:"asked_by" doc:"Who asked for it or gave it out; empty in the other lists." example:"Bo Lindqvist"`
	Assignee    string         `json:"assignee" doc:"Who is to look at it; empty for nobody." example:"Ana Reyes"`
	SeenEdition int            `json:"seen_edition" minimum:"0" doc:"The edition that you have seen; 0 for none." example:"2"`
	Changes     []findingEvent `json:"changes" doc:"In the list of what is unseen: what happened since you saw it, the oldest first. Empty in the other lists, and for what is new."`
}

type findingEvent struct {
	Edition int       `json:"edition" minimum:"0" doc:"The edition that came of it." example:"3"`
	At      time.Time `json:"at" doc:"When." example:"2025-03-28T10:02:00Z"`
	What    string    `json:"what" enum:"verdict,sources,stale,review,withdrawal" doc:"verdict: another verdict stands. sources: more or fewer tell it. stale: a passage changed under a review. review, withdrawal: a person decided, or took that back." example:"sources"`
	Was     string    `json:"was" doc:"The verdict or the number of sources before; else empty." example:"2"`
	NowIs   string    `json:"now_is" doc:"The verdict or the number of sources after; of a review what it says, which is note, confirmed, rejected, changed or blind; else empty." example:"3"`
	Actor   string    `json:"actor" doc:"Who did it; empty for the machine." example:"Ana Reyes"`
}

func newWorkItem(i app.DeskItem) workItem {
	return workItem{
		FindingID: i.FindingID, StoryID: i.StoryID, StoryTitle: i.StoryTitle, Summary: i.Summary, Verdict: orNull(string(i.Stands)),
		ReviewState: cmp.Or(string(i.Outcome), suggested), StaleReview: i.StaleReview, Sources: i.Sources, Origins: i.Origins, At: i.At,
		DueOn: dayOrNull(i.DueOn), Note: i.Note, AskedBy: i.AskedBy, Assignee: i.Assignee, SeenEdition: i.Seen,
		Changes: mapped(i.Changes, newFindingEvent),
	}
}

func newFindingEvent(e store.FindingEvent) findingEvent {
	return findingEvent{Edition: e.Edition, At: e.At, What: e.What, Was: e.Was, NowIs: e.NowIs, Actor: e.Actor}
}

type work struct {
	Since time.Time  `json:"since" doc:"What changed from then on and you have not looked at is unseen." example:"2025-03-27T00:00:00Z"`
	Lists []workList `json:"lists" doc:"What waits, a list each."`
}

type workList struct {
	List  string `json:"list" enum:"blind,assigned,stale,second_judge,model,open,unseen,given" doc:"blind: findings that you are asked to review blind. assigned: those given to you. stale: reviews on passages that have changed. second_judge: findings without a review that the second judge disputes, where there is one. model: findings without a review that the language model reads otherwise. open: divergences on which nobody has decided. unseen: what is new or has changed since you looked. given: those given to anybody, for those who may write." example:"open"`
	Count int    `json:"count" minimum:"0" maximum:"1000" doc:"How many findings are in it; 1000 stands for as many or more." example:"12"`
}
