package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// BlindVerdict is what a blind reviewer says of the passages: a verdict, or
// Unrelated.
type BlindVerdict = string

// Unrelated says that the passages are not about one fact.
const Unrelated BlindVerdict = "unrelated"

// BlindReview is a finding that several people are asked to judge, none of them
// seeing what the machine or another says.
type BlindReview struct {
	ID         string
	FindingID  string // empty where the finding is gone
	StoryID    string
	StoryTitle string
	Summary    string
	AskedBy    string
	Note       string
	CreatedAt  time.Time
	// RevealedAt is when all had answered or it was called off, nil while it is open.
	RevealedAt *time.Time
	// CalledOff is true where it ended without an answer of everybody; Gone where that
	// was because nothing is left of the finding.
	CalledOff bool
	Gone      bool
	// Changed is true where the passages have changed since it was asked for, Uneven
	// where the answers were not all on the same passages.
	Changed bool
	Uneven  bool
	// Unanimous is true where all gave one verdict; MachineVerdict and MachineKinds are
	// the machine's. All are empty while it is open.
	Unanimous      bool
	MachineVerdict claims.Verdict
	MachineKinds   []claims.Kind
	// SettledBy is the review that adjudicates it, empty for none.
	SettledBy string
	Answers   []BlindAnswer `db:"-"`
}

// BlindAnswer is what one reviewer says. What it says is empty while the blind review
// is open, except where it is the viewer's own.
type BlindAnswer struct {
	BlindID    string
	UserID     string
	User       string
	AnsweredAt *time.Time
	Verdict    BlindVerdict
	Kinds      []claims.Kind
	Note       string
	// Changed is true where the passages have changed since the answer.
	Changed bool
}

// NewBlind is a blind review to be stored.
type NewBlind struct {
	ID        string
	FindingID string
	AskedBy   string
	Note      string
	Reviewers []string
	At        time.Time
}

// InsertBlind opens a blind review of a finding as it is now.
func (t *Tx) InsertBlind(ctx context.Context, b NewBlind) error {
	if _, err := t.exec(ctx, "insert blind review", `
		INSERT INTO blind_reviews (id, story_id, finding_id, asked_by, note, passages, created_at)
		SELECT @id, story_id, id, @by, @note, passages_of(id), @at FROM findings WHERE id = @finding`,
		named{"id": b.ID, "finding": b.FindingID, "by": b.AskedBy, "note": b.Note, "at": b.At}); err != nil {
		return err
	}
	rows := make([][]any, len(b.Reviewers))
	for i, r := range b.Reviewers {
		rows[i] = []any{b.ID, r}
	}
	return t.insert(ctx, "blind_reviewers", []string{"blind_id", "user_id"}, rows)
}

const blindSelect = `
	SELECT b.id, coalesce(b.finding_id::text, '') AS finding_id, b.story_id, s.title AS story_title, coalesce(f.summary, '') AS summary,
	       u.name AS asked_by, b.note, b.created_at, b.revealed_at, b.called_off <> '' AS called_off, b.called_off = 'gone' AS gone,
	       coalesce(b.passages <> passages_of(b.finding_id), true) AS changed, b.uneven, coalesce(b.unanimous, false) AS unanimous,
	       coalesce(b.machine_verdict, '') AS machine_verdict, b.machine_kinds,
	       coalesce((SELECT r.id::text FROM reviews r WHERE r.adjudicates = b.id AND r.withdrawn_at IS NULL ORDER BY r.id DESC LIMIT 1), '') AS settled_by
	FROM blind_reviews b JOIN users u ON u.id = b.asked_by JOIN stories s ON s.id = b.story_id AND s.deleted_at IS NULL
	LEFT JOIN findings f ON f.id = b.finding_id `

// notVeiled leaves out what is on a finding that is veiled from the viewer.
const notVeiled = ` NOT EXISTS (SELECT FROM veiled_from(@viewer) v WHERE v.finding_id = b.finding_id) `

// OpenBlinds gives the blind reviews of a finding that are open, the oldest first.
func (q Queries) OpenBlinds(ctx context.Context, findingID, own string) ([]BlindReview, error) {
	out, err := list[BlindReview](ctx, q.q, "open blind reviews", blindSelect+"WHERE b.finding_id = $1 AND b.revealed_at IS NULL ORDER BY b.id", findingID)
	if err != nil {
		return nil, err
	}
	return q.fillBlinds(ctx, out, own)
}

