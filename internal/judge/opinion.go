package judge

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"

	"corroborate/internal/claims"
)

// Opinion is what the model says of two passages.
type Opinion struct {
	Relation claims.Relation
	// Kind is what differs where they diverge, else empty.
	Kind claims.Kind
	// Reason is one line of plain text by the model, at most [MaxReason] characters.
	Reason string
}

const (
	// MaxReason is the most characters of a reason that are kept.
	MaxReason = 300
	// none is the kind of passages that do not diverge.
	none claims.Kind = "none"
)

func relations() []claims.Relation {
	return []claims.Relation{claims.RelAgree, claims.RelDiverge, claims.RelUnrelated}
}

// ReadOpinion takes an answer that is one JSON object of the asked form and nothing else:
// with these names, each once, and values of the lists.
func ReadOpinion(answer string) (Opinion, error) {
	answer = strings.TrimSpace(answer)
	switch {
	case answer == "":
		return Opinion{}, &Fault{Cause: Empty}
	case answer[0] != '{':
		return Opinion{}, &Fault{Cause: Prose}
	}
	var said struct {
		Relation *claims.Relation `json:"relation"`
		Kind     *claims.Kind     `json:"kind"`
		Reason   *string          `json:"reason"`
	}
	if err := json.Unmarshal([]byte(answer), &said, json.RejectUnknownMembers(true)); err != nil {
		return Opinion{}, &Fault{Cause: WrongForm}
	}
	if said.Relation == nil || said.Kind == nil || said.Reason == nil {
		return Opinion{}, &Fault{Cause: WrongForm}
	}
	out := Opinion{Relation: *said.Relation, Reason: plain(*said.Reason)}
	if *said.Kind != none {
		out.Kind = *said.Kind
	}
	if !out.valid() {
		return Opinion{}, &Fault{Cause: WrongForm}
	}
	return out, nil
}

// valid tells whether the words of an opinion are of the lists and fit together.
func (o Opinion) valid() bool {
	if !slices.Contains(relations(), o.Relation) || o.Reason == "" {
		return false
	}
	if o.Relation == claims.RelDiverge {
		return slices.Contains(claims.Kinds(), o.Kind)
	}
	return o.Kind == ""
}

// plain makes one line of a model's words: no control characters, none that are not seen
// or turn the direction of the text, no long ones.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > MaxReason {
		s = strings.TrimSpace(string(r[:MaxReason-1])) + "…"
	}
	return s
}
