package claims

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// attributionCases hold a text and what it attributes: "rung | speaker | content",
// in the order of the text. The content is an exact passage.
var attributionCases = []struct {
	name, text string
	want       []string
}{
	{"speaker behind", `The bridge is safe, Mayor Anna Berg said on Friday.`, []string{"paraphrased | Anna Berg | The bridge is safe"}},
	{"led in by a colon", `Mayor Anna Berg was furious: "The company has cancelled 40 sailings this year."`,
		[]string{`quoted | Anna Berg | "The company has cancelled 40 sailings this year."`}},
	{"speaker before", `Mayor Anna Berg said on Friday that the bridge was safe.`, []string{"paraphrased | Anna Berg | that the bridge was safe"}},
	{"speaker inside", `The bridge, Mayor Anna Berg said on Friday, is safe for cars and lorries.`,
		[]string{"paraphrased | Anna Berg | The bridge, Mayor Anna Berg said on Friday, is safe for cars and lorries"}},
	{"inverted", `"It was dark," said Peter Lind, a driver.`, []string{`quoted | Peter Lind | "It was dark,"`}},
	{"according before", `According to Mayor Anna Berg, the bridge is safe for cars and lorries.`,
		[]string{"paraphrased | Anna Berg | the bridge is safe for cars and lorries"}},
	{"according behind", `The bridge is safe for cars and lorries, according to the city's engineers.`,
		[]string{"paraphrased | the city's engineers | The bridge is safe for cars and lorries"}},
	{"as she put it", `Prices will fall by the end of the year, as the minister put it.`,
		[]string{"paraphrased | the minister | Prices will fall by the end of the year"}},
	{"accusation", `The minister accused the company of hiding a report.`, []string{"paraphrased | The minister | the company of hiding a report"}},
	{"denial", `The owner, Peter Lind, denied that the brakes had failed.`, []string{"paraphrased | Peter Lind | that the brakes had failed"}},
	{"who is told does not tell", `Peter Lind was told that the brakes had failed.`, []string{"officials |  | that the brakes had failed"}},
	{"police", `Police said two men were arrested near the harbour.`, []string{"officials | Police | two men were arrested near the harbour"}},
	{"unnamed", `Two people familiar with the talks said the deal could collapse.`, []string{"officials | Two people familiar with the talks | the deal could collapse"}},
	{"unnamed behind", `The deal is close, sources said.`, []string{"officials | sources | The deal is close"}},
	{"told to an outlet", `Sources told Reuters that the deal was close.`, []string{"officials | Sources | that the deal was close"}},
	{"pronoun", `Anna Berg opened the bridge on Friday. "It is a proud day," she said.`, []string{`quoted | Anna Berg | "It is a proud day,"`}},
	{"two pronouns", `Peter Lind met the mayor, Anna Berg, on Friday. He said the work would take a year. She said it should be faster.`,
		[]string{"paraphrased | Peter Lind | the work would take a year", "paraphrased | Anna Berg | it should be faster"}},
	{"surname", `Dr. Maria Lopez runs the clinic. Lopez said the beds were full.`, []string{"paraphrased | Maria Lopez | the beds were full"}},
	{"courtesy", `Mr. Lind said the road was closed. Ms. Berg said it was open.`,
		[]string{"paraphrased | Lind | the road was closed", "paraphrased | Berg | it was open"}},
	{"title", `Senator Maria Lopez voted against the bill on Tuesday. The senator called it "a gift to the banks."`,
		[]string{`quoted | Maria Lopez | "a gift to the banks."`}},
	{"title behind the name", `Anna Berg, the mayor of the town, opened the bridge. The mayor said it had cost too much.`,
		[]string{"paraphrased | Anna Berg | it had cost too much"}},
	{"title before a comma", `The chairman, Jan Holm, met workers. "Nobody will lose a job," the chairman said.`,
		[]string{`quoted | Jan Holm | "Nobody will lose a job,"`}},
	{"title of two people", `Senator Maria Lopez and Senator Jan Holm spoke. The senator said it was late.`,
		[]string{"paraphrased | The senator | it was late"}},
	{"the lawyer speaks on", `Peter Lind's lawyer, Jan Holm, said the case was weak. "They have nothing," he said.`,
		[]string{"paraphrased | Jan Holm | the case was weak", `quoted | Jan Holm | "They have nothing,"`}},
	{"named in the quotation", `"The mayor should ask Peter Lind," Jan Holm said. He said the road was closed.`,
		[]string{`quoted | Jan Holm | "The mayor should ask Peter Lind,"`, "paraphrased | Jan Holm | the road was closed"}},
	{"another subject since", `Jan Holm said the bridge was safe. Peter Lind disagreed. "It shakes every day," he said.`,
		[]string{"paraphrased | Jan Holm | the bridge was safe", `quoted | Peter Lind | "It shakes every day,"`}},
	{"who is told is not who speaks", `Anna Berg told Maria Lopez that the bridge was closed. "We had no choice," she said.`,
		[]string{"paraphrased | Anna Berg | that the bridge was closed", `quoted | Anna Berg | "We had no choice,"`}},
	{"relative pronoun", `The judge met the teachers, who said that the case was closed.`, []string{"paraphrased | the teachers | that the case was closed"}},
	{"several sentences", `"The bridge is safe," the mayor, Anna Berg, said on Friday. "We checked it twice."`,
		[]string{`quoted | Anna Berg | "The bridge is safe," the mayor, Anna Berg, said on Friday. "We checked it twice."`}},
	{"broken sentence", `“We heard one shot,” Lind said, “and then a second.”`, []string{"quoted | Lind | “We heard one shot,” Lind said, “and then a second.”"}},
	{"open quotation runs on", "\"It was dark,\" said Peter Lind, a driver. \"I saw nothing.\n\n\"Then I heard a crash. I called the police.\"",
		[]string{"quoted | Peter Lind | \"It was dark,\" said Peter Lind, a driver. \"I saw nothing.\n\n\"Then I heard a crash. I called the police.\""}},
	{"quotation alone in a paragraph", "\"I saw it,\" Anna Berg said.\n\n\"It was a grey car.\"\n\nPeter Lind, who stood beside her, left.",
		[]string{"quoted | Anna Berg | \"I saw it,\" Anna Berg said.\n\n\"It was a grey car.\""}},
	{"answer to a question", "\"Did you see it?\" asked Anna Berg.\n\n\"I saw it.\"", []string{`quoted | Anna Berg | "Did you see it?"`}},
	{"next paragraph has its own cue", "\"It was dark,\" said Peter Lind, a driver. \"I saw nothing.\"\n\n\"Then I heard a crash,\" he added.",
		[]string{`quoted | Peter Lind | "It was dark," said Peter Lind, a driver. "I saw nothing."`, `quoted | Peter Lind | "Then I heard a crash,"`}},
	{"archive marks", `''The cables are new,'' Berg said, ''and they will hold.''`,
		[]string{"quoted | Berg | ''The cables are new,'' Berg said, ''and they will hold.''"}},
	{"brackets and ellipsis", `“The cables [of 2019] are new,” Berg said. “They will hold … for decades.”`,
		[]string{"quoted | Berg | “The cables [of 2019] are new,” Berg said. “They will hold … for decades.”"}},
	{"nested quotation", `“You might ask, ‘Who pays?’ ” Lopez said. “We all do.”`, []string{"quoted | Lopez | “You might ask, ‘Who pays?’ ” Lopez said. “We all do.”"}},
	{"quoted words in a paraphrase", `Lopez said the vote was "a farce" and that she would sue.`,
		[]string{`paraphrased | Lopez | the vote was "a farce" and that she would sue`}},
	{"three scraps", `It rained. The vote was "a farce," "a circus" and "a shame," Lopez said.`,
		[]string{`paraphrased | Lopez | The vote was "a farce," "a circus" and "a shame,"`}},
	{"speech inside speech", `Holm said the minister had told him the road was closed.`, []string{"paraphrased | Holm | the minister had told him the road was closed"}},
	{"colon", `Lopez wrote on Twitter: "The law is dead."`, []string{`quoted | Lopez | "The law is dead."`}},
	{"dateline", `BERLIN (AP) — Germany will send doctors, the health minister said.`, []string{"paraphrased | the health minister | Germany will send doctors"}},
	{"participle", `"The law is dead," Lopez said, adding that the vote would not be repeated.`,
		[]string{`quoted | Lopez | "The law is dead,"`, "paraphrased | Lopez | that the vote would not be repeated"}},
	{"question", `Lopez asked whether the bank had known about the loans.`, []string{"paraphrased | Lopez | whether the bank had known about the loans"}},
	{"statement", `In a statement, the airline said that all passengers were safe.`, []string{"paraphrased | the airline | that all passengers were safe"}},
	{"belief", `Engineers believe the cables will hold for ten years.`, []string{"paraphrased | Engineers | the cables will hold for ten years"}},
	{"wish", `Lopez wants to raise the tax on sugar.`, []string{"paraphrased | Lopez | to raise the tax on sugar"}},
	{"promise", `Lind apologized for the delay and promised that the bridge would open in May.`,
		[]string{"paraphrased | Lind | that the bridge would open in May"}},
	{"document", `The report found that 14 of the 20 pumps had failed.`, []string{"officials | The report | that 14 of the 20 pumps had failed"}},
	{"noun", `Lopez repeated her claim that the mine was empty.`, []string{"paraphrased | Lopez | that the mine was empty"}},
	{"own voice", `The river rose by two metres on Sunday and flooded 40 houses.`, nil},
	{"own voice with a risk", `There is a risk that the dam will burst.`, nil},
}

