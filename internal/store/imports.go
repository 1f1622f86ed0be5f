package store

import (
	"context"
	"time"
)

// ImportState is how far an import is.
type ImportState string

// The states of an import.
const (
	ImportReceiving ImportState = "receiving"
	ImportRunning   ImportState = "running"
	ImportDone      ImportState = "done"
	ImportFailed    ImportState = "failed"
)

// Import is many articles that were sent at once.
type Import struct {
	ID    string
	Name  string
	State ImportState
	// Reason says why the state is ImportFailed, else empty.
	Reason string
	// Lines counts those that are not empty; the next four the lines that are done, by
	// what became of them.
	Lines   int
	Bytes   int64
	Created int
	Known   int
	Revised int
	Failed  int
	// Waiting counts its articles that are still to be analysed.
	Waiting    int
	By         string
	CreatedAt  time.Time
	FinishedAt *time.Time
}

// Done counts the lines that are done.
func (i Import) Done() int { return i.Created + i.Known + i.Revised + i.Failed }

// ImportResult is what became of one line.
type ImportResult struct {
	Line int
	// Outcome is "created", "known", "revised" or "failed".
	Outcome string
	// ArticleID is empty where the line failed; Problem says then why.
	ArticleID string
	Problem   string
	// Title and Source are those of the article, empty where it is gone.
	Title  string
	Source string
}

// ImportBatch is lines of an import that are still to be stored.
type ImportBatch struct {
	ImportID  string
	Ordinal   int
	FirstLine int
	Body      []byte
}

const importSelect = `
	SELECT i.id, i.name, i.state, i.reason, i.lines, i.bytes, i.created, i.known, i.revised, i.failed,
	       coalesce(u.name, '') AS by, i.created_at, i.finished_at, `

// Import gives one import with the articles that wait. OFFSET 0 has each looked up by
// its id: while the database is new, the planner takes both tables for small and would
// read the one for each row of the other.
func (q Queries) Import(ctx context.Context, id string) (Import, error) {
	return one[Import](ctx, q.q, "import", importSelect+`
		(SELECT count(*) FROM import_results r CROSS JOIN LATERAL (
			SELECT a.status, a.deleted_at FROM articles a WHERE a.id = r.article_id OFFSET 0) a
		 WHERE r.import_id = i.id AND r.outcome IN ('created', 'revised') AND a.status = 'pending' AND a.deleted_at IS NULL) AS waiting
		FROM imports i LEFT JOIN users u ON u.id = i.created_by WHERE i.id = $1 AND i.state <> 'receiving'`, id)
}

// Imports lists at most limit imports with ids below before, the newest first. How
// many of their articles wait is left out.
func (q Queries) Imports(ctx context.Context, before string, limit int) ([]Import, error) {
	return list[Import](ctx, q.q, "imports", importSelect+`0 AS waiting
		FROM imports i LEFT JOIN users u ON u.id = i.created_by
		WHERE i.state <> 'receiving' AND ($1::text = '' OR i.id < nullif($1::text, '')::uuid) ORDER BY i.id DESC LIMIT $2`, before, limit)
}

// ResultChoice chooses results of an import: those of one outcome where that is not
// empty, from behind a line.
type ResultChoice struct {
	ImportID string
	Outcome  string
	After    int
	Limit    int
}

// ImportResults lists results of an import in the order of its lines.
func (q Queries) ImportResults(ctx context.Context, c ResultChoice) ([]ImportResult, error) {
	return list[ImportResult](ctx, q.q, "import results", `
		SELECT r.line, r.outcome, coalesce(r.article_id::text, '') AS article_id, r.problem, coalesce(a.title, '') AS title,
		       coalesce(s.name, '') AS source
		FROM import_results r LEFT JOIN articles a ON a.id = r.article_id LEFT JOIN sources s ON s.id = a.source_id
		WHERE r.import_id = $1 AND ($2 = '' OR r.outcome = $2) AND r.line > $3 ORDER BY r.line LIMIT $4`, c.ImportID, c.Outcome, c.After, c.Limit)
}

// NewImport is an import that begins to be received.
type NewImport struct {
	ID        string
	Name      string
	CreatedBy string
	KeyID     string // empty for one from a browser
	At        time.Time
}

