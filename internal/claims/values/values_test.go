package values

import (
	"testing"
	"time"

	"corroborate/internal/claims/nlp"
)

// annotate parses a phrase for a test.
func annotate(t *testing.T, s string) []nlp.Token {
	t.Helper()
	m, err := nlp.Load()
	if err != nil {
		t.Fatal(err)
	}
	toks := nlp.Tokenize(s, 0, len(s))
	m.Annotate(toks)
	return toks
}

func quantity(t *testing.T, s string) Quantity {
	t.Helper()
	qs := Quantities(annotate(t, s))
	if len(qs) != 1 {
		t.Fatalf("%q: %d quantities %+v, want one", s, len(qs), qs)
	}
	return qs[0]
}

func TestQuantities(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text      string
		low, high float64
		unit      string
		approx    Approx
		wording   string
	}{
		{"They made 1,700 arrests.", 1700, 1700, "", Exact, "1,700"},
		{"They made over 1,700 arrests.", 1700, 1700, "", Over, "over 1,700"},
		{"They made more than 1,000 arrests.", 1000, 1000, "", Over, "more than 1,000"},
		{"It cost $43,350 in all.", 43350, 43350, "USD", Exact, "$43,350"},
		{"It cost $5.4 million in all.", 5.4e6, 5.4e6, "USD", Exact, "$5.4 million"},
		{"He got $250,000 to $300,000 from them.", 250000, 300000, "USD", Exact, "$250,000 to $300,000"},
		{"It rose by 25% this time.", 25, 25, "%", Exact, "25%"},
		{"It rose by 3.5 percent this time.", 3.5, 3.5, "%", Exact, "3.5 percent"},
		{"Nearly 2,000 troops left.", 2000, 2000, "", Nearly, "Nearly 2,000"},
		{"At least ten people died.", 10, 10, "", Over, "At least ten"},
		{"About twenty-five people died.", 25, 25, "", About, "About twenty-five"},
		{"Dozens of people died.", 24, 108, "", Vague, "Dozens"},
		{"They spent tens of thousands of dollars.", 20000, 90000, "", Vague, "tens of thousands"},
		{"He bought a dozen eggs.", 12, 12, "", Exact, "a dozen"},
		{"It lies 10 miles away.", 16093.4, 16093.4, "m", Exact, "10 miles"},
		{"It lasted a year and a half.", 18, 18, "month", Exact, "a year and a half"},
		{"It lasted two and a half years.", 30, 30, "month", Exact, "two and a half years"},
		{"It lasted 17 years.", 204, 204, "month", Exact, "17 years"},
		{"A 92-year-old man died.", 92, 92, "age", Exact, "92-year-old"},
		{"It was the third attempt.", 3, 3, "ordinal", Exact, "third"},
		{"Half a million people marched.", 500000, 500000, "", Exact, "Half a million"},
		{"Half of the trains were late.", 50, 50, "%", About, "Half"},
		{"Nearly half of them left.", 50, 50, "%", Nearly, "Nearly half"},
		{"Two thirds of the voters said yes.", 200.0 / 3, 200.0 / 3, "%", About, "Two thirds"},
		{"The price fell by a quarter.", 25, 25, "%", About, "a quarter"},
		{"One in three adults smokes.", 100.0 / 3, 100.0 / 3, "%", About, "One in three"},
		{"Nine out of ten farmers agreed.", 90, 90, "%", About, "Nine out of ten"},
		{"It raised rates by half a percentage point.", 0.5, 0.5, "point", Exact, "half a percentage point"},
		{"It raised rates by a quarter of a point.", 0.25, 0.25, "point", Exact, "a quarter of a point"},
		{"It raised rates by 50 basis points.", 0.5, 0.5, "point", Exact, "50 basis points"},
		{"Sales doubled.", 2, 2, "", Exact, "doubled"},
		{"He won it twice.", 2, 2, "", Exact, "twice"},
		{"Police arrested a man, aged 43, at home.", 43, 43, "age", Exact, "43"},
		{"Ruth Amadi, 43, was elected.", 43, 43, "age", Exact, "43"},
		{"She died at the age of 81.", 81, 81, "age", Exact, "81"},
		{"A man in his early 40s was held.", 40, 44, "age", Vague, "early 40s"},
		{"They won 3-1.", 3, 1, "score", Exact, "3-1"},
		{"They met 5-10 people.", 5, 10, "", Exact, "5-10"},
	} {
		q := quantity(t, c.text)
		if diff := q.Low - c.low; diff > 1e-6 || diff < -1e-6 || q.High-c.high > 1e-6 || q.Unit != c.unit || q.Approx != c.approx || q.Text != c.wording {
			t.Errorf("%q: %+v, want %v to %v %q %q %q", c.text, q, c.low, c.high, c.unit, c.approx, c.wording)
		}
	}
}

