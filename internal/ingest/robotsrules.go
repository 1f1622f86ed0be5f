package ingest

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

const (
	// robotsAgent is the name by which robots.txt may speak of us.
	robotsAgent = "corroborate"
	// maxRobots is the most bytes of a robots.txt that count (RFC 9309 asks for at
	// least 500 KiB), maxRules the most rules.
	maxRobots = 512 << 10
	maxRules  = 2000
	// maxCrawlDelay is the longest pause between two requests that a site may ask for.
	maxCrawlDelay = 20 * time.Second
)

// robotsRules are the rules of one robots.txt that hold for us.
type robotsRules struct {
	rules []robotsRule
	delay time.Duration
	// silent says that the site could not say what it wants: nothing is fetched until
	// it can.
	silent bool
}

type robotsRule struct {
	pattern string
	allow   bool
}

// parseRobots reads a robots.txt as RFC 9309 says: the groups that name us count,
// else those for everybody; lines that make no sense are passed over.
func parseRobots(body []byte) robotsRules {
	if len(body) > maxRobots {
		body = body[:maxRobots]
	}
	var ours, all robotsRules
	named := false
	into := []*robotsRules{} // the groups that the lines now belong to
	heading := false         // whether the line before named an agent
	for line := range bytes.Lines(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))) {
		key, value := robotsLine(string(line))
		if key == "user-agent" {
			if !heading {
				into = into[:0]
			}
			heading = true
			switch strings.ToLower(value) {
			case robotsAgent:
				named, into = true, append(into, &ours)
			case "*":
				into = append(into, &all)
			}
			continue
		}
		if key != "" {
			heading = false
		}
		for _, r := range into {
			r.add(key, value)
		}
	}
	if named {
		return ours
	}
	return all
}

// robotsLine gives the parts of a line that means something.
func robotsLine(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return "", ""
	}
	key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
	switch key {
	case "user-agent": // "Name/1.0" and "Name" are one
		value, _, _ = strings.Cut(value, "/")
	case "allow", "disallow", "crawl-delay":
	default:
		return "", ""
	}
	return key, value
}

func (r *robotsRules) add(key, value string) {
	switch key {
	case "allow", "disallow":
		if value != "" && len(r.rules) < maxRules { // an empty rule says nothing
			r.rules = append(r.rules, robotsRule{pattern: value, allow: key == "allow"})
		}
	case "crawl-delay":
		seconds, err := strconv.ParseFloat(value, 64)
		if err == nil && seconds > 0 {
			r.delay = time.Duration(min(seconds, maxCrawlDelay.Seconds()) * float64(time.Second))
		}
	}
}

// allows tells whether a path with its query may be fetched: the longest rule
// that fits decides, an allowing one where two are as long.
func (r robotsRules) allows(path string) bool {
	longest, allow := -1, true
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < longest || n == longest && !rule.allow || !robotsMatch(rule.pattern, path) {
			continue
		}
		longest, allow = n, rule.allow
	}
	return allow
}

// robotsMatch tells whether a path begins as a pattern says: "*" stands for any
// characters, "$" at the end for the end of the path. Taking each part at its
// first place is enough, as all but the last part may lie anywhere.
func robotsMatch(pattern, path string) bool {
	pattern, toEnd := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	parts = parts[1:]
	for i, part := range parts {
		if toEnd && i == len(parts)-1 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !toEnd || rest == ""
}
