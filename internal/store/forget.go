package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// PersonErasure counts what goes with a person's account, and what stays without the
// name.
type PersonErasure struct {
	// Keys, Searches, Webhooks and Sessions go; Assigned are findings that are handed
	// back, Asked open blind reviews that wait for the person's answer and go on without.
	Keys, Searches, Webhooks, Sessions, Assigned, Asked int
	// Reviews, Judgements, Edits of claims and Entries of the history stay under the
	// pseudonym.
	Reviews, Judgements, Edits, Entries int
	// Looked is how many entries of the history were looked at so far, 0 where the
	// account is not being deleted.
	Looked int
	// Running is true while the person is looked for in what others wrote.
	Running bool
}

// sessionsOf are the sessions in which a user's id $1 stands, also those that wait for a code.
const sessionsOf = "(user_id = $1::text::uuid OR position(convert_to($1::text, 'UTF8') IN data) > 0)"

// PersonErasure counts what would go with an account and what would stay, as far as the
// viewer may know: of each at most [MostCounted], and one more where there are more.
func (q Queries) PersonErasure(ctx context.Context, id string) (PersonErasure, error) {
	return one[PersonErasure](ctx, q.q, "count a person's traces", `
		SELECT (SELECT count(*) FROM api_keys WHERE user_id = $1::text::uuid)::int AS keys,
			(SELECT count(*) FROM saved_searches WHERE user_id = $1::text::uuid)::int AS searches,
			(SELECT count(*) FROM webhooks WHERE user_id = $1::text::uuid)::int AS webhooks,
			(SELECT count(*) FROM sessions WHERE `+sessionsOf+`)::int AS sessions,
			`+upTo("assignments WHERE user_id = $1::text::uuid AND ended_at IS NULL")+` AS assigned,
			`+upTo(`blind_reviewers r JOIN blind_reviews b ON b.id = r.blind_id
				WHERE r.user_id = $1::text::uuid AND r.answered_at IS NULL AND b.revealed_at IS NULL`)+` AS asked,
			`+upTo("reviews_for($2) r WHERE r.author_id = $1::text::uuid")+` AS reviews,
			`+upTo("accuracy_answers WHERE user_id = $1::text::uuid")+` AS judgements,
			`+upTo("claim_edits WHERE author_id = $1::text::uuid")+` AS edits,
			`+upTo("audit WHERE actor_id = $1::text::uuid")+` AS entries,
			coalesce((SELECT looked FROM forgetting WHERE user_id = $1::text::uuid), 0)::int AS looked,
			EXISTS (SELECT FROM forgetting WHERE user_id = $1::text::uuid) AS running`, id, q.viewer, MostCounted+1)
}

// upTo counts rows up to the number in $3.
func upTo(from string) string {
	return "(SELECT count(*) FROM (SELECT FROM " + from + " LIMIT $3) v)::int"
}

// CalledNames gives what a person was called: the name now, those before, and those on
// invitations.
func (q Queries) CalledNames(ctx context.Context, id string) ([]string, error) {
	return column[string](ctx, q.q, "names of a person", `
		SELECT name FROM users WHERE id = $1::text::uuid
		UNION SELECT i.name FROM invitations i JOIN users u ON i.user_id = u.id OR i.email = u.email WHERE u.id = $1::text::uuid
		UNION SELECT v FROM audit d, unnest(ARRAY [d.detail ->> 'from', d.detail ->> 'to']) v
			WHERE d.object = $1 AND d.action = 'user.rename' AND v <> ''
		ORDER BY 1`, id)
}

// Forgetting is a person who is being forgotten.
type Forgetting struct {
	UserID string
	Names  []string
	// Pattern finds the person in any text.
	Pattern     string
	RequestedBy string
}

