package store

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// catchUp is how long a read waits for a replica to have what the primary had when the
	// read began. A replica that takes longer is set aside.
	catchUp = 250 * time.Millisecond
	// trialEvery is the time between two looks whether a replica is fit; one that was not
	// has to pass passesNeeded of them in a row.
	trialEvery   = time.Second
	passesNeeded = 3
	// lookTime is how long a replica may take to say where it is, lookPause the least time
	// between two looks.
	lookTime  = 2 * time.Second
	lookPause = time.Millisecond
	// replicaConnect is how long a connection to a replica may take where its address does
	// not say.
	replicaConnect = 3 * time.Second
)

// ReplicaConfig is what [NewReplicas] makes replicas of.
type ReplicaConfig struct {
	// Hosts are the replicas: one for each host of the connection string.
	Hosts *pgxpool.Config
	Log   *slog.Logger
	// Look asks a replica where it is, as a replica knows by itself where it is nil. Tests
	// give one that lets a database without replicas be read as if it were one.
	Look func(context.Context, *pgx.Conn) (Place, error)
}

// Replicas are the standbys of the primary that reads may go to: see [DB.Read].
type Replicas struct {
	all     []*replica
	next    atomic.Uint32
	log     *slog.Logger
	stop    context.CancelFunc
	watches sync.WaitGroup
	reads   readCounts
}

// Place is how far a replica is in the log of which primary.
type Place struct {
	// Standby is false for a database that takes writes itself: it was promoted.
	Standby bool
	// Lineage names the primary that it follows, At is how much of its log is replayed.
	Lineage string
	At      int64
}

// NewReplicas gives the replicas at the hosts of a connection string. No connection is
// opened and none is used before [Replicas.Start].
func NewReplicas(cfg ReplicaConfig) (*Replicas, error) {
	out := &Replicas{log: cfg.Log}
	for _, host := range hostsOf(cfg.Hosts) {
		pool, err := pgxpool.NewWithConfig(context.Background(), host)
		if err != nil {
			return nil, fmt.Errorf("store: replicas: %w", err)
		}
		r := &replica{name: hostName(host), pool: pool, log: cfg.Log, lookAt: cfg.Look,
			wake: make(chan struct{}, 1), moved: make(chan struct{}), why: errUnknown.Error(), passes: passesNeeded - 1}
		if r.lookAt == nil {
			r.lookAt = placeOf
		}
		r.life, r.end = context.WithCancel(context.Background())
		out.all = append(out.all, r)
	}
	return out, nil
}

// hostName names a host as the log and the figures do.
func hostName(host *pgxpool.Config) string {
	return net.JoinHostPort(host.ConnConfig.Host, strconv.Itoa(int(host.ConnConfig.Port)))
}

// hostsOf takes a connection string with several hosts apart. The library's own way, which
// is to take the first that answers, would leave open which one a position is of.
func hostsOf(all *pgxpool.Config) []*pgxpool.Config {
	type host struct {
		name string
		port uint16
	}
	c := all.ConnConfig
	ways := append([]*pgconn.FallbackConfig{{Host: c.Host, Port: c.Port, TLSConfig: c.TLSConfig}}, c.Fallbacks...)
	var hosts []*pgxpool.Config
	byHost := map[host]*pgxpool.Config{}
	for _, way := range ways {
		at := host{way.Host, way.Port}
		if known := byHost[at]; known != nil { // with and without TLS are two ways to one host
			known.ConnConfig.Fallbacks = append(known.ConnConfig.Fallbacks, way)
			continue
		}
		one := all.Copy()
		one.ConnConfig.Host, one.ConnConfig.Port, one.ConnConfig.TLSConfig = way.Host, way.Port, way.TLSConfig
		one.ConnConfig.Fallbacks = nil
		one.ConnConfig.ValidateConnect = nil // what it has to be is looked at each second
		if one.ConnConfig.ConnectTimeout == 0 {
			one.ConnConfig.ConnectTimeout = replicaConnect
		}
		byHost[at] = one
		hosts = append(hosts, one)
	}
	return hosts
}

// Start watches the replicas until [Replicas.Stop]; they are used as they prove fit.
func (r *Replicas) Start(ctx context.Context, primary *DB) {
	ctx, r.stop = context.WithCancel(context.WithoutCancel(ctx))
	for _, one := range r.all {
		r.watches.Go(func() { one.watch(ctx, primary) })
	}
}

// Stop ends all connections to replicas.
func (r *Replicas) Stop() {
	if r.stop != nil {
		r.stop()
		r.watches.Wait()
	}
	for _, one := range r.all {
		one.end()
		one.pool.Close()
	}
}

// fit gives the replicas that may be used now, each read beginning with another one.
func (r *Replicas) fit() []*replica {
	var out []*replica
	first := int(r.next.Add(1))
	for i := range r.all {
		if one := r.all[(first+i)%len(r.all)]; one.standing().fit {
			out = append(out, one)
		}
	}
	return out
}

// ReplicaState is how a replica fares.
type ReplicaState struct {
	// Name is its host and port.
	Name string
	// Used is true where reads go to it; Why says why not.
	Used bool
	Why  string
	// Late is how long it took at the last trial to have what the primary had when that
	// began, Behind how many bytes of the log it lacked at the end of it.
	Late   time.Duration
	Behind int64
}

// States gives how the replicas fare.
func (r *Replicas) States() []ReplicaState {
	out := make([]ReplicaState, len(r.all))
	for i, one := range r.all {
		one.mu.Lock()
		out[i] = ReplicaState{Name: one.name, Used: one.why == "", Why: one.why, Late: one.late, Behind: one.behind}
		one.mu.Unlock()
	}
	return out
}