func TestAttributions(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range attributionCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := ReadText(c.text, "")
			var got []string
			for _, a := range e.Attributions(text) {
				got = append(got, fmt.Sprintf("%s | %s | %s", a.Rung, a.Speaker, a.Content.Exact))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s\ngot  %s\nwant %s", c.text, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
			}
		})
	}
}

// checkAttributions says what is wrong with the attributions of a text: passages
// that are not where they say, or contents that overlap.
func checkAttributions(body string, as []Attributed) error {
	runes := []rune(body)
	end := 0
	for _, a := range as {
		for _, p := range []Passage{a.Content, a.Cue, a.Source} {
			if p.Start < 0 || p.End > len(runes) || p.Start > p.End || string(runes[p.Start:p.End]) != p.Exact {
				return fmt.Errorf("passage %+v is not in the text", p)
			}
		}
		if a.Content.Exact == "" || a.Cue.Exact == "" {
			return fmt.Errorf("%+v has no content or no cue", a)
		}
		if a.Content.Start < end {
			return fmt.Errorf("%+v overlaps the one before", a)
		}
		end = a.Content.End
	}
	return nil
}

// TestAttributionsOfManyTexts asserts the promises of Attributions on the texts of
// the cases, put one behind the other: offsets are code points.
func TestAttributionsOfManyTexts(t *testing.T) {
	t.Parallel()
	var all []string
	for _, c := range attributionCases {
		all = append(all, c.text, "Die Brücke – „sicher“ – ist offen.")
	}
	text := ReadText(strings.Join(all, "\n\n"), "")
	as := testEngine(t).Attributions(text)
	if len(as) < len(attributionCases)/2 {
		t.Errorf("%d attributions", len(as))
	}
	if err := checkAttributions(text.Body, as); err != nil {
		t.Error(err)
	}
}

