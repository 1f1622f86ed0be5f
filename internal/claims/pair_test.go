package claims

import "testing"

// comparePairs holds a pair for each rule of [Engine.Compare], with the kind of the
// first difference, empty where a tells b or does not tell it.
var comparePairs = []struct {
	rule, a, b string
	want       Relation
	kind       Kind
}{
	{"other weekday", "The council met in the town hall on Monday.", "The council met in the town hall on Friday.", RelDiverge, KindTime},
	{"other year", "The bridge at Norby was first opened in 1990.", "The bridge at Norby was first opened in 1994.", RelDiverge, KindTime},
	{"day and weekday", "The results appear in a journal that was published online today.", "The results appear in a journal that was published online Monday.", RelAgree, ""},
	{"other count", "The landslide buried 12 houses in the valley.", "The landslide buried 21 houses in the valley.", RelDiverge, KindNumber},
	{"one hedge, other counts", "The author has written over 40 books for children.", "The author has written over 45 books for children.", RelDiverge, KindNumber},
	{"spelled number", "The landslide buried 12 houses in the valley.", "The landslide buried twelve houses in the valley.", RelAgree, ""},
	{"other country", "The pilot landed the damaged plane in Norway.", "The pilot landed the damaged plane in Sweden.", RelDiverge, KindPlace},
	{"place and what holds it", "The pilot landed the damaged plane in Texas.", "The pilot landed the damaged plane in the United States.", RelAgree, ""},
	{"other person", "Helen Marsh scored from the spot after six minutes.", "Anita Cole scored from the spot after six minutes.", RelDiverge, KindName},
	{"names of two kinds", "Real Madrid drew 0-0 with Leeds in the cup on Tuesday.", "Malaga drew 0-0 with Leeds in the cup on Tuesday.", RelDiverge, KindName},
	{"a name at the start that looks like a noun", "Reuters has seen a copy of the letter to the court.", "Bloomberg has seen a copy of the letter to the court.", RelDiverge, KindName},
	{"a noun at the start", "Traders backed the plan for a new port in the bay.", "Dealers backed the plan for a new port in the bay.", RelAgree, ""},
	{"a day beside a name with a day", "The drawing stood on the cover of the Saturday Evening Post on May 29.", "The drawing stood on the cover of the Saturday Evening Post on June 14.", RelDiverge, KindTime},
	{"a short text with another day", "Hale will leave on January 1.", "Hale will leave on February 28.", RelDiverge, KindTime},
	{"a short text with another date", "The bridge opened on May 29, 1943.", "The bridge opened on June 14, 1946.", RelDiverge, KindTime},
	{"a short text with a part of another month", "Hale will step down at the end of March.", "Hale will step down in May.", RelDiverge, KindTime},
	{"a short text with a day that may be the other", "Hale resigned today.", "Hale resigned on Tuesday.", RelAgree, ""},
	{"a short text with and without a day", "Hale spoke.", "Hale met nobody on Tuesday.", RelUnrelated, ""},
	{"opposite size", "The firm sells pumps for small farms and big estates in the north.", "The company sells pumps for medium farms and big estates in the north.", RelDiverge, KindScope},
	{"opposites in a short text", "The council backed the plan.", "The council blocked the plan.", RelDiverge, KindAction},
	{"other spelling", "Muqtada Halim addressed the crowd outside the main mosque.", "Moqtada Halim addressed the crowd outside the main mosque.", RelAgree, ""},
	{"initials", "The SEC opened an inquiry into the sale of the shares.", "The Securities and Exchange Commission opened an inquiry into the sale of the shares.", RelAgree, ""},
	{"other trade", "Staff at the museum discovered the painting in a cellar.", "Visitors at the museum discovered the painting in a cellar.", RelDiverge, KindName},
	{"opposite verb", "The ministry will reduce the subsidy for small farms.", "The ministry will increase the subsidy for small farms.", RelDiverge, KindAction},
	{"other verb", "The museum discovered the painting in a cellar.", "The museum destroyed the painting in a cellar.", RelDiverge, KindAction},
	{"synonym", "The company's shares have tumbled after a weak forecast.", "The company's shares have plummeted after a weak forecast.", RelAgree, ""},
	{"several words reworded", "Staff are forced to delete the application from work devices and to report private ones.",
		"Staff are required to wipe the application from work devices and to declare private ones.", RelAgree, ""},
	{"negated verb", "The striker is not expected to stay at the club.", "The striker is expected to stay at the club.", RelDiverge, KindNegation},
	{"failed to", "The regulator inspected the reactor before the accident.", "The regulator failed to inspect the reactor before the accident.", RelDiverge, KindNegation},
	{"two ways to deny", "The firm did not disclose the leak to its clients.", "The firm failed to disclose the leak to its clients.", RelAgree, ""},
	{"denied opposite", "The jury found that the driver was not guilty of the crash.", "The jury found that the driver was innocent of the crash.", RelAgree, ""},
	{"without", "The dam was opened with a warning to the villages downstream.", "The dam was opened without a warning to the villages downstream.", RelDiverge, KindNegation},
	{"denied by a noun", "No survivors were found in the wreck of the ferry.", "Survivors were found in the wreck of the ferry.", RelDiverge, KindNegation},
	{"was to, and did", "The minister met the president on Thursday.", "The minister was to meet the president on Thursday.", RelDiverge, KindCertainty},
	{"is to, and will", "The bridge is to reopen on Monday.", "The bridge will reopen on Monday.", RelAgree, ""},
	{"planned or done", "The agents were sent to the border on Tuesday.", "The agents will be sent to the border on Tuesday.", RelDiverge, KindCertainty},
	{"allegedly", "The clerk took the money from the safe.", "The clerk allegedly took the money from the safe.", RelDiverge, KindCertainty},
	{"swapped roles", "Ashe beat Borg in the final of the spring championship.", "Borg beat Ashe in the final of the spring championship.", RelDiverge, KindName},
	{"swapped places", "The ferry line moved its office from Paris to Madrid in the spring.", "The ferry line moved its office from Madrid to Paris in the spring.", RelDiverge, KindPlace},
	{"list in another order", "Ashe and Borg met in the final of the spring championship.", "Borg and Ashe met in the final of the spring championship.", RelAgree, ""},
	{"all and some", "All members of the crew were rescued by helicopter.", "Some members of the crew were rescued by helicopter.", RelDiverge, KindScope},
	{"before and after", "The mayor resigned before the vote on the budget.", "The mayor resigned after the vote on the budget.", RelDiverge, KindTime},
	{"hyphen", "The panel drafted a non-binding list of priorities.", "The panel drafted a nonbinding list of priorities.", RelAgree, ""},
	{"a part of a longer text", "On 17 May 2005 the assembly passed, by 35 votes to 23, an amendment that lets women vote.", "The assembly passed an amendment.", RelAgree, ""},
	{"opposite in a longer text", "On 17 May the assembly of Kuwait passed, by 35 votes to 23, an amendment that would allow women to vote.",
		"The amendment on women was rejected by the assembly of Kuwait.", RelDiverge, KindAction},
	{"denied in a longer text", "Asked by reporters, the senators of that party do not have strong records in matters of trade, said a lobbyist.",
		"The senators of that party have strong records in matters of trade.", RelDiverge, KindNegation},
	{"who vouches", "“The talks will go on until Sunday,” the envoy said at a news conference in the capital.", "The talks will go on until Sunday.", RelAgree, ""},
	{"something else", "The typhoon made landfall between two Chinese cities.", "The strike of the teachers entered its third week.", RelUnrelated, ""},
}

func TestCompareByRule(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range comparePairs {
		got := e.Compare(c.a, c.b)
		kind := Kind("")
		if len(got.Differences) > 0 && got.Differences[0].Material {
			kind = got.Differences[0].Kind
		}
		if got.Relation != c.want || kind != c.kind {
			t.Errorf("%s: %s %s %+v, want %s %s", c.rule, got.Relation, kind, got.Differences, c.want, c.kind)
		}
	}
}

// A divergence does not depend on which statement comes first.
func TestCompareIsFair(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range comparePairs {
		one, two := e.Compare(c.a, c.b), e.Compare(c.b, c.a)
		if (one.Relation == RelDiverge) != (two.Relation == RelDiverge) || len(one.Differences) != len(two.Differences) {
			t.Errorf("%s: %s %+v, swapped %s %+v", c.rule, one.Relation, one.Differences, two.Relation, two.Differences)
			continue
		}
		for i, d := range one.Differences {
			if o := two.Differences[i]; d.Kind != o.Kind || d.Values[0] != o.Values[1] || d.Values[1] != o.Values[0] {
				t.Errorf("%s: %s %v, swapped %s %v", c.rule, d.Kind, d.Values, o.Kind, o.Values)
			}
		}
	}
}