// EndedBlinds gives the blind reviews of a finding that have ended, the newest first.
func (q Queries) EndedBlinds(ctx context.Context, findingID string) ([]BlindReview, error) {
	out, err := list[BlindReview](ctx, q.q, "ended blind reviews", blindSelect+`
		WHERE b.finding_id = @finding AND b.revealed_at IS NOT NULL AND `+notVeiled+` ORDER BY b.id DESC LIMIT 50`,
		named{"finding": findingID, "viewer": q.viewer})
	if err != nil {
		return nil, err
	}
	return q.fillBlinds(ctx, out, "")
}

// BlindSeen gives one blind review as the viewer may see it: of an open one the own
// answer alone, and none that has ended on a finding that is veiled again.
func (q Queries) BlindSeen(ctx context.Context, id, own string) (BlindReview, error) {
	b, err := one[BlindReview](ctx, q.q, "blind review as seen",
		blindSelect+"WHERE b.id = @id AND (b.revealed_at IS NULL OR "+notVeiled+")", named{"id": id, "viewer": q.viewer})
	if err != nil {
		return b, err
	}
	all, err := q.fillBlinds(ctx, []BlindReview{b}, own)
	if err != nil {
		return b, err
	}
	return all[0], nil
}

// Blind gives one blind review.
func (q Queries) Blind(ctx context.Context, id string) (BlindReview, error) {
	b, err := one[BlindReview](ctx, q.q, "blind review", blindSelect+"WHERE b.id = $1", id)
	if err != nil {
		return b, err
	}
	all, err := q.fillBlinds(ctx, []BlindReview{b}, "")
	if err != nil {
		return b, err
	}
	return all[0], nil
}

// BlindChoice chooses blind reviews of all stories.
type BlindChoice struct {
	// Open chooses those that are open, else those that were revealed with all answers.
	Open bool
	// Unsettled leaves out those on which all agree, and those that were adjudicated.
	Unsettled bool
	// FindingID and StoryID choose those of one finding or story, empty for all.
	FindingID, StoryID string
	// Before is an id: what was asked earlier is chosen.
	Before string
	Limit  int
	// Own is whose answer is told of those that are open, empty for nobody's.
	Own string
}

// Blinds lists blind reviews, the newest first.
func (q Queries) Blinds(ctx context.Context, c BlindChoice) ([]BlindReview, error) {
	out, err := list[BlindReview](ctx, q.q, "blind reviews", blindSelect+`
		WHERE b.called_off = '' AND (b.revealed_at IS NULL) = @open AND (@open OR `+notVeiled+`)
		  AND (NOT @unsettled OR (NOT b.unanimous AND NOT EXISTS (
			SELECT FROM reviews r WHERE r.adjudicates = b.id AND r.withdrawn_at IS NULL)))
		  AND (@finding::text = '' OR b.finding_id = nullif(@finding::text, '')::uuid)
		  AND (@story::text = '' OR b.story_id = nullif(@story::text, '')::uuid)
		  AND (@before::text = '' OR b.id < nullif(@before::text, '')::uuid)
		ORDER BY b.id DESC LIMIT @limit`,
		named{"open": c.Open, "unsettled": c.Unsettled, "finding": c.FindingID, "story": c.StoryID, "before": c.Before,
			"limit": c.Limit, "viewer": q.viewer})
	if err != nil {
		return nil, err
	}
	return q.fillBlinds(ctx, out, c.Own)
}

