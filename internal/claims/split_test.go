package claims

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSplit holds, construction by construction, the exact passages that a
// sentence is cut into. A passage may hold another one: it is contiguous, and is
// compared without it.
func TestSplit(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct {
		construction, text string
		want               []string
	}{
		{"coordination", `The minister visited the harbour and met the mayor.`, []string{`The minister visited the harbour`, `met the mayor`}},
		{"led in by a colon", `The mayor made her position clear: “Because the pier is closed, we will move the festival to the park.”`,
			[]string{`The mayor made her position clear`, `Because the pier is closed, we will move the festival to the park`}},
		{"led in by a colon", `Voss added in her letter to the council: "The ferry will not sail on Monday."`, []string{`The ferry will not sail on Monday`}},
		{"led in by a colon", `The captain wrote that the crew had other plans: "We sail at noon from the north pier."`,
			[]string{`the crew had other plans`, `We sail at noon from the north pier`}},
		{"told of the speaker", `Ruth Amadi, the harbour master since 2019, said the ferry was safe.`, []string{`Ruth Amadi, the harbour master since 2019`, `the ferry was safe`}},
		{"told of the speaker", `“The ferry is safe,” said Ruth Amadi, who was elected in 2019.`, []string{`The ferry is safe`, `who was elected in 2019`}},
		{"told of the speaker", `Ruth Amadi, 68, said the ferry was safe.`, []string{`Ruth Amadi, 68`, `the ferry was safe`}},
		{"reporting verb with a deed", `President Vale agreed on Friday to reopen the harbour for three weeks while talks continued over the toll, backing down after a long strike.`,
			[]string{`President Vale agreed on Friday to reopen the harbour for three weeks`, `while talks continued over the toll`, `backing down after a long strike`}},
		{"reporting verb with a deed", `Union leaders called Monday for the minister to cancel the tender after the police arrested two of its owners.`,
			[]string{`Union leaders called Monday for the minister to cancel the tender`, `after the police arrested two of its owners`}},
		{"reporting verb with a deed", `Some senators are now calling for a veto, but they cite "inaccurate" information about the toll.`,
			[]string{`Some senators are now calling for a veto`, `they cite "inaccurate" information about the toll`}},
		{"reporting verb with a deed", `The clerk told the council about the missing letters, saying it had waited too long.`,
			[]string{`The clerk told the council about the missing letters`, `it had waited too long`}},
		{"reporting verb alone", `“We will sail,” Ms. Amadi said at the rally, her first in the town.`, []string{`We will sail`}},
		{"second reported clause", `Mr. Vale said that he would rely on the harbour staff for advice and that he intended to keep the ferry.`,
			[]string{`he would rely on the harbour staff for advice`, `he intended to keep the ferry`}},
		{"second reported clause", `The fund's director says that it has not changed its rules, though a senior clerk at the fund said it is open to a longer term.`,
			[]string{`it has not changed its rules`, `it is open to a longer term`}},
		{"that behind a word", `His lawyer said then that the senator intended to cooperate fully.`, []string{`the senator intended to cooperate fully`}},
		{"list before a noun", `The council's landmark road safety, zoning rights and ethics reform bill passed the assembly on Friday.`,
			[]string{`The council's landmark road safety, zoning rights and ethics reform bill passed the assembly on Friday`}},
		{"short quotation", `The mayor called Mr. Lind a “farmer from Ohio who never went to school” in her speech to the union of teachers, which met on Monday in the old town hall by the harbour.`,
			[]string{`The mayor called Mr. Lind a “farmer from Ohio who never went to school” in her speech to the union of teachers`, `which met on Monday in the old town hall by the harbour`}},
		{"clause that a quotation runs into", `The clerk said she had “never decided” to go, and that there was “no proof” of a leak in the letter.`,
			[]string{`she had “never decided” to go`, `there was “no proof” of a leak in the letter`}},
		{"clause that a quotation runs into", `The firm said in a statement that “all of its user accounts were affected” by the theft.`,
			[]string{`all of its user accounts were affected” by the theft`}},
		{"charges", `A grand jury in Dover indicted the Coles on charges of filing false campaign finance records.`,
			[]string{`A grand jury in Dover indicted the Coles`, `on charges of filing false campaign finance records`}},
		{"charges", `She was indicted on charges of filing false campaign finance records.`,
			[]string{`She was indicted on charges of filing false campaign finance records`}},
		{"second view", `Mr. Lind viewed the withdrawal as abandoning the small ports and other northern towns, and as ceding the coast to Norway and Iceland.`,
			[]string{`Mr. Lind viewed the withdrawal as abandoning the small ports and other northern towns`, `as ceding the coast to Norway and Iceland`}},
		{"opening phrase with a clause", `In a significant move that is intended to enhance border security and law enforcement collaboration, U.S. Homeland Security Secretary Ana Cole and Norwegian Foreign Minister Ruth Amadi signed a statement on March 27.`,
			[]string{`In a significant move`, `that is intended to enhance border security and law enforcement collaboration`,
				`U.S. Homeland Security Secretary Ana Cole and Norwegian Foreign Minister Ruth Amadi signed a statement on March 27`}},
		{"part of a campaign", `The minister met the mayor of Dover as part of a campaign against the toll in the north.`,
			[]string{`The minister met the mayor of Dover`, `as part of a campaign against the toll in the north`}},
		{"name behind its description", `A former diver in the navy, Mr. Lind was first elected in 2008.`,
			[]string{`A former diver in the navy, Mr. Lind`, `Mr. Lind was first elected in 2008`}},
		{"word with hyphens", `The council said it would make changes to the Trans-Pacific trade pact and that the mayor was native-born.`,
			[]string{`it would make changes to the Trans-Pacific trade pact`, `the mayor was native-born`}},
		{"word with hyphens", `She called back her son-in-law and senior adviser for an interview.`, []string{`She called back her son-in-law and senior adviser for an interview`}},
		{"order", `Gov. Ana Cole on Wednesday urged state lawmakers to change a controversial religious freedom bill sent to her desk a day earlier, in the face of criticism that it could allow businesses and others to discriminate based on sexual orientation.`,
			[]string{`Gov. Ana Cole on Wednesday urged state lawmakers to change a controversial religious freedom bill sent to her desk a day earlier, in the face of criticism that it could allow businesses and others to discriminate based on sexual orientation`}},
		{"that behind a word", `Mr. Vale, the director of the harbour, conceded for the first time that the secret plan existed.`,
			[]string{`Mr. Vale, the director of the harbour`, `the secret plan existed`}},
		{"adjective with an infinitive", `The new school is fit to serve as a shelter for four hundred people.`, []string{`The new school is fit to serve as a shelter for four hundred people`}},
		{"measure", `The second-term senator praised the plan.`, []string{`The second-term senator`, `The second-term senator praised the plan`}},
		{"measure", `The second-hand ferry sank in May.`, []string{`The second-hand ferry sank in May`}},
		{"distance in time", `The mayor left on Friday, a day after the clerk resigned.`, []string{`The mayor left on Friday`, `a day after the clerk resigned`}},
		{"led in by a colon", `The council has one word for it: “theft”.`, []string{`The council has one word for it: “theft”`}},
		{"coordination", `The police detect and deter crime.`, []string{`The police detect and deter crime`}},
		{"coordination", `The company closed two plants, fired 300 workers and sold its fleet.`, []string{`The company closed two plants`, `fired 300 workers`, `sold its fleet`}},
		{"coordination", `The council raised the tax but kept the subsidy for farmers.`, []string{`The council raised the tax`, `kept the subsidy for farmers`}},
		{"coordination", `The pair sang, danced and laughed.`, []string{`The pair sang, danced and laughed`}},
		{"coordination", `Ana Cole resigned in May, and her deputy took over in June.`, []string{`Ana Cole resigned in May`, `her deputy took over in June`}},
		{"coordination", `The judge did not fine the company but warned its owner.`, []string{`The judge did not fine the company`, `warned its owner`}},
		{"relative clause", `The minister visited the ferry, which carried 300 passengers.`, []string{`The minister visited the ferry`, `which carried 300 passengers`}},
		{"relative clause", `The mayor, who was elected in 2019, opposed the loan.`, []string{`The mayor, who was elected in 2019, opposed the loan`, `who was elected in 2019`}},
		{"relative clause", `The man who built the bridge died on Monday.`, []string{`The man who built the bridge died on Monday`, `who built the bridge`}},
		{"relative clause", `The town sold the ferry, whose engine had failed twice in March.`, []string{`The town sold the ferry`, `whose engine had failed twice in March`}},
		{"relative clause", `The firm moved to Ohio, where it built a new plant.`, []string{`The firm moved to Ohio`, `where it built a new plant`}},
		{"relative clause", `The loan, which the council approved in May, costs $4 million.`, []string{`The loan, which the council approved in May, costs $4 million`, `which the council approved in May`}},
		{"participle", `The ferry struck the pier on Tuesday, injuring 14 people.`, []string{`The ferry struck the pier on Tuesday`, `injuring 14 people`}},
		{"participle", `The company, founded in 1931, makes engines.`, []string{`The company, founded in 1931, makes engines`, `founded in 1931`}},
		{"participle", `Police arrested a man suspected of shooting the officer.`, []string{`Police arrested a man suspected of shooting the officer`}},
		{"participle", `The plan, backed by two unions, failed on Monday.`, []string{`The plan, backed by two unions, failed on Monday`, `backed by two unions`}},
		{"adverbial clause", `The ferry sank after it struck a rock near the coast.`, []string{`The ferry sank`, `after it struck a rock near the coast`}},
		{"adverbial clause", `While the mayor was abroad, the council sold the library.`, []string{`While the mayor was abroad`, `the council sold the library`}},
		{"adverbial clause", `The ferry will not sail if the wind rises above 60 knots.`, []string{`The ferry will not sail if the wind rises above 60 knots`}},
		{"adverbial clause", `Although the court rejected the appeal, the firm paid the fine.`, []string{`Although the court rejected the appeal`, `the firm paid the fine`}},
		{"adverbial clause", `She resigned because the board had ignored her warnings.`, []string{`She resigned because the board had ignored her warnings`}},
		{"apposition", `Mr. Lind, 68, will leave in May.`, []string{`Mr. Lind, 68`, `Mr. Lind, 68, will leave in May`}},
		{"apposition", `Ana Cole, a former senator from Ohio, criticized the deal.`, []string{`Ana Cole, a former senator from Ohio`, `Ana Cole, a former senator from Ohio, criticized the deal`}},
		{"apposition", `The harbour master, Oren Vale, closed the pier.`, []string{`The harbour master, Oren Vale, closed the pier`}},
		{"apposition", `Rep. Ana Cole (D-Ohio) voted against the bill.`, []string{`Rep. Ana Cole (D-Ohio)`, `Rep. Ana Cole (D-Ohio) voted against the bill`}},
		{"apposition", `Sen. Ana Cole, R-Texas, voted against the bill.`, []string{`Sen. Ana Cole, R-Texas`, `Sen. Ana Cole, R-Texas, voted against the bill`}},
		{"measure", `The 92-year-old was found near the lake.`, []string{`The 92-year-old was found near the lake`}},
		{"measure", `Police questioned the 34-year-old driver on Monday.`, []string{`Police questioned the 34-year-old driver on Monday`, `the 34-year-old driver`}},
		{"measure", `The 48-page report blames the crew.`, []string{`The 48-page report`, `The 48-page report blames the crew`}},
		{"measure", `The crew was blamed in a 48-page report.`, []string{`The crew was blamed in a 48-page report`, `a 48-page report`}},
		{"reporting frame", `Officials said that 12 people were killed in the attack.`, []string{`12 people were killed in the attack`}},
		{"reporting frame", `Police said they arrested a man near the station.`, []string{`they arrested a man near the station`}},
		{"reporting frame", `The bridge was closed after the storm, the mayor said.`, []string{`The bridge was closed after the storm`}},
		{"reporting frame", `The repairs cost $4 million, according to Ruth Amadi.`, []string{`The repairs cost $4 million`}},
		{"reporting frame", `According to the indictment, the pair spent $200,000 on trips.`, []string{`the pair spent $200,000 on trips`}},
		{"reporting frame", `The ferry was unsafe, the Ansel Post reported on Monday.`, []string{`The ferry was unsafe`}},
		{"reporting frame", `“The pier was unsafe,” the mayor told reporters on Friday.`, []string{`The pier was unsafe`}},
		{"reporting frame", `The mayor said the pier was “unsafe and badly built.”`, []string{`the pier was “unsafe and badly built.”`}},
		{"reporting frame", `The mayor told the Ansel Post that the pier was unsafe, and that repairs would begin in May.`, []string{`the pier was unsafe`, `repairs would begin in May`}},
		{"reporting frame", `She confirmed in a statement that the council had sold the ferry.`, []string{`the council had sold the ferry`}},
		{"reporting frame", `The mayor added: “We will rebuild it in a year.”`, []string{`We will rebuild it in a year`}},
		{"reporting frame", `Prosecutors allege that the pair took $2 million from the fund.`, []string{`the pair took $2 million from the fund`}},
		{"list", `The pair used the money to pay for trips to Italy, school fees and a car for their son.`, []string{`The pair used the money to pay for trips to Italy`, `school fees`, `a car for their son`}},
		{"list", `The crash killed three teachers from Ohio, two drivers from Texas and a nurse from Maine.`, []string{`The crash killed three teachers from Ohio`, `two drivers from Texas`, `a nurse from Maine`}},
		{"list", `The shop sells bread, milk and eggs.`, []string{`The shop sells bread, milk and eggs`}},
		{"list", `They were charged with taking $250,000 from the fund and filing false records.`, []string{`They were charged with taking $250,000 from the fund`, `filing false records`}},
		{"list", `The minister met the mayor of Port Ansel and the head of the harbour union of the north coast.`, []string{`The minister met the mayor of Port Ansel and the head of the harbour union of the north coast`}},
		{"circumstance", `The minister resigned on Monday after a two-year inquiry into her fund.`, []string{`The minister resigned on Monday`, `after a two-year inquiry into her fund`}},
		{"circumstance", `The talks opened in Geneva on Monday amid growing anger over the strike.`, []string{`The talks opened in Geneva on Monday`, `amid growing anger over the strike`}},
		{"circumstance", `With help from two unions, Ana Cole won the seat.`, []string{`With help from two unions`, `Ana Cole won the seat`}},
		{"circumstance", `She won the seat with 48 percent of the vote.`, []string{`She won the seat`, `with 48 percent of the vote`}},
		{"circumstance", `In May the council sold the ferry.`, []string{`In May the council sold the ferry`}},
		{"circumstance", `In a letter to the two unions, the mayor promised a new pier.`, []string{`In a letter to the two unions`, `the mayor promised a new pier`}},
		{"circumstance", `The minister met with the two unions on Monday.`, []string{`The minister met with the two unions on Monday`}},
		{"purpose", `The mayor invited the unions to Geneva to discuss the terms of a new contract for drivers.`, []string{`The mayor invited the unions to Geneva to discuss the terms of a new contract for drivers`}},
		{"purpose", `The company agreed to sell the ferry.`, []string{`The company agreed to sell the ferry`}},
		{"purpose", `The mayor signed a plan to close the old pier.`, []string{`The mayor signed a plan to close the old pier`}},
		{"several at once", `The deal, which was signed in May by the two ministers in Geneva after long talks, ended the strike.`, []string{`which was signed in May by the two ministers in Geneva after long talks`, `ended the strike`}},
		{"several at once", `The union called a strike — a step that cost the port $4 million.`, []string{`The union called a strike`, `a step that cost the port $4 million`}},
		{"headline", `Council Closes Harbour Bridge After Storm`, []string{`Council Closes Harbour Bridge After Storm`}},
		{"headline", `Judge to Lead Inquiry Into Ferry Crash`, []string{`Judge to Lead Inquiry Into Ferry Crash`}},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			got := []string{}
			body := []rune(c.text)
			for _, claim := range e.Extract(Article{ID: "a", Source: "Post", Text: ReadText(c.text, "")}) {
				got = append(got, claim.Exact)
				if at := string(body[claim.Start:claim.End]); at != claim.Exact {
					t.Errorf("offsets give %q, not %q", at, claim.Exact)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s:\n%s", c.construction, diff)
			}
		})
	}
}

