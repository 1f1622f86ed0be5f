package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

const (
	// drawAtOnce is how many items of a stratum are drawn when none is left to ask about.
	drawAtOnce = 8
	// recountAfter is how old the count of all statements may be when one is asked about.
	recountAfter = 10 * time.Minute
	// takeBackWithin is how long an answer can be taken back.
	takeBackWithin = time.Hour
)

// SampleItem is a statement of the machine that was drawn to be judged, with the
// passages that it is about.
type SampleItem struct {
	ID         string
	Stratum    Stratum
	StoryID    string
	StoryTitle string
	// Differences are what the machine says differs: one for a difference, all for a
	// verdict.
	Differences []claims.Difference
	// Reason is why a pair that looks in conflict is cleared, else empty.
	Reason string
	// Kind is the kind of conflict that a cleared pair looks like, else empty.
	Kind claims.Kind
	// Members are the passages.
	Members []Member
	// Nearest are those passages of other sources that share most words with one that is
	// told alone, one of each source.
	Nearest []Member
	// Last is the viewer's last answer where it can be taken back, else nil.
	Last *store.LastAnswer
}

// NextSample gives the next statement that a person is asked to judge, and nil where
// there is none. What it needs to go on is drawn and stored first; that does not depend
// on who asks.
func (a *App) NextSample(ctx context.Context, who Actor) (*SampleItem, error) {
	if err := who.require(ReviewFindings); err != nil {
		return nil, err
	}
	var found *store.Sample
	err := a.change(ctx, who, func(c change) (err error) {
		found, err = c.nextSample(ctx)
		return err
	})
	if err != nil || found == nil {
		return nil, err
	}
	item, err := a.sampleItem(ctx, who, *found)
	return &item, err
}

// nextSample finds what to ask about next, nil where nothing is left.
func (c change) nextSample(ctx context.Context) (*store.Sample, error) {
	if err := c.tx.LockSamples(ctx); err != nil {
		return nil, err
	}
	if err := c.draw(ctx, recountAfter); err != nil {
		return nil, err
	}
	if s, err := c.firstSample(ctx); s != nil || err != nil {
		return s, err
	}
	if err := c.draw(ctx, 0); err != nil { // something may have come since the last count
		return nil, err
	}
	return c.firstSample(ctx)
}

// firstSample gives the first of the samples that are left. Those that can no longer be
// judged are dropped on the way.
func (c change) firstSample(ctx context.Context) (*store.Sample, error) {
	for {
		s, err := c.tx.For(c.who.UserID).NextSample(ctx, c.engine.Info())
		switch {
		case claims.KindOf(err) == claims.NotFound:
			return nil, nil
		case err != nil:
			return nil, err
		case s.Stale == "":
			return &s, nil
		}
		if err := c.tx.DropSample(ctx, s.ID, s.Stale, c.now()); err != nil {
			return nil, err
		}
	}
}

// draw counts what there is, where the count is as old as that, and draws of each
// stratum of which nothing is left to ask about.
func (c change) draw(ctx context.Context, old time.Duration) error {
	e := c.engine.Info()
	counted, err := c.tx.FrameAge(ctx, e)
	if claims.KindOf(err) == claims.NotFound || err == nil && c.now().Sub(counted) >= old {
		err = c.tx.CountFrame(ctx, e, c.now())
	}
	if err != nil {
		return err
	}
	empty, err := c.tx.For(c.who.UserID).EmptyStrata(ctx, e)
	if err != nil {
		return err
	}
	drawn := []store.Drawn{}
	for _, stratum := range empty {
		more, err := c.tx.Draw(ctx, e, stratum, drawAtOnce)
		if err != nil {
			return err
		}
		drawn = append(drawn, more...)
	}
	for i := range drawn {
		drawn[i].ID = newID()
	}
	return c.tx.InsertSamples(ctx, e, drawn, c.now())
}

// Sample gives a statement that was drawn and that the viewer can still judge.
func (a *App) Sample(ctx context.Context, who Actor, id string) (SampleItem, error) {
	if err := who.require(ReviewFindings); err != nil {
		return SampleItem{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return SampleItem{}, err
	}
	s, err := a.seen(who).Sample(ctx, id)
	if err != nil {
		return SampleItem{}, err
	}
	if err := canJudge(s); err != nil {
		return SampleItem{}, err
	}
	return a.sampleItem(ctx, who, s)
}

// canJudge is the error for an item that cannot be judged any more.
func canJudge(s store.Sample) error {
	why := ""
	switch {
	case s.Answered:
		why = "you answered this one already"
	case !s.Open:
		why = "this one was answered or dropped meanwhile; it counts once"
	case s.Stale != "":
		why = "the machine no longer says this of the same words"
	default:
		return nil
	}
	return &claims.Error{Kind: claims.Conflict, Message: why}
}

// sampleItem fills in what is shown of a sample.
func (a *App) sampleItem(ctx context.Context, who Actor, s store.Sample) (SampleItem, error) {
	q := a.seen(who)
	out := SampleItem{ID: s.ID, Stratum: s.Stratum, StoryID: s.StoryID}
	story, err := q.Story(ctx, s.StoryID)
	if err != nil {
		return out, err
	}
	out.StoryTitle = story.Title
	ids, err := out.fill(ctx, q, s)
	if err != nil {
		return out, err
	}
	members, err := a.members(ctx, who, ids)
	if err != nil {
		return out, err
	}
	for _, id := range ids {
		out.Members = append(out.Members, members[id])
	}
	if s.Stratum == Stratum(claims.Single) {
		if out.Nearest, err = a.nearest(ctx, who, s.StoryID, out.Members); err != nil {
			return out, err
		}
	}
	last, err := q.LastAnswer(ctx, a.now().Add(-takeBackWithin))
	switch {
	case err == nil:
		out.Last = &last
	case claims.KindOf(err) != claims.NotFound:
		return out, err
	}
	return out, nil
}

// fill says what the machine says, and gives the claims that it is about.
func (i *SampleItem) fill(ctx context.Context, q store.Queries, s store.Sample) ([]string, error) {
	if s.Stratum == store.StratumCleared {
		pair, err := q.ClearedPair(ctx, s.ItemID)
		i.Kind, i.Reason = pair.Kind, pair.Reason
		return pair.Claims[:], err
	}
	findingID := s.ItemID
	if IsKind(s.Stratum) {
		var err error
		if findingID, err = q.DifferenceFinding(ctx, s.ItemID); err != nil {
			return nil, err
		}
	}
	f, err := q.Finding(ctx, findingID)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(f.Differences, func(d claims.Difference) bool { return d.ID == s.ItemID }); at >= 0 {
		i.Differences = f.Differences[at : at+1]
		return f.Differences[at].Claims[:], nil
	}
	i.Differences = f.Differences
	var ids []string
	for _, c := range f.Claims {
		ids = append(ids, c.ID)
	}
	return ids, nil
}
