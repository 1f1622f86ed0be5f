package app

import (
	"net/url"
	"slices"
	"strings"
)

// tracking are the query parameters that say how a reader came, not what the
// page is. One that ends in "_" stands for all that begin so.
var tracking = []string{"utm_", "mc_", "pk_", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid",
	"twclid", "ref_src", "cmpid", "smid", "ocid"}

// addressKey gives an address without what does not tell pages apart: scheme,
// "www.", default ports, fragment, tracking parameters, the order of parameters
// and a slash at the end. It is empty for an empty address.
func addressKey(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	query := u.Query()
	for name := range query {
		if isTracking(strings.ToLower(name)) {
			query.Del(name)
		}
	}
	key := hostOf(u) + strings.TrimRight(u.EscapedPath(), "/")
	if q := query.Encode(); q != "" { // Encode sorts
		key += "?" + q
	}
	return key
}

func isTracking(name string) bool {
	return slices.ContainsFunc(tracking, func(t string) bool {
		return name == t || strings.HasSuffix(t, "_") && strings.HasPrefix(name, t)
	})
}

// hostOf gives the host in lower case, without "www." and a port that its scheme
// implies.
func hostOf(u *url.URL) string {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	return host
}

// domainOf gives the domain of an address, empty for none.
func domainOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
