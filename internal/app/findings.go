package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"corroborate/internal/claims"
)

// FindingDetail is a finding with everything that its page shows.
type FindingDetail struct {
	Finding
	StoryTitle string
	// Members are the claims of Finding.Claims, in their order.
	Members []Member
	// Cleared are the cleared pairs that touch a member.
	Cleared []ClearedPair
	// Corrections are the divergences in it that ended when a source changed its
	// article, the newest first.
	Corrections []Correction
	// Second is what the second judge, an outside model, says of its pairs.
	Second []SecondVerdict
	// Reviews are the reviews, the newest first; none for those who are not signed
	// in, as they name their authors.
	Reviews []Review
}

// Findings lists the findings of a story in the order of the filter.
func (a *App) Findings(ctx context.Context, who Actor, f FindingFilter) (List[Finding], error) {
	if _, err := a.Story(ctx, who, f.StoryID); err != nil {
		return List[Finding]{}, err
	}
	choice, err := f.choice()
	if err != nil {
		return List[Finding]{}, err
	}
	items, err := a.seen(who).Findings(ctx, choice)
	if err != nil {
		return List[Finding]{}, err
	}
	return page(items, choice.Limit-1, func(f Finding) any { return f.Place }), nil
}

// maxBeside is the most cleared pairs and reviews that are shown with a finding.
const maxBeside = 200

// Finding gives one finding. For one that was merged into another the error has
// the Successor.
func (a *App) Finding(ctx context.Context, who Actor, id string) (FindingDetail, error) {
	f, err := a.visibleFinding(ctx, who, id)
	if err != nil {
		return FindingDetail{}, err
	}
	out := FindingDetail{Finding: f}
	story, err := a.seen(who).Story(ctx, f.StoryID)
	if err != nil {
		return FindingDetail{}, err
	}
	out.StoryTitle = story.Title
	ids := make([]string, len(f.Claims))
	for i, c := range f.Claims {
		ids[i] = c.ID
	}
	members, err := a.members(ctx, who, ids)
	if err != nil {
		return FindingDetail{}, err
	}
	out.Members = make([]Member, len(ids))
	for i, id := range ids {
		out.Members[i] = members[id]
	}
	if out.Cleared, err = a.seen(who).ClearedTouching(ctx, ids, maxBeside); err != nil {
		return FindingDetail{}, err
	}
	if err := a.fillCleared(ctx, who, out.Cleared); err != nil {
		return FindingDetail{}, err
	}
	if out.Corrections, err = a.seen(who).CorrectionsOf(ctx, f.ID, maxBeside); err != nil {
		return FindingDetail{}, err
	}
	if out.Second, err = a.secondVerdicts(ctx, who, f); err != nil {
		return FindingDetail{}, err
	}
	out.Reviews = []Review{}
	if who.Can(ReadTexts) {
		out.Reviews, err = a.seen(who).Reviews(ctx, f.ID, maxBeside)
	}
	return out, err
}

// visibleFinding gives a finding to those who may read it.
func (a *App) visibleFinding(ctx context.Context, who Actor, id string) (Finding, error) {
	if err := who.require(ReadFindings); err != nil {
		return Finding{}, err
	}
	return a.seenFinding(ctx, who, id)
}

// seenFinding is visibleFinding for those who may do something with it without being
// ones who may read.
func (a *App) seenFinding(ctx context.Context, who Actor, id string) (Finding, error) {
	id, err := knownID(id)
	if err != nil {
		return Finding{}, err
	}
	f, err := a.seen(who).Finding(ctx, id)
	if claims.KindOf(err) != claims.NotFound {
		return f, err
	}
	successor, moved := a.db.Successor(ctx, id)
	switch {
	case moved == nil:
		return Finding{}, &claims.Error{Kind: claims.NotFound, Message: "this finding was merged into " + successor, Successor: successor, SuccessorOf: "finding"}
	case claims.KindOf(moved) == claims.NotFound:
		return Finding{}, err
	}
	return Finding{}, moved
}

// Cleared lists the cleared pairs of a story.
func (a *App) Cleared(ctx context.Context, who Actor, storyID string, p Page) (List[ClearedPair], error) {
	story, err := a.Story(ctx, who, storyID)
	if err != nil {
		return List[ClearedPair]{}, err
	}
	limit, err := p.limit()
	if err != nil {
		return List[ClearedPair]{}, err
	}
	after, err := idCursor(p.Cursor)
	if err != nil {
		return List[ClearedPair]{}, err
	}
	items, err := a.seen(who).Cleared(ctx, story.ID, after, limit+1)
	if err != nil {
		return List[ClearedPair]{}, err
	}
	out := page(items, limit, func(c ClearedPair) any { return c.ID })
	return out, a.fillCleared(ctx, who, out.Items)
}

// ClearedPair gives one cleared pair.
func (a *App) ClearedPair(ctx context.Context, who Actor, id string) (ClearedPair, error) {
	if err := who.require(ReadFindings); err != nil {
		return ClearedPair{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return ClearedPair{}, err
	}
	pair, err := a.seen(who).ClearedPair(ctx, id)
	if err != nil {
		return ClearedPair{}, err
	}
	if _, err := a.Story(ctx, who, pair.StoryID); err != nil { // it may be in the bin
		return ClearedPair{}, err
	}
	pairs := []ClearedPair{pair}
	err = a.fillCleared(ctx, who, pairs)
	return pairs[0], err
}

// fillCleared adds their members to cleared pairs.
func (a *App) fillCleared(ctx context.Context, who Actor, pairs []ClearedPair) error {
	var ids []string
	for _, p := range pairs {
		ids = append(ids, p.Claims[0], p.Claims[1])
	}
	members, err := a.members(ctx, who, ids)
	for i, p := range pairs {
		pairs[i].Members = [2]Member{members[p.Claims[0]], members[p.Claims[1]]}
	}
	return err
}

// contextLength is how many code points around a passage are shown with it.
const contextLength = 300

// members gives claims with what stands around them.
func (a *App) members(ctx context.Context, who Actor, ids []string) (map[string]Member, error) {
	members, err := a.seen(who).Members(ctx, ids, contextLength)
	for id, m := range members {
		m.Before, m.After = paragraphBefore(m.Before), paragraphAfter(m.After)
		m.Edited = markFor(who, m.Edited)
		members[id] = m
	}
	return members, err
}

// paragraphBefore cuts what stands before a passage to its paragraph, and to whole
// words where that begins further away.
func paragraphBefore(s string) string {
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		return s[i+1:]
	}
	if utf8.RuneCountInString(s) < contextLength {
		return s
	}
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return "…" + s[i:]
	}
	return s
}

// paragraphAfter is paragraphBefore for what stands after a passage.
func paragraphAfter(s string) string {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return s[:i]
	}
	if utf8.RuneCountInString(s) < contextLength {
		return s
	}
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		return s[:i+1] + "…"
	}
	return s
}
