package ingest

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// maxAddress is the most bytes of an address.
const maxAddress = 4096

var (
	errScheme      = errors.New("the address has to begin with http:// or https://")
	errHost        = errors.New("the address names no host")
	errCredentials = errors.New("the address holds a user or a password")
	errPort        = errors.New("the address names an unusual port")
	errLong        = errors.New("the address is too long")
)

// parseAddress checks an address before it is fetched.
func (h hosts) parseAddress(s string) (*url.URL, error) {
	if len(s) > maxAddress {
		return nil, errLong
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return nil, err
	}
	u.Scheme = strings.ToLower(u.Scheme)
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errScheme
	case u.Hostname() == "":
		return nil, errHost
	case u.User != nil:
		return nil, errCredentials
	}
	if u.Host, err = asciiHost(u); err != nil {
		return nil, errHost
	}
	if !usualPort(u) && !h.allows(u.Hostname(), u.Port()) {
		return nil, errPort
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	if len(u.String()) > maxAddress { // written out it may be longer
		return nil, errLong
	}
	return u, nil
}

// escapeQuery writes a query as browsers send it (WHATWG URL Standard, query percent-encode
// set): people paste queries with spaces and letters of any script, which would break the
// first line of a request.
func escapeQuery(raw string) string {
	var out strings.Builder
	for _, b := range []byte(raw) {
		if b <= ' ' || b >= 0x7f || b == '"' || b == '<' || b == '>' {
			fmt.Fprintf(&out, "%%%02X", b)
			continue
		}
		out.WriteByte(b)
	}
	return out.String()
}

// asciiHost gives the host with its port as they go over the wire: names may be
// written in any script.
func asciiHost(u *url.URL) (string, error) {
	host := strings.ToLower(u.Host)
	if strings.IndexFunc(host, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		return host, nil
	}
	name, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil || u.Port() == "" {
		return name, err
	}
	return name + ":" + u.Port(), nil
}

// usualPort tells whether an address uses a port of the web.
func usualPort(u *url.URL) bool {
	switch u.Port() {
	case "", "80", "443":
		return true
	}
	return false
}

// siteOf gives the part of an address that one robots.txt holds for.
func siteOf(u *url.URL) string { return u.Scheme + "://" + u.Host }
