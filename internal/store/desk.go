package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// DeskList names a list of findings that wait for somebody.
type DeskList string

// The lists of a desk.
const (
	// DeskBlind are the findings that a person is asked to review blind.
	DeskBlind DeskList = "blind"
	// DeskAssigned are those that a person is to look at.
	DeskAssigned DeskList = "assigned"
	// DeskStale are those whose review is on passages that have changed.
	DeskStale DeskList = "stale"
	// DeskOpen are the divergences that nobody has decided on.
	DeskOpen DeskList = "open"
	// DeskSecond are those without a review that the second judge says otherwise of.
	DeskSecond DeskList = "second_judge"
	// DeskModel are those without a review that the language model reads otherwise.
	DeskModel DeskList = "model"
	// DeskUnseen are those that are new or have changed since the person saw them.
	DeskUnseen DeskList = "unseen"
	// DeskGiven are those that anybody is to look at.
	DeskGiven DeskList = "given"
)

// DeskItem is a finding that waits for somebody.
type DeskItem struct {
	FindingID  string
	StoryID    string
	StoryTitle string
	Summary    string
	// Stands is the verdict that stands, empty where the finding is veiled.
	Stands      claims.Verdict
	Outcome     Outcome
	StaleReview bool
	Sources     int
	Origins     int
	// Disputed counts the pairs of which the second judge says otherwise than the engine.
	Disputed int
	// At is when it was asked for, or changed.
	At time.Time
	// DueOn, Note, Person and AskedBy are those of an assignment; Note and AskedBy of a
	// blind review too.
	DueOn   *time.Time
	Note    string
	Person  string
	AskedBy string
	// Seen is the edition that the person has seen, 0 for none.
	Seen int
	// Assignee is the open assignment's person in every list, empty for none.
	Assignee string
	// Place is where it stands in the list that it was read from.
	Place DeskPlace `db:"-"`
}

// DeskChoice chooses a part of a list.
type DeskChoice struct {
	List   DeskList
	UserID string
	// Since is from when on a finding that changed is unseen.
	Since time.Time
	// After is the place that the part begins behind, nil for the first part.
	After *DeskPlace
	Limit int
}

// deskSelect selects a [DeskItem] of a finding f; what comes from a list's own table
// is given by its parts.
func deskSelect(at, due, note, person, asker string) string {
	return `
	SELECT f.id AS finding_id, f.story_id, s.title AS story_title, f.summary, coalesce(f.stands, '') AS stands,
	       coalesce(f.outcome, '') AS outcome, f.stale_review, f.sources, f.origins, coalesce(f.second_disagrees, 0) AS disputed,
	       ` + at + ` AS at, ` + due + ` AS due_on, ` + note + ` AS note, ` + person + ` AS person, ` + asker + ` AS asked_by,
	       coalesce((SELECT m.edition FROM seen_findings m WHERE m.finding_id = f.id AND m.user_id = @user::uuid), 0) AS seen,
	       coalesce((SELECT u.name FROM assignments o JOIN users u ON u.id = o.user_id
	                 WHERE o.finding_id = f.id AND o.ended_at IS NULL), '') AS assignee`
}

// deskList is what makes a list.
type deskList struct {
	// from says where it comes from; it uses @user, @viewer and @since.
	from string
	// keys are what it is ordered by; id, which goes up, follows them.
	keys []deskKey
	id   string
}

// deskKey is something that a list is ordered by.
type deskKey struct {
	column string
	kind   string
	down   bool
}

// Stories and marks are looked up for each finding (OFFSET keeps that apart): a list is
// read as far as its limit, and a join would read all of them first.
const (
	ofFinding      = "JOIN LATERAL (SELECT * FROM findings_for(@viewer) v WHERE v.id = w.finding_id OFFSET 0) f ON true "
	ofStory        = " JOIN LATERAL (SELECT * FROM stories x WHERE x.id = f.story_id AND x.deleted_at IS NULL OFFSET 0) s ON true "
	assignmentList = "FROM assignments w " + ofFinding + "JOIN users p ON p.id = w.user_id JOIN users q ON q.id = w.assigned_by" + ofStory
)

