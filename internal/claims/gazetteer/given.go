package gazetteer

import (
	"io/fs"
	"strings"
)

type givenIndex struct {
	// groups gives the numbers of the groups of short forms that a name is in.
	groups map[string][]int
	gender map[string]byte
}

// SameGivenName tells whether two given names may be one person's: they are
// equal but for case and accents, or one is a short form or another spelling of
// the other, as "Bill" and "William".
func (g *Gazetteer) SameGivenName(a, b string) bool {
	a, b = fold(a), fold(b)
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	for _, i := range g.given.groups[a] {
		for _, j := range g.given.groups[b] {
			if i == j {
				return true
			}
		}
	}
	return false
}

// Gender gives 'f' or 'm' for a given name that is nearly always a woman's or a
// man's, and 0 for one that is unknown or both. Of a compound ("Jean-Claude",
// "Maria José") the first name counts.
func (g *Gazetteer) Gender(given string) byte {
	name := fold(given)
	if gender, ok := g.given.gender[name]; ok {
		return gender
	}
	first, _, _ := strings.Cut(name, " ")
	return g.given.gender[first]
}

func (x *givenIndex) read(files fs.FS) error {
	if err := x.readGroups(files); err != nil {
		return err
	}
	return x.readGender(files)
}

// One group of forms a line.
func (x *givenIndex) readGroups(files fs.FS) error {
	records, err := readRecords(files, "shortnames.txt", 1)
	if err != nil {
		return err
	}
	x.groups = map[string][]int{}
	for i, r := range records {
		for _, n := range strings.Fields(r.fields[0]) {
			n = fold(n)
			x.groups[n] = append(x.groups[n], i)
		}
	}
	return nil
}

// Fields: gender | where the names are common | names
func (x *givenIndex) readGender(files fs.FS) error {
	records, err := readRecords(files, "givennames.txt", 3)
	if err != nil {
		return err
	}
	x.gender = map[string]byte{}
	for _, r := range records {
		gender, ok := map[string]byte{"f": 'f', "m": 'm', "both": 0}[r.fields[0]]
		if !ok {
			return r.errorf("%q is no gender", r.fields[0])
		}
		for _, n := range strings.Fields(r.fields[2]) {
			if old, ok := x.gender[fold(n)]; ok && old != gender {
				return r.errorf("%q has two genders", n)
			}
			x.gender[fold(n)] = gender
		}
	}
	return nil
}
