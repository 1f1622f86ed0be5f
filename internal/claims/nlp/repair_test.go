package nlp

import (
	"slices"
	"strings"
	"testing"
)

// What the parser gets wrong by itself and a rule mends.
func TestRepair(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       string // arcs that the tree must have
	}{
		{"subject of the auxiliary", `Cole asserted the inquiry was "politically motivated" because of her early support.`, "inquiry nsubj motivated"},
		{"that behind a noun", "She confirmed in a statement that prosecutors intended to file charges.", "intended ccomp confirmed"},
		{"past tense behind a comma", "A lawyer for Mr. Lind, Oren Vale of Amadi Cole, confirmed in a statement that prosecutors intended to file charges.",
			"confirmed ROOT confirmed; lawyer nsubj confirmed"},
		{"compound preposition", "The talks will focus on his conduct in connection with a shop in Ohio.", "with prep connection"},
		{"gerunds", "They were charged with converting $250,000 in campaign funds to personal use and filing false records.",
			"filing conj converting; records dobj filing"},
		{"list of three", "They used the money to pay for trips to Italy, school tuition, dental work and travel for a dozen relatives.",
			"tuition conj trips; work conj tuition; travel conj work; for prep travel"},
		{"list of joined adjectives", "They paid for vacations, school tuition, and even domestic and international travel for a dozen relatives.",
			"tuition conj vacations; travel conj tuition"},
		{"distance in time", "Jim Lind will be leaving, a day after Cole resigned over the plan.", "day npadvmod resigned"},
		{"name behind a day", "In his letter Thursday, Lind, 68, had said he would remain in his role.", "Lind nsubj said; 68 appos Lind"},
		{"party", "Rep. Ana Cole (D-Ohio) voted against the bill.", "D-Ohio appos Cole"},
		{"dash", "Lind won the caucus — a result that surprised his rivals.", "result appos caucus"},
		{"editor's brackets", "“[The minister] lied to this house,” she said.", "minister nsubj lied; lied ccomp said"},
		{"day before a verb", "The rules issued Thursday said the subsidies would reach all ferries.", "rules nsubj said; issued acl rules; Thursday npadvmod issued"},
		{"name behind a lawyer", "A lawyer for Mr. Lind, Oren Vale of Amadi Cole, confirmed the arrest.", "Vale appos lawyer"},
		{"prefix", "She said Friday that she will support a short-term spending bill to re-open the government, temporarily ending the dispute.", "government dobj open"},
		{"infinitive before a noun", "The Journal reported that policy chief Oren Vale is pushing the union to accept benefit cuts as part of a deal.",
			"accept xcomp pushing; cuts dobj accept"},
		{"for before a noun", "The council disputed the claim, noting that money for political campaigns would come from a surcharge.",
			"money nsubj come; for prep money; campaigns pobj for"},
		{"lost subject", "Since the disclosure that Mrs. Cole used the private account, a spokeswoman for the State Department has described the request from Mrs. Cole as routine.",
			"spokeswoman nsubj described"},
		{"perfect", "The mayor was beaten by a union-backed economics professor who had hammered him for raising the toll.", "hammered relcl professor; him dobj hammered"},
		{"name behind its description", "A former diver in the navy, Mr. Lind was first elected in 2008.", "diver appos Lind; Lind nsubjpass elected"},
		{"list in the opening phrase", "In a significant move that is intended to enhance border security and law enforcement collaboration, U.S. Homeland Security Secretary Ana Cole and Norwegian Foreign Minister Ruth Amadi signed a statement on March 27.",
			"collaboration conj security; Cole nsubj signed"},
		{"as well as", "Lind opposed the ban on transgender service members, as well as the use of torture in the interrogation of suspects.", "use conj ban"},
		{"having an adjective", "In the letter, Lind also wrote that he and Cole had differing views on Russian and Chinese authoritarianism.", "had ccomp wrote; he nsubj had; views dobj had"},
		{"perfect in a quotation", "The clerk said she had “never decided” to go.", "decided ccomp said; had aux decided"},
		{"reduced relative", "The charges focus on his conduct in connection with a health food shop he owned in the Bay Ridge section of Brooklyn.", "owned relcl shop"},
		{"whose", "Defense Secretary Jim Lind, whose experience and stability were widely seen as a balance to an unpredictable president, resigned Thursday in protest of the decision.",
			"Lind nsubj resigned; seen relcl Lind; experience nsubjpass seen"},
		{"saying goes on", "She and other Democrats disputed the claim that taxpayers will pay for campaigns, adding that the fund would pay.", "adding advcl disputed"},
		{"split phrase", "The mayor was soundly defeated on Tuesday by a Tea Party-backed economics professor who had hammered him for being insufficiently conservative.",
			"professor pobj by; economics compound professor"},
		{"typed dash", "The state of celebration -- where the wedding took place -- trumps the state of residency.", "trumps ROOT trumps"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := arcs(annotate(t, c.text))
			for want := range strings.SplitSeq(c.want, "; ") {
				if !slices.Contains(got, want) {
					t.Errorf("%s\nlacks %q in %q", c.text, want, got)
				}
			}
		})
	}
}

// Whatever the repairs do, the heads stay a tree with one root.
func TestRepairKeepsTrees(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"[", "[]", "[ ] and", "] said [", "and", "of and or", "A, B, and C (R-Ohio), who, which that and filing.",
		"trips to Italy, tuition, and and travel, or work and — the — a",
		"in connection with in exchange for that, and Vale later said that that", "-- -- said -- the",
	} {
		tokens := annotate(t, text)
		roots := 0
		for i := range tokens {
			if tokens[i].Head == i {
				roots++
			}
			h := i
			for range tokens {
				h = tokens[h].Head
			}
			if tokens[h].Head != h {
				t.Errorf("%q: token %d hangs in a circle", text, i)
			}
		}
		if len(tokens) > 0 && roots != 1 {
			t.Errorf("%q: %d roots", text, roots)
		}
	}
}
