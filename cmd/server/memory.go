package main

import (
	"log/slog"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

const (
	// memoryShare is how much of what its container may have the program keeps to, the
	// rest being what the runtime does not count; ownShare is that where PostgreSQL runs
	// in the same container.
	memoryShare, ownShare = 0.9, 0.6
	// leastMemory is what the program needs with its language model: a lower bound would
	// only have it collect garbage all the time.
	leastMemory = 400 << 20
)

// limitMemory has the program collect garbage more often where it nears the limit of its
// container (its cgroup), instead of being killed there. GOMEMLIMIT goes before.
func limitMemory(cfg config, log *slog.Logger) {
	share := memoryShare
	if cfg.DatabaseURL == "" {
		share = ownShare
	}
	limit, err := memlimit.Set(memlimit.WithRatio(share), memlimit.WithMin(leastMemory))
	if err != nil {
		log.Warn("the memory limit of the container cannot be read: set GOMEMLIMIT", "error", err)
		return
	}
	log.Debug("memory", "limit_bytes", limit)
}
