package claims

// Rule names the rule that found a difference, so that a reader can look up what it
// asks for.
type Rule string

// The rules of comparison.
const (
	RuleQuotation   Rule = "quotation"
	RuleNegation    Rule = "negation"
	RuleDeniedNoun  Rule = "denied_noun"
	RuleOpposites   Rule = "opposites"
	RuleCertainty   Rule = "certainty"
	RuleQuantities  Rule = "quantities"
	RuleTimes       Rule = "times"
	RulePlaces      Rule = "places"
	RuleNames       Rule = "names"
	RuleCauses      Rule = "causes"
	RuleScopes      Rule = "scopes"
	RuleReworded    Rule = "reworded"
	RuleTerms       Rule = "terms"
	RuleAttribution Rule = "attribution"
	RuleRepeated    Rule = "repeated"
)

// Rules lists every rule, in the order in which two claims are held against one another.
func Rules() []Rule {
	return []Rule{RuleQuotation, RuleNegation, RuleOpposites, RuleDeniedNoun, RuleCertainty, RuleQuantities, RuleTimes,
		RulePlaces, RuleNames, RuleCauses, RuleScopes, RuleReworded, RuleTerms, RuleAttribution, RuleRepeated}
}

// Asks says in one sentence what a rule asks for, nothing for one that is not known.
func (r Rule) Asks() string { return ruleAsks[r] }

var ruleAsks = map[Rule]string{
	RuleQuotation:   "Words changed inside one quotation: not a shorter cut, another spelling or a synonym.",
	RuleNegation:    "One verb with the same things about it, denied on one side only.",
	RuleDeniedNoun:  "A deed told on one side and denied in a noun phrase on the other (“no talks”).",
	RuleOpposites:   "Two deeds that exclude one another, done to one thing by one doer.",
	RuleCertainty:   "One deed, told as done on one side and as planned, possible or alleged on the other.",
	RuleQuantities:  "Two figures with one unit for one thing, whose ranges do not meet.",
	RuleTimes:       "Days or hours of one deed that do not meet.",
	RulePlaces:      "Two places of one deed or thing, neither of which lies in the other.",
	RuleNames:       "Two names, offices or speakers in one role of one deed.",
	RuleCauses:      "Two causes of one deed that share no telling word.",
	RuleScopes:      "One thing told of all on one side and of a part, or by another measure, on the other.",
	RuleReworded:    "Two sentences worded alike but for words that cannot stand for one another.",
	RuleTerms:       "Another word for one thing.",
	RuleAttribution: "Another rung of the ladder of who vouches.",
	RuleRepeated:    "One article tells a fact twice, and not alike.",
}
