package values

// scales multiply the number before them.
var scales = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9,
	"trillion": 1e12, "m": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3, "mn": 1e6, "dozen": 12}

// plurals of scales are vague: "dozens", "tens of thousands".
var vagueScales = map[string]float64{"dozens": 12, "tens": 10, "scores": 20, "hundreds": 100,
	"thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}

var ones = map[string]float64{"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
	"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
	"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}

var tens = map[string]float64{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90}

// IsOrdinal tells an ordinal in words, in lower case: "second".
func IsOrdinal(word string) bool { return ordinals[word] > 0 }

var ordinals = map[string]float64{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
	"seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12}

// vagueWords are counts that name no number, as the range that readers take
// them for.
var vagueWords = map[string][2]float64{"several": {3, 9}, "few": {2, 9}, "couple": {2, 2}, "handful": {3, 6}}

var currencies = map[string]string{"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
	"a$": "AUD", "c$": "CAD", "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "rupee": "INR",
	"peso": "peso", "franc": "franc", "ruble": "RUB", "rouble": "RUB", "yuan": "CNY", "crown": "crown", "cent": "cent"}

// Money tells whether a unit is a currency.
func Money(unit string) bool {
	for _, c := range currencies {
		if c == unit {
			return true
		}
	}
	return false
}

// measures give the unit's name and how many of that unit one of them is.
var measures = map[string]struct {
	unit   string
	factor float64
}{
	"percent": {"%", 1}, "%": {"%", 1}, "per_cent": {"%", 1}, "percentage": {"%", 1}, "pct": {"%", 1},
	"kilometer": {"m", 1000}, "kilometre": {"m", 1000}, "km": {"m", 1000}, "mile": {"m", 1609.34},
	"meter": {"m", 1}, "metre": {"m", 1}, "foot": {"m", 0.3048}, "inch": {"m", 0.0254}, "yard": {"m", 0.9144},
	"acre": {"m2", 4046.86}, "hectare": {"m2", 10000}, "ton": {"kg", 1000}, "tonne": {"kg", 1000},
	"kilogram": {"kg", 1}, "kg": {"kg", 1}, "pound_weight": {"kg", 0.4536}, "barrel": {"barrel", 1},
	"gallon": {"l", 3.785}, "liter": {"l", 1}, "litre": {"l", 1}, "mph": {"mph", 1}, "degree": {"degree", 1},
	"second": {"s", 1}, "minute": {"s", 60}, "hour": {"s", 3600}, "day": {"day", 1}, "week": {"day", 7},
	"month": {"month", 1}, "year": {"month", 12}, "decade": {"month", 120}, "century": {"month", 1200},
}

// hedges that may stand before a number, longest first.
var hedges = []struct {
	words  []string
	approx Approx
}{
	{[]string{"no", "fewer", "than"}, Over}, {[]string{"no", "less", "than"}, Over}, {[]string{"no", "more", "than"}, Under},
	{[]string{"more", "than"}, Over}, {[]string{"greater", "than"}, Over}, {[]string{"upwards", "of"}, Over},
	{[]string{"at", "least"}, Over}, {[]string{"less", "than"}, Under}, {[]string{"fewer", "than"}, Under},
	{[]string{"at", "most"}, Under}, {[]string{"up", "to"}, Under}, {[]string{"as", "many", "as"}, Under},
	{[]string{"as", "much", "as"}, Under}, {[]string{"close", "to"}, Nearly}, {[]string{"just", "over"}, Over},
	{[]string{"just", "under"}, Nearly}, {[]string{"over"}, Over}, {[]string{"above"}, Over}, {[]string{"exceeding"}, Over},
	{[]string{"under"}, Under}, {[]string{"below"}, Under}, {[]string{"about"}, About}, {[]string{"around"}, About},
	{[]string{"roughly"}, About}, {[]string{"approximately"}, About}, {[]string{"some"}, About}, {[]string{"estimated"}, About},
	{[]string{"circa"}, About}, {[]string{"nearly"}, Nearly}, {[]string{"almost"}, Nearly}, {[]string{"virtually"}, Nearly},
}
