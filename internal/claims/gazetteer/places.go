package gazetteer

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
	"unicode"
)

// The kinds of places.
const (
	City    = "city"
	State   = "state"
	Country = "country"
	Region  = "region"
)

// Place is a place as a name gives it.
type Place struct {
	// Key tells places apart: "co" is Colombia, "us/ca" California,
	// "us/ca/los-angeles" a city in it.
	Key string
	// Name is the usual English name.
	Name string
	// Kind is "city", "state" (also provinces and the nations of the UK),
	// "country" or "region" (continents, parts of the world, seas).
	Kind string
	// Parents are the keys of the places that it lies in, from the nearest up.
	Parents []string
	// Adjective is true when the name was that of its people or things:
	// "Colombian", "Parisians".
	Adjective bool
	// SeatOf is the key of the country whose government is meant in "Washington
	// said"; empty where a place is no capital.
	SeatOf string
	// Weak is true when the name alone is a poor sign of a place, because it is
	// also an English word or a person's name: "Turkey", "Jordan", "Mobile".
	Weak bool
}

// placeName is one name of a place.
type placeName struct {
	key       string
	adjective bool
	weak      bool
	// suffix is true when the name counts only behind a comma: "Portland, ME".
	suffix bool
	order  int
}

type placeIndex struct {
	places   map[string]Place
	acronyms map[string][]placeName
	words    map[string][]placeName
}

// Place gives the place of a name as it stands in a text. Where a name has
// several places it gives the usual one; see the package comment. "City,
// Country" and "City, State" give the city. Without a capital there is no place.
func (g *Gazetteer) Place(name string) (Place, bool) {
	all := g.Places(name)
	if len(all) == 0 {
		return Place{}, false
	}
	return all[0], true
}

// Places gives all places of a name, the usual one first.
func (g *Gazetteer) Places(name string) []Place {
	if !hasUpper(name) {
		return nil
	}
	if inner, outer, ok := strings.Cut(name, ","); ok && strings.TrimSpace(outer) != "" {
		return g.inside(inner, strings.TrimSpace(outer))
	}
	return g.places.find(name, false)
}

// inside gives the places called inner that lie in a place called outer.
func (g *Gazetteer) inside(inner, outer string) []Place {
	var out []Place
	outers := g.places.find(outer, true)
	if head, tail, ok := strings.Cut(outer, ","); ok {
		outers = g.inside(head, strings.TrimSpace(tail))
	}
	for _, in := range g.places.find(inner, false) {
		if slices.ContainsFunc(outers, func(p Place) bool { return p.Key == in.Key || g.Contains(p.Key, in.Key) }) {
			out = append(out, in)
		}
	}
	return out
}

// Contains tells whether the place with the key inner lies in the one with the
// key outer, through any number of steps. A place does not contain itself.
func (g *Gazetteer) Contains(outer, inner string) bool {
	return slices.Contains(g.places.places[inner].Parents, outer)
}

// find gives the places of a name without a comma. Names that hold "The" or end
// like a possessive ("The Hague", "St. John's") are tried as they stand first.
func (x *placeIndex) find(name string, behindComma bool) []Place {
	found := x.words[fold(name)]
	if len(found) == 0 {
		found = x.trimmed(trim(name))
	}
	var out []Place
	for _, n := range found {
		if n.suffix && !behindComma {
			continue
		}
		p := x.places[n.key]
		p.Adjective, p.Weak = n.adjective, n.weak
		p.Parents = slices.Clone(p.Parents)
		out = append(out, p)
	}
	return out
}

func (x *placeIndex) trimmed(name string) []placeName {
	if !strings.ContainsFunc(name, unicode.IsLower) {
		if found := x.acronyms[undot.Replace(name)]; len(found) > 0 {
			return found
		}
	}
	if strings.HasSuffix(name, ".") {
		if found := x.words[dotted(name)]; len(found) > 0 {
			return found
		}
	}
	return x.words[fold(name)]
}

// dotted is the form of an abbreviation, which must have its dot: "Calif."
func dotted(name string) string { return fold(name) + "." }

// read reads the files of places, those that others lie in first. Their fields
// are explained at their heads.
func (x *placeIndex) read(files fs.FS) error {
	x.places = map[string]Place{}
	x.acronyms, x.words = map[string][]placeName{}, map[string][]placeName{}
	for _, step := range []func(fs.FS) error{x.readRegions, x.readCountries, x.readStates, x.readCities} {
		if err := step(files); err != nil {
			return err
		}
	}
	for _, names := range []map[string][]placeName{x.acronyms, x.words} {
		for _, list := range names {
			slices.SortStableFunc(list, func(a, b placeName) int { return cmp.Compare(a.order, b.order) })
		}
	}
	return nil
}

// The order in which the places of one name are given.
const (
	orderUsual = iota
	orderCountry
	orderRegion
	orderCapital
	orderState
	orderCity
)

// name gives a place a name as a data file writes it: "!" before it marks the
// usual meaning, "~" a weak name, "," one that counts only behind a comma.
func (x *placeIndex) name(alias string, n placeName) {
	for {
		switch {
		case strings.HasPrefix(alias, "!"):
			n.order = orderUsual
		case strings.HasPrefix(alias, "~"):
			n.weak = true
		case strings.HasPrefix(alias, ","):
			n.suffix = true
		default:
			x.file(alias, n)
			return
		}
		alias = alias[1:]
	}
}

// file puts a name where it is looked up.
func (x *placeIndex) file(alias string, n placeName) {
	into, form := x.words, fold(alias)
	switch {
	case isAcronym(alias):
		into, form = x.acronyms, undot.Replace(alias)
	case strings.HasSuffix(alias, "."):
		form = dotted(alias)
	}
	for _, old := range into[form] {
		if old.key == n.key {
			return
		}
	}
	into[form] = append(into[form], n)
}

// bare takes the marks off a name.
func bare(alias string) string { return strings.TrimLeft(alias, "!~,") }