// TestClaimText holds what a claim reads as alone, added words in brackets.
func TestClaimText(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct{ text, exact, want string }{
		{"The minister visited the ferry, which carried 300 passengers.", "which carried 300 passengers", "[the ferry] carried 300 passengers"},
		{"The mayor, who was elected in 2019, opposed the loan.", "who was elected in 2019", "[The mayor] was elected in 2019"},
		{"The loan, which the council approved in May, costs $4 million.", "which the council approved in May", "[The loan] which the council approved in May"},
		{"The charges focus on a health food shop he owned in the Bay Ridge section of Brooklyn.", "he owned in the Bay Ridge section of Brooklyn",
			"[a health food shop] he owned in the Bay Ridge section of Brooklyn"},
		{"The firm moved to Ohio, where it built a new plant.", "where it built a new plant", "[Ohio] where it built a new plant"},
		{"She won the seat with 48 percent of the vote.", "with 48 percent of the vote", "[She won the seat] with 48 percent of the vote"},
		{"With help from two unions, Ana Cole won the seat.", "With help from two unions", "With help from two unions [Ana Cole won the seat]"},
		{"The crash killed three teachers from Ohio, two drivers from Texas and a nurse from Maine.", "two drivers from Texas", "[The crash killed] two drivers from Texas"},
		{"They were charged with taking $250,000 from the fund and filing false records.", "filing false records", "[They were charged with] filing false records"},
		{"Ana Cole resigned in May, and her deputy took over in June.", "her deputy took over in June", "[Ana Cole’s] deputy took over in June"},
		{"Ana Cole and her deputy left in June.", "Ana Cole and her deputy left in June", "Ana Cole and her deputy left in June"},
		{"Rep. Oren Vale voted on Monday. The congressman left early.", "The congressman left early", "[Oren Vale] left early"},
		{"Rep. Oren Vale met Rep. Tim Lund on Monday. The congressman left early.", "The congressman left early", "The congressman left early"},
		{"Ruth Amadi, 47, was at the pier. The 47-year-old spoke to the crew.", "The 47-year-old spoke to the crew", "[Ruth Amadi] spoke to the crew"},
		{"The Harbour Department issued a rule on Monday. It applies to all ferries.", "It applies to all ferries", "[Harbour Department] applies to all ferries"},
		{"The documents arrived on Monday. They blame the crew for the crash.", "They blame the crew for the crash", "They blame the crew for the crash"},
		{"Officials from both sides met on Monday. They agreed on a loan.", "They agreed on a loan", "[Officials from both sides] agreed on a loan"},
		{"Ana Cole and Ruth Amadi met in May. They signed a letter.", "They signed a letter", "[Ana Cole and Ruth Amadi] signed a letter"},
		{"“We will rebuild it,” said Mayor Ruth Amadi.", "We will rebuild it", "[Ruth Amadi:] We will rebuild it"},
	} {
		found := false
		for _, got := range e.Extract(Article{ID: "a", Source: "Post", Text: ReadText(c.text, "")}) {
			if got.Exact != c.exact {
				continue
			}
			found = true
			if got.Text != c.want {
				t.Errorf("%q reads %q, want %q", c.exact, got.Text, c.want)
			}
		}
		if !found {
			t.Errorf("%q: no claim %q in %q", c.text, c.exact, exacts(e, c.text))
		}
	}
}

// An organisation's short form in brackets is its name from there on.
func TestAbbreviations(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	text := "The Harbour Safety Board (HSB) closed the pier on Monday. HSB said the pier was unsafe."
	for _, c := range e.Extract(Article{ID: "a", Source: "Post", Text: ReadText(text, "")}) {
		if c.Exact == "the pier was unsafe" {
			if c.Speaker == nil || *c.Speaker != "Harbour Safety Board" {
				t.Errorf("speaker %v, want Harbour Safety Board", c.Speaker)
			}
			return
		}
	}
	t.Errorf("no claim in %q", exacts(e, text))
}

// A run of marks longer than any sentence leaves nothing to read.
func TestSentenceWithoutWords(t *testing.T) {
	t.Parallel()
	if got := exacts(testEngine(t), strings.Repeat("]", longestSentence+1)); len(got) > 0 {
		t.Errorf("claims %q", got)
	}
}
