package app

import (
	"cmp"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// DraftReport says how a draft stands to what is stored.
type DraftReport struct {
	Engine claims.EngineInfo
	// Text is what the engine read of the draft; offsets point into it. Where its
	// NotAnalysed says why, nothing was checked.
	Text      claims.Text
	Title     string
	Published claims.Published
	// Stories are those that it was held against, the nearest first.
	Stories []CheckedStory
	// Claims are the draft's in the order of its text.
	Claims []DraftClaim
	// Copied are passages that stand in articles of other sources.
	Copied []claims.CopiedPassage
	// Agreed and Divided are findings of the stories that the draft says nothing of: what
	// two or more origins agree on, and where sources diverge. Of each there may be more.
	Agreed, Divided         []Finding
	MoreAgreed, MoreDivided int
	// Withheld is how many findings of the stories are left out as the reader reviews them
	// blind.
	Withheld int
}

// CheckedStory is a story that a draft was held against.
type CheckedStory struct {
	ID    string
	Title string
	// Articles is how many it has that are analysed, Read how many of them were read: of a
	// very large story those nearest to the draft.
	Articles, Read int
	// Nearness is how near the draft is to it, from 0 to 1; 1 where it was asked for.
	Nearness float64
}

// DraftClaim is a claim of a draft with what is to be said of it.
type DraftClaim struct {
	claims.Claim
	// Verdict is that of all stories: diverge where the draft diverges from a source in
	// one of them, else agree where others tell it, else single. It is empty where only
	// findings tell it that are veiled from the reader.
	Verdict claims.Verdict
	Told    []Telling
	Points  []claims.Point
	Cleared []claims.ClearedPoint
}

// Telling is where a story tells a claim of a draft.
type Telling struct {
	StoryID string
	// Finding is the one that tells it, without an id where the claim that tells it is in
	// none yet. Where it is veiled from the reader, Check has the passages alone.
	Finding Finding
	Check   claims.CheckedClaim
}

// maxOverlooked is the most findings of each sort that are told to be missing.
const maxOverlooked = 20

// newDraftReport begins a report on a draft.
func newDraftReport(e claims.EngineInfo, a claims.Article, draft *claims.Draft) *DraftReport {
	r := &DraftReport{Engine: e, Text: a.Text, Title: a.Title, Published: a.Published, Stories: []CheckedStory{},
		Claims: []DraftClaim{}, Copied: []claims.CopiedPassage{}, Agreed: []Finding{}, Divided: []Finding{}}
	for _, c := range draft.Claims() {
		r.Claims = append(r.Claims, DraftClaim{Claim: c})
	}
	return r
}

// add takes in how the draft stands to one story.
func (r *DraftReport) add(k knownStory, check claims.DraftCheck) {
	r.Stories = append(r.Stories, k.CheckedStory)
	r.Copied = append(r.Copied, check.Copied...)
	told := map[string]bool{}
	for i, c := range check.Claims {
		if len(c.Tellers) == 0 {
			continue
		}
		told[c.Finding] = true
		t := Telling{StoryID: k.ID, Finding: k.finding(c.Finding), Check: c}
		if t.Finding.Veiled {
			// A draft that copies one side would show how it parts from the other.
			t.Check.Verdict, t.Check.Points, t.Check.Cleared, t.Check.Alignment = "", nil, nil, nil
		}
		r.Claims[i].Told = append(r.Claims[i].Told, t)
	}
	for _, f := range k.findings {
		switch {
		case f.Veiled:
			r.Withheld++
		case told[f.ID]:
		case f.Stands() == claims.Diverge:
			r.Divided = append(r.Divided, f)
		case f.Stands() == claims.Agree && f.Origins > 1:
			r.Agreed = append(r.Agreed, f)
		}
	}
}

// finish sums up, when all stories are in.
func (r *DraftReport) finish() {
	slices.SortStableFunc(r.Copied, func(x, y claims.CopiedPassage) int { return cmp.Compare(x.Start, y.Start) })
	for i := range r.Claims {
		r.Claims[i].sumUp(r.Copied)
	}
	slices.SortStableFunc(r.Agreed, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(y.Origins, x.Origins), cmp.Compare(y.Sources, x.Sources), cmp.Compare(x.ID, y.ID))
	})
	slices.SortStableFunc(r.Divided, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(y.Divided(), x.Divided()), cmp.Compare(y.Sources, x.Sources), cmp.Compare(x.ID, y.ID))
	})
	r.MoreAgreed, r.MoreDivided = max(0, len(r.Agreed)-maxOverlooked), max(0, len(r.Divided)-maxOverlooked)
	r.Agreed, r.Divided = r.Agreed[:min(len(r.Agreed), maxOverlooked)], r.Divided[:min(len(r.Divided), maxOverlooked)]
}

// sumUp makes what is to be said of a claim out of what each story says.
func (c *DraftClaim) sumUp(copied []claims.CopiedPassage) {
	before, veiled := false, false
	verdicts := map[claims.Verdict]bool{}
	for _, t := range c.Told {
		before, veiled = before || t.Check.OwnSource, veiled || t.Finding.Veiled
		verdicts[t.Check.Verdict] = true
		c.Points = append(c.Points, t.Check.Points...)
		c.Cleared = append(c.Cleared, t.Check.Cleared...)
	}
	switch {
	case verdicts[claims.Diverge]:
		c.Verdict = claims.Diverge
	case verdicts[claims.Agree]:
		c.Verdict = claims.Agree
	case !veiled:
		c.Verdict = claims.Single
	}
	if c.Verdict == claims.Single && c.Checkable {
		c.Points = append(c.Points, claims.OnlyYou(before))
	}
	for _, p := range copied {
		if point, ok := p.CopiedPoint(c.Claim); ok {
			c.Points = append(c.Points, point)
		}
	}
	claims.SortPoints(c.Points)
}

// finding gives one of a story's findings, an empty one for an empty id.
func (k knownStory) finding(id string) Finding {
	if i := slices.IndexFunc(k.findings, func(f store.Finding) bool { return f.ID == id }); i >= 0 {
		return k.findings[i]
	}
	return Finding{}
}

// DraftCounts are what a check found, in numbers of claims.
type DraftCounts struct {
	Diverge, Agree, Single                       int
	DroppedAttribution, DroppedCertainty, Copied int
}

// Counts counts what was found.
func (r DraftReport) Counts() DraftCounts {
	var out DraftCounts
	verdicts := map[claims.Verdict]*int{claims.Diverge: &out.Diverge, claims.Agree: &out.Agree, claims.Single: &out.Single}
	types := map[claims.PointType]*int{claims.PointDroppedAttribution: &out.DroppedAttribution,
		claims.PointDroppedCertainty: &out.DroppedCertainty, claims.PointCopied: &out.Copied}
	for _, c := range r.Claims {
		if n := verdicts[c.Verdict]; n != nil {
			*n++
		}
		for t, n := range types {
			if slices.ContainsFunc(c.Points, func(p claims.Point) bool { return p.Type == t }) {
				*n++
			}
		}
	}
	return out
}
