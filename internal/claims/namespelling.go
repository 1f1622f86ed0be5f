package claims

import "strings"

// transcribed tells two spellings of one person's name that another script was
// written in: as many words, and each with the same consonants ("Muammar Gaddafi",
// "Moammar Gadhafi").
func transcribed(a, b string) bool {
	x, y := strings.Fields(fold(a)), strings.Fields(fold(b))
	if len(x) != len(y) {
		return false
	}
	letters := 0
	for i := range x {
		s := skeleton(x[i])
		if s == "" || s != skeleton(y[i]) {
			return false
		}
		letters += len(s)
	}
	return letters >= leastSkeleton
}

// leastSkeleton is the number of consonants from which two names are told to be one.
const leastSkeleton = 5

// clipped tells a name whose words are the beginnings of another's, in order: "the
// Met" of the Metropolitan Police, "Lib Dems", "Man United".
func clipped(short, long string) bool {
	if len(short) > longestName || len(long) > longestName {
		return false
	}
	x, y := properWords(short), properWords(long)
	if len(x) == 0 || len(x) > len(y) {
		return false
	}
	cut := false
	for i := range x {
		stem := strings.TrimSuffix(x[i], "s")
		if len(stem) < leastClip || !strings.HasPrefix(y[i], stem) {
			return false
		}
		cut = cut || x[i] != y[i]
	}
	return cut
}

// longestName is the most bytes of a name that is compared with the words of another: what
// is longer is no name, and comparing many such word by word would cost a cube.
const longestName = 200

// leastClip is the number of letters that a clipped word keeps.
const leastClip = 3

func properWords(name string) []string {
	var out []string
	for w := range strings.FieldsSeq(fold(name)) {
		if w = strings.Trim(w, ".,'’"); w != "the" {
			out = append(out, w)
		}
	}
	return out
}
