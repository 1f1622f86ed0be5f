package store

import (
	"context"
	"time"
)

// SavedSearch is a search that a person keeps.
type SavedSearch struct {
	ID     string
	UserID string
	Name   string
	Query  string
	// SeenAt is when its owner looked at it last: what came or changed since is new.
	SeenAt time.Time
	// HasFeed is true where it can be read as a feed under a secret address.
	HasFeed   bool
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
}

const savedSearchSelect = `
	SELECT id, user_id, name, query, seen_at, feed_hash IS NOT NULL AS has_feed, version, created_at, updated_at
	FROM saved_searches `

// SavedSearches lists a person's saved searches by name.
func (q Queries) SavedSearches(ctx context.Context, userID string) ([]SavedSearch, error) {
	return list[SavedSearch](ctx, q.q, "saved searches", savedSearchSelect+"WHERE user_id = $1 ORDER BY lower(name), id", userID)
}

// SavedSearch gives one of a person's saved searches.
func (q Queries) SavedSearch(ctx context.Context, userID, id string) (SavedSearch, error) {
	return one[SavedSearch](ctx, q.q, "saved search", savedSearchSelect+"WHERE user_id = $1 AND id = $2", userID, id)
}

// SavedSearchByFeed gives the saved search whose feed has a secret of this hash.
func (q Queries) SavedSearchByFeed(ctx context.Context, hash []byte) (SavedSearch, error) {
	return one[SavedSearch](ctx, q.q, "saved search by feed", savedSearchSelect+"WHERE feed_hash = $1", hash)
}

// LockSavedSearch gives one of a person's saved searches and keeps others from
// changing it.
func (t *Tx) LockSavedSearch(ctx context.Context, userID, id string) (SavedSearch, error) {
	return one[SavedSearch](ctx, t.q, "lock saved search",
		savedSearchSelect+"WHERE user_id = $1 AND id = $2 FOR UPDATE", userID, id)
}

// InsertSavedSearch stores a saved search, whose results up to now were seen.
func (t *Tx) InsertSavedSearch(ctx context.Context, s SavedSearch) error {
	_, err := t.exec(ctx, "insert saved search", `
		INSERT INTO saved_searches (id, user_id, name, query, seen_at, created_at, updated_at)
		VALUES (@id, @user, @name, @query, @at, @at, @at)`,
		named{"id": s.ID, "user": s.UserID, "name": s.Name, "query": s.Query, "at": s.CreatedAt})
	return err
}

// SetSavedSearch changes the name and the query of a saved search.
func (t *Tx) SetSavedSearch(ctx context.Context, s SavedSearch) error {
	_, err := t.exec(ctx, "set saved search", `
		UPDATE saved_searches SET name = @name, query = @query, version = version + 1, updated_at = @at WHERE id = @id`,
		named{"id": s.ID, "name": s.Name, "query": s.Query, "at": s.UpdatedAt})
	return err
}

// SetSavedSearchFeed gives the feed of a saved search a secret of another hash; nil
// ends the feed.
func (t *Tx) SetSavedSearchFeed(ctx context.Context, id string, hash []byte) error {
	_, err := t.exec(ctx, "set feed of saved search",
		"UPDATE saved_searches SET feed_hash = $2, version = version + 1 WHERE id = $1", id, hash)
	return err
}

// DeleteSavedSearch removes a saved search.
func (t *Tx) DeleteSavedSearch(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "delete saved search", "DELETE FROM saved_searches WHERE id = $1", id)
	return err
}

// SeeSavedSearch notes that the owner has looked at a saved search.
func (t *Tx) SeeSavedSearch(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, "see saved search",
		"UPDATE saved_searches SET seen_at = $2 WHERE id = $1 AND seen_at < $2", id, at)
	return err
}