var (
	byDue     = []deskKey{{column: "coalesce(w.due_on, '9999-12-31')", kind: "date"}}
	byChange  = []deskKey{{column: "f.changed_at", kind: "timestamptz", down: true}}
	byOrigins = []deskKey{{column: "f.origins", kind: "integer", down: true}}
	byDispute = []deskKey{{column: "f.second_disagrees", kind: "integer", down: true}, {column: "f.origins", kind: "integer", down: true}}
	// What the second judge, or the language model, says otherwise of comes first.
	byWeight = []deskKey{{column: "least(f.second_disagrees, 1)", kind: "integer", down: true}, {column: "(f.doubt IS NOT NULL)::integer", kind: "integer", down: true},
		{column: "f.origins", kind: "integer", down: true}, {column: "f.sources", kind: "integer", down: true}}
)

// notVeiledFinding leaves out the findings f that are veiled from the viewer: what they say
// puts them into no list. Through findings_for no index would lead along a list.
const notVeiledFinding = "NOT f.id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(@viewer) v WHERE v.finding_id IS NOT NULL))"

var deskLists = map[DeskList]deskList{
	DeskBlind: {"FROM blind_reviewers r JOIN blind_reviews w ON w.id = r.blind_id AND w.revealed_at IS NULL " + ofFinding +
		"JOIN users q ON q.id = w.asked_by" + ofStory + `
		WHERE r.user_id = @user::uuid AND r.answered_at IS NULL AND @since::timestamptz IS NOT NULL`, nil, "w.id"},
	DeskAssigned: {assignmentList + `
		WHERE w.ended_at IS NULL AND w.user_id = @user::uuid AND @since::timestamptz IS NOT NULL`, byDue, "w.id"},
	DeskGiven: {assignmentList + `
		WHERE w.ended_at IS NULL AND @user::uuid IS NOT NULL AND @since::timestamptz IS NOT NULL`, byDue, "w.id"},
	DeskStale: {"FROM findings f" + ofStory + `
		WHERE ` + notVeiledFinding + ` AND f.stale_review AND @user::uuid IS NOT NULL AND @since::timestamptz IS NOT NULL`, byChange, "f.id"},
	DeskOpen: {"FROM findings f" + ofStory + `
		WHERE ` + notVeiledFinding + ` AND f.stands = 'diverge' AND NOT f.reviewed AND NOT f.stale_review AND @user::uuid IS NOT NULL AND @since::timestamptz IS NOT NULL`,
		byWeight, "f.id"},
	DeskSecond: {"FROM findings f" + ofStory + `
		WHERE ` + notVeiledFinding + ` AND f.second_disagrees > 0 AND NOT f.reviewed AND @user::uuid IS NOT NULL AND @since::timestamptz IS NOT NULL`,
		byDispute, "f.id"},
	DeskModel: {"FROM findings f" + ofStory + `
		WHERE ` + notVeiledFinding + ` AND f.doubt IS NOT NULL AND NOT f.reviewed AND @user::uuid IS NOT NULL AND @since::timestamptz IS NOT NULL`,
		byOrigins, "f.id"},
	DeskUnseen: {"FROM findings f" + ofStory + `
		LEFT JOIN LATERAL (SELECT x.edition FROM seen_findings x WHERE x.finding_id = f.id AND x.user_id = @user::uuid OFFSET 0) m ON true
		WHERE ` + notVeiledFinding + ` AND f.changed_at >= @since AND coalesce(m.edition, 0) < f.edition`, byChange, "f.id"},
}

// columnsOf gives what a list selects.
func columnsOf(l DeskList) string {
	switch l {
	case DeskBlind:
		return deskSelect("w.created_at", "NULL::date", "w.note", "''", "q.name")
	case DeskAssigned, DeskGiven:
		return deskSelect("w.created_at", "w.due_on", "w.note", "p.name", "q.name")
	}
	return deskSelect("coalesce(f.changed_at, f.created_at)", "NULL::date", "''", "''", "''")
}