// InsertImport stores an import that begins to be received.
func (t *Tx) InsertImport(ctx context.Context, i NewImport) error {
	_, err := t.exec(ctx, "insert import", `
		INSERT INTO imports (id, name, state, created_by, key_id, created_at)
		VALUES (@id, @name, 'receiving', nullif(@by, '')::uuid, nullif(@key, '')::uuid, @at)`,
		named{"id": i.ID, "name": i.Name, "by": i.CreatedBy, "key": i.KeyID, "at": i.At})
	return err
}

// AddImportBatch stores lines of an import that is being received.
func (t *Tx) AddImportBatch(ctx context.Context, b ImportBatch) error {
	_, err := t.exec(ctx, "add import batch", "INSERT INTO import_batches (import_id, ordinal, first_line, body) VALUES ($1, $2, $3, $4)",
		b.ImportID, b.Ordinal, b.FirstLine, b.Body)
	return err
}

// BeginImport notes that an import was received as a whole, and tells whether it was
// still being received.
func (t *Tx) BeginImport(ctx context.Context, id string, lines int, bytes int64) (bool, error) {
	n, err := t.exec(ctx, "begin import", `
		UPDATE imports SET state = 'running', lines = $2, bytes = $3 WHERE id = $1 AND state = 'receiving'`, id, lines, bytes)
	return n == 1, err
}

// DropReceiving removes an import that was not received as a whole.
func (t *Tx) DropReceiving(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "drop import", "DELETE FROM imports WHERE id = $1 AND state = 'receiving'", id)
	return err
}

// ForgetReceiving removes the imports whose senders left before a moment.
func (t *Tx) ForgetReceiving(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "forget imports", "DELETE FROM imports WHERE state = 'receiving' AND created_at < $1", before)
	return err
}

// ImportWork is a batch with whose import it is.
type ImportWork struct {
	ImportBatch
	CreatedBy string
	KeyID     string
	Name      string // of who sent it
}

// NextImportBatch locks an import that runs and gives its next batch,
// claims.NotFound where none is left.
func (t *Tx) NextImportBatch(ctx context.Context, id string) (ImportWork, error) {
	return one[ImportWork](ctx, t.q, "next import batch", `
		SELECT b.import_id, b.ordinal, b.first_line, b.body, coalesce(i.created_by::text, '') AS created_by,
		       coalesce(i.key_id::text, '') AS key_id, coalesce(u.name, '') AS name
		FROM imports i JOIN import_batches b ON b.import_id = i.id LEFT JOIN users u ON u.id = i.created_by
		WHERE i.id = $1 AND i.state = 'running' ORDER BY b.ordinal LIMIT 1 FOR UPDATE OF i`, id)
}

// EndImportBatch stores the results of a batch and removes it, and tells whether it
// was the last one, with which the import is done.
func (t *Tx) EndImportBatch(ctx context.Context, b ImportBatch, results []ImportResult, at time.Time) (last bool, err error) {
	rows, count := make([][]any, len(results)), map[string]int{}
	for i, r := range results {
		var article any
		if r.ArticleID != "" {
			article = r.ArticleID
		}
		rows[i] = []any{b.ImportID, r.Line, r.Outcome, article, r.Problem}
		count[r.Outcome]++
	}
	if err := t.insert(ctx, "import_results", []string{"import_id", "line", "outcome", "article_id", "problem"}, rows); err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, "remove import batch", "DELETE FROM import_batches WHERE import_id = $1 AND ordinal = $2", b.ImportID, b.Ordinal); err != nil {
		return false, err
	}
	return scalar[bool](ctx, t.q, "count import", `
		UPDATE imports i SET created = created + @created, known = known + @known, revised = revised + @revised, failed = failed + @failed,
			state = CASE WHEN b.more THEN state ELSE 'done' END, finished_at = CASE WHEN b.more THEN NULL ELSE @at::timestamptz END
		FROM (SELECT EXISTS (SELECT FROM import_batches WHERE import_id = @id) AS more) b
		WHERE i.id = @id RETURNING NOT b.more`,
		named{"id": b.ImportID, "created": count["created"], "known": count["known"], "revised": count["revised"], "failed": count["failed"], "at": at})
}

// FailImport notes why an import cannot go on.
func (t *Tx) FailImport(ctx context.Context, id, reason string, at time.Time) error {
	_, err := t.exec(ctx, "fail import", `
		UPDATE imports SET state = 'failed', reason = $2, finished_at = $3 WHERE id = $1 AND state = 'running'`, id, reason, at)
	return err
}
