package claims

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed cues.txt
var cueFile string

// cueWeights hold how much each feature of a reading speaks for an attribution.
type cueWeights map[string]float64

// loadCues reads lines "feature<tab>weight", weights in hundredths.
func loadCues(file string) (cueWeights, error) {
	out := cueWeights{"idiom put it": 3}
	for line := range strings.Lines(file) {
		name, weight, ok := strings.Cut(strings.TrimSpace(line), "\t")
		n, err := strconv.Atoi(weight)
		if !ok || err != nil {
			return nil, fmt.Errorf("claims: cues: line %q", line)
		}
		out[name] = float64(n) / 100
	}
	return out, nil
}

// score adds up the weights of a reading's features: above zero it is likelier
// an attribution than not.
func (w cueWeights) score(features []string) float64 {
	sum := 0.0
	for _, f := range features {
		sum += w[f]
	}
	return sum
}

// features say what a reading is known by: its cue and how the content hangs on
// it, the kind of verb, the source, the cue's form, how much is quoted, how long
// the content is, what it opens with and what follows it.
func (c *cueReader) features(r reading, key, rel string, from, to, inside int) []string {
	p := c.p
	base, _, _ := strings.Cut(rel, "-")
	return []string{"bias", "rel " + rel, "key " + key, "key-rel " + key + " " + rel,
		"class " + c.cueClass(key) + " " + rel,
		"src " + sourceKind(p, r.source) + " " + rel,
		"form " + p.form(r.cue) + " " + base,
		"quoted " + quotedShare(c.x.body[r.start:r.end], inside) + " " + rel,
		"size " + sizeClass(to-from) + " " + rel,
		"first " + p.opens(from, to) + " " + base,
		"edge " + p.follows(to) + " " + base,
		"idiom " + p.idiom(r.cue, rel),
		"headline " + strconv.FormatBool(p.headline) + " " + base}
}

// idiom names a phrase that reports and is too rare to be learnt: "as she put it".
func (p *parsed) idiom(cue int, rel string) string {
	if o := p.kid(cue, "dobj"); o > cue && p.toks[o].Norm == "it" && p.toks[cue].Lemma == "put" && strings.HasPrefix(rel, "host-advcl-as") {
		return "put it"
	}
	return ""
}

// cueClass gives the kind of thing that a cue tells: for a verb its class in
// WordNet, for a noun whether it is something said, thought or felt.
func (c *cueReader) cueClass(key string) string {
	lemma, class, _ := strings.Cut(key, ".")
	lemma, _, _ = strings.Cut(lemma, "_")
	switch class {
	case "v":
		return c.e.lex.VerbClass(lemma)
	case "n":
		for _, kind := range []string{"person", "communication", "cognition", "feeling"} {
			if c.e.lex.IsA(lemma, kind) {
				return "n-" + kind
			}
		}
		return "n"
	}
	return class
}

func sourceKind(p *parsed, i int) string {
	if i < 0 {
		return "none"
	}
	return tokenKind(p.toks[i])
}

// form gives a cue's tag with its auxiliaries and negation: "VBN-be-not".
func (p *parsed) form(cue int) string {
	form := p.toks[cue].Tag
	for _, a := range p.kids(cue, "aux", "auxpass", "neg") {
		form += "-" + lemmaOf(p.toks[a])
	}
	return form
}

// quotedShare says how much of a content, of which so many bytes are, stands in
// quotation marks; the marks themselves and a comma do not count. A few quoted
// words without a sentence's end are told from speech.
func quotedShare(content string, inside int) string {
	switch {
	case inside == 0:
		return "no"
	case 10*inside <= 9*(len(content)-4):
		return "part"
	case len(strings.Fields(content)) < 5 && !strings.ContainsAny(content, ",.?!"):
		return "scare"
	}
	return "all"
}

func sizeClass(tokens int) string {
	for _, least := range []int{13, 7, 4, 2} {
		if tokens >= least {
			return strconv.Itoa(least)
		}
	}
	return "1"
}

// opens gives the word that opens tokens [from, to) when it is a function word,
// else its kind.
func (p *parsed) opens(from, to int) string {
	if from >= to {
		return ""
	}
	t := p.toks[from]
	if t.Tag == "IN" || t.Tag == "TO" || t.Tag == "DT" || strings.HasPrefix(t.Tag, "W") {
		return t.Norm
	}
	return tokenKind(t)
}

// follows gives the mark behind token to-1, or the class of the word there.
func (p *parsed) follows(to int) string {
	if to >= len(p.toks) {
		return "end"
	}
	if t := p.toks[to]; isPunct(t) {
		return t.Norm
	} else {
		return t.Tag
	}
}

// Reading is a way to read a word of a text as a cue, for the recipe that learns
// the weights of the cues.
type Reading struct {
	// Content and Cue are spans in code points.
	Content, Cue [2]int
	Features     []string
}

// Readings gives every way to read the words of a text as cues.
func (e *Engine) Readings(t Text) []Reading {
	x := e.parseArticle(context.Background(), Article{Text: t})
	var out []Reading
	for i := range x.sents {
		for _, r := range e.readings(x, i) {
			cue := r.p.toks[r.cue]
			out = append(out, Reading{Features: r.features, Content: [2]int{x.index.rune(r.start), x.index.rune(r.end)},
				Cue: [2]int{x.index.rune(cue.Start), x.index.rune(cue.End)}})
		}
	}
	return out
}
