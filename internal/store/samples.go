package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// Stratum is a sort of statements of the machine of which samples are drawn: a kind of
// difference, a verdict, or [StratumCleared].
type Stratum string

// StratumCleared are the cleared pairs.
const StratumCleared Stratum = "cleared"

// lockSamples is the first number of the lock under which samples are drawn.
const lockSamples = 16

// LockSamples takes the lock under which samples are drawn and judged.
func (t *Tx) LockSamples(ctx context.Context) error {
	_, err := t.exec(ctx, "lock samples", "SELECT pg_advisory_xact_lock($1, 0)", lockSamples)
	return err
}

func engineArgs(e claims.EngineInfo, more named) named {
	more["version"], more["hash"] = e.Version, e.Hash
	return more
}

// CountFrame counts what the present engine says, by stratum.
func (t *Tx) CountFrame(ctx context.Context, e claims.EngineInfo, at time.Time) error {
	if _, err := t.exec(ctx, "clear frame", "DELETE FROM accuracy_frames WHERE engine_version = $1 AND engine_hash = $2", e.Version, e.Hash); err != nil {
		return err
	}
	_, err := t.exec(ctx, "count frame", `
		INSERT INTO accuracy_frames (engine_version, engine_hash, stratum, size, counted_at)
		SELECT @version, @hash, key, n, @at FROM sums_now WHERE part = frame_part(@version, @hash) AND n > 0`,
		engineArgs(e, named{"at": at}))
	return err
}

// Drawn is an item that was drawn and is not stored as a sample yet.
type Drawn struct {
	ID      string `db:"-"` // the sample's own id
	Stratum Stratum
	ItemID  string
	StoryID string
	Lot     int64
	Digest  string
}

// The order in which items x are drawn goes round in a circle: their ids, hashed, lie
// evenly on it, whatever the items say, and each engine starts at a point of its own. So
// nobody can steer what is drawn, what comes later has the same chance as what was there,
// the sample stays a random one while stories are added, and an index leads from one item
// to the next. From its start on an item's lot goes up.
const (
	drawPoint = "uuid_hash_extended(x.id, 16)"
	drawStart = "hashtextextended(@hash, 16)"
	drawLot   = "(mod(i.point::numeric - " + drawStart + " + 18446744073709551616, 18446744073709551616) - 9223372036854775808)::bigint"
)

// items are those x of a stratum: where they are, of which story each is, and what holds for
// those of a story r.
type items struct{ from, story, ofStory string }

func itemsOf(stratum Stratum) items {
	switch stratum {
	case StratumCleared:
		return items{"cleared_pairs x WHERE true", "x.story_id", "x.story_id = r.story_id"}
	case Stratum(claims.Agree), Stratum(claims.Diverge), Stratum(claims.Single):
		return items{"findings x WHERE x.verdict = @stratum", "x.story_id", "x.story_id = r.story_id"}
	}
	return items{"differences x WHERE x.kind = @stratum", "(SELECT f.story_id FROM findings f WHERE f.id = x.finding_id)",
		"x.finding_id IN (SELECT f.id FROM findings f WHERE f.story_id = r.story_id)"}
}

// half gives the items behind or before an engine's start, the first of them.
func (i items) half(compared string) string {
	return "(SELECT x.id, " + i.story + " AS story_id, " + drawPoint + " AS point FROM " + i.from + " AND " + drawPoint + compared + drawStart +
		" ORDER BY " + drawPoint + " LIMIT @ahead)"
}

const (
	// drawAhead is how many items are looked at to draw a few, at first, and drawFar how
	// many are not looked at before it is asked how many there are.
	drawAhead = 64
	drawFar   = 16 * 16 * drawAhead
	// fewToDraw is how many items of an engine are rather all looked at than found far ahead
	// among those of other engines, as after an upgrade.
	fewToDraw = 5000
)

