package claims

import "strings"

// stated reads the origin that an article gives itself: the first of a line that
// names whose text it is, an agency in the dateline or the byline, and an agency
// that is thanked where no author of the outlet is named. Without any it is the
// source itself, which is known only of an agency.
func (n originNames) stated(a *article) origin {
	self := n.named(a.Source, false)
	self.known = n.agency(self)
	for _, role := range []string{RoleSource, RoleWire, RoleHolder, RolePartner} {
		if role == RolePartner && a.Byline != "" && n.bylineAgency(a.Byline) == "" {
			break
		}
		for _, c := range a.Text.Credits {
			if c.Role != role {
				continue
			}
			o := n.named(c.Name, true)
			if o.key == self.key {
				self.known = self.known || role == RoleSource || role == RoleWire // it signs its own report
				return self
			}
			if role == RoleSource || n.agency(o) || role != RolePartner && n.outlet(c.Name) {
				return o
			}
		}
		if role != RoleWire {
			continue
		}
		if name := n.bylineAgency(a.Byline); name != "" {
			return n.named(name, true)
		}
	}
	return self
}

func (n originNames) outlet(name string) bool {
	_, ok := n.e.gaz.Outlet(name)
	return ok
}

// bylineAgency gives the agency that a byline names: "Ann Lee, Associated Press",
// "Reuters staff", "AFP".
func (n originNames) bylineAgency(byline string) string {
	for part := range strings.FieldsFuncSeq(byline, func(r rune) bool { return strings.ContainsRune(",;|/–—·()", r) }) {
		name := bareByline(part)
		if key, ok := n.e.gaz.Outlet(name); ok && n.e.gaz.Agency(key) {
			return name
		}
	}
	return ""
}

// bareByline takes off what bylines put around the name of an agency.
func bareByline(s string) string {
	s = strings.TrimSpace(s)
	for _, head := range []string{"By ", "by ", "BY ", "The ", "the "} {
		s = strings.TrimPrefix(s, head)
	}
	for _, tail := range []string{" staff", " Staff", " reporters", " Writer", " writers", " News Service", " correspondent"} {
		s = strings.TrimSuffix(s, tail)
	}
	return strings.TrimSpace(strings.TrimPrefix(s, "The "))
}
