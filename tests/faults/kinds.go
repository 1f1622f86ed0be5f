package faults

import (
	"context"
	"math/rand/v2"
	"time"
)

// Kind is a sort of fault.
type Kind string

// The kinds of faults.
const (
	KillServer     Kind = "server killed"
	KillPostmaster Kind = "postmaster killed"
	KillBackend    Kind = "database process killed"
	DiskFull       Kind = "disk full"
	ReadOnly       Kind = "database read-only"
	DiskReadOnly   Kind = "disk read-only"
	Dropped        Kind = "connections dropped"
	HalfOpen       Kind = "connections half-open"
	Slow           Kind = "database slow"
	ClockStep      Kind = "clock stepped"
	TwoVersions    Kind = "two versions"
)

// fault is how a kind is done. It returns when the cause is gone again; what is left is
// for the service to recover from.
type fault struct {
	kind Kind
	do   func(ctx context.Context, w *World, r *rand.Rand) error
}

// privateFaults happen to a server with its own cluster.
var privateFaults = []fault{
	{KillServer, killServer}, {KillPostmaster, killPostmaster}, {KillBackend, killBackend},
	{DiskFull, fillDisk}, {ReadOnly, readOnly}, {DiskReadOnly, spoilDisk}, {ClockStep, stepClock},
}

// sharedFaults happen to servers on a cluster elsewhere.
var sharedFaults = []fault{
	{KillServer, killServer}, {KillPostmaster, killPostmaster}, {KillBackend, killBackend}, {DiskFull, fillDisk},
	{ReadOnly, readOnly}, {DiskReadOnly, spoilDisk}, {Dropped, dropConnections}, {HalfOpen, freezeConnections}, {Slow, slowDown}, {ClockStep, stepClock},
}

// between gives a random time between two.
func between(r *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(r.Int64N(int64(most-least)))
}

// pause waits, or ends with ctx.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
