package claims

import (
	"context"
	_ "embed" // for the weights
	"fmt"
	"math"
	"strconv"
	"strings"
)

// What a pair of statements of two articles is weighed by.
const (
	featLikeness = iota // the score of the rules
	featMoreShared
	featLessShared
	featEvidence
	featDeed
	featOpposed
	featClash
	featOthers
	featStrangers
	featOtherDoer
	featOtherPolarity
	featApart
	featFigures
	featQuote
	featTwoQuotations
	featArguments
	featNear // of the model's vectors
	featNearUsual
	featNearRanks
	featToldUsual
	featToldRanks
	featSentenceNear
	featSentenceUsual
	featSentenceRanks
	featBeside
	featAroundTold
	featAroundNear
	featRareWords
	featRarePhrases
	featRareAround
	featLessTold
	featMoreTold
	features
)

// mostEvidence is the shared weight from which more makes no difference.
const mostEvidence = 8

// usual is how near a claim, or a sentence, of the annotated stories comes to its best
// four in another article: it stands for those that a short article does not have.
const usual = 0.5

// Two short statements that name different people, places or doers are of two facts,
// whatever the model finds, where they score less than vetoBelow by the rules: there
// rules have the last word. Short are those of vetoWords at most; longer ones name people
// by the way.
const (
	vetoBelow = 0.1
	vetoWords = 12
)

// vetoed tells pairs that rules keep apart.
func vetoed(a, b *statement, f weighed) bool {
	return f[featClash]+f[featOtherDoer] > 0 && f[featLikeness] < vetoBelow &&
		max(len(strings.Fields(a.Exact)), len(strings.Fields(b.Exact))) <= vetoWords
}

// weighed is what a pair is weighed by.
type weighed [features]float64

// weigh gives what statements i and j, of two articles, are weighed by.
func (s *surroundings) weigh(i, j int) (f weighed) {
	a, b := s.all[i], s.all[j]
	o := s.al.overlap(a, b)
	f[featLikeness] = s.al.alike(a, b)
	f[featMoreShared], f[featLessShared] = math.Max(o.a.share(), o.b.share()), math.Min(o.a.share(), o.b.share())
	f[featEvidence] = math.Min(mostEvidence, math.Min(o.a.told, o.b.told))
	f[featDeed], f[featOpposed], f[featClash], f[featOthers] = o.predicate, asNumber(o.opposed), asNumber(o.clash), asNumber(o.others)
	f[featStrangers], f[featOtherDoer], f[featOtherPolarity] = asNumber(o.strangers), asNumber(o.otherDoer), asNumber(o.otherPolarity)
	f[featApart], f[featFigures] = float64(min(o.apart, 2)), float64(min(o.figures, 2))
	f[featQuote], f[featTwoQuotations], f[featArguments] = o.quote, asNumber(o.twoQuotations), o.arguments()
	near := cosine(s.vectors[i], s.vectors[j])
	la, lb := s.near.of(i, s.from[j]), s.near.of(j, s.from[i])
	f[featNear], f[featNearUsual] = near, la.mean(usual)+lb.mean(usual)
	f[featNearRanks] = la.rank(near) + lb.rank(near)
	la, lb = s.told.of(i, s.from[j]), s.told.of(j, s.from[i])
	f[featToldUsual] = la.mean(0) + lb.mean(0)
	f[featToldRanks] = la.rank(f[featLikeness]) + lb.rank(f[featLikeness])
	x, y := s.sentence[i], s.sentence[j]
	near = cosine(s.sentences[x], s.sentences[y])
	la, lb = s.sentenceNear.of(x, s.from[j]), s.sentenceNear.of(y, s.from[i])
	f[featSentenceNear], f[featSentenceUsual] = near, la.mean(usual)+lb.mean(usual)
	f[featSentenceRanks] = la.rank(near) + lb.rank(near)
	f[featBeside] = s.beside(i, j)
	f[featAroundTold], f[featAroundNear] = s.around(i, j)
	f[featRareWords], f[featRarePhrases], f[featRareAround] = s.words.rareWords(i, j), s.words.rarePhrases(i, j), s.words.rareAround(x, y)
	toldA, toldB := s.words.told(i, y), s.words.told(j, x)
	f[featLessTold], f[featMoreTold] = min(toldA, toldB), max(toldA, toldB)
	return f
}

func asNumber(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// featureNames are what the features are called in weighing.tsv, in their order.
var featureNames = [features]string{"likeness", "more shared", "less shared", "evidence", "deed", "opposed", "clash", "others",
	"strangers", "other doer", "other polarity", "apart", "figures", "quote", "two quotations", "arguments",
	"near", "near usual", "near ranks", "told usual", "told ranks",
	"sentence near", "sentence usual", "sentence ranks", "beside", "around told", "around near",
	"rare words", "rare phrases", "rare around", "less told", "more told"}

//go:embed weighing.tsv
var weighingFile string

// logistic is a logistic regression.
type logistic struct {
	weights [features]float64
	bias    float64
}

// weighing is what training/align learnt.
var weighing = mustReadWeights(weighingFile)

// mustReadWeights reads lines "feature<tab>weight", the bias last. The file is part of
// the program: one that cannot be read is a fault of the build.
func mustReadWeights(file string) logistic {
	var l logistic
	n := 0
	for line := range strings.Lines(file) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		weight, err := strconv.ParseFloat(rest, 64)
		switch {
		case err != nil:
			panic(fmt.Sprintf("claims: weighing: line %q: %v", line, err))
		case n < features && name == featureNames[n]:
			l.weights[n] = weight
		case n == features && name == "bias":
			l.bias = weight
		default:
			panic(fmt.Sprintf("claims: weighing: line %q", line))
		}
		n++
	}
	if n != features+1 {
		panic(fmt.Sprintf("claims: weighing: %d lines in place of %d", n, features+1))
	}
	return l
}

// probability gives that of one fact.
func (l logistic) probability(f weighed) float64 {
	return squashed(l.bias, l.weights[:], f[:])
}

// squashed gives the probability of a logistic regression.
func squashed(bias float64, weights, features []float64) float64 {
	sum := bias
	for i, w := range weights {
		sum += float64(w * features[i]) // not fused, so that every machine gives the same
	}
	return 1 / (1 + math.Exp(-sum))
}

// thousandths is a probability, or a score, as it is told: to three places.
func thousandths(p float64) float64 { return math.Round(1000*p) / 1000 }

// Weighing is a pair of claims of two articles with what it is weighed by, for the
// recipe that learns the weights.
type Weighing struct {
	// Claims are the ids of the two claims.
	Claims   [2]string
	Features []float64
}

// FeatureNames gives what the features of a [Weighing] are called.
func FeatureNames() []string { return featureNames[:] }

// Weighings gives all pairs of claims of two articles of a story, with the report of
// which they are.
func (e *Engine) Weighings(ctx context.Context, s Story) (Report, []Weighing, error) {
	r, err := e.Analyze(ctx, s, nil)
	if err != nil {
		return r, nil, err
	}
	var all []*statement
	for _, a := range s.Articles {
		all = append(all, e.read(ctx, a).claims...)
	}
	al, err := e.newAligner(ctx, all)
	if err != nil {
		return r, nil, err
	}
	if _, err := al.candidates(ctx, all, 0); err != nil {
		return r, nil, err
	}
	var out []Weighing
	for j, b := range all {
		for i, a := range all[:j] {
			if a.art == b.art {
				continue
			}
			f := al.surroundings.weigh(i, j)
			out = append(out, Weighing{Claims: [2]string{a.ID, b.ID}, Features: f[:]})
		}
	}
	return r, out, nil
}
