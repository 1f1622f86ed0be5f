package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/store"
	"corroborate/internal/trouble"
)

// keepEvery is the time between two looks whether other servers still see this one.
const keepEvery = 5 * time.Second

// errForeignKey says that servers that share a database do not share the key.
var errForeignKey = errors.New("another server that runs on this database seals secrets with another key: " +
	"give all servers the same SECOND_FACTOR_KEY, or the same file second-factor.key in DATA_DIR")

// company is the servers on one database. Each shows the others which key it seals
// secrets with: with another one it could check no codes and would stop all webhooks.
type company struct {
	presence *store.Presence
	log      *slog.Logger
	every    time.Duration // keepEvery
	cancel   context.CancelFunc
	ended    sync.WaitGroup
}

func newCompany(db *store.DB, sealer *auth.Sealer, log *slog.Logger) *company {
	return &company{presence: store.NewKeyPresence(db, keyName(sealer)), log: log, every: keepEvery}
}

// keyName names the key of a server; one without a key has one that nobody else's is.
func keyName(s *auth.Sealer) string {
	if s == nil {
		return "none"
	}
	return s.KeyID()
}

// join shows this server to others until leave, unless one of them has another key.
func (c *company) join(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := c.presence.Keep(ctx); err != nil {
		return err
	}
	foreign, err := c.presence.Differs(ctx)
	if err == nil && foreign {
		err = errForeignKey
	}
	if err != nil {
		c.presence.End(ctx)
		return err
	}
	ctx, c.cancel = context.WithCancel(ctx)
	c.ended.Go(func() { c.stay(ctx) })
	return nil
}

func (c *company) stay(ctx context.Context) {
	failing := trouble.New(c.log, "cannot show other servers that this one lives")
	tick := time.NewTicker(c.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := c.presence.Keep(ctx); ctx.Err() == nil {
			failing.Note(ctx, err)
		}
	}
}

func (c *company) leave() {
	if c.cancel == nil {
		return
	}
	c.cancel()
	c.ended.Wait()
	c.presence.End(context.Background())
}
