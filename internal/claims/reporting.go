package claims

import "strings"

// reportForce says what a reporting verb does to what it reports.
type reportForce int

const (
	notReporting reportForce = iota
	// neutral verbs only attribute: say, announce, report.
	neutral
	// alleging verbs leave the deed open: allege, accuse, claim, suspect.
	alleging
	// denying verbs deny what they report.
	denying
	// promising verbs tell of what is to come: promise, vow, plan.
	promising
	// believing verbs tell of a mind: believe, expect, fear.
	believing
)

var reportingLists = map[reportForce]string{
	neutral: `say|state|tell|add|note|announce|report|write|tweet|post|explain|acknowledge|admit|confirm|declare|affirm|remark|
comment|mention|observe|reply|respond|answer|testify|recall|recount|relate|describe|disclose|reveal|emphasize|emphasise|stress|
underscore|reiterate|repeat|conclude|indicate|inform|assert|maintain|argue|insist|contend|warn|caution|predict|estimate|quip|joke|
concede|continue|echo|highlight|point|show|find|suggest|rule|quote|cite|call|urge|advise|remind|propose|ask|wonder|complain|protest|
lament|boast|agree|signal|stipulate|specify|detail|learn|hear|read|message|text|email|recognize|recognise|understand|know|realize|realise|shout|yell|whisper|exclaim|vent`,
	alleging:  `allege|accuse|charge|claim|suspect|purport|speculate`,
	denying:   `deny|dispute|reject|refute|rebut|disavow`,
	promising: `promise|vow|pledge|threaten|swear|offer|propose|commit`,
	believing: `believe|think|expect|hope|fear|feel|suppose|assume|doubt|consider|imagine|guess|worry|anticipate|view`,
}

func reportingForce(lemma string) reportForce { return reportingTable[lemma] }

var reportingTable = buildReporting()

// buildReporting turns the lists into a table. Where a verb stands in two lists
// the later force of the order below counts.
func buildReporting() map[string]reportForce {
	out := map[string]reportForce{}
	for _, force := range []reportForce{believing, neutral, denying, promising, alleging} {
		for w := range strings.SplitSeq(strings.ReplaceAll(reportingLists[force], "\n", ""), "|") {
			out[w] = force
		}
	}
	return out
}
