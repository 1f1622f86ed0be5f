package claims

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// Texts of two events and a third that is like the second.
var (
	ferryA = `Ferry with 300 aboard runs aground off Port Ansel

PORT ANSEL, March 3 - The ferry Halden Star with 300 passengers aboard struck a rock near Port Ansel on Monday, the
harbour master Ruth Amadi said. Lifeboats from Carrick took off all passengers within two hours. The rock is marked on
charts, and Amadi said an inquiry by the Harbour Safety Board would look at the ferry's radar.`
	ferryB = `Passengers saved after Halden Star hits rock

All 300 people on the ferry Halden Star were brought to safety on Monday after she hit a rock outside Port Ansel.
Harbour master Ruth Amadi praised the lifeboat crews from Carrick. The Harbour Safety Board opened an inquiry and will
examine the radar of the vessel.`
	budgetA = `Senate votes down transport budget

The Senate on Thursday voted 52 to 47 against the transport budget of 4 billion that Minister Lena Holm had put forward.
Holm said that road repairs in Westmark would stop in June. Senators of the Farmers' Union left the chamber.`
	budgetB = `Schools wait as senators reject budget

Plans for 40 new classrooms in Eastmark were halted on Friday when the Senate rejected the school budget. Education
Minister Arvid Sand, who had asked for 900 million, said pupils would be taught in containers for another winter. The
Liberal Group applauded the result of 61 to 38.`
)

func groupArticle(t testing.TB, id, text, published string) Article {
	t.Helper()
	p, err := ParsePublished(published)
	if err != nil {
		t.Fatal(err)
	}
	return Article{ID: id, Source: "The Ledger", Published: p, Text: ReadText(text, "")}
}

func TestGrouper(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	spanish := `El transbordador Halden Star encalló el lunes frente a Port Ansel con 300 pasajeros a bordo, dijo la capitana
del puerto. Los botes salvavidas rescataron a todos los pasajeros en dos horas y no hubo heridos graves.`
	for _, c := range []struct {
		name     string
		articles []string // "text|date"
		want     string   // the number of the story of each
	}{
		{"one event on one day", []string{ferryA + "|2025-03-03", ferryB + "|2025-03-04"}, "1 1"},
		{"without dates", []string{ferryA + "|", ferryB + "|"}, "1 1"},
		{"one of them without a date", []string{ferryA + "|2025-03-03", ferryB + "|"}, "1 1"},
		{"two events of one kind", []string{budgetA + "|2025-03-06", budgetB + "|2025-03-07"}, "1 2"},
		{"the same text after a year is another event", []string{ferryA + "|2024-03-03", ferryB + "|2025-03-03"}, "1 2"},
		{"one source three times", []string{ferryA + "|2025-03-03", ferryA + "|2025-03-03", budgetA + "|2025-03-06", ferryB + "|2025-03-03"}, "1 1 2 1"},
		{"in another order", []string{budgetB + "|", ferryB + "|", budgetA + "|", ferryA + "|"}, "1 2 3 2"},
		{"one-line articles on nothing in particular", []string{"The president spoke on Friday.|", "The president spoke on Friday evening.|"}, "1 2"},
		{"a one-line article on the event", []string{ferryA + "|2025-03-03", "Ferry Halden Star hits rock off Port Ansel, harbour master Ruth Amadi says|2025-03-03"}, "1 1"},
		{"a text that is not analysed", []string{ferryA + "|", spanish + "|", spanish + "|"}, "1 2 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, number := NewGrouper(e), map[string]int{}
			var got []string
			for i, line := range c.articles {
				text, date, _ := strings.Cut(line, "|")
				story := g.Add(groupArticle(t, fmt.Sprint("article", i), text, date))
				if number[story] == 0 {
					number[story] = len(number) + 1
				}
				got = append(got, fmt.Sprint(number[story]))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("stories %s, want %s", s, c.want)
			}
		})
	}
}

// A story goes quiet by its last article, not by its first.
func TestGrouperFollowsAStory(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	g := NewGrouper(e)
	at := time.Date(2025, 3, 3, 9, 0, 0, 0, time.UTC)
	for i := range 20 {
		a := groupArticle(t, fmt.Sprint("article", i), []string{ferryA, ferryB}[i%2], at.AddDate(0, 0, 2*i).Format(time.RFC3339))
		if story := g.Add(a); story != "article0" {
			t.Fatalf("after %d days the article starts %s", 2*i, story)
		}
	}
	late := groupArticle(t, "late", ferryA, at.AddDate(0, 0, 38+QuietAfter+1).Format(time.RFC3339))
	if story := g.Add(late); story != "late" {
		t.Errorf("the quiet story drew an article: %s", story)
	}
}