// Draw gives the next items of a stratum, at most limit, that are not drawn yet, of the
// stories that an engine compared last. The sample story and the bin are left out. Where
// it finds few it looks further and further ahead.
func (t *Tx) Draw(ctx context.Context, e claims.EngineInfo, stratum Stratum, limit int) ([]Drawn, error) {
	for ahead := drawAhead; ; ahead *= 16 {
		if ahead == drawFar {
			size, err := scalar[int](ctx, t.q, "size of a stratum", `
				SELECT coalesce(sum(n), 0)::bigint FROM sums_now WHERE part = frame_part(@version, @hash) AND key = @stratum`,
				engineArgs(e, named{"stratum": string(stratum)}))
			if err != nil {
				return nil, err
			}
			if size <= fewToDraw {
				return t.drawOfFew(ctx, e, stratum, limit)
			}
		}
		drawn, looked, err := t.drawAlong(ctx, e, stratum, named{"limit": limit, "ahead": ahead})
		if err != nil || len(drawn) == limit || looked < ahead {
			return drawn, err
		}
	}
}

// drawAlong draws from the next items along the circle, and tells how many these were.
func (t *Tx) drawAlong(ctx context.Context, e claims.EngineInfo, stratum Stratum, args named) ([]Drawn, int, error) {
	of := itemsOf(stratum)
	args["stratum"] = string(stratum)
	return t.drawOf(ctx, e, "SELECT i.id, i.story_id, "+drawLot+" AS lot FROM ("+of.half(" >= ")+" UNION ALL "+of.half(" < ")+
		") i ORDER BY lot LIMIT @ahead", args)
}

// drawOfFew draws from all that an engine said, story by story.
func (t *Tx) drawOfFew(ctx context.Context, e claims.EngineInfo, stratum Stratum, limit int) ([]Drawn, error) {
	of := itemsOf(stratum)
	drawn, _, err := t.drawOf(ctx, e, "SELECT i.id, i.story_id, "+drawLot+" AS lot FROM (SELECT x.id, r.story_id, "+drawPoint+` AS point FROM story_frames r
		CROSS JOIN LATERAL (SELECT x.id FROM `+of.from+" AND "+of.ofStory+` OFFSET 0) x
		WHERE r.engine_hash = @hash AND r.engine_version = @version AND r.stratum = @stratum) i`, named{"limit": limit, "stratum": string(stratum)})
	return drawn, err
}

// drawOf draws from the items that a statement gives with their stories and lots, and
// tells how many these were.
func (t *Tx) drawOf(ctx context.Context, e claims.EngineInfo, items string, args named) (drawn []Drawn, looked int, err error) {
	type row struct {
		Drawn
		Looked int
	}
	rows, err := list[row](ctx, t.q, "draw", `
		WITH i AS MATERIALIZED (`+items+`),
		found AS (
			SELECT i.* FROM i
			JOIN LATERAL (SELECT FROM story_frames r WHERE r.story_id = i.story_id AND r.stratum = @stratum
				AND r.engine_version = @version AND r.engine_hash = @hash OFFSET 0) r ON true
			JOIN LATERAL (SELECT FROM stories s WHERE s.id = i.story_id AND NOT s.sample AND s.deleted_at IS NULL OFFSET 0) s ON true
			WHERE NOT EXISTS (SELECT FROM accuracy_samples o WHERE o.engine_version = @version AND o.engine_hash = @hash
				AND o.stratum = @stratum AND o.item_id = i.id)
			ORDER BY i.lot LIMIT @limit)
		SELECT @stratum AS stratum, coalesce(d.id::text, '') AS item_id, coalesce(d.story_id::text, '') AS story_id, coalesce(d.lot, 0) AS lot,
		       coalesce(accuracy_digest(@stratum, d.id), '') AS digest, n.looked
		FROM (SELECT count(*) AS looked FROM i) n LEFT JOIN found d ON true ORDER BY d.lot`, engineArgs(e, args))
	for _, r := range rows {
		if looked = r.Looked; r.ItemID != "" {
			drawn = append(drawn, r.Drawn)
		}
	}
	return drawn, looked, err
}

// InsertSamples stores what was drawn.
func (t *Tx) InsertSamples(ctx context.Context, e claims.EngineInfo, all []Drawn, at time.Time) error {
	rows := make([][]any, len(all))
	for i, d := range all {
		rows[i] = []any{d.ID, e.Version, e.Hash, string(d.Stratum), d.ItemID, d.StoryID, d.Lot, d.Digest, "open", at}
	}
	return t.insert(ctx, "accuracy_samples", []string{"id", "engine_version", "engine_hash", "stratum", "item_id", "story_id",
		"lot", "digest", "state", "drawn_at"}, rows)
}

