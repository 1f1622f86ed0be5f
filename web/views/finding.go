package views

import (
	"math"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/report"
)

// FindingPage is one finding: its positions side by side, what differs in them
// and why, and what people have decided.
type FindingPage struct {
	// Back is the place in an article that the reader comes from, empty for none.
	Back       string
	StoryID    string
	StoryTitle string
	// List is the list of the story's findings that the reader comes from.
	List      Filter
	ID        string
	Summary   string
	Verdict   claims.Verdict
	Review    ReviewState
	Score     *float64
	OneOrigin bool
	Sources   int
	Origins   int
	// Reason says in one sentence why it has its verdict.
	Reason    string
	Positions []PositionView
	Numbers   []Line
	Times     []Line
	Rungs     []RungView
	Joining   Joining
	Wordings  []WordingsView
	// Silent are the sources of the story that do not tell it.
	Silent      []SilentView
	Differences []DifferenceView
	// Doubt is where the language model reads two of the passages otherwise, nil for
	// nowhere.
	Doubt *DoubtView
	// Second is what the second judge says of pairs of the passages.
	Second      SecondView
	Cleared     []Cleared
	Corrections []CorrectionView
	// Previous and Next are the neighbours in the story's order; empty at its ends.
	Previous string
	Next     string
	Reviews  []ReviewView
	History  []FindingEvent
	Form     ReviewForm
	Desk     Desk
	// Shares are its cards, nil for those who cannot share it.
	Shares *SharesView
}

// PositionView is the sources that tell a finding the same way.
type PositionView struct {
	// ID is the position's letter, empty where the finding has one position.
	ID      string
	Value   string
	Sources int
	Origins int
	// Shared are the origins that two or more of its sources have in common.
	Shared   []Origin
	Passages []PassageView
}

// Dense tells a position of so many passages that they are shown as a list.
func (p PositionView) Dense() bool { return len(p.Passages) > densePassages }

// densePassages is the number of passages of a position up to which each has a card.
const densePassages = 5

// DifferenceView is one way in which tellings differ, with the sources on both its
// sides. Differences between several pairs of claims that say the same are shown
// as one, and decided on as one.
type DifferenceView struct {
	IDs  []string
	Kind claims.Kind
	// Rule is the rule that found it.
	Rule        claims.Rule
	Material    bool
	Superseded  bool
	Speakers    bool
	Internal    bool
	Explanation string
	Sides       [2]DifferenceSide
}

// DifferenceSide is what one side of a difference tells, and who tells it.
type DifferenceSide struct {
	Value   string
	Tellers []Teller
}

// Teller is a claim that tells one side of a difference.
type Teller struct {
	ClaimID string
	Source  string
	// Speaker is whom the source cites, where speakers differ; else empty.
	Speaker string
}

// ReviewView is one decision that a person took.
type ReviewView struct {
	ID     string
	Author string
	At     time.Time
	// Verdict is nil where the review leaves it open.
	Verdict *claims.Verdict
	// Alignment is "confirmed" or "rejected" (the claims are not about one fact), or
	// empty.
	Alignment string
	Note      string
	// Confirmed and Rejected count the decisions on differences and cleared pairs.
	Confirmed int
	Rejected  int
	// Stale is true where a passage changed since.
	Stale bool
	// Outcome is what it means for the machine's word: "confirmed", "rejected",
	// "changed", or "note" for nothing.
	Outcome string
	// Withdrawn is when its author took it back, nil where it stands. Mine is true for
	// the author.
	Withdrawn *time.Time
	Mine      bool
	// Blind is true for an answer in a blind review, of which Kinds are what the person
	// says differs; Counts is false where another answer contradicts it.
	Blind  bool
	Kinds  []claims.Kind
	Counts bool
	// Adjudicates is true where it settles a blind review.
	Adjudicates bool
}

// ReviewForm is the form of a decision as it was filled in.
type ReviewForm struct {
	Verdict     string
	Alignment   string
	Note        string
	Differences map[string]string
	Cleared     map[string]string
	// Adjudicates is the blind review that it settles; "" where the form was not sent
	// yet, "-" for none.
	Adjudicates string
	// Assign and Ask are the small forms beside it.
	Assign AssignForm
	Ask    AskForm
	Share  ShareForm
	Errors Errors
}

// FindingInput is what a finding's page is made from.
type FindingInput struct {
	StoryID    string
	StoryTitle string
	Finding    claims.Finding
	Review     ReviewState
	// Members are the finding's claims, in its order.
	Members     []Member
	Cleared     []Cleared
	Corrections []CorrectionView
	Silent      []SilentView
	Numbers     []claims.NumberScale
	Times       []claims.TimeScale
	Wordings    []claims.Collation
	Second      []SecondVerdict
	Changes     []FindingEvent
	Reviews     []ReviewView
	Form        ReviewForm
	Desk        Desk
	List        Filter
	Previous    string
	Next        string
	Created     time.Time
}

