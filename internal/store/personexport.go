package store

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"
)

// PersonSection is a part of all that is held on a person.
type PersonSection struct {
	Name string
	// Holds says what is in it.
	Holds string
	// Columns are those, as table.column, in which a person stands whose rows it gives.
	Columns []string
	// sql gives rows x of what is held on @id, as @viewer may see them.
	sql string
	// without are the columns that are left out: secrets, and what says nothing of the
	// person.
	without []string
	order   string
}

// PersonSections lists the parts in their order.
func PersonSections() []PersonSection { return personSections }

// of selects the rows of a table in which a person stands in a column.
func of(table, column string) string { return "SELECT * FROM " + table + " WHERE " + column + " = @id" }

// unveiled leaves out what is on a finding that is veiled from the viewer.
const unveiled = " AND (t.finding_id IS NULL OR NOT event_veiled(t.finding_id, @viewer))"

var personSections = []PersonSection{
	{"account", "The account.", []string{"users.id"}, of("users", "id"), []string{"password_hash", "session_version", "first_password_hash"}, "id"},
	{"second_factor", "Whether a code is asked for at sign-in, and since when. The secret is not told.",
		[]string{"second_factors.user_id"}, of("second_factors", "user_id"), []string{"secret", "key_id"}, "user_id"},
	{"recovery_codes", "How many recovery codes are left.", []string{"recovery_codes.user_id"},
		"SELECT 1 AS one, count(*) AS codes_left FROM recovery_codes WHERE user_id = @id", []string{"one"}, "one"},
	{"sessions", "Sessions: since and until when, their last use to a few minutes, and from which address and with which browser that was.",
		[]string{"sessions.user_id", "sessions.data"},
		"SELECT * FROM sessions WHERE user_id = @id OR position(convert_to(@id::text, 'UTF8') IN data) > 0", []string{"token", "data", "session_version"}, "expiry"},
	{"api_keys", "API keys, without their secrets.", []string{"api_keys.user_id"}, of("api_keys", "user_id"), []string{"token_hash"}, "id"},
	{"invitation", "The invitation that the account was made of.", []string{"invitations.user_id"}, of("invitations", "user_id"), []string{"token_hash", "created_by"}, "id"},
	{"invitations_made", "Invitations that the person made, without whom for.", []string{"invitations.created_by"},
		of("invitations", "created_by"), []string{"token_hash", "email", "name", "user_id"}, "id"},
	{"password_links", "Links to a new password for the person.", []string{"password_resets.user_id"}, of("password_resets", "user_id"), []string{"token_hash", "created_by"}, "id"},
	{"password_links_made", "Links to a new password that the person made for others.", []string{"password_resets.created_by"},
		of("password_resets", "created_by"), []string{"token_hash", "user_id"}, "id"},
	{"saved_searches", "Saved searches.", []string{"saved_searches.user_id"}, of("saved_searches", "user_id"), []string{"feed_hash"}, "id"},
	{"webhooks", "Webhooks, without their secrets.", []string{"webhooks.user_id"}, of("webhooks", "user_id"), []string{"secret", "old_secret"}, "id"},
	{"webhook_deliveries", "What was sent to the webhooks and answered.", []string{"webhooks.user_id"},
		"SELECT d.* FROM webhooks w JOIN deliveries_for(@viewer) d ON d.webhook_id = w.id WHERE w.user_id = @id", []string{"headers"}, "id"},
	{"calls", "Calls of the API of the last day that may be repeated.", []string{"idempotency.actor_id"}, of("idempotency", "actor_id"), []string{"body", "header", "body_hash"}, "key"},
	{"previews", "Pages that are looked at before they are stored.", []string{"previews.created_by"}, of("previews", "created_by"), []string{"page"}, "id"},
	{"stories", "Stories that the person made.", []string{"stories.created_by"}, of("stories", "created_by"), []string{"words"}, "id"},
	{"articles", "Articles that the person added, without their texts.", []string{"articles.created_by"}, of("articles", "created_by"), []string{"fingerprint", "content_hash"}, "id"},
	{"revisions", "Texts that the person stored, without the texts.", []string{"revisions.created_by"}, of("revisions", "created_by"), []string{"raw", "sha256"}, "id"},
	{"source_removals", "Sources that the person removed and that are in the bin.", []string{"source_removals.requested_by"}, of("source_removals", "requested_by"), nil, "source_id"},
	{"feeds", "Feeds that the person added.", []string{"feeds.created_by"}, of("feeds", "created_by"), nil, "id"},
	{"fetches", "Addresses that the person had fetched.", []string{"fetches.created_by"}, of("fetches", "created_by"), nil, "id"},
	{"imports", "Imports that the person made.", []string{"imports.created_by"}, of("imports", "created_by"), nil, "id"},
	{"claim_edits", "Edits of claims that the person made or undid.", []string{"claim_edits.author_id", "claim_edits.undone_by"},
		"SELECT * FROM claim_edits WHERE author_id = @id OR undone_by = @id", nil, "id"},
	{"placements", "Doubtful places of articles that the person settled.", []string{"placements.settled_by"}, of("placements", "settled_by"), []string{"likeness"}, "article_id"},
	{"shares", "Findings that the person shared, without the secrets in their addresses.", []string{"finding_shares.created_by"},
		"SELECT t.* FROM finding_shares t WHERE created_by = @id" + unveiled, []string{"token_hash"}, "id"},
	{"decisions", "Findings that stand as the person decided.", []string{"findings.decided_by"},
		"SELECT id, story_id, outcome, decided_at FROM findings t WHERE decided_by = @id AND NOT event_veiled(t.id, @viewer)", nil, "id"},
	{"finding_events", "What the person did to findings, as colleagues are told.", []string{"finding_events.actor_id"},
		"SELECT t.* FROM finding_events t WHERE actor_id = @id" + unveiled, nil, "id"},
	{"reviews", "Reviews with their notes.", []string{"reviews.author_id"}, "SELECT t.* FROM reviews_for(@viewer) t WHERE author_id = @id", nil, "id"},
	{"events", "Events that tell of the reviews.", []string{"reviews.author_id"},
		"SELECT t.n, t.id, t.type, t.at, t.review_id FROM reviews r JOIN events t ON t.story_id = r.story_id AND t.review_id = r.id WHERE r.author_id = @id" + unveiled, []string{"n"}, "n"},
	{"blind_reviews", "Blind reviews that the person asked for or called off.", []string{"blind_reviews.asked_by", "blind_reviews.called_off_by"},
		"SELECT id, story_id, finding_id, asked_by, called_off_by, created_at, revealed_at, called_off, note FROM blind_reviews WHERE asked_by = @id OR called_off_by = @id", nil, "id"},
	{"blind_answers", "What the person was asked in blind reviews and answered. An answer that is closed is told to the person alone.", []string{"blind_reviewers.user_id"},
		`SELECT t.blind_id, t.answered_at, t.key_id, o.verdict, o.kinds, o.note FROM blind_reviewers t JOIN blind_reviews b ON b.id = t.blind_id
		LEFT JOIN blind_reviewers o ON o.blind_id = t.blind_id AND o.user_id = t.user_id AND (t.user_id::text = @viewer
			OR b.revealed_at IS NOT NULL AND (b.finding_id IS NULL OR NOT event_veiled(b.finding_id, @viewer)))
		WHERE t.user_id = @id`, nil, "blind_id"},
	{"assignments", "Findings that were given to the person, or by the person to others.", []string{"assignments.user_id", "assignments.assigned_by"},
		"SELECT * FROM assignments WHERE user_id = @id OR assigned_by = @id", nil, "id"},
	{"desk_actions", "What the person did in one go and could undo.", []string{"desk_actions.user_id"}, of("desk_actions", "user_id"), nil, "id"},
	{"seen_findings", "Which edition of findings the person has seen.", []string{"seen_findings.user_id"}, of("seen_findings", "user_id"), nil, "finding_id"},
	{"seen_all", "Up to when the person has seen all.", []string{"seen_all.user_id"}, of("seen_all", "user_id"), nil, "user_id"},
	{"judgements", "Judgements of the random sample.", []string{"accuracy_answers.user_id"}, of("accuracy_answers", "user_id"), nil, "sample_id"},
	{"history", "What the person did, and what was done to the account. What was judged stands in judgements.", []string{"audit.actor_id", "audit.object"},
		`SELECT id, at, action, object, key_id, coalesce(actor_id = @id, false) AS by_the_person, detail - ARRAY ['answer', 'really'] AS detail
		FROM audit WHERE actor_id = @id OR object = @id::text`, nil, "id"},
}