func TestNoQuantities(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"The couple left.", "He scores often.", "It was a double murder.", "He lives in a quarter near the port."} {
		if got := Quantities(annotate(t, s)); len(got) > 0 {
			t.Errorf("%q: %+v", s, got)
		}
	}
}

// TestFromTo asserts that a change is two numbers of one unit and no range.
func TestFromTo(t *testing.T) {
	t.Parallel()
	qs := Quantities(annotate(t, "It rose from 5 to 10 percent."))
	if len(qs) != 2 || qs[0].Low != 5 || qs[0].High != 5 || qs[0].Unit != "%" || qs[1].Low != 10 || qs[1].Unit != "%" {
		t.Errorf("%+v", qs)
	}
}

func TestCompareQuantities(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want Relation
	}{
		{"over 1,700 arrests", "1,700 arrests", Same},
		{"over 1,700 arrests", "more than 1,700 arrests", Same},
		{"over 1,700 arrests", "2,000 arrests", Differs},
		{"1,700 arrests", "2,000 arrests", Differs},
		{"$43,000", "$43,350", Same},
		{"$43,000", "$45,350", Differs},
		{"about 300 passengers", "304 passengers", Same},
		{"nearly 2,000 troops", "1,950 troops", Same},
		{"nearly 2,000 troops", "2,100 troops", Differs},
		{"14 people", "41 people", Differs},
		{"1,000 arrests", "25 percent", Apart},
		{"25 percent", "50 percent", Differs},
		{"$4 million", "$4.02 million", Same},
		{"dozens of people", "30 people", Same},
		{"dozens of people", "3 people", Differs},
		{"two weeks", "14 days", Same},
		{"a dozen people", "12 people", Same},
		{"10 kilometres", "6 miles", Same},
		{"10 kilometres", "5 miles", Differs},
		{"the third attempt", "the fourth attempt", Differs},
		{"a 68-year-old man", "a 71-year-old man", Differs},
		{"$250,000 to $300,000", "$275,000", Same},
		{"a third of the trains", "33 percent of the trains", Same},
		{"a third of the trains", "half of the trains", Differs},
		{"one in four of them", "a quarter of them", Same},
		{"Sales doubled", "Sales tripled", Differs},
		{"won 3-1", "lost 1-3", Same},
		{"won 3-1", "won 4-1", Differs},
		{"a man in his 40s", "a 43-year-old man", Same},
		{"a man in his 40s", "a 53-year-old man", Differs},
		{"at least 300 people", "up to 500 people", Same},
	} {
		if got := CompareQuantities(quantity(t, c.a), quantity(t, c.b)); got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
		if got := CompareQuantities(quantity(t, c.b), quantity(t, c.a)); got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.b, c.a, got, c.want)
		}
	}
}

// thursday is a day of publication: 27 March 2025 was a Thursday.
var thursday = time.Date(2025, 3, 27, 0, 0, 0, 0, time.UTC)

func times(t *testing.T, s string, published time.Time) []Time {
	t.Helper()
	return Times(annotate(t, s), published, func(int) bool { return false })
}

func TestTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, wording, start, end string }{
		{"They met on Thursday.", "Thursday", "2025-03-27", "2025-03-27"},
		{"They met on Wednesday.", "Wednesday", "2025-03-26", "2025-03-26"},
		{"They met on Friday.", "Friday", "2025-03-21", "2025-03-21"},
		{"They met on March 27.", "March 27", "2025-03-27", "2025-03-27"},
		{"They met on 27 March 2024.", "27 March 2024", "2024-03-27", "2024-03-27"},
		{"They met on Dec. 20.", "Dec. 20", "2024-12-20", "2024-12-20"},
		{"They met in January.", "January", "2025-01-01", "2025-01-31"},
		{"They met in November.", "November", "2024-11-01", "2024-11-30"},
		{"They met from 2010 to 2013.", "2010 to 2013", "2010-01-01", "2013-12-31"},
		{"They met between March and June 2019.", "March and June 2019", "2019-03-01", "2019-06-30"},
		{"They met in the 1960s.", "1960s", "1960-01-01", "1969-12-31"},
		{"They met in the third quarter of 2021.", "third quarter of 2021", "2021-07-01", "2021-09-30"},
		{"They met three days ago.", "three days ago", "2025-03-24", "2025-03-24"},
		{"They met on the 27th of March 2024.", "27th of March 2024", "2024-03-27", "2024-03-27"},
		{"They met in late February.", "February", "2025-02-15", "2025-02-28"},
		{"They met in 2013.", "2013", "2013-01-01", "2013-12-31"},
		{"They met last month.", "last month", "2025-02-01", "2025-02-28"},
		{"They met earlier this year.", "earlier this year", "2025-01-01", "2025-03-27"},
		{"They met yesterday.", "yesterday", "2025-03-26", "2025-03-26"},
	} {
		got := times(t, c.text, thursday)
		if len(got) != 1 || got[0].Text != c.wording || got[0].Start.Format(time.DateOnly) != c.start || got[0].End.Format(time.DateOnly) != c.end {
			t.Errorf("%q: %+v, want %q from %s to %s", c.text, got, c.wording, c.start, c.end)
		}
	}
}

