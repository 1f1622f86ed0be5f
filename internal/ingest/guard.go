package ingest

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// notPublic are the networks inside the public ranges and around them that no
// public page lies in (IANA's special-purpose registries). Addresses that carry
// an IPv4 address inside are refused whole: the inner one could be private.
var notPublic = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
	"192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"224.0.0.0/4", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

// globalUnicast is the part of IPv6 that is given out to the public.
var globalUnicast = netip.MustParsePrefix("2000::/3")

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// isPublic tells whether an address lies in the public internet.
func isPublic(addr netip.Addr) bool {
	if addr.Zone() != "" || addr.Is4In6() || addr.Is6() && !globalUnicast.Contains(addr) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(addr) {
			return false
		}
	}
	return addr.IsValid()
}

// blockedError says that a connection was refused by us.
type blockedError struct{ address string }

func (e *blockedError) Error() string { return e.address + " is not in the public internet" }

// refusePrivate is a [net.Dialer]'s Control: it sees the address that a name was
// resolved to, right before the connection is made, so that a name cannot lead
// elsewhere than where it was checked.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(at.Addr()) {
		return &blockedError{address}
	}
	return nil
}

// hosts is a set of hosts that are allowed by name, with or without a port.
type hosts map[string]bool

func newHosts(list []string) hosts {
	h := hosts{}
	for _, s := range list {
		if s = strings.ToLower(strings.TrimSpace(s)); s != "" {
			h[s] = true
		}
	}
	return h
}

// allows tells whether a host may be anywhere and on any port.
func (h hosts) allows(host, port string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return h[host] || h[net.JoinHostPort(host, port)]
}

// dialer connects to public addresses, and to allowed hosts wherever they are.
func (h hosts) dialer(timeout time.Duration) func(context.Context, string, string) (net.Conn, error) {
	free, guarded := &net.Dialer{Timeout: timeout}, publicDialer(timeout)
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, fmt.Errorf("ingest: dial: %w", err)
		}
		if h.allows(host, port) {
			return free.DialContext(ctx, network, address)
		}
		return guarded.DialContext(ctx, network, address)
	}
}

// publicDialer connects to public addresses alone.
func publicDialer(timeout time.Duration) *net.Dialer {
	return &net.Dialer{Timeout: timeout, Control: refusePrivate}
}
