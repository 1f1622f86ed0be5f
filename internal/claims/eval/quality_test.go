package eval

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"corroborate/internal/claims"
)

var update = flag.Bool("update", false, "write the figures that were measured")

// sharedDir holds the annotated data. It is not part of the project.
const sharedDir = "../../../../shared"

// figuresFile holds the committed figures, one "name value" a line.
const figuresFile = "figures.txt"

// slack is what rounding may take off a figure without its being a drop.
const slack = 0.0005

// sampleDir holds the story that the project ships, with its gold.
const sampleDir = "../../sample"

// TestQuality measures the engine and compares with the committed figures. The
// sample story is always measured; the rest needs the annotated data.
func TestQuality(t *testing.T) {
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	writeFigures(&out, "sample", storyFigure(t, engine, os.DirFS(sampleDir)), 1)
	caseFigures(t, engine, &out)
	if _, err := os.Stat(filepath.Join(sharedDir, "stories")); err != nil {
		compareFigures(t, out.String(), "sample/")
		compareFigures(t, out.String(), "cases/")
		t.Skipf("SKIPPED: only the sample was measured, the annotated data is not at %s", sharedDir)
	}
	for _, set := range []string{"stories", "stories-planted"} {
		storyFigures(t, engine, &out, set)
	}
	if testing.Short() {
		t.Log("\n" + out.String())
		t.Skip("SKIPPED: -short measures the stories alone and compares nothing")
	}
	for _, set := range []string{"news-entailment", "edits", "paraphrase"} {
		pairFigures(t, engine, &out, set)
	}
	eventFigures(t, engine, &out)
	checkWorthFigures(t, engine, &out)
	attributionFigures(t, engine, &out)
	t.Log("\n" + out.String())
	if *update {
		if err := os.WriteFile(figuresFile, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	compareFigures(t, out.String(), "")
}

// compareFigures fails for every figure of a set that is worse than the committed
// one.
func compareFigures(t *testing.T, now, set string) {
	t.Helper()
	raw, err := os.ReadFile(figuresFile)
	if err != nil {
		t.Fatal(err)
	}
	measured := parseFigures(now)
	for name, was := range parseFigures(string(raw)) {
		if !strings.HasPrefix(name, set) {
			continue
		}
		is, ok := measured[name]
		lower := strings.HasSuffix(name, "false_diverge") || strings.HasSuffix(name, "_broken") || strings.HasSuffix(name, "_claimed") || strings.HasSuffix(name, "_error")
		switch {
		case !ok:
			t.Errorf("%s is no longer measured", name)
		case lower && is > was+slack, !lower && is < was-slack:
			t.Errorf("%s fell from %v to %v; if that is meant, run make quality", name, was, is)
		}
	}
}

// TestFiguresAreDocumented asserts that the engine's page shows the committed
// figures.
func TestFiguresAreDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/engine.md")
	if err != nil {
		t.Fatal(err)
	}
	figures, err := os.ReadFile(figuresFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range parseFigures(string(figures)) {
		set, figure, _ := strings.Cut(name, "/")
		if row := fmt.Sprintf("| %s | %s | %v |", set, figure, value); !strings.Contains(string(page), row) {
			t.Errorf("docs/engine.md lacks %s", row)
		}
	}
}

func parseFigures(s string) map[string]float64 {
	out := map[string]float64{}
	for line := range strings.Lines(s) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), " ")
		if v, err := strconv.ParseFloat(strings.TrimSpace(value), 64); ok && err == nil {
			out[name] = v
		}
	}
	return out
}

func storyFigures(t *testing.T, engine *claims.Engine, out *bytes.Buffer, set string) {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(sharedDir, set, "*", "gold.json"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("%s: no stories (%v)", set, err)
	}
	var sum Figures
	for _, d := range dirs {
		f := storyFigure(t, engine, os.DirFS(filepath.Dir(d)))
		sum.ClaimRecall += f.ClaimRecall
		sum.AtomicRecall += f.AtomicRecall
		sum.Diverging += f.Diverging
		sum.DivergingRight += f.DivergingRight
		sum.FalseDiverge += f.FalseDiverge
		sum.Agreeing += f.Agreeing
		sum.PairF1 += f.PairF1
		sum.VerdictScore += f.VerdictScore
		sum.DivergeF1 += f.DivergeF1
		sum.ApartBroken += f.ApartBroken
		sum.Boilerplate += f.Boilerplate
		t.Logf("%s: atomic %.3f pair %.3f verdict %.3f diverge %.3f apart %d boilerplate %d",
			filepath.Base(filepath.Dir(d)), f.AtomicRecall, f.PairF1, f.VerdictScore, f.DivergeF1, f.ApartBroken, f.Boilerplate)
	}
	writeFigures(out, set, sum, float64(len(dirs)))
}

// writeFigures writes the means of n stories' figures, and the sums of counts.
func writeFigures(out *bytes.Buffer, set string, sum Figures, n float64) {
	for _, f := range []struct {
		name  string
		value float64
	}{{"claim_recall", sum.ClaimRecall / n}, {"atomic_recall", sum.AtomicRecall / n}, {"pair_f1", sum.PairF1 / n}, {"verdict_score", sum.VerdictScore / n}, {"diverge_f1", sum.DivergeF1 / n},
		{"diverge_precision", share(sum.DivergingRight, sum.Diverging)}, {"false_diverge", share(sum.FalseDiverge, sum.Agreeing)},
		{"apart_broken", float64(sum.ApartBroken)}, {"furniture_claimed", float64(sum.Boilerplate)}} {
		fmt.Fprintf(out, "%s/%s %v\n", set, f.name, round(f.value))
	}
}