func TestPlaceSaysWhy(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	g := NewGrouper(e)
	g.Add(groupArticle(t, "a", ferryA, "2025-03-03"))
	_, p := g.Place(groupArticle(t, "b", ferryB, "2025-03-04"))
	if p.Story != "a" || p.Score < JoinAt || p.Likeness.Article != "a" {
		t.Fatalf("placement %+v", p)
	}
	if p.Likeness.DaysApart == nil || *p.Likeness.DaysApart != 1 || p.Likeness.OtherWeekdays {
		t.Errorf("times %+v", p.Likeness)
	}
	for _, name := range []string{"Halden", "Amadi"} {
		if !slices.Contains(p.Likeness.Names, name) {
			t.Errorf("name %q is missing in %q", name, p.Likeness.Names)
		}
	}
	if !slices.Contains(p.Likeness.Terms, "rock") {
		t.Errorf("term rock is missing in %q", p.Likeness.Terms)
	}
}

func TestPlaceIsUncertain(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	f := e.Fingerprint(groupArticle(t, "a", ferryA, ""))
	twin := Candidate{Story: "twin", Members: []Member{{Article: "b", Fingerprint: f}}}
	rival := Candidate{Story: "rival", Members: []Member{{Article: "c", Fingerprint: f}}}
	var archive Archive
	archive.Count(f)
	for _, c := range []struct {
		name       string
		candidates []Candidate
		want       Placement
	}{
		{"nothing to join", nil, Placement{}},
		{"one story", []Candidate{twin}, Placement{Story: "twin"}},
		{"two that are as near", []Candidate{twin, rival}, Placement{Story: "twin", Uncertain: true}},
	} {
		got := e.Place(Placing{Fingerprint: f, Archive: archive, Candidates: c.candidates})
		if got.Story != c.want.Story || got.Uncertain != c.want.Uncertain {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestFingerprint(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	f := e.Fingerprint(groupArticle(t, "a", ferryA, ""))
	if f.Names["halden"] != "Halden" || f.Terms["passenger"] == 0 || f.Days != weekdayBits["monday"] {
		t.Errorf("fingerprint %+v", f)
	}
	for _, idle := range []string{"the", "said", "monday", "march", "from"} {
		if f.Terms[idle] != 0 {
			t.Errorf("%q is counted", idle)
		}
	}
	long := e.Fingerprint(groupArticle(t, "b", strings.Repeat(ferryA+"\n\n"+budgetA+"\n\n"+budgetB+"\n\n", 30), ""))
	if len(long.Terms) > fingerprintTerms {
		t.Errorf("%d terms", len(long.Terms))
	}
	if empty := e.Fingerprint(groupArticle(t, "c", "", "")); len(empty.Terms) != 0 {
		t.Errorf("an empty text has terms: %v", empty.Terms)
	}
	// What is common in the archive is no key.
	var archive Archive
	for range 5000 {
		archive.Count(Fingerprint{Terms: map[string]float64{"passenger": 1, "port": 1}})
	}
	keys, _ := e.Keys(f, archive)
	if slices.Contains(keys[:IndexKeys], "passenger") || !slices.Contains(keys[:IndexKeys], "halden") {
		t.Errorf("keys %q", keys)
	}
}

func TestTimeliness(t *testing.T) {
	t.Parallel()
	day := func(s string) Published {
		p, err := ParsePublished(s)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct {
		name     string
		a, b     string
		least    float64
		most     float64
		apartDay float64
	}{
		{"one day", "2025-03-03", "2025-03-03", sameDay, sameDay, 0},
		{"a date and a time of it", "2025-03-03", "2025-03-03T23:00:00Z", sameDay, sameDay, 0},
		{"unknown", "", "2025-03-03", 1, 1, 0},
		{"a week", "2025-03-03", "2025-03-10", 0.2, 0.5, 7},
		{"quiet", "2025-03-03", "2025-03-20", 0, 0, 17},
	} {
		g := gap(day(c.a), day(c.b))
		if got := timeliness(g); got < c.least || got > c.most || g.days != c.apartDay {
			t.Errorf("%s: %v at %+v", c.name, got, g)
		}
	}
}
