package ingest

import (
	"net/netip"
	"strings"
	"testing"
)

func TestIsPublic(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"8.8.8.8", "1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"} {
		if !isPublic(netip.MustParseAddr(s)) {
			t.Errorf("%s is refused", s)
		}
	}
	for _, s := range []string{"127.0.0.1", "127.255.0.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254",
		"100.64.0.1", "0.0.0.0", "0.1.2.3", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.5", "224.0.0.1",
		"239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::127.0.0.1",
		"64:ff9b::808:808", "64:ff9b:1::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001::1", "2001:db8::1",
		"2002:7f00:1::", "100::1", "3fff::1", "5f00::1"} {
		if isPublic(netip.MustParseAddr(s)) {
			t.Errorf("%s is taken for public", s)
		}
	}
	if isPublic(netip.Addr{}) {
		t.Error("no address is taken for public")
	}
}

func TestParseAddress(t *testing.T) {
	t.Parallel()
	h := newHosts([]string{" Intranet ", "wiki:8080"})
	for in, want := range map[string]string{
		"HTTP://Example.ORG":            "http://example.org/",
		"https://example.org:443/a#b":   "https://example.org:443/a",
		"http://bücher.example/ä":       "http://xn--bcher-kva.example/%C3%A4",
		"http://my_host.example/":       "http://my_host.example/",
		"http://intranet:9999/":         "http://intranet:9999/",
		"http://wiki:8080/":             "http://wiki:8080/",
		" http://example.org/a b ":      "http://example.org/a%20b",
		"http://example.org? 0":         "http://example.org/?%200",
		"http://a.example/?q=ä\"<b>%20": "http://a.example/?q=%C3%A4%22%3Cb%3E%20",
	} {
		u, err := h.parseAddress(in)
		if err != nil || u.String() != want {
			t.Errorf("%q gave %v, %v", in, u, err)
		}
	}
	for _, in := range []string{"", "example.org", "ftp://example.org/", "http://", "http://a@example.org/", "http://a:b@example.org/",
		"http://example.org:8080/", "http://wiki:8081/", "//example.org/", "javascript:alert(1)", "http://exa mple.org/",
		"http://example.org/\x00", "http://example.org/" + strings.Repeat("ä", maxAddress/3)} {
		if u, err := h.parseAddress(in); err == nil {
			t.Errorf("%q is taken as %s", in, u)
		}
	}
}