// WritePerson writes the rows of all sections as JSON, in one unchanging state of the
// database and a row at a time.
func (d *DB) WritePerson(ctx context.Context, viewer, id string, out PersonWriter) error {
	return d.Snapshot(ctx, func(q Queries) error {
		if _, err := q.q.Exec(ctx, "SET LOCAL timezone = 'UTC'"); err != nil {
			return wrap("set time zone", err)
		}
		for _, s := range personSections {
			if err := q.writeSection(ctx, s, named{"viewer": viewer, "id": id}, out); err != nil {
				return err
			}
		}
		return nil
	})
}

// PersonWriter takes what is held on a person.
type PersonWriter interface {
	// Section begins a section, Row adds a row of it as JSON.
	Section(PersonSection) error
	Row(json.RawMessage) error
}

// writeSection writes the rows of one section. Fields without a value are left out.
func (q Queries) writeSection(ctx context.Context, s PersonSection, args named, out PersonWriter) error {
	if err := out.Section(s); err != nil {
		return err
	}
	sql := `SELECT jsonb_strip_nulls(to_jsonb(x) - @without::text[])::text FROM (` + s.sql + ") x ORDER BY x." + pgx.Identifier{s.order}.Sanitize()
	given := pgx.NamedArgs(args)
	given["without"] = notNil(s.without)
	rows, err := q.q.Query(ctx, sql, given)
	var row string
	var failed error
	err = each(rows, err, []any{&row}, func() {
		if failed == nil {
			failed = out.Row(json.RawMessage(row))
		}
	})
	if failed != nil {
		return failed
	}
	return wrap("export of "+s.Name, err)
}