// openFor limits samples p to those that a person can be asked about: open, not
// answered by that person, and not veiled.
const openFor = `
	p.engine_version = @version AND p.engine_hash = @hash AND p.state = 'open'
	AND NOT EXISTS (SELECT FROM accuracy_answers w WHERE w.sample_id = p.id AND w.user_id::text = @viewer)
	AND NOT EXISTS (SELECT FROM veiled_items(@viewer) v WHERE v.stratum = p.stratum AND v.item_id = p.item_id)`

// FrameAge gives when an engine's frame was counted, claims.NotFound before the first
// time.
func (q Queries) FrameAge(ctx context.Context, e claims.EngineInfo) (time.Time, error) {
	return scalar[time.Time](ctx, q.q, "frame age", `
		SELECT counted_at FROM accuracy_frames WHERE engine_version = @version AND engine_hash = @hash LIMIT 1`,
		engineArgs(e, named{}))
}

// EmptyStrata gives the strata of which nothing is left that was drawn and that the
// viewer can be asked about.
func (q Queries) EmptyStrata(ctx context.Context, e claims.EngineInfo) ([]Stratum, error) {
	return column[Stratum](ctx, q.q, "empty strata", `
		SELECT f.stratum FROM accuracy_frames f WHERE f.engine_version = @version AND f.engine_hash = @hash
		  AND NOT EXISTS (SELECT FROM accuracy_samples p WHERE p.stratum = f.stratum AND `+openFor+`)
		ORDER BY f.stratum`, engineArgs(e, named{"viewer": q.viewer}))
}

// Sample is an item that was drawn to be judged.
type Sample struct {
	ID      string
	Stratum Stratum
	ItemID  string
	StoryID string
	// Open is true while nobody has judged it.
	Open bool
	// Stale says why it can no longer be judged, empty where it can.
	Stale string
	// Answered is true where the viewer answered it already.
	Answered bool
}

const sampleSelect = `
	SELECT p.id, p.stratum, p.item_id, p.story_id, p.state = 'open' AS open,
	       CASE WHEN s.deleted_at IS NOT NULL THEN 'binned' WHEN now_is.digest IS NULL THEN 'gone'
	            WHEN now_is.digest <> p.digest THEN 'changed' ELSE '' END AS stale,
	       EXISTS (SELECT FROM accuracy_answers w WHERE w.sample_id = p.id AND w.user_id::text = @viewer) AS answered
	FROM accuracy_samples p JOIN stories s ON s.id = p.story_id
	CROSS JOIN LATERAL (SELECT accuracy_digest(p.stratum, p.item_id) AS digest) now_is`

// NextSample gives what the viewer is asked about next, claims.NotFound where nothing
// is left. Of a stratum that is four times as large as another twice as many are
// asked for, and of each those with the lowest lots first.
func (q Queries) NextSample(ctx context.Context, e claims.EngineInfo) (Sample, error) {
	return one[Sample](ctx, q.q, "next sample", sampleSelect+`
		WHERE p.id = (
			SELECT p.id FROM accuracy_samples p
			JOIN accuracy_frames f ON f.engine_version = p.engine_version AND f.engine_hash = p.engine_hash AND f.stratum = p.stratum
			LEFT JOIN (SELECT stratum, count(*) AS judged FROM accuracy_samples
			           WHERE engine_version = @version AND engine_hash = @hash AND state = 'judged' GROUP BY stratum) j ON j.stratum = p.stratum
			WHERE `+openFor+`
			ORDER BY (coalesce(j.judged, 0) + 0.5) / sqrt(greatest(f.size, 1)), p.stratum, p.lot LIMIT 1)`,
		engineArgs(e, named{"viewer": q.viewer}))
}

// Sample gives what was drawn by its id; what is veiled from the viewer is not found.
func (q Queries) Sample(ctx context.Context, id string) (Sample, error) {
	return one[Sample](ctx, q.q, "sample", sampleSelect+`
		WHERE p.id = @id AND NOT EXISTS (SELECT FROM veiled_items(@viewer) v WHERE v.stratum = p.stratum AND v.item_id = p.item_id)`,
		named{"id": id, "viewer": q.viewer})
}

