package ingest

import (
	"bytes"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// FuzzReadBody unpacks what a server may send: never more than was asked for.
func FuzzReadBody(f *testing.F) {
	for how := range packers {
		f.Add([]byte("\x1f\x8b\x08\x00"), strings.Replace(how, "raw", "deflate", 1))
	}
	f.Add([]byte("text"), "gzip, br")
	f.Add([]byte{0x78, 0x9c}, "deflate")
	f.Fuzz(func(t *testing.T, wire []byte, packing string) {
		const most = 64 << 10
		got, err := readBody(bytes.NewReader(wire), packing, most)
		if len(got) > most && !errors.Is(err, errTooLarge) {
			t.Errorf("%d bytes came of %d", len(got), len(wire))
		}
	})
}

// FuzzAddress reads addresses that are to be fetched: what is taken leads to a host over
// http or https, holds no password, and is taken again as it is.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"https://example.org/a?b#c", "http://[::1%25lo]/", "http://①②⑦.0.0.1", "HTTP://a:b@x", "http://0x7f.1:80/", "//x", "http://x\r\nHost: y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := newHosts(nil).parseAddress(s)
		if err != nil {
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" || !usualPort(u) || strings.ContainsAny(u.String(), "\r\n\x00 ") {
			t.Errorf("%q is taken as %q", s, u)
		}
		again, err := newHosts(nil).parseAddress(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q is taken as %q, and that as %v (%v)", s, u, again, err)
		}
	})
}

// FuzzIsPublic holds that an address inside which a private one is written is private.
func FuzzIsPublic(f *testing.F) {
	for _, s := range []string{"127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%lo", "8.8.8.8"} {
		f.Add([]byte(netip.MustParseAddr(s).AsSlice()))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		addr, ok := netip.AddrFromSlice(b)
		if !ok {
			return
		}
		if bad := addr.IsPrivate() || addr.IsLoopback() || addr.IsLinkLocalUnicast() || addr.IsMulticast() || addr.IsUnspecified() || addr.Is4In6(); bad && isPublic(addr) {
			t.Errorf("%s is taken for public", addr)
		}
	})
}

// FuzzPause reads how long a site asks to be left alone.
func FuzzPause(f *testing.F) {
	for _, s := range []string{"", "7", "-1", "99999999999999999999", "Fri, 28 Mar 2025 09:00:00 GMT"} {
		f.Add(s)
	}
	now := time.Date(2025, 3, 28, 9, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		if d := retryAfter(s, now); d < 0 || d > maxRetryAfter {
			t.Errorf("%q gives %v", s, d)
		}
	})
}
