package gazetteer

import "io/fs"

// Organisation gives the key of an agency, party, company or other body by any
// of its names: "FBI", "F.B.I." and "Federal Bureau of Investigation" have one
// key. The key is the folded long form.
func (g *Gazetteer) Organisation(name string) (key string, ok bool) {
	return g.organisations.find(name)
}

// long form | other names
func (g *Gazetteer) readOrganisations(files fs.FS) error {
	records, err := readRecords(files, "organisations.txt", 2)
	if err != nil {
		return err
	}
	for _, r := range records {
		key := fold(bare(r.fields[0]))
		for _, alias := range append(r.list(0), r.list(1)...) {
			if taken := g.organisations.add(alias, key); taken != "" {
				return r.errorf("%q already names %q", alias, taken)
			}
		}
	}
	return nil
}