func (q Queries) deskArgs(c DeskChoice) named {
	return named{"user": c.UserID, "viewer": q.viewer, "since": c.Since}
}

// Desk gives a part of a list of findings that wait for somebody.
func (q Queries) Desk(ctx context.Context, c DeskChoice) ([]DeskItem, error) {
	type row struct {
		DeskItem
		Keys  []string
		KeyID string
	}
	args, l := q.deskArgs(c), deskLists[c.List]
	args["limit"] = c.Limit
	rows, err := list[row](ctx, q.q, "desk", columnsOf(c.List)+", "+l.placeColumns()+" "+l.from+l.behind(c.After, args)+
		" ORDER BY "+l.order()+" LIMIT @limit", args)
	out := make([]DeskItem, len(rows))
	for i, r := range rows {
		out[i] = r.DeskItem
		out[i].Place = DeskPlace{List: c.List, Keys: r.Keys, ID: r.KeyID}
	}
	return out, err
}

// DeskCount counts a list; it stops at the limit of the choice.
func (q Queries) DeskCount(ctx context.Context, c DeskChoice) (int, error) {
	args := q.deskArgs(c)
	args["limit"] = c.Limit
	return scalar[int](ctx, q.q, "count desk", "SELECT count(*) FROM (SELECT 1 "+deskLists[c.List].from+" LIMIT @limit) x", args)
}

// DeskEvents gives what happened to findings after the editions that a person has
// seen and since a time, the oldest first.
func (q Queries) DeskEvents(ctx context.Context, c DeskChoice, findings []string) ([]FindingEvent, error) {
	args := q.deskArgs(c)
	args["findings"] = findings
	return list[FindingEvent](ctx, q.q, "events of a desk", eventSelect+`
		LEFT JOIN seen_findings m ON m.finding_id = e.finding_id AND m.user_id = @user::uuid
		WHERE e.finding_id = ANY(@findings) AND e.edition > coalesce(m.edition, 0) AND e.at >= @since ORDER BY e.id`, args)
}

// NextOpen gives the finding of a person's assignments that comes after one, or of
// the findings of its story that nobody has decided on, in the order of the story;
// after the last the first. It is claims.NotFound where none is left.
func (q Queries) NextOpen(ctx context.Context, c NextChoice) (string, error) {
	args := named{"user": c.UserID, "viewer": q.viewer, "finding": c.FindingID}
	if c.Assigned {
		return scalar[string](ctx, q.q, "next assigned", `
			SELECT f.id::text FROM assignments a JOIN LATERAL (SELECT * FROM findings_for(@viewer) v WHERE v.id = a.finding_id OFFSET 0) f ON true
			JOIN stories s ON s.id = f.story_id AND s.deleted_at IS NULL
			WHERE a.ended_at IS NULL AND a.user_id = @user::uuid AND f.id <> @finding::uuid
			ORDER BY f.verdict IS NULL, a.due_on NULLS LAST, a.id LIMIT 1`, args)
	}
	return scalar[string](ctx, q.q, "next open", `
		WITH me AS (SELECT story_id, rank, sources, id FROM findings_for(@viewer) WHERE id = @finding::uuid AND @user::uuid IS NOT NULL)
		SELECT f.id::text FROM findings_for(@viewer) f, me
		WHERE f.story_id = me.story_id AND f.id <> me.id AND NOT f.reviewed AND f.verdict IS NOT NULL
		ORDER BY (f.rank, -f.sources, f.id) > (me.rank, -me.sources, me.id) DESC, f.rank, f.sources DESC, f.id LIMIT 1`, args)
}

// NextChoice says after which finding the next one is wanted, and from where.
type NextChoice struct {
	FindingID string
	UserID    string
	// Assigned takes the person's assignments, else the finding's story is taken.
	Assigned bool
}
