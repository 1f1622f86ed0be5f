package views

import (
	"cmp"
	"strings"
	"time"

	"corroborate/web/views/ui"
)

// FactorPage is where somebody sets up a second factor or changes it.
type FactorPage struct {
	// On is true where a code is asked for at sign-in, since Since.
	On    bool
	Since time.Time
	// Recovery counts the recovery codes that are left.
	Recovery int
	// Required is true where the viewer's role has to have one, Role names it.
	Required bool
	Role     string
	// Secret, Address and Code are set while the first code is waited for.
	Secret  string
	Address string
	Code    QRCode
	// Start, Confirm and Change are what is wrong with the three forms; Changing is
	// the form that Change is about: "codes" or "off".
	Start    Errors
	Confirm  Errors
	Change   Errors
	Changing string
	// Then is the local address to go on to.
	Then string
}

// QRCode is a QR code as the path of its dark modules, a unit each.
type QRCode struct {
	Size int
	Path string
}

// secretGroups gives the secret in groups of four, as people type it.
func (p FactorPage) secretGroups() string {
	var groups []string
	for rest := p.Secret; rest != ""; {
		n := min(4, len(rest))
		groups, rest = append(groups, rest[:n]), rest[n:]
	}
	return strings.Join(groups, " ")
}

// changeErrors gives what is wrong with one of the two forms of a second factor that
// is on.
func (p FactorPage) changeErrors(form string) Errors {
	if p.Changing != form {
		return Errors{}
	}
	return p.Change
}

// RecoveryPage shows recovery codes this once.
type RecoveryPage struct {
	Codes []string
	// First is true where the second factor was just turned on.
	First bool
	Then  string
}

// fieldType is the type of a field's input.
func fieldType(i ui.Input) string { return cmp.Or(i.Type, "text") }