// FuzzAttributions asserts the promises of Attributions on any text.
func FuzzAttributions(f *testing.F) {
	for _, c := range attributionCases {
		f.Add(c.text)
	}
	f.Add("“\n\n“”: said \"''\"\" he, he said,")
	e := testEngine(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 4000 {
			t.Skip()
		}
		text := ReadText(s, "")
		if err := checkAttributions(text.Body, e.Attributions(text)); err != nil {
			t.Fatal(err)
		}
	})
}

// TestClaimsTakeTheirSpeaker asserts that a claim has the speaker and the rung of
// the speech that it is part of.
func TestClaimsTakeTheirSpeaker(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct{ text, exact, speaker, rung string }{
		{`Prices will fall by the end of the year, as the minister put it.`, "Prices will fall by the end of the year", "the minister", "paraphrased"},
		{`Peter Lind's lawyer, Jan Holm, said the case was weak. "They have no witness against my client," he said.`,
			"They have no witness against my client", "Jan Holm", "quoted"},
		{`Senator Maria Lopez voted on Tuesday. "The banks will earn a fortune," the senator said.`,
			"The banks will earn a fortune", "Maria Lopez", "quoted"},
		{"\"We checked the bridge in May,\" Anna Berg said.\n\n\"The cables were replaced in June.\"",
			"The cables were replaced in June", "Anna Berg", "quoted"},
		{`Engineers built the bridge in 1950.`, "Engineers built the bridge in 1950", "", "own"},
	} {
		found := false
		for _, got := range e.Extract(Article{ID: "a", Text: ReadText(c.text, "")}) {
			if got.Exact != c.exact {
				continue
			}
			found = true
			speaker := ""
			if got.Speaker != nil {
				speaker = *got.Speaker
			}
			if speaker != c.speaker || string(got.Attribution) != c.rung {
				t.Errorf("%q: %s by %q, want %s by %q", c.exact, got.Attribution, speaker, c.rung, c.speaker)
			}
		}
		if !found {
			t.Errorf("%q is no claim of %q", c.exact, c.text)
		}
	}
}

func TestLoadCuesNamesTheBrokenLine(t *testing.T) {
	t.Parallel()
	if w, err := loadCues("key say.v\t140\n"); err != nil || w["key say.v"] != 1.4 {
		t.Errorf("%v, %v", w, err)
	}
	if _, err := loadCues("key say.v\t140\nkey tell.v 9\n"); err == nil || !strings.Contains(err.Error(), "tell.v") {
		t.Errorf("got %v", err)
	}
}
