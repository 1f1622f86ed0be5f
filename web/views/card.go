package views

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"strconv"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

//go:embed card.css
var cardStyle string

// CardStyleHash names the style of cards to the content security policy: the page
// holds it, as a card loads nothing else.
func CardStyleHash() string {
	sum := sha256.Sum256([]byte(cardStyle))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// CardPage is a finding as it is shown on the pages of others.
type CardPage struct {
	// Address is the finding's page.
	Address   string
	Summary   string
	Verdict   claims.Verdict
	OneOrigin bool
	Veiled    bool
	Sources   int
	Origins   int
	// Outcome is what people decided on the machine's word, empty where nobody did; Stale
	// is true where a passage has changed since.
	Outcome   string
	Stale     bool
	Positions []CardPosition
	AsOf      time.Time
	Engine    string
}

// CardPosition is a way in which sources tell a finding.
type CardPosition struct {
	// Letter is empty where there is one position.
	Letter   string
	Value    string
	Sources  int
	Passages []CardPassage
	// More counts the passages that are not shown.
	More int
}

// CardPassage is a passage, cut to a few lines.
type CardPassage struct{ Source, Words string }

// apart is true where a person found that the passages are not about one fact.
func (p CardPage) apart() bool { return p.Outcome == "rejected" }

// word says how the sources stand to one another.
func (p CardPage) word() string {
	switch {
	case p.Veiled:
		return "Being reviewed"
	case p.apart():
		return "Not one fact"
	case p.Verdict == claims.Diverge:
		return "Sources diverge"
	case p.Verdict == claims.Agree && p.OneOrigin:
		return "Sources agree, one origin"
	case p.Verdict == claims.Agree:
		return "Sources agree"
	}
	return "One source tells it"
}

func (p CardPage) class() string {
	switch {
	case p.Veiled:
		return "verdict single veiled"
	case p.apart():
		return "verdict single"
	}
	return "verdict " + string(p.Verdict)
}

// sign stands before the word for those who do not see colours.
func (p CardPage) sign() string {
	if p.Veiled || p.apart() {
		return "?"
	}
	return ui.VerdictSign(p.Verdict)
}

// by says whose word the verdict is.
func (p CardPage) by() string {
	words := ""
	switch {
	case p.Veiled:
		return "People are reviewing this without seeing a verdict. It is shown again when they are done."
	case p.Outcome == "rejected":
		words = "Decided by a person: these passages are not about one fact."
	case p.Outcome == "confirmed":
		words = "Confirmed by a person."
	case p.Outcome == "changed":
		words = "Decided by a person."
	default:
		return "Found by a machine. Nobody has reviewed it yet."
	}
	if p.Stale {
		words += " A passage has changed since."
	}
	return words
}

// told counts the sources of a position.
func (p CardPosition) told() string { return ui.Counted(p.Sources, "source", "sources") }

// rest counts the passages that are not shown.
func (p CardPosition) rest() string { return "and " + strconv.Itoa(p.More) + " more" }
