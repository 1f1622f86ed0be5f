package gazetteer

import (
	"strings"
	"testing"
)

func loaded(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestPlace(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for name, want := range map[string]string{
		"Bogota":                  "co/bogota",
		"BOGOTÁ":                  "co/bogota",
		"Colombia’s":              "co",
		"U.S.":                    "us",
		"US":                      "us",
		"the United States":       "us",
		"America":                 "us",
		"Washington":              "us/dc/washington",
		"Washington, D.C.":        "us/dc/washington",
		"Wash.":                   "",
		"Tacoma, Wash.":           "us/wa/tacoma",
		"Calif.":                  "us/ca",
		"Calif":                   "",
		"N.Y.":                    "us/ny",
		"New York":                "us/ny/new-york",
		"Va.":                     "us/va",
		"Miss.":                   "",
		"Georgia":                 "ge",
		"Atlanta, Georgia":        "us/ga/atlanta",
		"Tbilisi, Georgia":        "ge/tbilisi",
		"Paris":                   "fr/paris",
		"Paris, Texas":            "us/tx/paris",
		"Paris, Ohio":             "",
		"Portland":                "us/or/portland",
		"Portland, ME":            "us/me/portland",
		"Portland, Maine, U.S.":   "us/me/portland",
		"ME":                      "",
		"London, England":         "gb/eng/london",
		"London, Ontario":         "ca/on/london",
		"British Columbia":        "ca/bc",
		"Scotland":                "gb/sct",
		"Latin America":           "latin-america",
		"the Middle East":         "middle-east",
		"The Hague":               "nl/the-hague",
		"Côte d'Ivoire":           "ci",
		"Kiev":                    "ua/kyiv",
		"St. Petersburg":          "ru/st-petersburg",
		"St. Petersburg, Florida": "us/fl/st-petersburg",
		"Sharm el-Sheikh, Egypt":  "eg/sharm-el-sheikh",
		"turkey":                  "",
		"jordan":                  "",
		"paris":                   "",
		"us":                      "",
		"Us":                      "",
		"polish":                  "",
		"Halvorsen Bay":           "",
		"":                        "",
		",":                       "",
	} {
		got, ok := g.Place(name)
		if got.Key != want || ok != (want != "") {
			t.Errorf("Place(%q) = %q, %v, want %q", name, got.Key, ok, want)
		}
	}
}

func TestPlaceOfPeople(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for name, want := range map[string]string{
		"Colombian": "co", "Colombians": "co", "American": "us", "Chinese": "cn", "French": "fr", "Swiss": "ch",
		"Turks": "tr", "Saudis": "sa", "Filipinos": "ph", "Dutch": "nl", "Britons": "gb", "Welsh": "gb/wls",
		"Scottish": "gb/sct", "Texans": "us/tx", "Californian": "us/ca", "Catalan": "es/ct", "Londoners": "gb/eng/london",
		"European": "europe", "Latin American": "latin-america", "Gazans": "ps/gaza", "New Yorkers": "us/ny/new-york",
		"colombian": "", "Chineses": "", "Frenchs": "", "Martians": "",
	} {
		got, ok := g.Place(name)
		if got.Key != want || ok != (want != "") || got.Adjective != ok {
			t.Errorf("Place(%q) = %q, adjective %v, want %q", name, got.Key, got.Adjective, want)
		}
	}
}

func TestPlaceFields(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	p, _ := g.Place("washington")
	if p.Key != "" {
		t.Errorf("lower case gives %q", p.Key)
	}
	p, _ = g.Place("Washington")
	if p.SeatOf != "us" || p.Kind != City || p.Name != "Washington" || p.Adjective || p.Weak {
		t.Errorf("Washington = %+v", p)
	}
	if got := strings.Join(p.Parents, " "); got != "us/dc us north-america americas" {
		t.Errorf("parents of Washington: %s", got)
	}
	for _, weak := range []string{"Turkey", "Jordan", "Mobile", "Nice", "Chad"} {
		if p, ok := g.Place(weak); !ok || !p.Weak {
			t.Errorf("Place(%q) = %+v, want a weak name", weak, p)
		}
	}
	p.Parents[0] = "changed"
	if again, _ := g.Place("Washington"); again.Parents[0] == "changed" {
		t.Error("a caller can change the gazetteer")
	}
}

func TestPlacesOfOneName(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for name, want := range map[string]string{
		"Georgia":     "ge us/ga",
		"Washington":  "us/dc/washington us/wa",
		"New York":    "us/ny/new-york us/ny",
		"Kansas City": "us/mo/kansas-city us/ks/kansas-city",
		"Valencia":    "ve/valencia es/valencia",
		"Delhi":       "in/dl",
	} {
		var keys []string
		for _, p := range g.Places(name) {
			keys = append(keys, p.Key)
		}
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("Places(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestContains(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for _, tt := range []struct {
		outer, inner string
		want         bool
	}{
		{"Colombia", "Bogotá", true}, {"South America", "Bogotá", true}, {"Latin America", "Bogotá", true},
		{"Americas", "Bogotá", true}, {"United States", "California", true}, {"California", "Los Angeles", true},
		{"U.S.", "Los Angeles", true}, {"Britain", "London", true}, {"England", "London", true}, {"Europe", "London", true},
		{"Middle East", "Gaza", true}, {"Ukraine", "Mariupol", true}, {"Ontario", "Toronto", true}, {"Asia", "Tokyo", true},
		{"Bogotá", "Colombia", false}, {"Colombia", "Colombia", false}, {"Scotland", "London", false},
		{"Africa", "Bogotá", false}, {"Texas", "Los Angeles", false}, {"Russia", "Kyiv", false}, {"France", "Berlin", false},
	} {
		outer, _ := g.Place(tt.outer)
		inner, _ := g.Place(tt.inner)
		if outer.Key == "" || inner.Key == "" {
			t.Fatalf("%s or %s is not known", tt.outer, tt.inner)
		}
		if got := g.Contains(outer.Key, inner.Key); got != tt.want {
			t.Errorf("Contains(%q, %q) = %v, want %v", outer.Key, inner.Key, got, tt.want)
		}
	}
	if g.Contains("", "") || g.Contains("us", "no such key") {
		t.Error("unknown keys contain something")
	}
}

func TestOrganisation(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for _, same := range [][]string{
		{"FBI", "F.B.I.", "the Federal Bureau of Investigation", "FBI's"},
		{"DHS", "Department of Homeland Security", "Homeland Security", "the U.S. Department of Homeland Security"},
		{"IRS", "Internal Revenue Service", "I.R.S."},
		{"UN", "U.N.", "United Nations"},
		{"EU", "European Union"},
		{"NATO", "Nato", "North Atlantic Treaty Organization"},
		{"GOP", "Republican Party", "Republicans"},
		{"Islamic State", "ISIS", "ISIL", "Daesh"},
		{"Pentagon", "Department of Defense", "Defense Department", "DoD"},
		{"White House", "the White House", "WHITE HOUSE"},
		{"WHO", "World Health Organisation"},
		{"Facebook", "Meta Platforms"},
		{"AT&T", "AT&T's"},
	} {
		want, ok := g.Organisation(same[0])
		for _, name := range same {
			if got, found := g.Organisation(name); !ok || !found || got != want {
				t.Errorf("Organisation(%q) = %q, %v, want %q", name, got, found, want)
			}
		}
	}
	for _, name := range []string{"", "Who", "who", "Ice", "apple", "target", "republicans", "senate", "Ministry", "Acme Widgets"} {
		if key, ok := g.Organisation(name); ok {
			t.Errorf("Organisation(%q) = %q, want none", name, key)
		}
	}
}

func TestOutlet(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for name, want := range map[string]string{
		"Reuters": "reuters.com", "reuters": "reuters.com", "AP": "apnews.com", "A.P.": "apnews.com",
		"The Associated Press": "apnews.com", "AFP": "afp.com", "Agence France-Presse": "afp.com",
		"Fox News": "foxnews.com", "foxnews.com": "foxnews.com", "Fox News Digital’s": "foxnews.com",
		"https://www.foxnews.com/politics/x?y=z": "foxnews.com", "edition.cnn.com": "cnn.com", "BBC": "bbc.co.uk",
		"bbc.com": "bbc.co.uk", "Huffington Post": "huffpost.com", "NYT": "nytimes.com", "The Hill": "thehill.com",
		"The New York Times": "nytimes.com", "El País": "elpais.com", "The Guardian": "theguardian.com",
		"www.harbour-ledger.example": "harbour-ledger.example", "Harbour-Ledger.example": "harbour-ledger.example",
		"HTTP://M.Harbour-Ledger.Example:8080/a": "harbour-ledger.example", "Time": "time.com",
		"time": "", "the hill": "", "Hill": "", "The Times": "", "The Post": "", "Herald": "", "": "", "U.S.": "", "e.g.": "",
		"The end.The start": "", "end.The": "", "Harbour Ledger": "", "a.b": "", "ap": "",
	} {
		got, ok := g.Outlet(name)
		if got != want || ok != (want != "") {
			t.Errorf("Outlet(%q) = %q, %v, want %q", name, got, ok, want)
		}
	}
}

func TestAgency(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for name, want := range map[string]bool{
		"Reuters": true, "AP": true, "AFP": true, "UPI": true, "EFE": true, "DPA": true, "TASS": true, "Xinhua": true,
		"Kyodo": true, "Yonhap": true, "PTI": true, "Bloomberg": true, "Canadian Press": true, "Anadolu Agency": true,
		"Fox News": false, "CNN": false, "BBC": false, "New York Times": false, "Politico": false, "harbour-ledger.example": false,
		"El Tiempo": false,
	} {
		key, _ := g.Outlet(name)
		if got := g.Agency(key); got != want {
			t.Errorf("Agency(%q) = %v, want %v", key, got, want)
		}
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for words, want := range map[string]string{
		"Sen.": "senator", "senators": "senator", "Rep.": "representative", "congressman": "representative",
		"congresswoman": "representative", "spokesman": "spokesperson", "spokeswomen": "spokesperson", "Gen.": "general",
		"Lt. Gen.": "lieutenant general", "colonel": "colonel", "PM": "prime minister", "Prime Ministers": "prime minister",
		"president of Colombia": "president", "the then-president": "president", "ex-president": "president",
		"President-elect": "president", "Vice President": "vice president", "vice-president": "vice president",
		"deputy prime minister": "deputy prime minister", "Secretary of State": "secretary",
		"former U.S. Homeland Security Secretary": "secretary", "attorneys general": "attorney general",
		"defense attorney": "attorney", "D.A.": "district attorney", "White House chief of staff": "chief of staff",
		"Tesla CEO": "chief executive", "chief executive of Northwater Ferries": "chief executive", "pope": "pope",
		"Colombian Foreign Minister": "minister", "minister for foreign affairs": "minister", "harbor master": "harbour master",
		"pm": "", "da": "", "march": "", "table": "", "in general": "", "his brother": "", "former": "", "": "",
		"president": "president", "the president said that the general public and the whole town would wait": "",
	} {
		got, ok := g.Title(words)
		if got != want || ok != (want != "") {
			t.Errorf("Title(%q) = %q, %v, want %q", words, got, ok, want)
		}
	}
}

func TestTitleModifier(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for word, want := range map[string]bool{
		"former": true, "Former": true, "ex-": true, "ex": true, "acting": true, "then-": true, "then": true, "-elect": true,
		"interim": true, "outgoing": true, "incoming": true, "late": true, "retired": true, "incumbent": true, "caretaker": true,
		"designate": true, "ousted": true, "longtime": true,
		"vice": false, "deputy": false, "president": false, "": false, "of": false, "the": false, "famous": false,
	} {
		if got := g.TitleModifier(word); got != want {
			t.Errorf("TitleModifier(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestSameGivenName(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"Jim", "James", true}, {"Bill", "William", true}, {"Bob", "ROBERT", true}, {"mike", "Michael", true}, {"Dave", "David", true},
		{"Liz", "Elizabeth", true}, {"Peggy", "Margaret", true}, {"Ted", "Edward", true}, {"Alex", "Alexandra", true},
		{"Alex", "Alexander", true}, {"Sergei", "Sergey", true}, {"Mohammed", "Muhammad", true}, {"Pepe", "José", true},
		{"Jose", "José", true}, {"Kate", "Katherine", true}, {"Steve", "Stephen", true}, {"Tony", "Anthony", true},
		{"Alexander", "Alexandra", false}, {"James", "John", false}, {"Maria", "Laura", false}, {"Vladimir", "Volodymyr", false},
		{"William", "Robert", false}, {"", "", false}, {"", "James", false}, {"Xyz", "Abc", false}, {"Xyz", "xyz", true},
	} {
		if got := g.SameGivenName(tt.a, tt.b); got != tt.want {
			t.Errorf("SameGivenName(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
		if g.SameGivenName(tt.a, tt.b) != g.SameGivenName(tt.b, tt.a) {
			t.Errorf("SameGivenName(%q, %q) depends on the order", tt.a, tt.b)
		}
	}
}

func TestGender(t *testing.T) {
	t.Parallel()
	g := loaded(t)
	for name, want := range map[string]byte{
		"Kristi": 'f', "Laura": 'f', "MARÍA": 'f', "Fatima": 'f', "Priyanka": 'f', "Olga": 'f', "Ngozi": 'f', "Angela": 'f',
		"Céline": 'f', "Yuriko": 'f', "Maria José": 'f', "Ann": 'f',
		"Gustavo": 'm', "Pedro": 'm', "Mohammed": 'm', "Narendra": 'm', "mikhail": 'm', "Emmanuel": 'm', "Jean-Claude": 'm',
		"Shinzo": 'm', "Olaf": 'm', "Jim": 'm', "Kwame": 'm',
		"Alex": 0, "Jordan": 0, "Andrea": 0, "Jean": 0, "Pat": 0, "Wei": 0, "Halvorsen": 0, "": 0, "Xyz Maria": 0,
	} {
		if got := g.Gender(name); got != want {
			t.Errorf("Gender(%q) = %q, want %q", name, got, want)
		}
	}
}
