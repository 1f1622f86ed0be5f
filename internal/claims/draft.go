package claims

import (
	"context"
	"slices"
)

// Draft is a text that is not published, read and ready to be held against stories. It
// is not safe for concurrent use.
type Draft struct {
	e      *Engine
	art    *article
	copied copyText
}

const (
	// draftID is the id of a draft among articles, draftCalled what explanations call it.
	draftID     = "draft"
	draftCalled = "your draft"
)

// KnownStory is a story as a draft is held against it: as it stands, with what people
// have decided on it.
type KnownStory struct {
	// Articles are in the order in which they arrived. Some may be left out.
	Articles []Article
	// Findings tell which claims stand together.
	Findings []Finding
	// ClaimIDs are the ids of the story's claims; a claim at none of these places is left
	// out. Nil takes the engine's own ids.
	ClaimIDs map[Anchor]string
}

// DraftCheck says how a draft stands to a story.
type DraftCheck struct {
	// Claims are those of the draft, in its order.
	Claims []CheckedClaim
	// Copied are the passages that stand word for word in other sources' articles.
	Copied []CopiedPassage
}

// CheckedClaim says how one claim of a draft stands to a story. Claims of articles of
// the draft's own source are no others.
type CheckedClaim struct {
	// Finding is the finding that the claim belongs to; empty where none tells it, or
	// only a claim that is in no finding yet.
	Finding string
	// Verdict is single where no other source tells it, diverge where something material
	// differs between the draft and another source in their own voices, else agree.
	Verdict Verdict
	// Alignment is how near the claim is to the nearest of the story's, nil for none.
	Alignment *float64
	// Sources and Origins count the others that tell it.
	Sources, Origins int
	// Tellers are the story's claims that tell it, those of the draft's own source too;
	// OwnSource is true where there are such.
	Tellers   []FindingClaim
	OwnSource bool
	// Points are the most important first.
	Points []Point
	// Cleared are passages that look in conflict with it and are not.
	Cleared []ClearedPoint
}

// ReadDraft reads a draft, of which the source may be empty. It stops with ctx's error
// when ctx ends.
func (e *Engine) ReadDraft(ctx context.Context, a Article) (*Draft, error) {
	a.ID = draftID
	d := &Draft{e: e, art: e.read(ctx, a), copied: newCopyText(a.Text)}
	d.art.called = draftCalled
	return d, ctx.Err()
}

// Claims gives the draft's claims in the order of its text.
func (d *Draft) Claims() []Claim {
	out := []Claim{}
	for _, s := range d.art.claims {
		out = append(out, s.Claim)
	}
	return out
}

// Against holds the draft against a story. The story's findings stay as they are; the
// draft's claims join them as they would if the draft were the story's newest article.
// It stops with ctx's error when ctx ends.
func (d *Draft) Against(ctx context.Context, k KnownStory) (DraftCheck, error) {
	c, err := d.newChecking(ctx, k)
	if err != nil {
		return DraftCheck{}, err
	}
	groups, err := c.groups(ctx)
	if err != nil {
		return DraftCheck{}, err
	}
	out := DraftCheck{Claims: make([]CheckedClaim, len(d.art.claims)), Copied: c.copiedPassages()}
	for _, group := range groups {
		found := c.judge(group)
		for i, s := range d.art.claims {
			if f, ok := found[s]; ok {
				out.Claims[i] = f
			}
		}
	}
	return out, ctx.Err()
}

// checking is a draft being held against a story.
type checking struct {
	*aligner
	draft *Draft
	known KnownStory
	arts  []*article
	// all are the story's statements, then from first on the draft's.
	all   []*statement
	first int
	// finding is the place in known of the finding that a statement of the story is in,
	// ids its id there.
	finding map[*statement]int
	ids     map[*statement]string
	names   originNames
}

