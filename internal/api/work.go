package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
	"corroborate/internal/store"
)

type workInput struct {
	Since time.Time `query:"since" doc:"Count as unseen what changed from then on; left out, what changed since you said that you had seen all." example:"2025-03-27T00:00:00Z"`
}

type workListInput struct {
	workInput
	PageQuery
}

type listAssignmentsInput struct {
	UserID    string `query:"user_id" maxLength:"100" doc:"Only what this person is to look at." example:"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e5f"`
	FindingID string `query:"finding_id" maxLength:"100" doc:"Only the assignment of this finding." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	StoryID   string `query:"story_id" maxLength:"100" doc:"Only findings of this story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	PageQuery
}

type assignInput struct {
	IdempotencyKey
	Body assignmentBody
}

type seenInput struct {
	IdempotencyKey
	Body struct {
		FindingIDs []string `json:"finding_ids" minItems:"1" maxItems:"500" doc:"The findings that you have seen as they are now." example:"[\"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03\"]"`
	}
}

type seenAllInput struct {
	IdempotencyKey
	Body seenAll
}

type seenAll struct {
	Until time.Time `json:"until" doc:"You have seen all that changed before then. It never goes back." example:"2025-03-28T08:00:00Z"`
}

// workLists are the lists of what waits, with their summaries and who may read them.
var workLists = []struct {
	list           store.DeskList
	summary, about string
	needs          app.Action
}{
	{store.DeskBlind, "List what you are to review blind", "Lists the findings that you are asked to review blind and have not answered, those asked for first first. Answer with the call for blind reviews.", app.ReviewFindings},
	{store.DeskAssigned, "List what is assigned to you", "Lists the findings that you are to look at, those due first first.", app.ReviewFindings},
	{store.DeskStale, "List stale reviews", "Lists the findings whose newest review is on passages that have changed, what changed last first.", app.ReviewFindings},
	{store.DeskSecond, "List what the second judge disputes", "Lists the findings without a review of which the second judge, an outside model, says otherwise than the engine; those with most such pairs first.", app.ReviewFindings},
	{store.DeskModel, "List what the model reads otherwise", "Lists the findings without a review of which the language model reads two claims otherwise than the verdict; those of most origins first.", app.ReviewFindings},
	{store.DeskOpen, "List open divergences", "Lists the divergences on which nobody has decided, those first that the second judge disputes, then those that the language model reads otherwise, then those of most origins.", app.ReviewFindings},
	{store.DeskUnseen, "List what you have not seen", "Lists the findings that are new or have changed since you looked, what changed last first, with what happened.", app.ReviewFindings},
	{store.DeskGiven, "List what is given out", "Lists the findings that anybody is to look at, those due first first.", app.WriteArticles},
}

func (a *API) registerWork() {
	register(a, operation{
		id: "get-work", method: http.MethodGet, path: "/work", tag: "Work", needs: app.ReviewFindings,
		summary: "Get what waits for you", about: "Counts the findings that wait for you, a list each; the lists themselves have addresses of their own.", status: http.StatusOK,
	}, a.getWork)
	for _, l := range workLists {
		word := strings.ReplaceAll(string(l.list), "_", "-")
		register(a, operation{
			id: "list-work-" + word, method: http.MethodGet, path: "/work/" + word, tag: "Work", needs: l.needs,
			summary: l.summary, about: l.about, status: http.StatusOK,
		}, a.workList(l.list))
	}
	register(a, operation{
		id: "mark-seen", method: http.MethodPost, path: "/work/seen", tag: "Work", needs: app.ReviewFindings,
		summary: "Mark findings as seen",
		about:   "Notes that you have seen findings as they are now; they are unseen again when they change. Getting a finding here does not mark it. The action can be undone.",
		status:  http.StatusOK, maxBody: smallBody, stores: true,
	}, a.markSeen)
	register(a, operation{
		id: "mark-all-seen", method: http.MethodPost, path: "/work/seen-all", tag: "Work", needs: app.ReviewFindings,
		summary: "Mark everything as seen", about: "Notes that you have seen all that changed before a moment, which is now or earlier. It cannot be undone.",
		status: http.StatusOK, maxBody: smallBody, stores: true,
	}, a.markAllSeen)
	a.registerAssignments()
}

