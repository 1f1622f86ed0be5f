package postgres

import (
	"errors"
	"net"
	"testing"
	"time"
)

// TestPatience talks to somebody who answers late, not at all, or says something unasked.
func TestPatience(t *testing.T) {
	t.Parallel()
	const silence = 100 * time.Millisecond
	pair := func() (*patient, net.Conn) {
		near, far := net.Pipe()
		t.Cleanup(func() { near.Close(); far.Close() })
		return newPatient(near, silence), far
	}
	read := func(p *patient) error {
		_, err := p.Read(make([]byte, 1))
		return err
	}
	write := func(c net.Conn) {
		if _, err := c.Write([]byte("x")); err != nil {
			t.Error(err)
		}
	}
	t.Run("no answer", func(t *testing.T) {
		t.Parallel()
		p, far := pair()
		go func() { _, _ = far.Read(make([]byte, 1)) }()
		write(p)
		if err := read(p); !errors.Is(err, net.ErrClosed) && err == nil {
			t.Error("the connection is still open")
		}
	})
	t.Run("nobody takes what is asked", func(t *testing.T) {
		t.Parallel()
		p, _ := pair()
		if _, err := p.Write([]byte("x")); err == nil {
			t.Error("the connection is still open")
		}
	})
	t.Run("an answer, then silence", func(t *testing.T) {
		t.Parallel()
		p, far := pair()
		go func() {
			_, _ = far.Read(make([]byte, 1))
			write(far)
			time.Sleep(3 * silence)
			write(far) // a notification
		}()
		write(p)
		for range 2 {
			if err := read(p); err != nil {
				t.Errorf("the connection was given up: %v", err)
			}
		}
	})
}