// ForgetAccount takes name, address, password and role from an account, which then has a
// pseudonym and cannot be signed in to. hash is that of a password that nobody knows. The
// lock on all administrators has to be held: it keeps the pseudonyms apart.
func (t *Tx) ForgetAccount(ctx context.Context, f Forgetting, hash string) error {
	if _, err := t.exec(ctx, "note who is forgotten", `
		INSERT INTO forgetting (user_id, names, pattern, requested_by) VALUES (@id, @names, @pattern, @by)`,
		named{"id": f.UserID, "names": f.Names, "pattern": f.Pattern, "by": f.RequestedBy}); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "forget invitations", `
		DELETE FROM invitations i USING users u WHERE u.id = $1 AND (i.user_id = u.id OR i.email = u.email)`, f.UserID); err != nil {
		return err
	}
	_, err := t.exec(ctx, "forget account", `
		UPDATE users SET former = n.next, name = 'Former member ' || n.next, email = 'former-member-' || n.next || '@deleted.invalid',
			role = 'reader', password_hash = @hash, last_login_at = NULL, session_version = session_version + 1, version = version + 1,
			disabled_at = coalesce(disabled_at, clock_timestamp()), forgotten_at = clock_timestamp()
		FROM (SELECT coalesce(max(former), 0) + 1 AS next FROM users) n WHERE id = @id`, named{"id": f.UserID, "hash": hash})
	return err
}

// own are the statements that remove what was the person's $1 alone.
var own = []struct{ op, sql string }{
	{"sessions", "DELETE FROM sessions WHERE " + sessionsOf},
	{"second factor", "DELETE FROM second_factors WHERE user_id = $1::text::uuid"},
	{"keys", "DELETE FROM api_keys WHERE user_id = $1::text::uuid"},
	{"searches", "DELETE FROM saved_searches WHERE user_id = $1::text::uuid"},
	{"webhooks", "DELETE FROM webhooks WHERE user_id = $1::text::uuid"},
	{"answers of calls", "DELETE FROM idempotency WHERE actor_id = $1::text::uuid"},
	{"links to passwords", "DELETE FROM password_resets WHERE user_id = $1::text::uuid"},
	{"invitations", "DELETE FROM invitations WHERE user_id = $1::text::uuid"},
	{"previews", "DELETE FROM previews WHERE created_by = $1::text::uuid"},
	{"marks of what was seen", "DELETE FROM seen_findings WHERE user_id = $1::text::uuid"},
	{"mark of all that was seen", "DELETE FROM seen_all WHERE user_id = $1::text::uuid"},
	{"what undoes marks", "DELETE FROM desk_actions WHERE user_id = $1::text::uuid AND kind = 'seen'"},
	{"assignments", "UPDATE assignments SET ended_at = clock_timestamp() WHERE user_id = $1::text::uuid AND ended_at IS NULL"},
}

// DeleteOwn removes what is a forgotten person's alone and hands back what they were
// given. Nothing is left to do where it was done before.
func (t *Tx) DeleteOwn(ctx context.Context, id string) error {
	for _, s := range own {
		if _, err := t.exec(ctx, "forget: "+s.op, s.sql, id); err != nil {
			return err
		}
	}
	return nil
}

// Forgetting gives a person who is being forgotten, claims.NotFound where that is done.
func (q Queries) Forgetting(ctx context.Context, id string) (Forgetting, error) {
	return one[Forgetting](ctx, q.q, "forgetting", `
		SELECT user_id, names, pattern, requested_by FROM forgetting WHERE user_id = $1`, id)
}

// UnfinishedForgetting gives the people who are being forgotten.
func (q Queries) UnfinishedForgetting(ctx context.Context) ([]string, error) {
	return column[string](ctx, q.q, "unfinished forgetting", "SELECT user_id::text FROM forgetting ORDER BY user_id")
}

// LatelyForgotten gives the people who were forgotten in the last two days: what one of
// them still had running may have left something.
func (q Queries) LatelyForgotten(ctx context.Context) ([]string, error) {
	return column[string](ctx, q.q, "lately forgotten", "SELECT id::text FROM users WHERE forgotten_at > now() - interval '2 days' ORDER BY id")
}

// ForgettingSettled tells whether all transactions have ended that may still know a
// person by name. It counts from the first time that it is asked.
func (t *Tx) ForgettingSettled(ctx context.Context, id string) (bool, error) {
	return scalar[bool](ctx, t.q, "forgetting settled", `
		WITH told AS (UPDATE forgetting SET settled_from = coalesce(settled_from, clock_timestamp()) WHERE user_id = $1 RETURNING settled_from)
		SELECT NOT EXISTS (SELECT FROM pg_stat_activity a, told WHERE a.datname = current_database() AND a.usename = current_user
			AND a.pid <> pg_backend_pid() AND a.xact_start < told.settled_from)`, id)
}

// OpenPanel is an open blind review that waits for an answer.
type OpenPanel struct {
	ID, StoryID string
}

