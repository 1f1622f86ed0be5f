package store

import (
	"context"
	"time"
)

// Call is a call with an idempotency key, as it is stored.
type Call struct {
	// ActorID and Key name the call.
	ActorID  string
	Key      string
	Method   string
	Path     string
	BodyHash string
	Running  bool
	Status   int
	Header   map[string]string
	Body     []byte
}

// lockCall tells the locks of calls from other locks with one number.
const lockCall = "idempotency"

// HoldCall takes the lock of a call until the transaction ends; false where the same call
// runs elsewhere. The lock ends with the connection of a server that is killed.
func (t *Tx) HoldCall(ctx context.Context, actorID, key string) (bool, error) {
	return scalar[bool](ctx, t.q, "hold call", "SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', $1::text, $2::text, $3::text), 0))",
		lockCall, actorID, key)
}

// ClaimCall notes that a call starts, and tells whether it is the first with this
// key. Calls begun before expired are forgotten first, and those that still run
// when they were begun before stuck.
func (t *Tx) ClaimCall(ctx context.Context, c Call, times CallTimes) (first bool, err error) {
	if _, err := t.exec(ctx, "forget call", `
		DELETE FROM idempotency WHERE actor_id = $1 AND key = $2
		  AND (created_at < $3 OR state = 'running' AND created_at < $4)`, c.ActorID, c.Key, times.Expired, times.Stuck); err != nil {
		return false, err
	}
	n, err := t.exec(ctx, "claim call", `
		INSERT INTO idempotency (actor_id, key, method, path, body_hash, state, created_at)
		VALUES (@actor, @key, @method, @path, @hash, 'running', @at) ON CONFLICT DO NOTHING`,
		named{"actor": c.ActorID, "key": c.Key, "method": c.Method, "path": c.Path, "hash": c.BodyHash, "at": times.Now})
	return n == 1, err
}

// CallTimes are the moments that decide on stored calls.
type CallTimes struct {
	Now     time.Time
	Expired time.Time
	Stuck   time.Time
}

// Call gives a stored call.
func (q Queries) Call(ctx context.Context, actorID, key string) (Call, error) {
	return one[Call](ctx, q.q, "call", `
		SELECT actor_id, key, method, path, body_hash, state = 'running' AS running, coalesce(status, 0) AS status,
		       coalesce(header, '{}') AS header, body
		FROM idempotency WHERE actor_id = $1 AND key = $2`, actorID, key)
}

// FinishCall stores the answer of a call that runs.
func (t *Tx) FinishCall(ctx context.Context, c Call) error {
	_, err := t.exec(ctx, "finish call", `
		UPDATE idempotency SET state = 'done', status = @status, header = @header, body = @body
		WHERE actor_id = @actor AND key = @key AND state = 'running'`,
		named{"actor": c.ActorID, "key": c.Key, "status": c.Status, "header": c.Header, "body": c.Body})
	return err
}

// ForgetCalls removes the calls that were begun before a moment.
func (t *Tx) ForgetCalls(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "forget calls", "DELETE FROM idempotency WHERE created_at < $1", before)
	return err
}

// Record stores an entry of the audit log. Who was forgotten while something of theirs
// still ran gets the pseudonym.
func (t *Tx) Record(ctx context.Context, e AuditEntry) error {
	if e.Detail == nil {
		e.Detail = map[string]string{}
	}
	_, err := t.exec(ctx, "record", `
		INSERT INTO audit (id, at, actor_id, actor, key_id, action, object, detail)
		VALUES (@id, @at, nullif(@actor_id, '')::uuid,
			coalesce((SELECT name FROM users WHERE id = nullif(@actor_id, '')::uuid AND forgotten_at IS NOT NULL), @actor),
			nullif(@key, '')::uuid, @action, @object, @detail)`,
		named{"id": e.ID, "at": e.At, "actor_id": e.ActorID, "actor": e.Actor, "key": e.KeyID, "action": e.Action,
			"object": e.Object, "detail": e.Detail})
	return err
}
