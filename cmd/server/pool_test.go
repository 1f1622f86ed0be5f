package main

import (
	"testing"
	"time"
)

// TestPoolConfig holds what a pool is made of where the connection string leaves it open,
// and that the string goes before.
func TestPoolConfig(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]struct {
		most int32
		idle time.Duration
	}{
		"postgres://db.example/news":                                              {poolSize, poolIdle},
		"postgres://db.example/news?pool_max_conns=7":                             {7, poolIdle},
		"postgres://db.example/news?pool_max_conn_idle_time=9m":                   {poolSize, 9 * time.Minute},
		"host=db.example dbname=news pool_max_conns=5 pool_max_conn_idle_time=1m": {5, time.Minute},
	} {
		cfg, err := poolConfig(url, manner{})
		if err != nil {
			t.Fatal(err)
		}
		if cfg.MaxConns != want.most || cfg.MaxConnIdleTime != want.idle {
			t.Errorf("%s: %d connections, idle for %v; want %d and %v", url, cfg.MaxConns, cfg.MaxConnIdleTime, want.most, want.idle)
		}
	}
}
