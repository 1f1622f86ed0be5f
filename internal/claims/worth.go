package claims

import "math"

// worth scores how much a claim is worth checking, from 0 to 1, and says why.
// Numbers, times, names and deeds that were done by somebody make a claim
// checkable and consequential; that is how the field's annotation guides sort
// sentences, and the weights follow their order.
func worth(s slots, checkable bool) (float64, []string) {
	score, reasons := 0.25, []string{}
	add := func(on bool, weight float64, reason string) {
		if on {
			score += weight
			reasons = append(reasons, reason)
		}
	}
	add(len(s.numbers) > 0, 0.25, "a number")
	add(len(s.times) > 0, 0.1, "a time")
	add(len(s.people) > 0, 0.15, "a named person")
	add(len(s.orgs)+len(s.places) > 0, 0.1, "a named organisation or place")
	add(s.certainty == Alleged || s.certainty == Denied, 0.15, "an accusation or a denial")
	add(s.attribution == Quoted, 0.05, "a quotation")
	if !checkable {
		return 0.1, []string{"not checkable"}
	}
	return math.Round(math.Min(score, 1)*100) / 100, reasons
}
