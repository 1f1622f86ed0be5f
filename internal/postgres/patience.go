package postgres

import (
	"context"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// connectTime is how long connecting may take where the URL does not say so, pingTime
	// how long a connection that was idle may take to show that it still works.
	connectTime = 10 * time.Second
	pingTime    = 5 * time.Second
)

// keepAlive finds out within half a minute that a machine or a line is gone.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}

// Patience bounds how long a pool waits for a database that says nothing: to connect, to
// try an idle connection, and, by silence, for the first word of an answer. Without it work
// that has no end of its own would wait for ever on a connection whose other side is gone.
// With a silence of 0 answers are awaited for ever.
func Patience(cfg *pgxpool.Config, silence time.Duration) {
	if cfg.ConnConfig.ConnectTimeout == 0 {
		cfg.ConnConfig.ConnectTimeout = connectTime
	}
	cfg.PingTimeout = pingTime
	dialer := &net.Dialer{KeepAliveConfig: keepAlive}
	cfg.ConnConfig.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, addr)
		if err != nil || silence == 0 {
			return conn, err
		}
		return newPatient(conn, silence), nil
	}
}

// patient is a connection that is closed when what was written to it stays without any
// answer. One on which nothing was asked, as one that listens, may be silent for ever.
type patient struct {
	net.Conn
	silence time.Duration
	giveUp  *time.Timer
}

func newPatient(conn net.Conn, silence time.Duration) *patient {
	p := &patient{Conn: conn, silence: silence}
	p.giveUp = time.AfterFunc(silence, func() { _ = conn.Close() }) // whoever reads learns of it
	p.giveUp.Stop()
	return p
}

// Write begins to wait for an answer.
func (p *patient) Write(b []byte) (int, error) {
	p.giveUp.Reset(p.silence)
	return p.Conn.Write(b)
}

// Read ends the wait.
func (p *patient) Read(b []byte) (int, error) {
	n, err := p.Conn.Read(b)
	if n > 0 {
		p.giveUp.Stop()
	}
	return n, err
}

// Close closes the connection.
func (p *patient) Close() error {
	p.giveUp.Stop()
	return p.Conn.Close()
}
