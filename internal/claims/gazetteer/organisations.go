package gazetteer

import "io/fs"

// Organisation gives the key of an agency, party, company or other body by any
// of its names: "FBI", "F.B.I." and "Federal Bureau of Investigation" have one
// key, the folded long form. A name without a capital ("apple") is none.
func (g *Gazetteer) Organisation(name string) (key string, ok bool) {
	if !hasUpper(name) {
		return "", false
	}
	return g.organisations.find(name)
}

// Fields: long form | other names
func (g *Gazetteer) readOrganisations(files fs.FS) error {
	records, err := readRecords(files, "organisations.txt", 2)
	if err != nil {
		return err
	}
	for _, r := range records {
		key := fold(r.fields[0])
		for _, alias := range append([]string{r.fields[0]}, r.list(1)...) {
			if taken := g.organisations.add(alias, key); taken != "" {
				return r.errorf("%q already names %q", alias, taken)
			}
		}
	}
	return nil
}