func storyFigure(t *testing.T, engine *claims.Engine, dir fs.FS) Figures {
	t.Helper()
	s, g, err := loadStory(dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Analyze(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Score(r, g)
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }

// pairFigures measures the comparison of two statements.
// kindsExpected gives the kinds that fit a type of error in BUMP's naming, nil for a
// type that says nothing of the kind.
func kindsExpected(errorType string) []claims.Kind {
	switch {
	case strings.Contains(errorType, "Circumstance"):
		return []claims.Kind{claims.KindNumber, claims.KindTime, claims.KindPlace}
	case strings.Contains(errorType, "Entity"):
		return []claims.Kind{claims.KindName, claims.KindNumber, claims.KindPlace}
	case strings.Contains(errorType, "Predicate"):
		return []claims.Kind{claims.KindNegation, claims.KindCertainty, claims.KindAction, claims.KindTerm}
	}
	return nil
}

func pairFigures(t *testing.T, engine *claims.Engine, out *bytes.Buffer, set string) {
	t.Helper()
	var c confusion
	kinds, kindRight := 0, 0
	eachLine(t, filepath.Join(sharedDir, "data/pairs", set+".jsonl"), func(line []byte) {
		var p struct{ A, B, Label, Type string }
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		answer := engine.Compare(p.A, p.B)
		c.add(p.Label, string(answer.Relation))
		if want := kindsExpected(p.Type); want != nil && p.Label == "diverge" {
			kinds++
			if answer.Relation == claims.RelDiverge && slices.Contains(want, answer.Differences[0].Kind) {
				kindRight++
			}
		}
	})
	fmt.Fprintf(out, "%s/accuracy %v\n", set, round(c.accuracy()))
	fmt.Fprintf(out, "%s/balanced_accuracy %v\n", set, round(c.balanced()))
	if kinds > 0 {
		fmt.Fprintf(out, "%s/kind_right %v\n", set, round(share(kindRight, kinds)))
	}
	if set == "news-entailment" {
		fmt.Fprintf(out, "%s/diverge_f1 %v\n", set, round(c.f1("diverge")))
	}
}

// eventFigures measures the grouping of articles into stories by B-cubed F1, as
// they are dated and with all dates taken away. uncertain is the share of articles
// that a person is asked about.
func eventFigures(t *testing.T, engine *claims.Engine, out *bytes.Buffer) {
	t.Helper()
	for _, set := range []string{"events", "events-undated"} {
		var events, stories []string
		uncertain := 0
		g := claims.NewGrouper(engine)
		eachLine(t, filepath.Join(sharedDir, "data/events/articles.jsonl"), func(line []byte) {
			event, a := eventArticle(t, line)
			if set == "events-undated" {
				a.Published = claims.Published{}
			}
			story, p := g.Place(a)
			events, stories = append(events, event), append(stories, story)
			if p.Uncertain {
				uncertain++
			}
		})
		p, r := bcubed(stories, events), bcubed(events, stories)
		fmt.Fprintf(out, "%s/precision %v\n%s/recall %v\n%s/f1 %v\n", set, round(p), set, round(r), set, round(harmonic(p, r)))
		fmt.Fprintf(out, "%s/uncertain %v\n", set, round(share(uncertain, len(stories))))
	}
}

// checkWorthFigures measures how well check-worthiness follows people's labels.
func checkWorthFigures(t *testing.T, engine *claims.Engine, out *bytes.Buffer) {
	t.Helper()
	f, err := scoreWorth(engine, filepath.Join(sharedDir, "data/checkworthy"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(out, "check-worthiness/claimbuster %v\n", round(f.ClaimBuster))
	fmt.Fprintf(out, "check-worthiness/claimbuster_claims %v\n", round(f.Claims))
	fmt.Fprintf(out, "check-worthiness/claimbuster_calibration_error %v\n", round(f.Calibration))
	fmt.Fprintf(out, "check-worthiness/policlaim-5fold %v\n", round(f.PoliClaim))
}

// eventArticle reads an article of the events data with the event it is about.
func eventArticle(t *testing.T, line []byte) (string, claims.Article) {
	t.Helper()
	var a struct {
		ID, Event, Source, Title, Text string
		PublishedAt                    string `json:"published_at"`
	}
	if err := json.Unmarshal(line, &a); err != nil {
		t.Fatal(err)
	}
	published, err := claims.ParsePublished(a.PublishedAt)
	if err != nil {
		t.Fatal(err)
	}
	return a.Event, claims.Article{ID: a.ID, Source: a.Source, Title: a.Title, Published: published, Text: claims.ReadText(a.Text, a.Title)}
}

func eachLine(t *testing.T, path string, handle func([]byte)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		if len(bytes.TrimSpace(sc.Bytes())) > 0 {
			handle(sc.Bytes())
		}
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
}

// attributionFigures measures who is said to have said what on the part of PolNeAR
// that the cues were not learnt from.
func attributionFigures(t *testing.T, engine *claims.Engine, out *bytes.Buffer) {
	t.Helper()
	articles, err := LoadAttributions(os.DirFS(filepath.Join(sharedDir, "data/attribution/dev")))
	if err != nil {
		t.Fatal(err)
	}
	f := ScoreAttributions(engine, articles)
	fmt.Fprintf(out, "attribution/precision %v\nattribution/recall %v\nattribution/f1 %v\nattribution/speaker %v\n",
		round(f.Precision), round(f.Recall), round(f.F1), round(f.Speaker))
}
