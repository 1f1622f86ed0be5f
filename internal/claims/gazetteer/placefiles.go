package gazetteer

import (
	"io/fs"
	"slices"
	"strings"
)

// add makes a place and gives it its names. The parents must exist.
func (x *placeIndex) add(r record, p Place, names []string, order int) error {
	if _, ok := x.places[p.Key]; ok {
		return r.errorf("key %q twice", p.Key)
	}
	var up []string
	for _, parent := range p.Parents {
		above, ok := x.places[parent]
		if !ok {
			return r.errorf("%q lies in %q, which there is not", p.Key, parent)
		}
		for _, key := range append([]string{parent}, above.Parents...) {
			if !slices.Contains(up, key) {
				up = append(up, key)
			}
		}
	}
	p.Parents, p.Name = up, bare(p.Name)
	x.places[p.Key] = p
	for _, n := range names {
		x.name(n, placeName{key: p.Key, order: order})
	}
	return nil
}

// people gives a place its adjectives and the names of its people, also in the
// plural.
func (x *placeIndex) people(key string, words []string, order int) {
	for _, w := range words {
		n := placeName{key: key, adjective: true, order: order}
		x.name(w, n)
		if hasPlural(w) {
			x.name(w+"s", n)
		}
	}
}

func hasPlural(w string) bool {
	for _, end := range []string{"s", "sh", "ch", "ese", "."} {
		if strings.HasSuffix(w, end) {
			return false
		}
	}
	return true
}

// Fields: key | name | other names | adjectives | parents
func (x *placeIndex) readRegions(files fs.FS) error {
	records, err := readRecords(files, "regions.txt", 5)
	if err != nil {
		return err
	}
	for _, r := range records {
		p := Place{Key: r.fields[0], Name: r.fields[1], Kind: Region, Parents: r.list(4)}
		if err := x.add(r, p, append(r.list(1), r.list(2)...), orderRegion); err != nil {
			return err
		}
		x.people(p.Key, r.list(3), orderRegion)
	}
	return nil
}

// Fields: key | name | other names | adjectives | regions | names of the capital
func (x *placeIndex) readCountries(files fs.FS) error {
	records, err := readRecords(files, "countries.txt", 6)
	if err != nil {
		return err
	}
	for _, r := range records {
		p := Place{Key: r.fields[0], Name: r.fields[1], Kind: Country, Parents: r.list(4)}
		if err := x.add(r, p, append(r.list(1), r.list(2)...), orderCountry); err != nil {
			return err
		}
		x.people(p.Key, r.list(3), orderCountry)
		if err := x.addCapital(r, p.Key); err != nil {
			return err
		}
	}
	return nil
}

// addCapital makes the capital that a country's record names.
func (x *placeIndex) addCapital(r record, country string) error {
	names := r.list(5)
	if len(names) == 0 {
		return nil
	}
	c := Place{Key: cityKey(country, names[0]), Name: names[0], Kind: City, Parents: []string{country}, SeatOf: country}
	return x.add(r, c, names, orderCapital)
}

// Fields: key | name | other names | adjectives | abbreviations; a state lies in the
// country before the slash of its key.
func (x *placeIndex) readStates(files fs.FS) error {
	records, err := readRecords(files, "states.txt", 5)
	if err != nil {
		return err
	}
	for _, r := range records {
		country, _, _ := strings.Cut(r.fields[0], "/")
		p := Place{Key: r.fields[0], Name: r.fields[1], Kind: State, Parents: []string{country}}
		if err := x.add(r, p, append(r.list(1), r.list(2)...), orderState); err != nil {
			return err
		}
		x.people(p.Key, r.list(3), orderState)
		for _, short := range r.list(4) {
			x.name(short, placeName{key: p.Key, order: orderState})
		}
	}
	return nil
}

// Fields: parent | name | other names | people | seat; "seat" is the country that a
// city outside of countries.txt is the capital of.
func (x *placeIndex) readCities(files fs.FS) error {
	records, err := readRecords(files, "cities.txt", 5)
	if err != nil {
		return err
	}
	for _, r := range records {
		p := Place{Key: cityKey(r.fields[0], r.fields[1]), Name: r.fields[1], Kind: City,
			Parents: []string{r.fields[0]}, SeatOf: r.fields[4]}
		order := orderCity
		if p.SeatOf != "" {
			order = orderCapital
		}
		if err := x.add(r, p, append(r.list(1), r.list(2)...), order); err != nil {
			return err
		}
		x.people(p.Key, r.list(3), order)
	}
	return nil
}

func cityKey(parent, name string) string {
	return parent + "/" + strings.ReplaceAll(fold(bare(name)), " ", "-")
}
