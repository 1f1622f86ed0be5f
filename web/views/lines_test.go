package views

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"corroborate/internal/claims"
)

func numbers(at ...float64) claims.NumberScale {
	var s claims.NumberScale
	for i, v := range at {
		s.Points = append(s.Points, claims.NumberPoint{Text: plainNumber(v), Claims: []string{string(rune('a' + i))}, Low: v, High: v, From: v, To: v})
	}
	return s
}

func TestRangeLine(t *testing.T) {
	t.Parallel()
	who := map[string]LineTeller{"a": {"Ledger", "A"}, "b": {"Wire", "B"}, "c": {"Today", "B"}}
	tests := []struct {
		name  string
		scale claims.NumberScale
		log   bool
		apart string
	}{
		{"near", numbers(14, 16), false, "2 apart"},
		{"far", numbers(14, 41), false, "27 apart; the most is 2.9 times the least"},
		{"of several sizes", numbers(10, 200, 5000), true, "4,990 apart; the most is 500 times the least"},
		{"from nothing", numbers(0, 5000), false, "5,000 apart"},
	}
	for _, tt := range tests {
		l := NewRangeLine(tt.scale, who)
		if l.Log != tt.log || l.Apart != tt.apart {
			t.Errorf("%s: log %v, apart %q; want %v, %q", tt.name, l.Log, l.Apart, tt.log, tt.apart)
		}
		for i, p := range l.Points {
			if p.At < lineMargin || p.At > 100-lineMargin || i > 0 && p.At <= l.Points[i-1].At {
				t.Errorf("%s: point %d stands at %v", tt.name, i, p.At)
			}
		}
	}
}

func TestUnitsOfALine(t *testing.T) {
	t.Parallel()
	for unit, want := range map[string]string{"%": "2 points apart", "USD": "USD 2 apart", "age": "2 apart", "m2": ""} {
		s := numbers(50, 52)
		s.Unit = unit
		if got := NewRangeLine(s, nil).Apart; got != want {
			t.Errorf("unit %q: %q, want %q", unit, got, want)
		}
	}
}

func TestTimeLine(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) time.Time { return time.Date(2025, m, d, 0, 0, 0, 0, time.UTC) }
	point := func(text string, from, to time.Time) claims.TimePoint {
		return claims.TimePoint{Text: text, From: from, To: to, Claims: []string{"a"}}
	}
	clock := func(h, m int) claims.TimePoint {
		at := time.Time{}.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute)
		return claims.TimePoint{Text: "then", From: at, To: at, Clock: true}
	}
	tests := []struct {
		points []claims.TimePoint
		apart  string
		meant  string
	}{
		{[]claims.TimePoint{point("Wednesday", day(3, 26), day(3, 26)), point("March 27", day(3, 27), day(3, 27))}, "1 day apart", "Wed 26 Mar 2025"},
		{[]claims.TimePoint{point("February", day(2, 1), day(2, 28)), point("March 27", day(3, 27), day(3, 27))}, "27 days apart", "Sat 1 Feb 2025 to Fri 28 Feb 2025"},
		{[]claims.TimePoint{point("1 January", day(1, 1), day(1, 1)), point("June", day(6, 1), day(6, 30))}, "about 5 months apart", "Wed 1 Jan 2025"},
		{[]claims.TimePoint{clock(9, 0), clock(10, 30)}, "1 h 30 min apart", ""},
	}
	for _, tt := range tests {
		l := NewTimeLine(claims.TimeScale{Points: tt.points}, nil)
		if l.Apart != tt.apart || l.Points[0].Meant != tt.meant {
			t.Errorf("apart %q, means %q; want %q, %q", l.Apart, l.Points[0].Meant, tt.apart, tt.meant)
		}
	}
}

// TestLabelsDoNotCover draws points that crowd and asserts that no label of a lane
// lies on another, on the narrowest line.
func TestLabelsDoNotCover(t *testing.T) {
	t.Parallel()
	for _, l := range []Line{NewRangeLine(numbers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), nil), NewRangeLine(numbers(100000, 100001, 900000), nil)} {
		for _, small := range []bool{false, true} {
			l.Small = small
			width := map[bool]float64{false: narrowLine, true: narrowSmall}[small]
			points, height := l.placed()
			for i, p := range points {
				from, to := p.extent(width)
				if from < -1 || to > width+1 {
					t.Errorf("label %q reaches from %.0f to %.0f of %.0f", p.Label, from, to, width)
				}
				if height < laneFirst+laneHeight*p.lane {
					t.Errorf("lane %d lies below a drawing of %d", p.lane, height)
				}
				for _, q := range points[:i] {
					if f, e := q.extent(width); q.lane == p.lane && from < e && f < to {
						t.Errorf("%q lies on %q", p.Label, q.Label)
					}
				}
			}
		}
	}
}

func TestLineSaysInWordsWhatItShows(t *testing.T) {
	t.Parallel()
	who := map[string]LineTeller{"a": {"Ledger", "A"}, "b": {"Wire & Co", "B"}}
	var b bytes.Buffer
	if err := RangeLine(NewRangeLine(numbers(14, 41), who)).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`role="img"`, `aria-label="From the least to the most. 14: Ledger; 41: Wire &amp; Co. 27 apart; the most is 2.9 times the least."`, "<table", "A · 14"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the line lacks %s:\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "style=") {
		t.Error("the line has a style attribute, which the content security policy refuses")
	}
	b.Reset()
	if err := RangeLine(NewRangeLine(numbers(14, 41), who).Shrunk()).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<table") || !strings.Contains(b.String(), `role="img"`) {
		t.Errorf("a small line is the drawing alone with its words:\n%s", b.String())
	}
}
