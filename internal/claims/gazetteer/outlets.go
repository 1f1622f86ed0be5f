package gazetteer

import (
	"io/fs"
	"regexp"
	"strings"
)

type outletIndex struct {
	names    aliases
	domains  map[string]string
	agencies map[string]bool
}

// Outlet gives the key of a news outlet or agency by a name, a domain or an
// address: "AP", "Associated Press" and "https://apnews.com/article/x" are
// "apnews.com". A domain that is not known is its own key, without "www." and
// the like. Names that several outlets share ("The Times") are not known.
func (g *Gazetteer) Outlet(name string) (key string, ok bool) {
	if key, ok = g.outlets.names.find(name); ok {
		return key, true
	}
	return g.outlets.domain(name)
}

// Agency tells whether the outlet with that key is a wire agency, whose text
// other outlets print.
func (g *Gazetteer) Agency(key string) bool { return g.outlets.agencies[key] }

// domainForm matches a host name with an optional scheme and path.
var domainForm = regexp.MustCompile(`^(?:[a-z][a-z0-9+.-]*://)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24})(?::\d+)?(?:[/?#].*)?$`)

// hostPrefix matches the first labels that say how a page is served.
var hostPrefix = regexp.MustCompile(`^(?:(?:www\d?|m|mobile|amp|edition|feeds|rss)\.)+`)

func (x *outletIndex) domain(name string) (string, bool) {
	m := domainForm.FindStringSubmatch(strings.ToLower(strings.TrimSpace(name)))
	if m == nil || gluedSentences(name) {
		return "", false
	}
	host := m[1]
	for rest := host; strings.Contains(rest, "."); {
		if key, ok := x.domains[rest]; ok {
			return key, true
		}
		_, rest, _ = strings.Cut(rest, ".")
	}
	if bare := hostPrefix.ReplaceAllString(host, ""); strings.Contains(bare, ".") {
		host = bare
	}
	return host, true
}

// gluedSentences tells two sentences without a space between them ("the
// end.Then") from a host name.
func gluedSentences(name string) bool {
	last := name[strings.LastIndex(name, ".")+1:]
	return !strings.Contains(name, "://") && hasUpper(last) && last != strings.ToUpper(last)
}

// Fields: home domain | names | other domains | "agency" or nothing
func (x *outletIndex) read(files fs.FS) error {
	records, err := readRecords(files, "outlets.txt", 4)
	if err != nil {
		return err
	}
	x.domains, x.agencies = map[string]string{}, map[string]bool{}
	for _, r := range records {
		key := r.fields[0]
		for _, d := range append(r.list(0), r.list(2)...) {
			if x.domains[d] != "" {
				return r.errorf("the domain %q twice", d)
			}
			x.domains[d] = key
		}
		for _, alias := range r.list(1) {
			if taken := x.names.add(alias, key); taken != "" {
				return r.errorf("%q already names %q", alias, taken)
			}
		}
		if r.fields[3] != "" && r.fields[3] != "agency" {
			return r.errorf("%q is neither empty nor \"agency\"", r.fields[3])
		}
		x.agencies[key] = r.fields[3] == "agency"
	}
	return nil
}