// fillBlinds adds the answers. Of an open blind review only own's answer is told.
func (q Queries) fillBlinds(ctx context.Context, all []BlindReview, own string) ([]BlindReview, error) {
	ids, at := make([]string, len(all)), map[string]*BlindReview{}
	for i := range all {
		ids[i], at[all[i].ID] = all[i].ID, &all[i]
	}
	rows, err := list[BlindAnswer](ctx, q.q, "blind answers", `
		SELECT r.blind_id, r.user_id, u.name AS user, r.answered_at,
		       CASE WHEN o.told THEN coalesce(r.verdict, '') ELSE '' END AS verdict,
		       CASE WHEN o.told THEN r.kinds ELSE '{}' END AS kinds, CASE WHEN o.told THEN r.note ELSE '' END AS note,
		       r.answered_at IS NOT NULL AND r.passages <> passages_of(b.finding_id) AS changed
		FROM blind_reviewers r JOIN blind_reviews b ON b.id = r.blind_id JOIN users u ON u.id = r.user_id
		CROSS JOIN LATERAL (SELECT (b.revealed_at IS NOT NULL AND b.called_off = '') OR r.user_id::text = $2 AS told) o
		WHERE r.blind_id = ANY($1) ORDER BY r.blind_id, lower(u.name), u.id`, ids, own)
	for _, r := range rows {
		b := at[r.BlindID]
		b.Answers = append(b.Answers, r)
	}
	return all, err
}

// AnswerBlind stores what a person says in the open blind reviews of a finding, and
// gives those that are answered by all now.
func (t *Tx) AnswerBlind(ctx context.Context, findingID string, a BlindAnswer, keyID string) ([]string, error) {
	n, err := t.exec(ctx, "answer blind", `
		UPDATE blind_reviewers r SET verdict = @verdict, kinds = @kinds, note = @note, answered_at = @at,
			passages = passages_of(b.finding_id), key_id = nullif(@key, '')::uuid
		FROM blind_reviews b WHERE b.id = r.blind_id AND b.finding_id = @finding AND b.revealed_at IS NULL AND r.user_id = @user`,
		named{"finding": findingID, "user": a.UserID, "verdict": a.Verdict, "kinds": notNil(a.Kinds), "note": a.Note, "at": a.AnsweredAt, "key": keyID})
	if err != nil || n == 0 {
		return nil, err
	}
	return column[string](ctx, t.q, "answered by all", `
		SELECT b.id::text FROM blind_reviews b WHERE b.finding_id = $1 AND b.revealed_at IS NULL
		  AND NOT EXISTS (SELECT FROM blind_reviewers r WHERE r.blind_id = b.id AND r.answered_at IS NULL)
		  AND EXISTS (SELECT FROM blind_reviewers r WHERE r.blind_id = b.id AND r.user_id = $2) ORDER BY b.id`, findingID, a.UserID)
}

// Reveal ends a blind review that all have answered: the answers become reviews, and
// the machine's word of now is kept beside them.
func (t *Tx) Reveal(ctx context.Context, blindID string, at time.Time) error {
	_, err := t.exec(ctx, "reveal", `
		UPDATE blind_reviews b SET revealed_at = @at, machine_verdict = f.verdict,
			machine_kinds = ARRAY (SELECT DISTINCT d.kind FROM differences d WHERE d.finding_id = f.id AND NOT d.internal ORDER BY 1),
			unanimous = a.verdicts = 1, uneven = a.passages > 1 OR a.latest IS DISTINCT FROM passages_of(f.id)
		FROM findings f, (SELECT count(DISTINCT verdict) AS verdicts, count(DISTINCT passages) AS passages, max(passages) AS latest
		                  FROM blind_reviewers WHERE blind_id = @id) a
		WHERE b.id = @id AND f.id = b.finding_id`, named{"id": blindID, "at": at})
	return err
}

// RevealedReview is a blind answer that becomes a review.
type RevealedReview struct {
	ID      string
	BlindID string
	UserID  string
	Outcome Outcome
}

// PutRevealed makes a blind answer a review on the finding as it is now. It counts
// where all gave one verdict on these passages.
func (t *Tx) PutRevealed(ctx context.Context, r RevealedReview) error {
	if _, err := t.exec(ctx, "put revealed review", `
		INSERT INTO reviews (id, story_id, finding_id, alignment, verdict, differences, cleared, note, outcome, author_id, key_id,
			created_at, blind_id, kinds, counts, stale)
		SELECT @id, b.story_id, b.finding_id, CASE WHEN a.verdict = 'unrelated' THEN 'rejected' ELSE 'confirmed' END,
		       nullif(a.verdict, 'unrelated'), '[]', '[]', a.note, @outcome, a.user_id, a.key_id, a.answered_at, b.id, a.kinds,
		       b.unanimous AND NOT b.uneven, a.passages <> passages_of(b.finding_id)
		FROM blind_reviewers a JOIN blind_reviews b ON b.id = a.blind_id WHERE a.blind_id = @blind AND a.user_id = @user`,
		named{"id": r.ID, "blind": r.BlindID, "user": r.UserID, "outcome": string(r.Outcome)}); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "anchor revealed review", `
		INSERT INTO review_claims (review_id, ordinal, article_id, revision_id, start_at, end_at, hash, exact, claim_id)
		SELECT r.id, fc.ordinal, c.article_id, t.revision_id, c.start_at, c.end_at, c.hash, c.exact, c.id
		FROM reviews r JOIN finding_claims fc ON fc.finding_id = r.finding_id
		JOIN claims c ON c.id = fc.claim_id JOIN texts t ON t.id = c.text_id WHERE r.id = $1`, r.ID); err != nil {
		return err
	}
	_, err := t.exec(ctx, "link revealed review",
		"UPDATE blind_reviewers SET review_id = $3 WHERE blind_id = $1 AND user_id = $2", r.BlindID, r.UserID, r.ID)
	return err
}