// newChecking reads the story.
func (d *Draft) newChecking(ctx context.Context, k KnownStory) (*checking, error) {
	c := &checking{draft: d, known: k, finding: map[*statement]int{}, ids: map[*statement]string{}}
	in := map[Anchor]int{}
	for i, f := range k.Findings {
		for _, m := range f.Claims {
			in[Anchor{ArticleID: m.ArticleID, Start: m.Start, End: m.End}] = i
		}
	}
	for _, a := range k.Articles {
		x := d.e.read(ctx, a)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c.arts = append(c.arts, x)
		for _, s := range x.claims {
			c.take(s, in)
		}
	}
	c.first = len(c.all)
	c.all = append(c.all, d.art.claims...)
	var err error
	if c.aligner, err = d.e.newAligner(ctx, c.all); err != nil {
		return nil, err
	}
	c.names = d.e.newOriginNames(append(slices.Clone(c.arts), d.art))
	return c, nil
}

// take adds a statement of the story, unless it is none of its claims.
func (c *checking) take(s *statement, in map[Anchor]int) {
	id := s.ID
	if c.known.ClaimIDs != nil {
		if id = c.known.ClaimIDs[s.place()]; id == "" {
			return
		}
	}
	c.all, c.ids[s] = append(c.all, s), id
	if i, ok := in[s.place()]; ok {
		c.finding[s] = i
	}
}

// groups joins the draft's statements to the findings of the story and to one another,
// as the statements of a story are joined; no two findings become one. It gives the
// groups that have a statement of the draft.
func (c *checking) groups(ctx context.Context) ([][]*statement, error) {
	candidates, err := c.candidates(ctx, c.all, c.first)
	if err != nil {
		return nil, err
	}
	for _, p := range c.contradictions(c.draft.art.claims) {
		candidates = append(candidates, [2]int{p[0] + c.first, p[1] + c.first})
	}
	joined, err := c.cluster(ctx, c.all, candidates, c.asKnown())
	if err != nil {
		return nil, err
	}
	var out [][]*statement
	for _, g := range joined {
		slices.Sort(g)
		if g[len(g)-1] < c.first {
			continue
		}
		out = append(out, membersOf(c.all, g))
	}
	return out, ctx.Err()
}

// asKnown keeps the story's findings together and apart from one another.
func (c *checking) asKnown() grouping {
	given := make([][]int, len(c.known.Findings))
	for i, s := range c.all[:c.first] {
		if f, ok := c.finding[s]; ok {
			given[f] = append(given[f], i)
		}
	}
	known := func(group []int) bool { return slices.ContainsFunc(group, func(i int) bool { return i < c.first }) }
	return grouping{given: slices.DeleteFunc(given, func(g []int) bool { return len(g) == 0 }),
		may: func(a, b []int) bool { return !known(a) || !known(b) }}
}

// judge says how the draft's statements of a group stand to the story's.
func (c *checking) judge(group []*statement) map[*statement]CheckedClaim {
	own := slices.IndexFunc(group, func(s *statement) bool { return s.art == c.draft.art })
	g := draftGroup{checking: c, group: group, story: group[:own], told: map[*statement][]*statement{},
		found: map[*statement][]apartness{}, cleared: map[*statement][]ClearedPoint{}}
	least := aligning.joinAt
	if k, ok := g.knownFinding(); ok && k.Verdict == Diverge {
		least = dividedAt
	}
	for _, pair := range c.pairs(group, c.draft.art, least) {
		g.pair(pair)
	}
	out := map[*statement]CheckedClaim{}
	for _, s := range group[own:] {
		out[s] = g.claim(s)
	}
	return out
}

// dividedAt is the score from which a claim of a draft is held against one of a finding
// that diverges: that both belong there is settled, and who tells it as one side does has
// to hear of the other, however far that is in words.
const dividedAt = 0.05

// nearness gives how near a statement of the draft is to the nearest of the story's.
func (g draftGroup) nearness(s *statement) *float64 {
	if len(g.story) == 0 {
		return nil
	}
	best := 0.0
	for _, o := range g.story {
		best = max(best, g.score(o, s))
	}
	best = thousandths(min(best, 1))
	return &best
}
