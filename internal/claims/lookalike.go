package claims

import (
	"fmt"

	"corroborate/internal/claims/values"
)

// lookAlikeAt is the score from which two statements of different findings look
// enough alike for a reader to wonder why they are apart.
const lookAlikeAt = 0.30

// lookAlikes keeps the pairs of different findings that a hasty reader could take
// for a conflict: candidates that are near in words, with other numbers, times or
// names, and about two different facts.
func (al *aligner) lookAlikes(all []*statement, candidates [][2]int, fs []Finding) []ClearedPair {
	home := map[string]int{}
	for i, f := range fs {
		for _, c := range f.Claims {
			home[c.ID] = i
		}
	}
	out := []ClearedPair{}
	for _, pair := range candidates {
		a, b := all[pair[0]], all[pair[1]]
		if home[a.ID] == home[b.ID] || a.art.Source == b.art.Source {
			continue
		}
		if s := al.score(a, b); s < lookAlikeAt {
			continue
		}
		if k, reason := al.apparent(a, b); reason != "" {
			out = append(out, ClearedPair{ID: hashID("x", a.ID, b.ID, string(k)), Claims: [2]string{a.ID, b.ID}, Kind: k, Reason: reason})
		}
	}
	return out
}

// apparent gives the kind in which two statements of different facts seem to
// conflict, and why they do not.
func (al *aligner) apparent(a, b *statement) (Kind, string) {
	for _, qa := range a.slots.numbers {
		for _, qb := range b.slots.numbers {
			if qa.Unit == qb.Unit && values.CompareQuantities(qa, qb) == values.Differs && qa.Unit != "ordinal" {
				return KindNumber, fmt.Sprintf("two facts: %s of %s, %s of %s", qa.Text, ofNoun(qa, a), qb.Text, ofNoun(qb, b))
			}
		}
	}
	o := al.overlap(a, b)
	if o.predicate < near {
		return "", ""
	}
	if oa, ok := object(a); ok {
		if ob, ok := object(b); ok && oa.ent != nil && ob.ent != nil && al.entities(oa.ent, ob.ent) == 0 {
			return KindName, fmt.Sprintf("two deeds of one kind: with %s, and with %s", oa.ent.name, ob.ent.name)
		}
	}
	for _, ta := range a.slots.times {
		for _, tb := range b.slots.times {
			if values.CompareTimes(ta, tb).Relation == values.Differs {
				return KindTime, fmt.Sprintf("two events: %s, and %s", ta.Text, tb.Text)
			}
		}
	}
	return "", ""
}

func ofNoun(q values.Quantity, s *statement) string {
	if q.Noun != "" {
		return q.Noun
	}
	return spelled(s.slots.pred)
}
