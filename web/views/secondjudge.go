package views

import (
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// SecondVerdict is what a second judge, an outside model, says of two claims.
type SecondVerdict struct {
	Claims [2]string
	// Engine is "agree", "diverge" or "undecided": what the engine says of the two.
	Engine    string
	Disagrees bool
	Model     string
	Prompt    string
	// Relation is empty before it has answered. Reason is plain text of the model's.
	Relation   claims.Relation
	Kind       claims.Kind
	Reason     string
	AnsweredAt *time.Time
	// State is "answered", "waiting", "failing", "given_up" or "budget_spent"; Why says what
	// went wrong, AgainAt when it is asked.
	State   string
	Why     string
	AgainAt *time.Time
}

// SecondView is all that it says of a finding.
type SecondView struct {
	Pairs []SecondPairView
	// Answered and Disagrees count the pairs.
	Answered, Disagrees int
}

// SecondPairView is a verdict with the sources of its two claims.
type SecondPairView struct {
	SecondVerdict
	Sides [2]Teller
}

// secondShown is how many pairs are in sight at first.
const secondShown = 4

// second names the sources of each pair, in the order of the finding's claims.
func (m members) second(all []SecondVerdict, inOrder []Member) SecondView {
	var out SecondView
	place := func(id string) int { return slices.IndexFunc(inOrder, func(c Member) bool { return c.ID == id }) }
	for _, v := range all {
		p := SecondPairView{SecondVerdict: v}
		if place(v.Claims[1]) < place(v.Claims[0]) {
			v.Claims[0], v.Claims[1] = v.Claims[1], v.Claims[0]
		}
		for i, id := range v.Claims {
			p.Sides[i] = Teller{ClaimID: id, Source: m.claim[id].Source}
		}
		if v.Relation != "" {
			out.Answered++
		}
		if v.Disagrees {
			out.Disagrees++
		}
		out.Pairs = append(out.Pairs, p)
	}
	return out
}

// shown gives the pairs that are in sight at first, rest the others. What it says
// otherwise of comes first.
func (v SecondView) shown() []SecondPairView { return v.Pairs[:min(secondShown, len(v.Pairs))] }

func (v SecondView) rest() []SecondPairView { return v.Pairs[len(v.shown()):] }

// summary says how it stands with the finding as a whole.
func (v SecondView) summary() string {
	switch {
	case v.Disagrees > 0:
		return "It says otherwise than the engine of " + ui.Number(v.Disagrees) + " of " + ui.Counted(len(v.Pairs), "pair", "pairs") + ": this finding is worth a look."
	case v.Answered == 0:
		return "It has said nothing yet."
	case v.Answered < len(v.Pairs):
		return "So far it says the same as the engine, of " + ui.Number(v.Answered) + " of " + ui.Counted(len(v.Pairs), "pair", "pairs") + "."
	}
	return "It says the same as the engine."
}

// relationWords says what it says, in the words of the product.
func (v SecondVerdict) relationWords() string {
	if v.Relation == claims.RelUnrelated {
		return "different facts"
	}
	return string(v.Relation)
}

// engineWords says what the engine says of the two passages.
func (v SecondVerdict) engineWords() string {
	if v.Engine == "undecided" {
		return "nothing of these two"
	}
	return v.Engine
}

// stateWords says why there is no answer.
func (v SecondVerdict) stateWords() string {
	switch {
	case v.State == "budget_spent":
		return "Not asked: the budget of today is spent."
	case v.State == "given_up":
		return "Failed: " + v.Why + ". It is not asked again by itself."
	case v.State == "failing":
		return "Failed: " + v.Why + "."
	case v.Why != "":
		return "Not asked yet. The last call failed: " + v.Why + "."
	}
	return "Not asked yet."
}

// SecondJudgePage tells administrators how the second judge fares.
type SecondJudgePage struct {
	On                         bool
	Model, Host, Prompt        string
	Calls, Tokens, Lanes       int
	Answered, Waiting, GivenUp int
	Failures                   int
	Fault                      string
	FailingSince, RestUntil    *time.Time
	AnsweredAt                 *time.Time
	Spent                      bool
	RenewedAt                  time.Time
	Today                      SecondDayLine
	Days                       []SecondDayLine
}

// canRetry tells whether there is something to ask again.
func (p SecondJudgePage) canRetry() bool { return p.On && (p.GivenUp > 0 || p.Failures > 0) }

// state says in one sentence how it fares.
func (p SecondJudgePage) state() string {
	switch {
	case !p.On:
		return "No second judge is set up. Nothing is sent anywhere."
	case p.RestUntil != nil:
		return "The endpoint does not work, and is left alone for a while. Nothing is lost."
	case p.Failures > 0:
		return "The last calls failed. Nothing is lost."
	case p.Spent:
		return "The budget of today is spent. What waits is asked tomorrow."
	case p.Waiting > 0:
		return "What waits is asked in turn."
	}
	return "It has been asked all there is to ask."
}

// SecondDayLine is what it took on a day.
type SecondDayLine struct {
	Day                                          string
	Calls, Tokens, TokensIn, TokensOut, Answered int
	Faults                                       []SecondFaultLine
}

// SecondFaultLine is how often something went wrong.
type SecondFaultLine struct {
	Words string
	Times int
}
