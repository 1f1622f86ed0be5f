package claims

import (
	"context"
	"strings"
	"testing"
)

// wireText is an agency's report, in paragraphs.
const wireText = `A freight train carrying grain left the rails outside Tolvik early on Saturday, blocking the main line to the coast.

Nobody was hurt when nine wagons tipped over on a curve near the river, the rail authority said. The driver walked to a farm and called for help.

The line carries forty trains a day and feeds the export terminal at Sund. Crews expect to clear the wagons by Monday evening, and passengers were told to take buses.

“We heard a noise like thunder and then it was quiet,” farmer Odd Lien said.

The authority had planned to replace the track on the curve next spring, after an inspection last year found that the sleepers were worn.`

// otherText tells of the same accident and shares with it only what was said.
const otherText = `Nine wagons of a grain train overturned near Tolvik before dawn on Saturday.

Freight to the terminal at Sund stood still, and travellers had to change to buses, according to the rail authority. It hopes to have the track free again on Monday night.

“We heard a noise like thunder and then it was quiet,” said Odd Lien, who farms beside the river and gave the driver coffee.

Last year inspectors had called for new sleepers on that stretch.`

func paragraphs(text string, from, to int) string {
	return strings.Join(strings.Split(text, "\n\n")[from:to], "\n\n")
}

func at(s string) Published { p, _ := ParsePublished(s); return p }

