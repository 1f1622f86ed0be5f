package gazetteer

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Cities may share a name, as Portland does; two countries, two regions or two
// states of one country may not.
func TestNoNameTwiceWithinAKind(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for _, names := range []map[string][]placeName{g.places.acronyms, g.places.words} {
		for form, list := range names {
			seen := map[string]string{}
			for _, n := range list {
				kind := g.places.places[n.key].Kind
				if kind == City {
					kind += " in " + g.places.places[n.key].Parents[0]
				}
				if old := seen[kind]; old != "" {
					t.Errorf("%q names both %s and %s", form, old, n.key)
				}
				seen[kind] = n.key
			}
		}
	}
}

func TestPlacesHang(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for key, p := range g.places.places {
		for _, parent := range p.Parents {
			if _, ok := g.places.places[parent]; !ok {
				t.Errorf("%s lies in %s, which there is not", key, parent)
			}
			if g.Contains(key, parent) {
				t.Errorf("%s and %s contain each other", key, parent)
			}
		}
		if p.Kind != Region && p.Kind != Country && len(p.Parents) == 0 {
			t.Errorf("%s lies nowhere", key)
		}
		if p.SeatOf != "" && !slices.Contains(p.Parents, p.SeatOf) {
			t.Errorf("%s is the seat of %s and does not lie in it", key, p.SeatOf)
		}
		if found := g.Places(p.Name); !slices.ContainsFunc(found, func(f Place) bool { return f.Key == key }) {
			t.Errorf("%s is not found by its name %q", key, p.Name)
		}
	}
}

// The lists must not shrink unnoticed.
func TestSizes(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	cities := 0
	for _, p := range g.places.places {
		if p.Kind == City {
			cities++
		}
	}
	for what, n := range map[string][2]int{
		"cities":        {cities, 600},
		"organisations": {len(g.organisations.words), 400},
		"outlets":       {len(g.outlets.agencies), 300},
		"titles":        {len(g.titles.ranks), 250},
		"given names":   {len(g.given.gender), 1500},
		"short names":   {len(g.given.groups), 250},
	} {
		if n[0] < n[1] {
			t.Errorf("%d %s, want at least %d", n[0], what, n[1])
		}
	}
}

func TestBrokenDataIsNamed(t *testing.T) {
	t.Parallel()
	whole := fstest.MapFS{}
	names := []string{"regions", "countries", "states", "cities", "organisations", "outlets", "titles", "shortnames", "givennames"}
	for _, n := range names {
		whole[n+".txt"] = &fstest.MapFile{Data: []byte("# empty\n")}
	}
	if _, err := parse(whole); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ file, data, want string }{
		{"regions", "x|X|", "regions.txt line 1: 3 fields, want 5"},
		{"countries", "# c\nxx|Xland|||nowhere|", `countries.txt line 2: "xx" lies in "nowhere", which there is not`},
		{"countries", "xx|Xland||||\nxx|Yland||||", `countries.txt line 2: key "xx" twice`},
		{"organisations", "Body One|B.O.\nBody Two|BO", `organisations.txt line 2: "BO" already names "body one"`},
		{"outlets", "a.example|A Post||\na.example|B Post||", `outlets.txt line 2: the domain "a.example" twice`},
		{"outlets", "a.example|A Post||wire", `outlets.txt line 1: "wire" is neither empty nor "agency"`},
		{"titles", "mayor|chief\nchief|", `titles.txt line 2: "chief" already has the rank "mayor"`},
		{"givennames", "f|x|Ann\nm|x|Ann", `givennames.txt line 2: "Ann" has two genders`},
		{"givennames", "w|x|Ann", `givennames.txt line 1: "w" is no gender`},
	} {
		files := fstest.MapFS{}
		for n, f := range whole {
			files[n] = f
		}
		files[tt.file+".txt"] = &fstest.MapFile{Data: []byte(tt.data)}
		if _, err := parse(files); err == nil || !strings.HasSuffix(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one that ends with %s", tt.file, err, tt.want)
		}
	}
	delete(whole, "cities.txt")
	if _, err := parse(whole); err == nil {
		t.Error("a missing file is not noticed")
	}
}

// Whatever stands in an article may be asked for: no name breaks anything, and
// what is found does not depend on spaces around it.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"Bogotá", "U.S.", "Portland, ME", "the F.B.I.’s", "https://a.b/c", "Lt. Gen.", "", "’s", ",,", "\xff", "É\u0301", "İ"} {
		f.Add(s)
	}
	g := loaded(f)
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := g.Place(s)
		if ok != (p.Key != "") {
			t.Errorf("Place(%q) = %+v, %v", s, p, ok)
		}
		if ok && !hasUpper(s) {
			t.Errorf("Place(%q) found %s without a capital", s, p.Key)
		}
		if q, _ := g.Place(" " + s + " "); q.Key != p.Key {
			t.Errorf("Place(%q) = %q, with spaces %q", s, p.Key, q.Key)
		}
		key, ok := g.Outlet(s)
		if again, found := g.Outlet(key); ok && (!found || again != key) {
			t.Errorf("the key %q of outlet %q is not its own key", key, s)
		}
		if rank, ok := g.Title(s); ok {
			if again, _ := g.Title(rank); again != rank {
				t.Errorf("Title(%q) = %q, whose own rank is %q", s, rank, again)
			}
		}
		g.Organisation(s)
		g.Gender(s)
		g.SameGivenName(s, s+"x")
		g.TitleModifier(s)
	})
}
