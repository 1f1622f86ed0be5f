package claims

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// apart makes a finding of claims a, b, … of which the first is held against each other.
func apart(k Kind, values ...string) Finding {
	var f Finding
	for i := range values[1:] {
		f.Differences = append(f.Differences, Difference{Kind: k, Claims: [2]string{"a", string(rune('b' + i))},
			Values: [2]string{values[0], values[i+1]}})
	}
	return f
}

func TestNumberScales(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	type point struct {
		Text   string
		Claims string
		Low    float64
		To     float64
	}
	for _, c := range []struct {
		name string
		f    Finding
		want [][]point
	}{
		{"from the least to the most", apart(KindNumber, "41", "14"), [][]point{{{"14", "b", 14, 14}, {"41", "a", 41, 41}}}},
		{"one number in two spellings is one point", apart(KindNumber, "41", "fourteen", "14"),
			[][]point{{{"fourteen", "bc", 14, 14}, {"41", "a", 41, 41}}}},
		{"a hedge reaches further", apart(KindNumber, "over 1,000", "2,000"), [][]point{{{"over 1,000", "a", 1000, 1150}, {"2,000", "b", 2000, 2000}}}},
		{"a range", apart(KindNumber, "$2 million to $3 million", "$9 million"),
			[][]point{{{"$2 million to $3 million", "a", 2e6, 3e6}, {"$9 million", "b", 9e6, 9e6}}}},
		{"two units", apart(KindNumber, "5 miles", "5 percent"), nil},
		{"no number", apart(KindNumber, "many", "5"), nil},
		{"a difference of another kind", apart(KindTime, "14", "41"), nil},
		{"nothing differs", Finding{}, nil},
	} {
		var got [][]point
		for _, s := range e.NumberScales(c.f) {
			var points []point
			for _, p := range s.Points {
				all := ""
				for _, id := range p.Claims {
					all += id
				}
				points = append(points, point{p.Text, all, p.Low, p.To})
			}
			got = append(got, points)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestTwoThingsMeasuredAreTwoScales(t *testing.T) {
	t.Parallel()
	f := apart(KindNumber, "14", "41")
	f.Differences = append(f.Differences, Difference{Kind: KindNumber, Claims: [2]string{"a", "b"}, Values: [2]string{"3", "4"}},
		Difference{Kind: KindNumber, Claims: [2]string{"c", "d"}, Values: [2]string{"41", "14"}},
		Difference{Kind: KindNumber, Claims: [2]string{"c", "a"}, Values: [2]string{"41", "14"}})
	got := testEngine(t).NumberScales(f)
	if len(got) != 2 || len(got[0].Points) != 2 || len(got[0].Points[0].Claims) != 2 || len(got[1].Points) != 2 {
		t.Errorf("got %+v, want a scale of 14 and 41 told by two claims each, and one of 3 and 4", got)
	}
}

func TestTimeScales(t *testing.T) {
	t.Parallel()
	friday := Published{At: time.Date(2025, 3, 28, 0, 0, 0, 0, time.UTC), Precision: Day}
	dated := map[string]Dated{"a": {Published: friday}, "b": {Published: friday}, "c": {Published: friday, Ahead: true}}
	day := func(d int) time.Time { return time.Date(2025, 3, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		f    Finding
		want []time.Time
	}{
		{apart(KindTime, "Thursday", "March 26"), []time.Time{day(26), day(27)}},
		{apart(KindTime, "Thursday", "Wednesday", "Monday"), []time.Time{day(26), day(27), day(31)}},
		{apart(KindTime, "before the vote", "Monday"), nil},
	} {
		var got []time.Time
		for _, s := range testEngine(t).TimeScales(c.f, dated) {
			for _, p := range s.Points {
				got = append(got, p.From)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.f.Differences, diff)
		}
	}
	clock := testEngine(t).TimeScales(apart(KindTime, "10:30 a.m.", "9 a.m."), dated)
	if len(clock) != 1 || !clock[0].Points[0].Clock || clock[0].Points[0].From.Hour() != 9 {
		t.Errorf("hours: %+v", clock)
	}
	if got := testEngine(t).TimeScales(apart(KindTime, "Thursday", "Friday"), nil); got != nil {
		t.Errorf("weekdays of unknown weeks: %+v, want none", got)
	}
}
