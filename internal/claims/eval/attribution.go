package eval

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"corroborate/internal/claims"
)

// AttributionArticle is an article with what one annotator says that it attributes.
// Spans are code points of the body.
type AttributionArticle struct {
	Name string
	Text claims.Text
	Gold []GoldAttribution
}

// GoldAttribution is one annotated attribution. Content covers a broken content
// from its first part to its last; Cue and Source keep their parts. Source is
// empty where the annotator found nobody.
type GoldAttribution struct {
	Content     [2]int
	Cue, Source [][2]int
}

// AttributionFigures are the measures of attribution, each from 0 to 1.
type AttributionFigures struct {
	Precision, Recall, F1 float64
	// Speaker is the share of right speakers among the contents that were found and
	// whose source the annotator names.
	Speaker float64
}

// LoadAttributions reads a part of PolNeAR: text/NAME.txt and
// attributions/NAME_ANNOTATOR.ann, in brat's standoff format. A text that several
// people annotated comes once for each.
func LoadAttributions(dir fs.FS) ([]AttributionArticle, error) {
	files, err := fs.Glob(dir, "attributions/*.ann")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("eval: no attributions: %w", err)
	}
	var out []AttributionArticle
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".ann")
		raw, err := fs.ReadFile(dir, "text/"+name[:max(0, strings.LastIndex(name, "_"))]+".txt")
		if err != nil {
			return nil, fmt.Errorf("eval: %w", err)
		}
		ann, err := fs.ReadFile(dir, file)
		if err != nil {
			return nil, fmt.Errorf("eval: %w", err)
		}
		a := AttributionArticle{Name: name, Text: claims.ReadText(string(raw), "")}
		a.Gold = readBrat(string(ann), cleaned(string(raw), a.Text.Body))
		out = append(out, a)
	}
	return out, nil
}

// cleaned gives for each code point of a raw text, and for its end, the number of
// code points of the body before it: reading a text drops what cannot be seen.
func cleaned(raw, body string) []int {
	var at []int
	kept := []rune(body)
	n := 0
	for _, r := range raw {
		at = append(at, n)
		if n < len(kept) && (kept[n] == r || kept[n] == '\n' && strings.ContainsRune("\r\u2028\u2029\u0085", r)) {
			n++
		}
	}
	return append(at, n)
}

// readBrat reads the events of a standoff file that have a content.
func readBrat(ann string, at []int) []GoldAttribution {
	spans := map[string][][2]int{}
	var out []GoldAttribution
	for line := range strings.Lines(ann) {
		id, rest, _ := strings.Cut(line, "\t")
		switch {
		case strings.HasPrefix(id, "T"):
			spans[id] = bratSpans(rest, at)
		case strings.HasPrefix(id, "E"):
			if g := bratEvent(rest, spans); g.Content[1] > g.Content[0] {
				out = append(out, g)
			}
		}
	}
	return out
}

// bratSpans reads "Content 5 9;12 20<tab>…".
func bratSpans(rest string, at []int) [][2]int {
	where, _, _ := strings.Cut(rest, "\t")
	_, where, _ = strings.Cut(where, " ")
	var out [][2]int
	for part := range strings.SplitSeq(where, ";") {
		var a, b int
		if n, err := fmt.Sscan(part, &a, &b); n == 2 && err == nil && a < b && b < len(at) {
			out = append(out, [2]int{at[a], at[b]})
		}
	}
	return out
}

// bratEvent reads "Attribution:T4 Content:T3 Cue:T2 Source:T1"; roles may carry a
// number.
func bratEvent(rest string, spans map[string][][2]int) GoldAttribution {
	var g GoldAttribution
	var content [][2]int
	for field := range strings.FieldsSeq(rest) {
		role, id, _ := strings.Cut(field, ":")
		switch strings.TrimRight(role, "0123456789") {
		case "Content":
			content = append(content, spans[id]...)
		case "Cue":
			g.Cue = append(g.Cue, spans[id]...)
		case "Source":
			g.Source = append(g.Source, spans[id]...)
		}
	}
	for i, s := range content {
		if i == 0 {
			g.Content = s
		}
		g.Content = [2]int{min(g.Content[0], s[0]), max(g.Content[1], s[1])}
	}
	return g
}

// attributionMatch pairs an annotated attribution with a predicted one.
type attributionMatch struct{ gold, found int }

// matchAttributions pairs contents one to one, the nearest first, when their
// intersection is at least half of their union.
func matchAttributions(gold []GoldAttribution, found []claims.Attributed) []attributionMatch {
	type near struct {
		attributionMatch
		iou float64
	}
	var all []near
	for g, a := range gold {
		for f, b := range found {
			if v := Overlap(a.Content, [2]int{b.Content.Start, b.Content.End}); v >= 0.5 {
				all = append(all, near{attributionMatch{g, f}, v})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return -cmp.Compare(a.iou, b.iou) })
	usedGold, usedFound := map[int]bool{}, map[int]bool{}
	var out []attributionMatch
	for _, n := range all {
		if !usedGold[n.gold] && !usedFound[n.found] {
			usedGold[n.gold], usedFound[n.found] = true, true
			out = append(out, n.attributionMatch)
		}
	}
	return out
}

// Overlap gives the intersection over the union of two spans.
func Overlap(a, b [2]int) float64 {
	o := shared(a, b)
	return float64(o) / float64(a[1]-a[0]+b[1]-b[0]-o)
}

// rightSpeaker tells whether a predicted source is the annotated one: their
// phrases share a character, or the last word of the resolved name stands in the
// annotated phrase.
func rightSpeaker(body []rune, g GoldAttribution, a claims.Attributed) bool {
	words := strings.Fields(a.Speaker)
	for _, s := range g.Source {
		if a.Source.End > a.Source.Start && shared(s, [2]int{a.Source.Start, a.Source.End}) > 0 {
			return true
		}
		if len(words) > 0 && slices.Contains(strings.FieldsFunc(strings.ToLower(string(body[s[0]:s[1]])), notWord),
			strings.ToLower(words[len(words)-1])) {
			return true
		}
	}
	return false
}

func notWord(r rune) bool { return strings.ContainsRune(" \t\n,.;:'’()“”\"", r) }

// ScoreAttributions measures what the engine attributes against annotations. An
// attribution without an annotated source counts as any other for precision and
// recall, and not for the speaker.
func ScoreAttributions(engine *claims.Engine, articles []AttributionArticle) AttributionFigures {
	gold, found, matched, named, right := 0, 0, 0, 0, 0
	for _, a := range articles {
		answers := engine.Attributions(a.Text)
		body := []rune(a.Text.Body)
		gold, found = gold+len(a.Gold), found+len(answers)
		for _, m := range matchAttributions(a.Gold, answers) {
			matched++
			if len(a.Gold[m.gold].Source) == 0 {
				continue
			}
			named++
			if rightSpeaker(body, a.Gold[m.gold], answers[m.found]) {
				right++
			}
		}
	}
	f := AttributionFigures{Precision: share(matched, found), Recall: share(matched, gold), Speaker: share(right, named)}
	f.F1 = harmonic(f.Precision, f.Recall)
	return f
}