func TestNoTimes(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"They may meet.", "They march on.", "About 2,000 people came.", "He has 1900 goats.", "The sun rose."} {
		if got := times(t, s, thursday); len(got) > 0 {
			t.Errorf("%q: %+v", s, got)
		}
	}
}

func TestCompareTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b       string
		pubA, pubB time.Time
		want       Relation
	}{
		{"on March 27", "on March 28", thursday, thursday, Differs},
		{"on March 27", "on March 28", time.Time{}, time.Time{}, Differs},
		{"on Thursday", "on March 27", time.Time{}, time.Time{}, Same},
		{"on Thursday", "on March 27", thursday, thursday, Same},
		{"on Thursday", "on March 27, 2025", time.Time{}, time.Time{}, Same},
		{"on Friday", "on March 27, 2025", time.Time{}, time.Time{}, Differs},
		{"on Thursday", "on Wednesday", thursday, thursday, Differs},
		{"on Thursday", "on Wednesday", time.Time{}, time.Time{}, Differs},
		{"on Thursday", "on Thursday", thursday, thursday.AddDate(0, 0, 2), Same},
		{"in March", "on March 27", thursday, thursday, Same},
		{"in 2013", "in 2011", thursday, thursday, Differs},
		{"in 2011", "from 2010 to 2013", thursday, thursday, Same},
		{"from 2009 to 2016", "from 2013 to 2015", thursday, thursday, Differs},
		{"in the 1960s", "in 1964", thursday, thursday, Same},
		{"in the 1960s", "in 1974", thursday, thursday, Differs},
		{"in the first quarter", "in the third quarter", thursday, thursday, Differs},
		{"in the summer of 2018", "in the winter of 2018", thursday, thursday, Differs},
		{"in the summer of 2018", "in July 2018", thursday, thursday, Same},
		{"in early May", "in late May", thursday, thursday, Differs},
		{"two weeks ago", "two months ago", thursday, thursday, Differs},
		{"three days ago", "on Monday", thursday, thursday, Same},
		{"this morning", "this evening", thursday, thursday, Differs},
		{"at noon", "at midnight", thursday, thursday, Differs},
		{"at 4.30 pm", "at 16:30", thursday, thursday, Same},
		{"at about 4 p.m.", "at 4:30 p.m.", thursday, thursday, Same},
		{"at 3 p.m. GMT", "at 5 p.m. local time", thursday, thursday, Apart},
		{"yesterday", "on March 26", thursday, thursday, Same},
		{"at 9:30 a.m.", "at 11:15 a.m.", thursday, thursday, Differs},
		{"at 9:30 a.m.", "at 9:30 a.m.", thursday, thursday, Same},
		{"at 9:30 a.m.", "on Thursday", thursday, thursday, Apart},
	} {
		ta, tb := times(t, "They met "+c.a+".", c.pubA), times(t, "They met "+c.b+".", c.pubB)
		if len(ta) != 1 || len(tb) != 1 {
			t.Fatalf("%q: %+v, %q: %+v", c.a, ta, c.b, tb)
		}
		if got := CompareTimes(ta[0], tb[0]); got.Relation != c.want {
			t.Errorf("%q and %q: %+v, want %v", c.a, c.b, got, c.want)
		}
		if got := CompareTimes(tb[0], ta[0]); got.Relation != c.want {
			t.Errorf("%q and %q: %+v, want %v", c.b, c.a, got, c.want)
		}
	}
}

// FuzzValues asserts that reading values never fails and stays inside the tokens.
func FuzzValues(f *testing.F) {
	f.Add("over $1.2 million to $3 billion on March 27, 2025 at 9 p.m. a 92-year-old")
	f.Add("between 10 and 20 percent half a dozen tens of millions")
	f.Add("may 31 1999999999999999999999 - 5 - 6th of")
	f.Fuzz(func(t *testing.T, s string) {
		toks := nlp.Tokenize(s, 0, len(s))
		for _, q := range Quantities(toks) {
			if q.From < 0 || q.From >= q.To || q.To > len(toks) {
				t.Fatalf("%q: %+v", s, q)
			}
			CompareQuantities(q, q)
		}
		for _, x := range Times(toks, thursday, func(int) bool { return true }) {
			if x.From < 0 || x.From >= x.To || x.To > len(toks) {
				t.Fatalf("%q: %+v", s, x)
			}
			CompareTimes(x, x)
		}
	})
}
