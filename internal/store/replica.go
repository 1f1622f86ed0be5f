package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// replica is one standby. One goroutine asks it where it is; reads wait for what that
// finds.
type replica struct {
	name   string
	pool   *pgxpool.Pool
	log    *slog.Logger
	lookAt func(context.Context, *pgx.Conn) (Place, error)
	conn   *pgx.Conn // that of the looks: they must not wait for reads
	wake   chan struct{}

	mu     sync.Mutex
	place  Place
	moved  chan struct{} // closed when place or why changes
	why    string        // why it is not used, empty where it is
	passes int           // how many trials it has passed in a row since it was not fit
	late   time.Duration
	behind int64
	// life ends when the replica fails, and with it the reads that it answers.
	life context.Context
	end  context.CancelFunc
}

// position is how far the primary is in its log.
type position struct {
	Lineage string
	At      int64
	// Named is false where the present primary has not given the lineage its name.
	Named bool
}

// has tells whether a replica at a place has what the primary had at a position.
func (p Place) has(want position) bool {
	return p.Standby && want.Named && p.Lineage == want.Lineage && p.At >= want.At
}

// position asks the primary how far it is. What anybody can see is in the log before it;
// where commits do not wait for the disk, that is what is not yet flushed too.
func (d *DB) position(ctx context.Context) (position, error) {
	return one[position](ctx, d.pool, "position", `
		SELECT l.id::text AS lineage, l.timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS named,
		       (CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn()
		        ELSE pg_current_wal_flush_lsn() END - '0/0'::pg_lsn)::bigint AS at
		FROM lineage l`)
}

// nameLineage gives the lineage a new name where another primary gave the present one.
func (d *DB) nameLineage(ctx context.Context) error {
	_, err := d.pool.Exec(ctx, `
		UPDATE lineage SET id = gen_random_uuid(), timeline = substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
		WHERE timeline <> substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)`)
	return wrap("name lineage", err)
}

// placeOf asks a replica where it is.
func placeOf(ctx context.Context, conn *pgx.Conn) (Place, error) {
	return one[Place](ctx, conn, "place of a replica", `
		SELECT pg_is_in_recovery() AS standby, l.id::text AS lineage,
		       coalesce((pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint, 0) AS at
		FROM lineage l`)
}

// watch looks where the replica is: each second, to see whether it is fit, and whenever a
// read waits for it.
func (r *replica) watch(ctx context.Context, primary *DB) {
	defer r.disconnect()
	tick := time.NewTicker(trialEvery)
	defer tick.Stop()
	for {
		r.judge(ctx, r.trial(ctx, primary))
		for due := false; !due; {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				due = true
			case <-r.wake:
				due = r.look(ctx) != nil
				time.Sleep(lookPause)
			}
		}
	}
}

// Why a replica is not used.
var (
	errUnknown  = errors.New("it was not looked at yet")
	errBehind   = errors.New("it is behind the primary")
	errPromoted = errors.New("it takes writes itself: it is no replica")
	errLineage  = errors.New("it follows another primary")
)

// trial sees whether the replica gets in time where the primary is now. It gives
// errUnknown where the primary does not say.
func (r *replica) trial(ctx context.Context, primary *DB) error {
	want, err := primary.position(ctx)
	if err == nil && !want.Named {
		if err = primary.nameLineage(ctx); err == nil {
			want, err = primary.position(ctx)
		}
	}
	if err != nil {
		return errUnknown
	}
	for began := time.Now(); ; time.Sleep(lookPause) {
		if err := r.look(ctx); err != nil {
			return err
		}
		took := time.Since(began)
		place := r.measure(want, took)
		switch {
		case place.has(want):
			return nil
		case !place.Standby:
			return errPromoted
		case took > catchUp && place.Lineage != want.Lineage:
			return errLineage
		case took > catchUp:
			return errBehind
		}
	}
}

// measure notes how far the replica is from a position and gives where it is.
func (r *replica) measure(want position, took time.Duration) Place {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.late, r.behind = took, max(0, want.At-r.place.At)
	return r.place
}

// judge notes what a trial came to. Where the replica does not answer, or is none, the
// reads that wait for it are cut off.
func (r *replica) judge(ctx context.Context, err error) {
	if ctx.Err() != nil || errors.Is(err, errUnknown) {
		return
	}
	was, is := r.note(err)
	if sortOf(was) == sortOf(is) {
		return
	}
	if err == nil {
		r.log.InfoContext(ctx, "reads go to a replica", "replica", r.name)
		return
	}
	r.log.WarnContext(ctx, "reads do not go to a replica", "replica", r.name, "why", is)
}

// sortOf puts why a replica is not used into one of a few words: what the network says of one
// that is away may differ each time.
func sortOf(why string) string {
	for _, err := range []error{errUnknown, errBehind, errPromoted, errLineage} {
		if why == err.Error() {
			return why
		}
	}
	if why == "" {
		return ""
	}
	return "it does not answer"
}

// note notes why the replica is not used, and gives why it was not before and is not now.
// One that was not fit has to pass some trials in a row.
func (r *replica) note(err error) (was, is string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	was = r.why
	switch {
	case err != nil:
		r.why, r.passes = err.Error(), 0
	case r.why != "":
		if r.passes++; r.passes >= passesNeeded {
			r.why = ""
		}
	}
	if err != nil && !errors.Is(err, errBehind) {
		r.end()
		r.life, r.end = context.WithCancel(context.Background())
		r.pool.Reset()
	}
	r.tell()
	return was, r.why
}

// tell wakes those who wait for a change; mu is held.
func (r *replica) tell() {
	close(r.moved)
	r.moved = make(chan struct{})
}

// look asks the replica where it is and tells those who wait.
func (r *replica) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	place, err := r.ask(ctx)
	if err != nil {
		r.disconnect()
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.place = place
	r.tell()
	return nil
}

func (r *replica) ask(ctx context.Context) (Place, error) {
	if r.conn == nil {
		var err error
		if r.conn, err = pgx.ConnectConfig(ctx, r.pool.Config().ConnConfig); err != nil {
			return Place{}, err
		}
	}
	return r.lookAt(ctx, r.conn)
}

func (r *replica) disconnect() {
	if r.conn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = r.conn.Close(ctx) // it is of no more use, whatever closing it says
	r.conn = nil
}

// standing is how a replica was found at the last look.
type standing struct {
	Place
	fit bool
	// moved is closed when there is something new.
	moved <-chan struct{}
	// life ends when the replica fails.
	life context.Context
}

func (r *replica) standing() standing {
	r.mu.Lock()
	defer r.mu.Unlock()
	return standing{Place: r.place, fit: r.why == "", moved: r.moved, life: r.life}
}

// reaches waits until the replica has what the primary had at a position. One that takes
// too long is set aside until trials show that it is in time again.
func (r *replica) reaches(ctx context.Context, want position) bool {
	late := time.NewTimer(catchUp)
	defer late.Stop()
	for {
		now := r.standing()
		switch {
		case !now.fit:
			return false
		case now.has(want):
			return true
		}
		select {
		case r.wake <- struct{}{}:
		default: // a look is asked for already
		}
		select {
		case <-now.moved:
		case <-late.C:
			r.judge(ctx, errBehind)
			return false
		case <-ctx.Done():
			return false
		}
	}
}