// CallOff ends an open blind review without all answers, and tells whether it was
// open.
func (t *Tx) CallOff(ctx context.Context, blindID, by string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, "call off", `
		WITH ended AS (
			UPDATE blind_reviews SET revealed_at = $3, called_off = 'person', called_off_by = $2 WHERE id = $1 AND revealed_at IS NULL
			RETURNING id, finding_id),
		shown AS ( -- it was veiled, so that it is news to those who keep a copy
			UPDATE findings SET touched_at = clock_timestamp() WHERE id IN (SELECT finding_id FROM ended))
		SELECT id FROM ended`, blindID, by, at)
	return n > 0, err
}

// SampleChoice says from which findings of a story a sample is drawn.
type SampleChoice struct {
	StoryID   string
	Reviewers []string
	Count     int
}

// BlindSample draws findings of a story at random that two or more sources tell, that
// none of the reviewers has decided on, and that are in no open blind review.
func (q Queries) BlindSample(ctx context.Context, c SampleChoice) ([]string, error) {
	return column[string](ctx, q.q, "blind sample", `
		SELECT f.id::text FROM findings f WHERE f.story_id = $1 AND f.sources > 1
		  AND NOT EXISTS (SELECT FROM blind_reviews b WHERE b.finding_id = f.id AND b.revealed_at IS NULL)
		  AND NOT EXISTS (SELECT FROM reviews r WHERE r.finding_id = f.id AND r.author_id = ANY($2) AND r.withdrawn_at IS NULL)
		ORDER BY random() LIMIT $3`, c.StoryID, c.Reviewers, c.Count)
}

// ReviewersOf gives which of some people have a review on a finding, and whether a
// blind review of it is open.
func (q Queries) ReviewersOf(ctx context.Context, findingID string, people []string) (reviewed []string, open bool, err error) {
	reviewed, err = column[string](ctx, q.q, "reviewers of finding", `
		SELECT u.name FROM users u WHERE u.id = ANY($2) AND EXISTS (
			SELECT FROM reviews r WHERE r.finding_id = $1 AND r.author_id = u.id AND r.withdrawn_at IS NULL) ORDER BY u.name`, findingID, people)
	if err != nil {
		return nil, false, err
	}
	open, err = scalar[bool](ctx, q.q, "blind review is open", `
		SELECT EXISTS (SELECT FROM blind_reviews WHERE finding_id = $1 AND revealed_at IS NULL)`, findingID)
	return reviewed, open, err
}

// moveDesk has what people hang on findings follow those that were merged, and ends
// the blind reviews of findings of which nothing is left.
func (t *Tx) moveDesk(ctx context.Context, c Comparison, moved []named) error {
	for _, sql := range []string{
		"UPDATE blind_reviews SET finding_id = @to WHERE finding_id = @from",
		`UPDATE assignments SET finding_id = @to WHERE finding_id = @from
		 AND (ended_at IS NOT NULL OR NOT EXISTS (SELECT FROM assignments o WHERE o.finding_id = @to AND o.ended_at IS NULL))`,
	} {
		if err := t.batch(ctx, "move desk", sql, moved); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, "end blind reviews of what is gone", `
		UPDATE blind_reviews SET revealed_at = $2, called_off = 'gone' WHERE finding_id = ANY($1) AND revealed_at IS NULL`, c.Gone, c.Ended)
	return err
}