// PanelsWaitingFor gives the open blind reviews that wait for a person.
func (q Queries) PanelsWaitingFor(ctx context.Context, id string) ([]OpenPanel, error) {
	return list[OpenPanel](ctx, q.q, "panels waiting for a person", `
		SELECT b.id, b.story_id FROM blind_reviewers r JOIN blind_reviews b ON b.id = r.blind_id
		WHERE r.user_id = $1 AND r.answered_at IS NULL AND b.revealed_at IS NULL ORDER BY b.id`, id)
}

// LeavePanel takes a person who has not answered off an open blind review, under its
// story's lock, and tells how many are left and whether all of them have answered.
func (t *Tx) LeavePanel(ctx context.Context, panel, id string) (left int, answered bool, err error) {
	n, err := t.exec(ctx, "leave panel", `
		DELETE FROM blind_reviewers r USING blind_reviews b
		WHERE b.id = r.blind_id AND b.id = $1 AND r.user_id = $2 AND r.answered_at IS NULL AND b.revealed_at IS NULL`, panel, id)
	if err != nil || n == 0 {
		return 0, false, err
	}
	type row struct {
		Left     int
		Answered bool
	}
	r, err := one[row](ctx, t.q, "who is left in a panel", `
		SELECT count(*)::int AS left, coalesce(bool_and(answered_at IS NOT NULL), false) AS answered FROM blind_reviewers WHERE blind_id = $1`, panel)
	return r.Left, r.Answered, err
}

// notes are the columns in which people write in their own words.
var notes = []struct{ table, column string }{
	{"reviews", "note"}, {"blind_reviews", "note"}, {"blind_reviewers", "note"}, {"assignments", "note"}, {"accuracy_answers", "note"},
	{"finding_shares", "name"}, {"imports", "name"}, {"webhooks", "description"}, {"saved_searches", "name"}, {"saved_searches", "query"},
	{"api_keys", "name"}, {"feeds", "folder"},
}

// notesAtOnce is how many notes are changed in one statement.
const notesAtOnce = 500

// ForgetInNotes puts the pseudonym where notes mean a person, in one column of those that
// people write in; part counts these from 0. more is true where there may be further
// notes, last behind the last column.
func (t *Tx) ForgetInNotes(ctx context.Context, f Forgetting, part int) (more, last bool, err error) {
	if part >= len(notes) {
		return false, true, t.forgetInCalls(ctx, f)
	}
	table, col := pgx.Identifier{notes[part].table}.Sanitize(), pgx.Identifier{notes[part].column}.Sanitize()
	n, err := t.exec(ctx, "forget in notes of "+notes[part].table, `
		UPDATE `+table+" SET "+col+" = regexp_replace("+col+`, @pattern, (SELECT name FROM users WHERE id = @id), 'gi')
		WHERE ctid = ANY (ARRAY (SELECT ctid FROM `+table+" WHERE "+col+" ~* @pattern LIMIT @limit))",
		named{"pattern": f.Pattern, "id": f.UserID, "limit": notesAtOnce})
	return n == notesAtOnce, false, err
}

// forgetInCalls drops the kept answers of calls that mean the person.
func (t *Tx) forgetInCalls(ctx context.Context, f Forgetting) error {
	_, err := t.exec(ctx, "forget in answers of calls", `
		DELETE FROM idempotency WHERE body IS NOT NULL AND (position(convert_to(@id::text, 'UTF8') IN body) > 0 OR convert_from(body, 'UTF8') ~* @pattern)`,
		named{"id": f.UserID, "pattern": f.Pattern})
	return err
}

// ForgetInHistory puts the pseudonym into the next entries of the history, at most so
// many, and tells whether there are more.
func (t *Tx) ForgetInHistory(ctx context.Context, id string, most int) (more bool, err error) {
	return scalar[bool](ctx, t.q, "forget in the history", `
		WITH place AS (SELECT user_id, after FROM forgetting WHERE user_id = $1 FOR UPDATE),
		done AS (SELECT h.last, h.looked FROM place p, forget_person_in_history(p.user_id, p.after, $2) h),
		kept AS (UPDATE forgetting f SET after = coalesce(d.last, f.after), looked = f.looked + d.looked FROM done d WHERE f.user_id = $1)
		SELECT coalesce((SELECT looked >= $2 FROM done), false)`, id, most)
}

// ForgettingDone notes that nothing is left to be looked for: what the person was called
// goes with it.
func (t *Tx) ForgettingDone(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "forgetting done", "DELETE FROM forgetting WHERE user_id = $1", id)
	return err
}
