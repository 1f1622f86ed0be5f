package store

import (
	"context"
	"time"
)

// HistoryChoice chooses entries of the audit log; empty fields choose all.
type HistoryChoice struct {
	// ActorID is who did it; Service chooses what the service did by itself.
	ActorID string
	Service bool
	KeyID   string
	Actions []string
	// Action is an action, or the part of several before the dot.
	Action string
	// Objects are the ids of what it was done to, or of the articles whose claims it was
	// done to.
	Objects []string
	// From and To bound the time; To is not within.
	From, To time.Time
	// Before is an id: what was noted earlier is chosen.
	Before string
	Limit  int
}

// History lists entries of the audit log, the newest first.
func (q Queries) History(ctx context.Context, c HistoryChoice) ([]AuditEntry, error) {
	f := newFilter(named{"limit": c.Limit})
	f.on(c.ActorID != "", "actor_id = @actor::uuid", "actor", c.ActorID)
	f.on(c.KeyID != "", "key_id = @key::uuid", "key", c.KeyID)
	f.on(len(c.Actions) > 0, "action = ANY(@actions)", "actions", c.Actions)
	f.on(len(c.Objects) > 0, "(object = ANY(@objects) OR detail ->> 'article' = ANY(@objects))", "objects", c.Objects)
	f.on(!c.From.IsZero(), "at >= @from", "from", c.From)
	f.on(!c.To.IsZero(), "at < @to", "to", c.To)
	f.on(c.Before != "", c.behind(), "before", c.Before)
	f.add(c.Service, "actor_id IS NULL")
	from := "audit d WHERE " + f.sql()
	if c.Action != "" {
		f.args["action"] = c.Action
		from = "actions n CROSS JOIN LATERAL (SELECT * FROM audit WHERE action = n.action AND " + f.sql() + " ORDER BY " + c.by() + " LIMIT @limit) d"
	}
	return list[AuditEntry](ctx, q.q, "history", c.actionsNamed()+`
		SELECT d.id, d.at, coalesce(d.actor_id::text, '') AS actor_id, d.actor, coalesce(d.key_id::text, '') AS key_id, d.action, d.object, d.detail
		FROM `+from+" ORDER BY "+c.by()+" LIMIT @limit", f.args)
}

// by gives the order. Up to a time it begins with times, for an index to begin there and
// not with all that is newer.
func (c HistoryChoice) by() string {
	if c.To.IsZero() {
		return "id DESC"
	}
	return "at DESC, id DESC"
}

// behind holds for what stands behind an entry in that order.
func (c HistoryChoice) behind() string {
	if c.To.IsZero() {
		return "id < @before::uuid"
	}
	return "(at, id) < ((SELECT b.at FROM audit b WHERE b.id = @before::uuid), @before::uuid)"
}

// actionsNamed finds the actions that the choice names, each looked up in the index
// behind the one before: there are few, and each may have been done very often.
func (c HistoryChoice) actionsNamed() string {
	if c.Action == "" {
		return ""
	}
	return `
		WITH RECURSIVE done (action) AS (
			(SELECT action FROM audit ORDER BY action LIMIT 1)
			UNION ALL SELECT (SELECT a.action FROM audit a WHERE a.action > done.action ORDER BY a.action LIMIT 1) FROM done WHERE done.action IS NOT NULL),
		actions AS (SELECT action FROM done WHERE action = @action OR starts_with(action, @action || '.'))`
}

// ObjectKind is what an entry of the audit log is about.
type ObjectKind string

// The kinds of object.
const (
	StoryObject      ObjectKind = "story"
	ArticleObject    ObjectKind = "article"
	FindingObject    ObjectKind = "finding"
	FeedObject       ObjectKind = "feed"
	ImportObject     ObjectKind = "import"
	UserObject       ObjectKind = "user"
	KeyObject        ObjectKind = "key"
	InvitationObject ObjectKind = "invitation"
	SourceObject     ObjectKind = "source"
)

// Object is what an entry of the audit log is about, as it stands now.
type Object struct {
	ID   string
	Kind ObjectKind
	// At is the id under which it is found now: another one where it was merged.
	At   string
	Name string
	// Deleted is true for what is in the bin.
	Deleted bool
}

// Objects gives what ids name; what is gone for good is left out. Each id is looked for
// by itself, first where most are: the search for it ends where it is found.
func (q Queries) Objects(ctx context.Context, ids []string) ([]Object, error) {
	return list[Object](ctx, q.q, "objects", `
		SELECT o.* FROM (SELECT DISTINCT id FROM unnest($1::uuid[]) AS i (id)) i CROSS JOIN LATERAL (
			SELECT f.id, 'finding' AS kind, f.id AS at, f.summary AS name, s.deleted_at IS NOT NULL AS deleted FROM findings f JOIN stories s ON s.id = f.story_id WHERE f.id = i.id
			UNION ALL SELECT a.id, 'article', a.id, coalesce(nullif(a.title, ''), p.name), a.deleted_at IS NOT NULL FROM articles a JOIN sources p ON p.id = a.source_id WHERE a.id = i.id
			UNION ALL SELECT s.id, 'story', s.id, s.title, s.deleted_at IS NOT NULL FROM stories s WHERE s.id = i.id
			UNION ALL SELECT s.id, 'source', s.id, s.name, r.source_id IS NOT NULL FROM sources s LEFT JOIN source_removals r ON r.source_id = s.id WHERE s.id = i.id
			UNION ALL SELECT m.id, 'finding', f.id, f.summary, false FROM findings_moved m JOIN findings f ON f.id = m.successor WHERE m.id = i.id
			UNION ALL SELECT m.id, 'story', s.id, s.title, s.deleted_at IS NOT NULL FROM stories_moved m JOIN stories s ON s.id = m.successor WHERE m.id = i.id
			UNION ALL SELECT f.id, 'feed', f.id, coalesce(nullif(f.title, ''), f.url), false FROM feeds f WHERE f.id = i.id
			UNION ALL SELECT m.id, 'import', m.id, m.name, false FROM imports m WHERE m.id = i.id
			UNION ALL SELECT u.id, 'user', u.id, u.name, false FROM users u WHERE u.id = i.id
			UNION ALL SELECT k.id, 'key', k.id, k.name, false FROM api_keys k WHERE k.id = i.id
			UNION ALL SELECT v.id, 'invitation', v.id, v.name, false FROM invitations v WHERE v.id = i.id
			LIMIT 1) o`, ids)
}

// WithinStory gives the ids of a story, of those that ended in it, of its articles
// and of its findings.
func (q Queries) WithinStory(ctx context.Context, storyID string) ([]string, error) {
	return column[string](ctx, q.q, "within story", `
		SELECT $1::uuid::text
		UNION ALL SELECT id::text FROM stories_moved WHERE successor = $1
		UNION ALL SELECT id::text FROM articles WHERE story_id = $1
		UNION ALL SELECT id::text FROM findings WHERE story_id = $1`, storyID)
}

// Judged says what a review means for the word of the machine.
type Judged struct {
	ID      string
	Outcome Outcome
	// Apart is true where it says that the claims are not about one fact.
	Apart bool
}

// Judged tells what reviews mean, of those that the viewer may see.
func (q Queries) Judged(ctx context.Context, ids []string) ([]Judged, error) {
	return list[Judged](ctx, q.q, "judged", `
		SELECT r.id, r.outcome, r.alignment = 'rejected' AS apart FROM reviews_for($2) r WHERE r.id = ANY($1)`, ids, q.viewer)
}