func (a *API) registerAssignments() {
	register(a, operation{
		id: "list-assignments", method: http.MethodGet, path: "/assignments", tag: "Work", needs: app.ReviewFindings,
		summary: "List assignments", about: "Lists who is to look at which finding, the newest first. An assignment ends with the next review of the finding.", status: http.StatusOK,
	}, a.listAssignments)
	register(a, operation{
		id: "create-assignments", method: http.MethodPost, path: "/assignments", tag: "Work", needs: app.WriteArticles,
		summary: "Give findings to somebody",
		about:   "Gives findings to a person who may review, all or none of them. Whoever had one of them has it no more. The action can be undone.",
		status:  http.StatusCreated, maxBody: smallBody, stores: true,
	}, a.createAssignments)
	register(a, operation{
		id: "end-assignment", method: http.MethodDelete, path: "/assignments/{id}", tag: "Work", needs: app.WriteArticles,
		summary: "Take a finding back", about: "Ends an assignment. It needs no If-Match, as an assignment never changes. The action can be undone.",
		status: http.StatusNoContent, problems: []problem.Kind{problem.NotFound, problem.Conflict},
	}, a.endAssignment)
	register(a, operation{
		id: "list-checkers", method: http.MethodGet, path: "/checkers", tag: "Work", needs: app.WriteArticles,
		summary: "List who may review", about: "Lists the people to whom findings can be given, or who can be asked for a blind review, by name. It is one part: next_cursor is empty.", status: http.StatusOK,
	}, a.listCheckers)
}

func (a *API) getWork(ctx context.Context, in *workInput) (*plain[work], error) {
	parts, since, err := a.app.Desk(ctx, actorOf(ctx), app.DeskFilter{Since: in.Since, Page: app.Page{Limit: 1}})
	if err != nil {
		return nil, err
	}
	return &plain[work]{Body: work{Since: since, Lists: mapped(parts, func(p app.DeskPart) workList {
		return workList{List: string(p.List), Count: p.Count}
	})}}, nil
}

// workList gives the handler of one list.
func (a *API) workList(l store.DeskList) func(context.Context, *workListInput) (*plain[list[workItem]], error) {
	return func(ctx context.Context, in *workListInput) (*plain[list[workItem]], error) {
		items, err := a.app.DeskOf(ctx, actorOf(ctx), app.DeskFilter{List: l, Since: in.Since, Page: in.page()})
		return listOf(items, err, newWorkItem)
	}
}

func (a *API) markSeen(ctx context.Context, in *seenInput) (*plain[deskAction], error) {
	act, err := a.app.MarkSeen(ctx, actorOf(ctx), in.Body.FindingIDs)
	if err != nil {
		return nil, renamed(err, "finding", "finding_ids")
	}
	return &plain[deskAction]{Body: newAction(act)}, nil
}

func (a *API) markAllSeen(ctx context.Context, in *seenAllInput) (*plain[seenAll], error) {
	until, err := a.app.MarkAllSeen(ctx, actorOf(ctx), in.Body.Until)
	if err != nil {
		return nil, err
	}
	return &plain[seenAll]{Body: seenAll{Until: until}}, nil
}

func (a *API) listAssignments(ctx context.Context, in *listAssignmentsInput) (*plain[list[assignment]], error) {
	l, err := a.app.Assignments(ctx, actorOf(ctx), app.AssignmentFilter{UserID: in.UserID, FindingID: in.FindingID, StoryID: in.StoryID, Page: in.page()})
	return listOf(l, err, newAssignment)
}

func (a *API) createAssignments(ctx context.Context, in *assignInput) (*createdPlain[madeAssignments], error) {
	b := in.Body
	act, made, err := a.app.AssignTo(ctx, actorOf(ctx), app.AssignInput{FindingIDs: b.FindingIDs, UserID: b.UserID, DueOn: b.DueOn, Note: b.Note})
	if err != nil {
		return nil, renamed(err, "finding", "finding_ids", "assignee", "user_id", "due", "due_on", "assignment_note", "note")
	}
	return &createdPlain[madeAssignments]{Location: Prefix + "/assignments?user_id=" + b.UserID,
		Body: madeAssignments{Action: newAction(act), Items: mapped(made, newAssignment)}}, nil
}

func (a *API) endAssignment(ctx context.Context, in *IDPath) (*empty, error) {
	_, err := a.app.EndAssignment(ctx, actorOf(ctx), in.ID)
	return nil, err
}

func (a *API) listCheckers(ctx context.Context, _ *struct{}) (*plain[list[checkerPerson]], error) {
	all, err := a.app.Checkers(ctx, actorOf(ctx))
	return listOf(app.List[app.User]{Items: all}, err, newChecker)
}