// DropSample notes that an item cannot be judged any more, and why.
func (t *Tx) DropSample(ctx context.Context, id, reason string, at time.Time) error {
	_, err := t.exec(ctx, "drop sample", `
		UPDATE accuracy_samples SET state = 'dropped', reason = $2, closed_at = $3 WHERE id = $1 AND state = 'open'`, id, reason, at)
	return err
}

// Answer is what a person says to a statement of the machine.
type Answer string

// The answers. Who passes an item on leaves it to others.
const (
	Right   Answer = "right"
	Wrong   Answer = "wrong"
	Unclear Answer = "unclear"
	Passed  Answer = "passed"
)

// NewAnswer is an answer to be stored.
type NewAnswer struct {
	SampleID string
	UserID   string
	Answer   Answer
	// Really is what it is instead where the machine is wrong, or why the item is passed
	// on, else empty.
	Really string
	Note   string
	At     time.Time
}

// InsertAnswer stores an answer; all but passing on closes the item.
func (t *Tx) InsertAnswer(ctx context.Context, a NewAnswer) error {
	if _, err := t.exec(ctx, "insert answer", `
		INSERT INTO accuracy_answers (sample_id, user_id, answer, really, note, created_at)
		VALUES (@sample, @user, @answer, @really, @note, @at)`,
		named{"sample": a.SampleID, "user": a.UserID, "answer": string(a.Answer), "really": a.Really, "note": a.Note, "at": a.At}); err != nil {
		return err
	}
	if a.Answer == Passed {
		return nil
	}
	_, err := t.exec(ctx, "close sample", "UPDATE accuracy_samples SET state = 'judged', closed_at = $2 WHERE id = $1", a.SampleID, a.At)
	return err
}

// LastAnswer is the newest answer of a person.
type LastAnswer struct {
	SampleID string
	Stratum  Stratum
	Answer   Answer
	Really   string
}

// LastAnswer gives the viewer's newest answer since a time, claims.NotFound where there
// is none.
func (q Queries) LastAnswer(ctx context.Context, since time.Time) (LastAnswer, error) {
	return one[LastAnswer](ctx, q.q, "last answer", `
		SELECT w.sample_id, p.stratum, w.answer, w.really FROM accuracy_answers w JOIN accuracy_samples p ON p.id = w.sample_id
		WHERE w.user_id::text = @viewer AND w.created_at >= @since
		  AND NOT EXISTS (SELECT FROM veiled_items(@viewer) v WHERE v.stratum = p.stratum AND v.item_id = p.item_id)
		ORDER BY w.created_at DESC LIMIT 1`, named{"viewer": q.viewer, "since": since})
}

// TakeBackAnswer removes a person's answer and opens its item again. It gives false
// where there is no such answer.
func (t *Tx) TakeBackAnswer(ctx context.Context, sampleID, userID string) (bool, error) {
	n, err := t.exec(ctx, "take back answer", "DELETE FROM accuracy_answers WHERE sample_id = $1 AND user_id = $2", sampleID, userID)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = t.exec(ctx, "open sample", `
		UPDATE accuracy_samples SET state = 'open', closed_at = NULL WHERE id = $1 AND state = 'judged'
		   AND NOT EXISTS (SELECT FROM accuracy_answers WHERE sample_id = $1 AND answer <> 'passed')`, sampleID)
	return true, err
}

// DifferenceFinding gives the finding that a difference is in, claims.NotFound where it
// is veiled from the viewer.
func (q Queries) DifferenceFinding(ctx context.Context, id string) (string, error) {
	return scalar[string](ctx, q.q, "finding of a difference", "SELECT finding_id::text FROM differences_for($1) WHERE id = $2", q.viewer, id)
}

// ClearedPair gives one cleared pair without its members.
func (q Queries) ClearedPair(ctx context.Context, id string) (ClearedPair, error) {
	row, err := one[clearedRow](ctx, q.q, "cleared pair", clearedSelect+"WHERE id = @id", named{"id": id, "viewer": q.viewer})
	if err != nil {
		return ClearedPair{}, err
	}
	pairs, err := clearedOf([]clearedRow{row}, nil)
	return pairs[0], err
}
