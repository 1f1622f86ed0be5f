package main

import (
	"maps"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/doctor"
)

// settingFindings looks at the settings, and at variables that look like settings and
// are none. It shows no value.
func settingFindings(vars map[string]string, problems []string) []doctor.Finding {
	var out []doctor.Finding
	for _, p := range problems {
		out = append(out, doctor.Finding{Area: "settings", Level: doctor.Fault, Says: p, Do: "mend the setting: the server does not start with it"})
	}
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		if like := meantBy(name); like != "" {
			out = append(out, doctor.Finding{Area: "settings", Level: doctor.Warning, Says: name + " is no setting and does nothing",
				Do: "did you mean " + like + "?"})
		}
	}
	if len(out) == 0 {
		out = append(out, doctor.Finding{Area: "settings", Level: doctor.OK, Says: "all settings can be used"})
	}
	return out
}

// nearName is how many letters of a name may be wrong for it to be taken for another one.
const nearName = 2

// meantBy gives the setting that a variable which is none may have been meant for, empty
// where it is a setting, or like none.
func meantBy(name string) string {
	best := ""
	for _, s := range settings() {
		if name == s.name || name == s.name+"_FILE" && s.secret {
			return ""
		}
		if name == s.name+"_FILE" {
			best = s.name + " (only secrets can stand in files)"
		} else if len(name) >= 3*nearName && distance(strings.ToUpper(name), s.name) <= nearName {
			best = s.name
		}
	}
	return best
}

// webFindings looks at how the service is reached, and by what it reaches others.
func webFindings(c config) []doctor.Finding {
	f := &hints{}
	host, _, _ := net.SplitHostPort(c.Addr)
	public, _ := url.Parse(c.PublicURL)
	f.when(c.PublicURL == "" && !isLocal(host), "ADDR can be reached from other machines and PUBLIC_URL is not set, so cookies are not marked secure",
		"put a proxy with TLS in front, and set PUBLIC_URL to its address")
	f.when(public != nil && public.Scheme == "http" && !isLocal(public.Hostname()), "PUBLIC_URL begins with http://: passwords and cookies cross the network in the open",
		"put a proxy with TLS in front, and set PUBLIC_URL to its https address")
	f.when(public != nil && public.Scheme == "https" && len(c.TrustedProxies) == 0, "PUBLIC_URL is https and TRUSTED_PROXIES is not set: limits count the proxy and not who calls",
		"set TRUSTED_PROXIES to the address of the proxy")
	for _, r := range c.TrustedProxies {
		f.when(r.Bits() == 0, "TRUSTED_PROXIES trusts every address: anybody can pretend to call from anywhere", "name the addresses of the proxies alone")
	}
	metricsHost, _, _ := net.SplitHostPort(c.MetricsAddr)
	f.when(c.MetricsAddr != "" && !isLocal(metricsHost), "METRICS_ADDR can be reached from other machines, and asks for no key",
		"see that a firewall keeps others off, or bind it to 127.0.0.1")
	f.when(slices.Contains(c.CORSOrigins, "*"), "CORS_ORIGINS lets the scripts of every site call the API", "name the sites that need it")
	f.when(openDatabaseURL(c.DatabaseURL), "DATABASE_URL does not ask for TLS with a checked certificate, and the database is on another machine",
		"add sslmode=verify-full (and sslrootcert=…) to it")
	llm, _ := url.Parse(c.LLMBaseURL)
	f.when(llm != nil && llm.Scheme == "http" && !isLocal(llm.Hostname()), "LLM_BASE_URL begins with http://: passages cross the network in the open", "use its https address")
	if len(f.found) == 0 {
		f.found = append(f.found, doctor.Finding{Area: "network", Level: doctor.OK, Says: "addresses, proxies and TLS fit each other"})
	}
	return f.found
}

// hints collects warnings on the network.
type hints struct{ found []doctor.Finding }

func (h *hints) when(bad bool, says, do string) {
	if bad {
		h.found = append(h.found, doctor.Finding{Area: "network", Level: doctor.Warning, Says: says, Do: do})
	}
}

// isLocal tells whether a host is this machine alone.
func isLocal(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// openDatabaseURL tells whether a database on another machine is reached without
// certainty of who it is.
func openDatabaseURL(s string) bool {
	cfg, err := pgxpool.ParseConfig(s)
	if s == "" || err != nil {
		return false
	}
	conn := cfg.ConnConfig
	local := strings.HasPrefix(conn.Host, "/") || isLocal(conn.Host)
	return !local && (conn.TLSConfig == nil || conn.TLSConfig.InsecureSkipVerify)
}
