package storetest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Outage is a database that can be away for a while.
type Outage struct {
	// Pool is the way to it that breaks.
	Pool    *pgxpool.Pool
	t       testing.TB
	other   *pgxpool.Pool
	away    atomic.Bool
	refused atomic.Int64
}

var errAway = errors.New("the database is away, as the test has it")

// NewOutage gives a database of the test's own, which is there.
func NewOutage(t testing.TB) *Outage {
	t.Helper()
	o := &Outage{t: t}
	url := URL(t)
	o.other = Open(t, url, nil)
	o.Pool = Open(t, url, func(cfg *pgxpool.Config) {
		cfg.PrepareConn = func(context.Context, *pgx.Conn) (bool, error) {
			if o.away.Load() {
				o.refused.Add(1)
				return true, errAway
			}
			return true, nil
		}
	})
	return o
}

// Begin takes the database away: the connections that there are break, and nobody gets one.
func (o *Outage) Begin() {
	o.t.Helper()
	o.away.Store(true)
	o.Cut()
}

// Cut breaks the connections that there are. Others can be made.
func (o *Outage) Cut() {
	o.t.Helper()
	if _, err := o.other.Exec(o.t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
		o.t.Fatalf("storetest: %v", err)
	}
}

// End gives the database back.
func (o *Outage) End() { o.away.Store(false) }

// Refused counts who asked for a connection and got none.
func (o *Outage) Refused() int { return int(o.refused.Load()) }
