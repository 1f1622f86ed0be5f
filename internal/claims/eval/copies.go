package eval

import (
	"math/rand/v2"
	"slices"
	"strings"

	"corroborate/internal/claims"
)

// rewriting is how a copy was made: what share of the sentences was dropped, whether
// the rest was put in another order and given a new lead, and every how many words
// one was changed, 0 for none.
type rewriting struct {
	name    string
	drop    float64
	shuffle bool
	every   int
}

// rewritings are the degrees that are measured, the lightest first.
var rewritings = []rewriting{
	{name: "new_lead"},
	{name: "cut", drop: 0.3},
	{name: "cut_and_reordered", drop: 0.3, shuffle: true},
	{name: "word_in_16", every: 16},
	{name: "word_in_12", every: 12},
	{name: "word_in_10", every: 10},
	{name: "word_in_8", every: 8},
	{name: "word_in_6", every: 6},
	{name: "word_in_5", every: 5},
	{name: "reordered_word_in_12", drop: 0.2, shuffle: true, every: 12},
}

// rewritten makes a copy of a text. The same seed gives the same copy.
func rewritten(text string, r rewriting, seed uint64) string {
	rnd := rand.New(rand.NewPCG(seed, 1))
	var kept []string
	for _, s := range sentencesIn(text) {
		if rnd.Float64() >= r.drop {
			kept = append(kept, changed(s, r.every, rnd))
		}
	}
	if r.shuffle {
		rnd.Shuffle(len(kept), func(i, j int) { kept[i], kept[j] = kept[j], kept[i] })
	}
	return "What follows is how the day went, as far as it is known so far.\n\n" + strings.Join(kept, " ")
}

// sentencesIn cuts a text at full stops: enough for texts written for this.
func sentencesIn(text string) []string {
	var out []string
	for p := range strings.SplitSeq(text, "\n\n") {
		for s := range strings.SplitAfterSeq(p, ". ") {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// changed puts another word in the place of about one in every words.
func changed(sentence string, every int, rnd *rand.Rand) string {
	words := strings.Fields(sentence)
	if every == 0 {
		return sentence
	}
	for i := rnd.IntN(every); i < len(words); i += every/2 + 1 + rnd.IntN(every) {
		words[i] = swaps[rnd.IntN(len(swaps))]
	}
	return strings.Join(words, " ")
}

// swaps are words that stand for a synonym: that another word stands there is all
// that counts.
var swaps = strings.Fields("certain local recently several moreover newly further likewise entire latest")

// copyFigures says how well copies of one degree are found.
type copyFigures struct {
	// articles is the share of copies that are told to be copies, passages the share
	// of the copied words of a text that took over some paragraphs, precision the share
	// of copied ones among the words said to be.
	articles, passages, precision float64
	// marked is the share of copies that share two marks with the original, by which
	// they are looked up in an archive.
	marked float64
}

// measureCopies rewrites each text in one way, alone and as three paragraphs put into
// the text behind it.
func measureCopies(texts []string, r rewriting) copyFigures {
	const rounds = 5
	var whole, marked, found, copied, right, said int
	for i, text := range texts {
		original := claims.NewCopyText(claims.ReadText(text, ""))
		for seed := range uint64(rounds) {
			again := claims.NewCopyText(claims.ReadText(rewritten(text, r, seed), ""))
			if original.Overlap(again).Copy {
				whole++
			}
			if inCommon(original.Marks(), again.Marks()) >= 2 {
				marked++
			}
			host := texts[(i+1)%len(texts)]
			half := strings.Join(strings.Split(text, "\n\n")[:3], "\n\n")
			taken := rewritten(half, r, seed)
			mixed := claims.ReadText(host+"\n\n"+taken, "")
			from := len([]rune(mixed.Body)) - len([]rune(taken))
			inside, outside := covered(original.Overlap(claims.NewCopyText(mixed)), from)
			found, right, said = found+inside, right+inside, said+inside+outside
			copied += len([]rune(taken)) - len([]rune(taken[:strings.Index(taken, "\n\n")]))
		}
	}
	n := float64(len(texts) * rounds)
	return copyFigures{articles: float64(whole) / n, passages: share(found, copied), precision: share(right, said), marked: float64(marked) / n}
}

func inCommon(a, b []int32) int {
	n := 0
	for _, m := range a {
		if slices.Contains(b, m) {
			n++
		}
	}
	return n
}

// covered counts the code points of the second text that stand in shared passages,
// from a place on and before it.
func covered(o claims.Overlap, from int) (inside, outside int) {
	for _, p := range o.Passages {
		outside += max(0, min(p[1].End, from)-p[1].Start)
		inside += max(0, p[1].End-max(p[1].Start, from))
	}
	return inside, outside
}
