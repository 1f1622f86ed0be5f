package store

import (
	"context"
	"crypto/sha256"
	"time"

	"corroborate/internal/claims"
)

// EditKind says what a person did to claims.
type EditKind string

// The kinds of edit.
const (
	EditAdd    EditKind = "add"
	EditAdjust EditKind = "adjust"
	EditSplit  EditKind = "split"
	EditMerge  EditKind = "merge"
	EditDrop   EditKind = "drop"
	// EditJudge says whether a claim can be checked.
	EditJudge EditKind = "judge"
)

// ClaimEdit is something that a person did to claims of an article.
type ClaimEdit struct {
	ID        string
	ArticleID string
	// TextID is the text that the person saw, Revision the number of its revision.
	TextID   string
	Revision int
	Kind     EditKind
	// Reason is, of a judgement, why the claim cannot be checked, empty where it can.
	Reason   string
	AuthorID string
	Author   string
	KeyID    string
	At       time.Time
	// UndoneBy is who undid it and UndoneAt when, empty and nil while it holds.
	UndoneBy string
	UndoneAt *time.Time
	// Before are the passages that were claims before it, After those that are.
	Before, After []EditPassage `db:"-"`
}

// EditPassage is a passage of an edit with the claim that it is.
type EditPassage struct {
	ClaimID string
	// FindingID is the finding that the claim stood in before the edit, empty for none.
	FindingID string
	claims.Passage
}

// ClaimEdits gives what people did to the claims of articles, the oldest first.
func (q Queries) ClaimEdits(ctx context.Context, articleIDs []string) ([]ClaimEdit, error) {
	out, err := list[ClaimEdit](ctx, q.q, "claim edits", `
		SELECT e.id, e.article_id, e.text_id, r.number AS revision, e.kind, e.reason, e.author_id, u.name AS author,
		       coalesce(e.key_id::text, '') AS key_id, e.created_at AS at, coalesce(b.name, '') AS undone_by, e.undone_at
		FROM claim_edits e JOIN users u ON u.id = e.author_id LEFT JOIN users b ON b.id = e.undone_by
		JOIN texts t ON t.id = e.text_id JOIN revisions r ON r.id = t.revision_id
		WHERE e.article_id = ANY($1) ORDER BY e.id`, articleIDs)
	if err != nil || len(out) == 0 {
		return out, err
	}
	at, ids := map[string]*ClaimEdit{}, make([]string, len(out))
	for i := range out {
		at[out[i].ID], ids[i] = &out[i], out[i].ID
	}
	return out, q.fillPassages(ctx, ids, at)
}

func (q Queries) fillPassages(ctx context.Context, ids []string, at map[string]*ClaimEdit) error {
	type row struct {
		EditID    string
		After     bool
		ClaimID   string
		FindingID string
		StartAt   int
		EndAt     int
		Exact     string
	}
	rows, err := list[row](ctx, q.q, "passages of claim edits", `
		SELECT edit_id, after, claim_id, coalesce(finding_id::text, '') AS finding_id, start_at, end_at, exact FROM claim_edit_passages
		WHERE edit_id = ANY($1) ORDER BY edit_id, after, ordinal`, ids)
	for _, r := range rows {
		e, p := at[r.EditID], EditPassage{ClaimID: r.ClaimID, FindingID: r.FindingID,
			Passage: claims.Passage{Exact: r.Exact, Start: r.StartAt, End: r.EndAt}}
		if r.After {
			e.After = append(e.After, p)
		} else {
			e.Before = append(e.Before, p)
		}
	}
	return err
}

// ClaimEditState tells whether anything was edited since: the number of edits of an
// article and of those that were undone.
type ClaimEditState struct{ Edits, Undone int }

// ClaimEditState gives how far the editing of an article's claims is.
func (q Queries) ClaimEditState(ctx context.Context, articleID string) (ClaimEditState, error) {
	return one[ClaimEditState](ctx, q.q, "state of claim edits",
		"SELECT count(*) AS edits, count(undone_at) AS undone FROM claim_edits WHERE article_id = $1", articleID)
}

// ArticleOfClaim gives the article of a claim, of one too that was edited away.
func (q Queries) ArticleOfClaim(ctx context.Context, claimID string) (string, error) {
	return scalar[string](ctx, q.q, "article of a claim", `
		SELECT article_id FROM claims WHERE id = $1
		UNION SELECT e.article_id FROM claim_edit_passages p JOIN claim_edits e ON e.id = p.edit_id WHERE p.claim_id = $1
		LIMIT 1`, claimID)
}

// ArticleOfEdit gives the article that an edit belongs to.
func (q Queries) ArticleOfEdit(ctx context.Context, editID string) (string, error) {
	return scalar[string](ctx, q.q, "article of a claim edit", "SELECT article_id FROM claim_edits WHERE id = $1", editID)
}

// InsertClaimEdit stores an edit.
func (t *Tx) InsertClaimEdit(ctx context.Context, e ClaimEdit) error {
	if _, err := t.exec(ctx, "insert claim edit", `
		INSERT INTO claim_edits (id, article_id, text_id, kind, reason, author_id, key_id, created_at)
		VALUES (@id, @article, @text, @kind, @reason, @author, nullif(@key, '')::uuid, @at)`,
		named{"id": e.ID, "article": e.ArticleID, "text": e.TextID, "kind": string(e.Kind), "reason": e.Reason,
			"author": e.AuthorID, "key": e.KeyID, "at": e.At}); err != nil {
		return err
	}
	var rows [][]any
	for _, side := range []struct {
		after bool
		all   []EditPassage
	}{{false, e.Before}, {true, e.After}} {
		for i, p := range side.all {
			hash := sha256.Sum256([]byte(p.Exact))
			rows = append(rows, []any{e.ID, side.after, i, p.ClaimID, orNull(p.FindingID), p.Start, p.End, p.Exact, hash[:]})
		}
	}
	return t.insert(ctx, "claim_edit_passages",
		[]string{"edit_id", "after", "ordinal", "claim_id", "finding_id", "start_at", "end_at", "exact", "hash"}, rows)
}

// UndoClaimEdit notes that somebody undid an edit.
func (t *Tx) UndoClaimEdit(ctx context.Context, id, by string, at time.Time) error {
	_, err := t.exec(ctx, "undo claim edit",
		"UPDATE claim_edits SET undone_by = $2, undone_at = $3 WHERE id = $1 AND undone_at IS NULL", id, by, at)
	return err
}

// StandingFindings gives those of the ids that are findings now.
func (q Queries) StandingFindings(ctx context.Context, ids []string) ([]string, error) {
	return column[string](ctx, q.q, "standing findings", "SELECT id::text FROM findings WHERE id = ANY($1)", ids)
}

// FindingsOfArticle gives the findings that claims of an article stand in, with
// their claims, positions and differences.
func (q Queries) FindingsOfArticle(ctx context.Context, articleID string) ([]Finding, error) {
	rows, err := list[findingRow](ctx, q.q, "findings of an article", "SELECT"+findingColumns+` FROM findings_for($2) f
		WHERE f.id = ANY (ARRAY (SELECT fc.finding_id FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id WHERE c.article_id = $1))
		ORDER BY f.id`, articleID, q.viewer)
	if err != nil {
		return nil, err
	}
	return q.fill(ctx, rows)
}
