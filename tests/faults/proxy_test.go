package faults

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"
)

// echoing gives a proxy before somebody who sends everything back.
func echoing(t *testing.T) *Proxy {
	t.Helper()
	echo, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := echo.Accept()
			if err != nil {
				return
			}
			go func() {
				b := make([]byte, 64)
				for {
					n, err := c.Read(b)
					if err != nil {
						return
					}
					_, _ = c.Write(b[:n])
				}
			}()
		}
	}()
	p, err := NewProxy(func() (net.Conn, error) { return net.Dial("tcp4", echo.Addr().String()) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(p.Close(), echo.Close()); err != nil {
			t.Error(err)
		}
	})
	return p
}

// says writes a word to a connection and tells what came back within a moment.
func says(c net.Conn) error {
	if _, err := c.Write([]byte("word")); err != nil {
		return err
	}
	if err := c.SetReadDeadline(time.Now().Add(300 * time.Millisecond)); err != nil {
		return err
	}
	_, err := c.Read(make([]byte, 4))
	return err
}

func dialed(t *testing.T, p *Proxy) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp4", p.Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func TestProxyPassesOnAndDrops(t *testing.T) {
	t.Parallel()
	p := echoing(t)
	c := dialed(t, p)
	if err := says(c); err != nil {
		t.Fatalf("a healthy connection: %v", err)
	}
	p.Drop()
	if err := says(c); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a dropped connection: %v, want a reset", err)
	}
	p.Refuse(true)
	// The reset may come before the connection is said to stand, or after.
	if c, err := net.Dial("tcp4", p.Addr()); err == nil {
		defer c.Close()
		if says(c) == nil {
			t.Error("a connection that was to be refused works")
		}
	}
	p.Refuse(false)
	if err := says(dialed(t, p)); err != nil {
		t.Errorf("after that: %v", err)
	}
}

func TestProxyFreezes(t *testing.T) {
	t.Parallel()
	p := echoing(t)
	old := dialed(t, p)
	if err := says(old); err != nil {
		t.Fatal(err)
	}
	p.Freeze()
	for _, c := range []net.Conn{old, dialed(t, p)} {
		if err := says(c); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("a frozen connection: %v, want silence", err)
		}
	}
	p.Thaw()
	if err := says(old); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a connection from before: %v, want silence for ever", err)
	}
	if err := says(dialed(t, p)); err != nil {
		t.Errorf("a new connection: %v", err)
	}
}

func TestProxySlowsDown(t *testing.T) {
	t.Parallel()
	p := echoing(t)
	c := dialed(t, p)
	p.Slow(60*time.Millisecond, 0)
	start := time.Now()
	if err := says(c); err != nil || time.Since(start) < 120*time.Millisecond {
		t.Errorf("%v after %v, want an answer after two delays", err, time.Since(start))
	}
}
