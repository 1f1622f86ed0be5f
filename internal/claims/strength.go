package claims

// Strength says in a word how well the claims of a finding hold together. It is read
// off the closeness of the weakest tie, and is no probability: docs/engine.md tells how
// often findings of each strength were right where people have said so.
type Strength string

// The strengths.
const (
	Strong Strength = "strong"
	Fair   Strength = "fair"
	Weak   Strength = "weak"
)

// fairAt and strongAt are the closenesses from which a joining is called so: two round
// numbers; of the findings of the annotated stories about a third lies between them and
// below each. Nothing is decided by them.
const (
	fairAt   = 0.5
	strongAt = 0.8
)

// Strength gives how well the claims hold together, empty where nothing is joined.
func (f Finding) Strength() Strength {
	switch {
	case f.Alignment == nil:
		return ""
	case *f.Alignment >= strongAt:
		return Strong
	case *f.Alignment >= fairAt:
		return Fair
	}
	return Weak
}
