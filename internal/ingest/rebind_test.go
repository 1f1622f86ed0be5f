package ingest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// nameServer answers every question for an address with the next of some addresses, as
// a server does whose owner wants a name that was checked to lead elsewhere.
func nameServer(t *testing.T, addresses ...string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for n := 0; ; {
			size, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			answer, v4 := answerTo(buf[:size], addresses[min(n, len(addresses)-1)])
			if v4 {
				n++
			}
			_, _ = conn.WriteTo(answer, from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// answerTo makes an answer for a question, and tells whether that was for an IPv4
// address, of which alone there is one.
func answerTo(question []byte, address string) (answer []byte, v4 bool) {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) == 0 {
		return nil, false
	}
	m.Response, m.Additionals = true, nil
	if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
		v4 = true
		m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
			Body: &dnsmessage.AResource{A: netip.MustParseAddr(address).As4()}}}
	}
	answer, _ = m.Pack()
	return answer, v4
}

// TestANameThatTurnsPrivateIsNotReached resolves a name first to a public address and
// then to this machine: what is connected to is what was checked.
func TestANameThatTurnsPrivateIsNotReached(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer site.Close()
	_, port, _ := net.SplitHostPort(site.Listener.Addr().String())
	for _, private := range []string{"127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"} {
		dialer := publicDialer(200 * time.Millisecond)
		dialer.Resolver = nameServer(t, "192.0.2.1", private) // the first is refused as well: it is set aside for documents
		for range 2 {
			_, err := dialer.DialContext(t.Context(), "tcp", net.JoinHostPort("rebind.example", port))
			var blocked *blockedError
			if !errors.As(err, &blocked) {
				t.Errorf("%s: %v, want that it is refused", private, err)
			}
		}
	}
	if reached.Load() != 0 {
		t.Error("a server on this machine was reached")
	}
}

// TestEverySpellingOfThisMachineIsRefused fetches, and posts to, a server on this machine
// by all the ways that its address can be written.
func TestEverySpellingOfThisMachineIsRefused(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	listener, err := net.Listen("tcp", "[::]:0")
	if err != nil {
		t.Fatal(err)
	}
	site := &httptest.Server{Listener: listener, Config: &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) })}}
	site.Start()
	defer site.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	dial := newHosts(nil).dialer(time.Second)
	for _, host := range []string{
		"127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "0177.0.0.01", "127.0.0.1.", "127.000.000.001",
		"0", "0.0.0.0", "::", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::7f00:1", "2002:7f00:1::",
		"fe80::1", "fe80::1%lo", "fd00::1", "localhost", "LOCALHOST.", "localhost.localdomain", "ip6-localhost", "127。0。0。1", "①②⑦.⓪.⓪.①", "100.64.0.1", "169.254.169.254",
	} {
		conn, err := dial(t.Context(), "tcp", net.JoinHostPort(host, port))
		if err == nil {
			conn.Close()
			t.Errorf("%s was connected to", host)
		}
		var none *net.DNSError
		var blocked *blockedError
		if !errors.As(err, &blocked) && !errors.As(err, &none) {
			t.Errorf("%s: %v, want that it is refused or is no name", host, err)
		}
	}
	f, p := NewFetcher(Config{Gap: time.Millisecond, Timeouts: Timeouts{Whole: time.Second}}), NewPoster(PosterConfig{Timeout: time.Second})
	defer f.Close()
	defer p.Close()
	for _, host := range []string{"2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost.", "①②⑦.0.0.1"} {
		if _, err := f.Get(t.Context(), Request{URL: "http://" + host + "/robots.txt"}); err == nil {
			t.Errorf("%s was fetched", host)
		}
		if _, err := p.Post(t.Context(), "https://"+host+"/", nil, nil); err == nil {
			t.Errorf("%s was posted to", host)
		}
	}
	if reached.Load() != 0 {
		t.Error("a server on this machine was reached")
	}
}

// TestNothingLeadsAwayFromWhatWasChecked answers robots.txt, a feed and a page with
// redirects into private networks.
func TestNothingLeadsAwayFromWhatWasChecked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var reached atomic.Int32
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer private.Close()
	for _, path := range []string{"/robots.txt", "/feed", "/page"} {
		s.status(path, http.StatusFound, "Location: "+private.URL+"/")
	}
	for _, accept := range []string{"", "application/rss+xml"} {
		for _, path := range []string{"/feed", "/page"} {
			if got, err := s.fetcher.Get(t.Context(), Request{URL: s.url + path, Accept: accept}); err == nil {
				t.Errorf("%s gave %.80q", path, got.Body)
			}
		}
	}
	if reached.Load() != 0 {
		t.Error("a redirect led into a private network")
	}
}