// analyzed gives the report of articles by source and text.
func analyzed(t *testing.T, e *Engine, articles ...Article) Report {
	t.Helper()
	for i := range articles {
		articles[i].ID = articles[i].Source
	}
	r, err := e.Analyze(context.Background(), Story{ID: "s", Articles: articles}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCopiedArticlesHaveOneOrigin(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	lead := "A train accident near Tolvik has cut the region off from its harbour.\n\n"
	signed := "TOLVIK (Reuters) - " + wireText
	for _, c := range []struct {
		name string
		a, b Article
		want [2]string // the origins' names
		sure [2]bool
	}{
		{"two independent reports", Article{Source: "Post", Text: ReadText(wireText, "")}, Article{Source: "Daily", Text: ReadText(otherText, "")},
			[2]string{"Post", "Daily"}, [2]bool{false, false}},
		{"the earlier is the origin", Article{Source: "Post", Published: at("2031-05-04T10:00:00Z"), Text: ReadText(wireText, "")},
			Article{Source: "Daily", Published: at("2031-05-04T09:00:00Z"), Text: ReadText(lead+wireText, "")}, [2]string{"Daily", "Daily"}, [2]bool{true, false}},
		{"across zones", Article{Source: "Post", Published: at("2031-05-04T10:00:00+05:00"), Text: ReadText(wireText, "")},
			Article{Source: "Daily", Published: at("2031-05-04T09:00:00Z"), Text: ReadText(lead+wireText, "")}, [2]string{"Post", "Post"}, [2]bool{false, true}},
		{"a credit counts before the time", Article{Source: "Post", Published: at("2031-05-04"), Text: ReadText(signed, "")},
			Article{Source: "Daily", Published: at("2031-05-03"), Text: ReadText(wireText, "")}, [2]string{"Reuters", "Reuters"}, [2]bool{true, true}},
		{"without times the longer, which is not sure", Article{Source: "Post", Text: ReadText(paragraphs(wireText, 0, 3), "")},
			Article{Source: "Daily", Text: ReadText(wireText, "")}, [2]string{"Daily", "Daily"}, [2]bool{false, false}},
		{"one day tells nothing of the hour", Article{Source: "Post", Published: at("2031-05-04"), Text: ReadText(wireText, "")},
			Article{Source: "Daily", Published: at("2031-05-04T23:00:00Z"), Text: ReadText(lead+wireText, "")}, [2]string{"Daily", "Daily"}, [2]bool{false, false}},
		{"a source line names the other source by its address",
			Article{Source: "Tolvik Post", URL: "https://tolvik-post.example/train", Published: at("2031-05-04"), Text: ReadText(wireText, "")},
			Article{Source: "Daily", Text: ReadText(paragraphs(otherText, 0, 2)+"\n\nOriginal Source: tolvik-post.example", "")},
			[2]string{"Tolvik Post", "Tolvik Post"}, [2]bool{false, true}},
		{"two credits are both believed", Article{Source: "Post", Text: ReadText(signed, "")},
			Article{Source: "Daily", Text: ReadText("TOLVIK (AP) - "+wireText, "")}, [2]string{"Reuters", "AP"}, [2]bool{true, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, swap := range []bool{false, true} {
				arts := []Article{c.a, c.b}
				if swap {
					arts = []Article{c.b, c.a}
				}
				r := analyzed(t, e, arts...)
				for i, k := range []int{0, 1} {
					if swap {
						k = 1 - k
					}
					got := r.Articles[k]
					if got.Origin != c.want[i] || got.OriginKnown != c.sure[i] {
						t.Errorf("swapped %v: %s has the origin %s, known %v; want %s, %v", swap, got.Source, got.Origin, got.OriginKnown, c.want[i], c.sure[i])
					}
				}
			}
		})
	}
}

// TestCopiedParagraphs holds that an article that takes over three paragraphs has
// their origin for these and its own for the rest.
func TestCopiedParagraphs(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	own := `The harbour at Sund has lost a third of its freight this year, and its director wants money from the state.

Director Berit Moe met the county council in Tolvik on Friday and asked for a second crane. The council will vote in June.

`
	tail := "\n\nThe county paid for the first crane in 2019, when the terminal was opened by the king. Moe has led the harbour since then and plans to retire next year."
	r := analyzed(t, e,
		Article{Source: "Post", Published: at("2031-05-04"), Text: ReadText("TOLVIK (Reuters) - "+wireText, "")},
		Article{Source: "Daily", Published: at("2031-05-05"), Text: ReadText(own+paragraphs(wireText, 0, 3)+tail, "")})
	if got := r.Articles[1]; got.Origin != "Daily" || got.OriginKnown {
		t.Errorf("the whole article has the origin %s, known %v", got.Origin, got.OriginKnown)
	}
	wire, daily := 0, 0
	for _, f := range r.Findings {
		for _, x := range f.Claims {
			if x.ArticleID != "Daily" {
				continue
			}
			copied := strings.Contains(wireText, x.Exact)
			switch {
			case copied && x.Origin == "Reuters":
				wire++
			case !copied && x.Origin == "Daily":
				daily++
			default:
				t.Errorf("%q has the origin %s", x.Exact, x.Origin)
			}
		}
		if f.Sources == 2 && strings.Contains(wireText, f.Claims[1].Exact) && (f.Origins != 1 || f.Corroborated) {
			t.Errorf("%q: %d origins, corroborated %v", f.Summary, f.Origins, f.Corroborated)
		}
	}
	if wire < 6 || daily < 4 {
		t.Errorf("%d claims from the wire, %d of its own", wire, daily)
	}
}

// TestSharedQuotation holds that one quotation in two reports is no common origin.
func TestSharedQuotation(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	speech := "“We will rebuild the line before the summer, and nobody in this valley will pay a crown more for it than last year. The wagons were sound, the driver did all he could, and the track will be renewed from end to end,” minister Kari Holm told reporters in Tolvik.\n\n"
	r := analyzed(t, e,
		Article{Source: "Post", Published: at("2031-05-04"), Text: ReadText(speech+wireText, "")},
		Article{Source: "Daily", Published: at("2031-05-05"), Text: ReadText(paragraphs(otherText, 0, 2)+"\n\n"+speech+paragraphs(otherText, 2, 4), "")})
	shared := 0
	for _, f := range r.Findings {
		if f.Sources == 2 {
			shared++
			if f.Origins != 2 || f.Corroborated != (f.Verdict == Agree || f.Verdict == Diverge) {
				t.Errorf("%q: %d origins, corroborated %v", f.Summary, f.Origins, f.Corroborated)
			}
		}
	}
	if shared < 3 {
		t.Errorf("only %d findings of both", shared)
	}
}

// TestRelayed reads the statements that an article has from another outlet.
func TestRelayed(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct{ text, passage, want string }{
		{"The minister will resign in May, the Washington Post reported. She has held the post since 2019.", "The minister will resign in May", "Washington Post"},
		{"The minister will resign in May, the Washington Post reported. She has held the post since 2019.", "She has held the post since 2019", ""},
		{"According to the Washington Post, the minister will resign in May.", "the minister will resign in May", "Washington Post"},
		{"According to a report in the Guardian, the bridge was never inspected.", "the bridge was never inspected", "Guardian"},
		{"The minister told CNN that she would resign in May.", "she would resign in May", "CNN"},
		{"“The pier was unsafe,” Lind told the Boston Globe.", "The pier was unsafe", "Boston Globe"},
		{"Reuters reported that the firm had lost $4 million.", "the firm had lost $4 million", "Reuters"},
		{"The firm had lost $4 million, as first reported by Politico.", "The firm had lost $4 million", "Politico"},
		{"The minister will resign, the New York Times reported. She told the newspaper that her deputy would follow her.", "her deputy would follow her", "New York Times"},
		{"In an interview with Fox News, the senator said he opposed the bill.", "he opposed the bill", "Fox News"},
		{"A Yahoo account was hacked, first reported by the Daily Caller. Yahoo denied it.", "A Yahoo account was hacked", "Daily Caller"},
		{"The firm had lost $4 million, Bloomberg reported, citing people familiar with the matter.", "The firm had lost $4 million", "Bloomberg"},
		// the article's own report
		{"The minister told reporters that she would resign in May.", "she would resign in May", ""},
		{"The minister told the Ansel Post that she would resign in May.", "she would resign in May", ""},
		{"The senator celebrated his victory in an interview with Fox News.", "The senator celebrated his victory in an interview with Fox News", ""},
		{"Michael Bloomberg was mayor for 12 years. Bloomberg said the plan was a mistake.", "the plan was a mistake", ""},
		{"The minister, who once worked for Reuters, signed the bill.", "who once worked for Reuters", ""},
		{"The firm bought the Washington Post in 2013.", "The firm bought the Washington Post in 2013", ""},
		{"Laura Berg, a Fox News host, said the plan was a mistake.", "the plan was a mistake", ""},
		{"The CNN debate drew 12 million viewers, the network's rivals said.", "The CNN debate drew 12 million viewers", ""},
	} {
		x := e.read(t.Context(), Article{ID: "a", Source: "Ansel Post", Text: ReadText(c.text, "")})
		o := e.originsOf([]*article{x})
		found := false
		for _, s := range x.claims {
			if !strings.HasPrefix(s.Exact, c.passage) && !strings.HasPrefix(s.Exact, "that "+c.passage) {
				continue
			}
			found = true
			got := o.statements[s]
			if c.want == "" && got.key != "ansel post" || c.want != "" && got.name != c.want {
				t.Errorf("%q: %q has the origin %+v, want %q", c.text, s.Exact, got, c.want)
			}
		}
		if !found {
			t.Errorf("%q: no claim %q among %q", c.text, c.passage, exacts(e, c.text))
		}
		if got := o.articles[x]; got.known {
			t.Errorf("%q: the article has the origin %+v", c.text, got)
		}
	}
}
