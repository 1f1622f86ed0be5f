package views

import (
	"math"
	"strconv"
)

// The measures of a line in pixels. Its width follows the page; labels are put on lanes
// as if it were as narrow as it can get, so that they never lie on one another.
const (
	longCaption = 26
	lineAxis    = 12
	laneHeight  = 18
	laneFirst   = 32
	narrowLine  = 290
	narrowSmall = 200
	letterWidth = 7.6
	labelGap    = 10
)

// placed gives the points with the lanes of their labels, and the height of the drawing.
func (l Line) placed() ([]LinePoint, int) {
	width := float64(narrowLine)
	if l.Small {
		width = narrowSmall
	}
	out := make([]LinePoint, len(l.Points))
	var ends []float64
	for i, p := range l.Points {
		from, to := p.extent(width)
		p.lane = 0
		for p.lane < len(ends) && from < ends[p.lane]+labelGap {
			p.lane++
		}
		if p.lane == len(ends) {
			ends = append(ends, 0)
		}
		ends[p.lane] = to
		out[i] = p
	}
	return out, laneFirst + laneHeight*(len(ends)-1) + 6
}

// extent gives where a label begins and ends on a line of a width.
func (p LinePoint) extent(width float64) (from, to float64) {
	at, size := p.At/100*width, letterWidth*float64(len([]rune(p.Caption())))
	switch p.anchor() {
	case "start":
		return at, at + size
	case "end":
		return at - size, at
	}
	return at - size/2, at + size/2
}

// anchor says on which side of its point a label stands, so that it stays inside.
func (p LinePoint) anchor() string {
	switch {
	case p.At < 33:
		return "start"
	case p.At > 67:
		return "end"
	}
	return "middle"
}

// across gives a place on a line for an attribute of the drawing.
func across(hundredths float64) string {
	return strconv.FormatFloat(math.Round(hundredths*100)/100, 'f', -1, 64) + "%"
}

// laneY is where the text of a lane stands.
func (p LinePoint) laneY() string { return strconv.Itoa(laneFirst + laneHeight*p.lane) }

// stemEnd is where the line from the point to its label ends.
func (p LinePoint) stemEnd() string { return strconv.Itoa(laneFirst + laneHeight*p.lane - 12) }

// wide tells a point that is a stretch of the line.
func (p LinePoint) wide() bool { return p.To-p.From > 0.5 }
