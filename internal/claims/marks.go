package claims

import "slices"

const (
	// MarksVersion names the rules of [CopyText.Marks]. Marks of other versions do not
	// compare.
	MarksVersion = "marks/1"
	// markWords is the number of words in a row that make a mark: few enough to stay
	// whole between two edits, enough to be no common phrase.
	markWords = 6
	// markOneIn is of how many runs of words one is kept.
	markOneIn = 16
	// A text under shortCopy words keeps one in shortOneIn, which holds what a long one
	// keeps: a note must be found among notes too.
	shortCopy  = 250
	shortOneIn = 4
	// maxMarks bounds the marks of one text: those of a book are no use.
	maxMarks = 256
)

// Marks give the numbers under which a text is looked up among all that are stored.
// Every run of six words is hashed, and those whose hash a power of two divides are
// kept, some six in a hundred words; so two texts keep the same of what they share,
// wherever it stands in either (Manber 1994), and the share of common marks grows
// with how much of one is in the other. Runs that are mostly quoted are left out, as
// every report of a speech has them, unless a text is little else.
func (c *CopyText) Marks() []int32 {
	oneIn := uint64(markOneIn)
	if len(c.text.words) < shortCopy {
		oneIn = shortOneIn
	}
	onlyProse := c.text.prose >= copyProse
	var hashes []uint64
	for i := 0; i+markWords <= len(c.text.words); i++ {
		if onlyProse && mostlyQuoted(c.text.words[i:i+markWords]) {
			continue
		}
		if h := c.text.gram(i, markWords); h%oneIn == 0 {
			hashes = append(hashes, h)
		}
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	hashes = hashes[:min(len(hashes), maxMarks)]
	out := make([]int32, 0, len(hashes))
	for _, h := range hashes {
		out = append(out, int32(uint32(h>>32^h>>4)))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func mostlyQuoted(words []copyWord) bool {
	n := 0
	for _, w := range words {
		if w.quoted {
			n++
		}
	}
	return 2*n >= len(words)
}
