package views

import (
	"math"
	"strconv"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// AccuracyPage tells how good the machine is.
type AccuracyPage struct {
	Engine  claims.EngineInfo
	Present bool
	// CountedAt is when its statements were counted, nil before the first draw.
	CountedAt *time.Time
	// CanJudge is true where the viewer can be asked.
	CanJudge bool
	// Least is how many judgements a percentage needs.
	Least       int
	Kinds       []PrecisionLine
	AllKinds    PrecisionLine
	Verdicts    []PrecisionLine
	AllVerdicts PrecisionLine
	Alignment   PrecisionLine
	Cleared     PrecisionLine
	// Gone, Changed and Binned say why items were dropped.
	Gone    int
	Changed int
	Binned  int
	Chosen  []ChosenLine
	Engines []claims.EngineInfo
}

// PrecisionLine is how often the machine is right in one sort of statements.
type PrecisionLine struct {
	Name    string
	Size    int
	Drawn   int
	Judged  int
	Right   int
	Unclear int
	Passed  int
	Dropped int
	// Known is true where enough was judged for a share, which lies from Low to High.
	// Covered is for how much of the whole it speaks.
	Known   bool
	Share   float64
	Low     float64
	High    float64
	Covered float64
}

// ChosenLine counts decisions of people on what they chose to review.
type ChosenLine struct {
	Name      string
	Confirmed int
	Rejected  int
}

// Judged counts all that was judged.
func (p AccuracyPage) Judged() int {
	return p.AllKinds.Judged + p.AllVerdicts.Judged + p.Cleared.Judged
}

// Size counts all that the machine says.
func (p AccuracyPage) Size() int { return p.AllKinds.Size + p.AllVerdicts.Size + p.Cleared.Size }

// lines gives those of which there is or was something, and their sum.
func lines(all []PrecisionLine, sum PrecisionLine) []PrecisionLine {
	var out []PrecisionLine
	for _, l := range all {
		if l.Size > 0 || l.Drawn > 0 {
			out = append(out, l)
		}
	}
	return append(out, sum)
}

// never names the sorts of which there is nothing.
func never(all []PrecisionLine) []string {
	var out []string
	for _, l := range all {
		if l.Size == 0 && l.Drawn == 0 {
			out = append(out, l.Name)
		}
	}
	return out
}

// shareText writes the share, or, where too few were judged, the counts alone.
func (l PrecisionLine) shareText() string {
	switch {
	case l.Known:
		return wholePercent(l.Share)
	case l.Judged == 0:
		return "none judged"
	}
	return strconv.Itoa(l.Right) + " of " + strconv.Itoa(l.Judged)
}

// intervalText writes where the share lies. It is rounded outwards: what is not sure is
// not told.
func (l PrecisionLine) intervalText() string {
	return strconv.Itoa(int(math.Floor(l.Low*100))) + " to " + strconv.Itoa(int(math.Ceil(l.High*100))) + "%"
}

// remark is what is to be known besides.
func (l PrecisionLine) remark(least int) string {
	switch {
	case l.Known && l.Covered < 0.995:
		return "speaks for " + wholePercent(l.Covered) + " of them: of the rest nothing was judged"
	case !l.Known && l.Judged > 0:
		return strconv.Itoa(least-l.Judged) + " more for a percentage"
	}
	return ""
}

// wholePercent writes a share in hundredths; only what is all of it is 100%, and only
// what is nothing 0%.
func wholePercent(share float64) string {
	n := percent(share)
	switch {
	case n == 100 && share < 1:
		n = 99
	case n == 0 && share > 0:
		n = 1
	}
	return strconv.Itoa(n) + "%"
}

// coordinate writes a number of a picture.
func coordinate(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// strataMeaning says in few words what the machine says with a word.
func strataMeaning(name string) string {
	switch name {
	case "agree", "diverge", "single":
		return ui.VerdictMeaning(claims.Verdict(name))
	case "cleared":
		return "looks like a conflict and is none"
	}
	return ui.KindMeaning(claims.Kind(name))
}
