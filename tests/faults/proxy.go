package faults

import (
	"errors"
	"net"
	"sync"
	"time"
)

// Proxy stands between servers and their database. It passes bytes on, until it is told to
// do worse.
type Proxy struct {
	listener net.Listener
	dial     func() (net.Conn, error)

	mu    sync.Mutex
	links map[*link]bool
	state proxyState
}

// proxyState is how the proxy treats what comes.
type proxyState struct {
	refuses bool // new connections are reset
	silent  bool // new connections hear nothing
	delay   time.Duration
	rate    int // bytes a second in each direction of a connection, 0 for no limit
}

// link is one connection with its other side.
type link struct {
	client, server net.Conn
	frozen         chan struct{} // closed: nothing passes any more
	once           sync.Once
}

// NewProxy listens on loopback and passes connections on to what dial reaches.
func NewProxy(dial func() (net.Conn, error)) (*Proxy, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{listener: l, dial: dial, links: map[*link]bool{}}
	go p.accept()
	return p, nil
}

// Addr gives host and port to connect to.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Close ends all connections and takes no more.
func (p *Proxy) Close() error {
	err := p.listener.Close()
	p.Drop()
	return err
}

// Drop resets all connections.
func (p *Proxy) Drop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.links {
		l.reset()
	}
}

// Refuse resets each new connection at once, or stops doing so.
func (p *Proxy) Refuse(on bool) { p.set(func(s *proxyState) { s.refuses = on }) }

// Freeze passes nothing on for the connections that there are, for ever, and closes none
// of them. Those that come are taken and hear nothing either until [Proxy.Thaw].
func (p *Proxy) Freeze() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state.silent = true
	for l := range p.links {
		l.freeze()
	}
}

// Thaw treats new connections well again. Those that are frozen stay so: whoever holds one
// has to give it up.
func (p *Proxy) Thaw() { p.set(func(s *proxyState) { s.silent = false }) }

// Slow delays each piece of data and bounds how many bytes pass in a second; zeros end it.
func (p *Proxy) Slow(delay time.Duration, rate int) {
	p.set(func(s *proxyState) { s.delay, s.rate = delay, rate })
}

func (p *Proxy) set(change func(*proxyState)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.state)
}

func (p *Proxy) now() proxyState {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

func (p *Proxy) accept() {
	for {
		c, err := p.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		go p.serve(c)
	}
}

// serve passes one connection on.
func (p *Proxy) serve(c net.Conn) {
	l := &link{client: c, frozen: make(chan struct{})}
	state := p.now()
	if state.refuses {
		l.reset()
		return
	}
	if state.silent {
		l.freeze()
	}
	var err error
	if l.server, err = p.dial(); err != nil {
		l.reset()
		return
	}
	p.mu.Lock()
	p.links[l] = true
	p.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { p.pass(l, l.client, l.server) })
	both.Go(func() { p.pass(l, l.server, l.client) })
	both.Wait()
	l.reset()
	p.mu.Lock()
	delete(p.links, l)
	p.mu.Unlock()
}

// pass copies one direction until it ends. What is read while the link is frozen is lost.
func (p *Proxy) pass(l *link, from, to net.Conn) {
	b := make([]byte, 16<<10)
	for {
		n, err := from.Read(b)
		select {
		case <-l.frozen:
			if err == nil {
				continue // taken and thrown away, so that the sender sees nothing amiss
			}
		default:
		}
		if n > 0 {
			p.hold(n)
			if _, err := to.Write(b[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	l.reset()
}

// hold waits as long as n bytes take.
func (p *Proxy) hold(n int) {
	s := p.now()
	d := s.delay
	if s.rate > 0 {
		d += time.Duration(n) * time.Second / time.Duration(s.rate)
	}
	if d > 0 {
		time.Sleep(d)
	}
}

func (l *link) freeze() { l.once.Do(func() { close(l.frozen) }) }

// reset ends both sides at once, without the farewell of TCP.
func (l *link) reset() {
	for _, c := range []net.Conn{l.client, l.server} {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		if c != nil {
			_ = c.Close() // it may be closed already
		}
	}
}
