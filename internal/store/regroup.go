package store

import (
	"context"
	"time"
)

// StorySuccessor gives the story that took over from a merged one,
// claims.NotFound where the id is not that of a merged one.
func (q Queries) StorySuccessor(ctx context.Context, id string) (string, error) {
	return scalar[string](ctx, q.q, "successor of story", "SELECT successor::text FROM stories_moved WHERE id = $1", id)
}

// SetStoryLocked locks a story or unlocks it.
func (t *Tx) SetStoryLocked(ctx context.Context, id string, locked bool, at time.Time) error {
	_, err := t.exec(ctx, "set story locked", `
		UPDATE stories SET locked = $2, version = version + 1, updated_at = $3 WHERE id = $1`, id, locked, at)
	return err
}

// MoveArticles puts articles into a story.
func (t *Tx) MoveArticles(ctx context.Context, ids []string, to string, at time.Time) error {
	_, err := t.exec(ctx, "move articles", `
		UPDATE articles SET story_id = $2, version = version + 1, updated_at = $3 WHERE id = ANY($1)`, ids, to, at)
	return err
}

// CarryFindings gives a story those findings of another, with their reviews, of
// which most claims are in its articles now; of even halves the first claim
// decides. Both stories' locks have to be held, and both be compared again.
func (t *Tx) CarryFindings(ctx context.Context, from, to string) error {
	if _, err := t.exec(ctx, "carry findings", `
		UPDATE findings SET story_id = $2 WHERE story_id = $1 AND id IN (
			SELECT fc.finding_id FROM finding_claims fc JOIN findings f ON f.id = fc.finding_id
			JOIN claims c ON c.id = fc.claim_id JOIN articles a ON a.id = c.article_id
			WHERE f.story_id = $1
			GROUP BY fc.finding_id
			HAVING 2 * count(*) FILTER (WHERE a.story_id = $2) + (CASE WHEN (array_agg(a.story_id ORDER BY fc.ordinal))[1] = $2
				THEN 1 ELSE 0 END) > count(*))`, from, to); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "carry reviews", `
		UPDATE reviews r SET story_id = $2 FROM findings f
		WHERE r.story_id = $1 AND f.id = r.finding_id AND f.story_id = $2`, from, to); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "carry blind reviews", `
		UPDATE blind_reviews b SET story_id = $2 FROM findings f
		WHERE b.story_id = $1 AND f.id = b.finding_id AND f.story_id = $2`, from, to); err != nil {
		return err
	}
	_, err := t.exec(ctx, "carry corrections", `
		UPDATE corrections c SET story_id = $2 FROM articles a
		WHERE c.story_id = $1 AND a.id = c.article_id AND a.story_id = $2`, from, to)
	return err
}

// MergeStory gives everything of a story to another and removes it; its id leads
// on from then. Both stories' locks have to be held.
func (t *Tx) MergeStory(ctx context.Context, from, into string, at time.Time) error {
	for _, sql := range []string{
		"UPDATE articles SET story_id = @into, version = version + 1 WHERE story_id = @from",
		"UPDATE findings SET story_id = @into WHERE story_id = @from",
		"UPDATE reviews SET story_id = @into WHERE story_id = @from",
		"UPDATE blind_reviews SET story_id = @into WHERE story_id = @from",
		"UPDATE cleared_pairs SET story_id = @into WHERE story_id = @from",
		"UPDATE corrections SET story_id = @into WHERE story_id = @from",
		"UPDATE placements SET nearest_id = @into WHERE nearest_id = @from",
		"UPDATE stories_moved SET successor = @into WHERE successor = @from",
		"UPDATE webhooks SET story_id = @into WHERE story_id = @from",
	} {
		if _, err := t.exec(ctx, "merge story", sql, named{"from": from, "into": into}); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, "raise story's version", "UPDATE stories SET version = version + 1 WHERE id = $1", into); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "delete merged story", "DELETE FROM stories WHERE id = $1", from); err != nil {
		return err
	}
	_, err := t.exec(ctx, "lead on from story",
		"INSERT INTO stories_moved (id, successor, moved_at) VALUES ($1, $2, $3)", from, into, at)
	return err
}

// LeftEmpty tells whether a story that the machine started has no article left,
// the bin included.
func (q Queries) LeftEmpty(ctx context.Context, id string) (bool, error) {
	return scalar[bool](ctx, q.q, "left empty", `
		SELECT created_by IS NULL AND NOT sample AND NOT EXISTS (SELECT FROM articles WHERE story_id = $1)
		FROM stories WHERE id = $1`, id)
}