// NewFindingPage makes the page of a finding.
func NewFindingPage(in FindingInput) FindingPage {
	f := in.Finding
	m := newMembers(f, in.Members)
	p := FindingPage{
		StoryID: in.StoryID, StoryTitle: in.StoryTitle, List: in.List, ID: f.ID, Summary: f.Summary,
		Verdict: f.Verdict, Review: in.Review, Score: f.Score, OneOrigin: OneOrigin(f),
		Sources: f.Sources, Origins: f.Origins, Silent: in.Silent,
		Differences: m.differences(f), Cleared: in.Cleared, Corrections: in.Corrections, Previous: in.Previous, Next: in.Next,
		Reviews: in.Reviews, Form: in.Form, Desk: in.Desk,
	}
	p.Positions, p.Reason = m.positions(f, in.Members), reasonOf(f)
	tellers := m.tellers(f)
	for _, s := range in.Numbers {
		p.Numbers = append(p.Numbers, NewRangeLine(s, tellers))
	}
	for _, s := range in.Times {
		p.Times = append(p.Times, NewTimeLine(s, tellers))
	}
	p.Rungs, p.Joining = rungsOf(in.Members), joiningOf(f)
	for _, c := range in.Wordings {
		p.Wordings = append(p.Wordings, m.wordings(c))
	}
	p.Second, p.Doubt = m.second(in.Second, in.Members), m.doubt(f.Doubt)
	p.History = historyOf(in)
	return p
}

// members knows the claims of a finding and the marks of its differences in them.
type members struct {
	claim map[string]Member
	marks map[string][]claims.Mark
}

func newMembers(f claims.Finding, all []Member) members {
	m := members{claim: map[string]Member{}, marks: map[string][]claims.Mark{}}
	for _, c := range all {
		m.claim[c.ID] = c
	}
	for _, d := range f.Differences {
		for i, id := range d.Claims {
			m.marks[id] = append(m.marks[id], d.Marks[i]...)
		}
	}
	return m
}

// positions gives the positions of a finding; where there is one way of telling
// it, that is a position without a letter.
func (m members) positions(f claims.Finding, all []Member) []PositionView {
	if len(f.Positions) < 2 {
		ids := make([]string, len(all))
		for i, c := range all {
			ids[i] = c.ID
		}
		return []PositionView{m.position(claims.Position{Claims: ids, Sources: f.Sources, Origins: f.Origins})}
	}
	var out []PositionView
	for _, p := range f.Positions {
		out = append(out, m.position(p))
	}
	return out
}

func (m members) position(p claims.Position) PositionView {
	out := PositionView{ID: p.ID, Value: p.Value, Sources: p.Sources, Origins: p.Origins, Passages: m.passages(p.Claims)}
	var lines []ArticleLine
	for _, id := range p.Claims {
		c := m.claim[id]
		lines = append(lines, ArticleLine{Source: c.Source, Origin: c.Origin, OriginKnown: c.OriginKnown})
	}
	for _, o := range GroupOrigins(lines) {
		if len(o.Sources) > 1 {
			out.Shared = append(out.Shared, o)
		}
	}
	return out
}

// passages shows the claims that are known among ids, those in the very same words as
// one, with the marks of all.
func (m members) passages(ids []string) []PassageView {
	var out []PassageView
	for _, id := range ids {
		c, ok := m.claim[id]
		if !ok {
			continue
		}
		if i := slices.IndexFunc(out, func(p PassageView) bool { return p.sameWords(c) }); i >= 0 {
			out[i].Same = append(out[i].Same, c)
			continue
		}
		out = append(out, PassageView{Member: c})
	}
	for i := range out {
		out[i].mark(m.marks)
	}
	return out
}

// tellers names each claim's source and the letter of its position.
func (m members) tellers(f claims.Finding) map[string]LineTeller {
	out := make(map[string]LineTeller, len(m.claim))
	for id, c := range m.claim {
		t := LineTeller{Source: c.Source}
		if len(f.Positions) > 1 {
			t.Position, _ = positionOf(f, []string{id})
		}
		out[id] = t
	}
	return out
}

// toldHeading heads the positions.
func (p FindingPage) toldHeading() string {
	if len(p.Positions) > 1 {
		return "How it is told, position by position"
	}
	return "How it is told"
}

// Labels are what is to be known of a difference besides its kind.
func (d DifferenceView) Labels() []string {
	var out []string
	if d.Superseded {
		out = append(out, "changed since")
	}
	if d.Speakers {
		out = append(out, "between speakers")
	}
	if d.Internal {
		out = append(out, "inside one source")
	}
	if !d.Material {
		out = append(out, "not material")
	}
	return out
}

// Decisions says what a review decides.
func (r ReviewView) Decisions() []string {
	return report.Judgement{Alignment: r.Alignment, Verdict: r.Verdict, Confirmed: r.Confirmed, Rejected: r.Rejected,
		Blind: r.Blind, Kinds: r.Kinds}.Words()
}

// percent gives a probability as a whole number of hundredths.
func percent(p float64) int { return int(math.Round(p * 100)) }
