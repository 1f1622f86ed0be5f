package faults

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"syscall"
	"time"
)

// killServer ends one server without warning.
func killServer(_ context.Context, w *World, r *rand.Rand) error {
	all := w.running()
	all[r.IntN(len(all))].Signal(syscall.SIGKILL)
	return nil
}

// killPostmaster ends the process that leads the cluster; the others follow it.
func killPostmaster(_ context.Context, w *World, _ *rand.Rand) error {
	pid := postmaster(w.dataDir)
	if pid == 0 {
		return errors.New("there is no postmaster to kill")
	}
	return syscall.Kill(pid, syscall.SIGKILL)
}

// killBackend ends a process of the cluster that serves a connection, one at work where
// there is one. The cluster drops all others and recovers.
func killBackend(ctx context.Context, w *World, r *rand.Rand) error {
	conn, err := superuser(ctx, w.dataDir, "postgres")
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var pid int
	err = conn.QueryRow(ctx, `SELECT pid FROM pg_stat_activity WHERE usename IN ('corroborate', 'corroborate_service')
		ORDER BY state = 'idle', hashint4(pid # $1::integer) LIMIT 1`, r.Int32()).Scan(&pid)
	if err != nil {
		return fmt.Errorf("find a process of the database: %w", err)
	}
	return syscall.Kill(pid, syscall.SIGKILL)
}

// refill is the time between two looks whether the disk has room again, which it gets as
// the cluster throws files away.
const refill = 100 * time.Millisecond

// fillDisk leaves no room on the disk of the cluster for a while.
func fillDisk(ctx context.Context, w *World, r *rand.Rand) error {
	end := time.Now().Add(between(r, time.Second, 6*time.Second))
	for time.Now().Before(end) && ctx.Err() == nil {
		if err := w.disk.fill(); err != nil {
			return errors.Join(err, w.disk.free())
		}
		pause(ctx, refill)
	}
	return w.disk.free()
}

// spoiledTime is how long the kernel may take to make a file system read-only whose disk
// takes no writes, which it finds out within five seconds, and then how long a server may
// take to end when its private cluster has.
const spoiledTime = 30 * time.Second

// spoilDisk has the disk of the cluster take no writes any more. What comes of it is up to
// the kernel and PostgreSQL: the file system becomes read-only, and the cluster ends at the
// first write that fails. When that has lasted for a while, everything on the disk is
// stopped, the disk is mended, and all is started again, as somebody would do who was called.
func spoilDisk(ctx context.Context, w *World, r *rand.Rand) error {
	lasts := between(r, time.Second, 6*time.Second)
	own := w.private()
	var ends []<-chan struct{}
	for _, s := range own {
		ends = append(ends, s.run())
	}
	if err := w.disk.spoil(); err != nil {
		return err
	}
	err := w.spoiled(ctx, ends)
	if err == nil {
		pause(ctx, lasts)
		w.refuses(ctx)
	}
	for _, s := range own {
		err = errors.Join(err, s.Halt())
	}
	if w.cluster != nil {
		w.cluster.stop()
	}
	start := time.Now()
	if failed := w.disk.mend(ctx); failed != nil {
		return errors.Join(err, failed)
	}
	w.tell("%s: the disk was mended within %.1f s", w.Name, time.Since(start).Seconds())
	if w.cluster != nil {
		w.cluster.run(ctx, nil)
	}
	for _, s := range own {
		s.Resume()
	}
	return err
}

// spoiled waits until the file system of a disk that takes no writes is read-only, and
// until each of the servers that have a cluster there has ended, which the channels tell.
func (w *World) spoiled(ctx context.Context, ends []<-chan struct{}) error {
	within, cancel := context.WithTimeout(ctx, spoiledTime)
	defer cancel()
	start := time.Now()
	for {
		is, err := isReadOnly(w.disk.dir)
		if err != nil {
			return err
		}
		if is {
			break
		}
		if pause(within, 20*time.Millisecond); within.Err() != nil {
			return errors.Join(ctx.Err(), fmt.Errorf("the file system was not read-only after %v", spoiledTime))
		}
	}
	readOnly := time.Since(start)
	for _, ended := range ends {
		select {
		case <-ended:
		case <-within.Done():
			return errors.Join(ctx.Err(), fmt.Errorf("a server had not ended %v after its disk took no more writes", spoiledTime))
		}
	}
	w.tell("%s: the file system was read-only after %.1f s, and its servers had ended after %.1f s", w.Name, readOnly.Seconds(), time.Since(start).Seconds())
	return nil
}

// refuses looks that no server takes a write, and that those that have a cluster of their
// own ended with the status that has systemd start them again.
func (w *World) refuses(ctx context.Context) {
	for _, s := range w.private() {
		if status := s.Status(); status != 1 {
			w.problem("%s ended with status %d on a disk that takes no writes", s.Name, status)
		}
	}
	for _, s := range w.running() {
		if ok, _ := w.tries(ctx, s.URL); ok {
			w.problem("%s took a write on a disk that takes none", s.Name)
		}
	}
}

// readOnly lets the database take no writes for a while: what a server sees of a primary
// that became a replica.
func readOnly(ctx context.Context, w *World, r *rand.Rand) error {
	if err := command(ctx, w.dataDir, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"); err != nil {
		return err
	}
	pause(ctx, between(r, time.Second, 5*time.Second))
	return command(context.WithoutCancel(ctx), w.dataDir, "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")
}

// dropConnections resets all connections to the database, and for a while each new one.
func dropConnections(ctx context.Context, w *World, r *rand.Rand) error {
	if r.IntN(2) == 0 {
		w.proxy.Refuse(true)
		defer w.proxy.Refuse(false)
		w.proxy.Drop()
		pause(ctx, between(r, 0, 4*time.Second))
		return nil
	}
	for range 1 + r.IntN(5) {
		w.proxy.Drop()
		pause(ctx, between(r, 0, 500*time.Millisecond))
	}
	return nil
}

// freezeConnections leaves all connections open and passes nothing on any more. New ones
// work again after a while.
func freezeConnections(ctx context.Context, w *World, r *rand.Rand) error {
	w.proxy.Freeze()
	defer w.proxy.Thaw()
	pause(ctx, between(r, 0, 8*time.Second))
	return nil
}

// slowDown makes the way to the database long and narrow for a while.
func slowDown(ctx context.Context, w *World, r *rand.Rand) error {
	w.proxy.Slow(between(r, 2*time.Millisecond, 50*time.Millisecond), 20_000+r.IntN(400_000))
	defer w.proxy.Slow(0, 0)
	pause(ctx, between(r, 2*time.Second, 8*time.Second))
	return nil
}

// stepClock sets the clock of one server by up to twelve hours forwards or back, and often
// back again.
func stepClock(ctx context.Context, w *World, r *rand.Rand) error {
	all := w.running()
	file := w.clockFile(all[r.IntN(len(all))].Name)
	for range 1 + r.IntN(3) {
		by := between(r, -12*time.Hour, 12*time.Hour).Round(time.Second)
		if r.IntN(3) == 0 {
			by = 0
		}
		if err := os.WriteFile(file, []byte(by.String()), 0o600); err != nil {
			return err
		}
		pause(ctx, between(r, 500*time.Millisecond, 3*time.Second))
	}
	return nil
}
