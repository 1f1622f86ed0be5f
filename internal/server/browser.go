package server

import (
	"regexp"

	"github.com/mileusna/useragent"
)

const (
	// maxUserAgent is how much of a User-Agent is read; those of browsers are shorter.
	maxUserAgent = 512
	// maxBrowser is how long a name of a browser or of a system may be.
	maxBrowser = 30
)

// plainName is what names of browsers and systems look like. Whoever sends the header may
// write anything into it.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 .+-]*$`)

// browserOf says in words with which browser and system a request came, such as "Firefox on
// Linux"; it is empty where the User-Agent does not tell.
func browserOf(userAgent string) string {
	ua := useragent.Parse(userAgent[:min(len(userAgent), maxUserAgent)])
	name, system := plain(ua.Name), plain(ua.OS)
	if ua.IsIOS() && ua.Device != "" {
		system = plain(ua.Device) // iPhone and iPad say more than iOS
	}
	switch {
	case system == "":
		return name
	case name == "":
		return "A browser on " + system
	}
	return name + " on " + system
}

// plain gives a name that is one, else nothing.
func plain(name string) string {
	if len(name) > maxBrowser || !plainName.MatchString(name) {
		return ""
	}
	return name
}
