package claims

import (
	"slices"
	"strings"
	"testing"
)

func marksOf(text string) []int32 { return NewCopyText(ReadText(text, "")).Marks() }

func common(a, b []int32) int {
	n := 0
	for _, m := range a {
		if slices.Contains(b, m) {
			n++
		}
	}
	return n
}

func TestMarks(t *testing.T) {
	t.Parallel()
	own := marksOf(wireText)
	if len(own) < 10 || !slices.IsSorted(own) {
		t.Fatalf("marks %v", own)
	}
	cut := strings.ReplaceAll(strings.ReplaceAll(paragraphs(wireText, 0, 3), "Nobody was", "No one was"), "early on", "late on")
	long := strings.Repeat("Another sentence stands here that has nothing to do with it at all. ", 1) + longText(400)
	for _, c := range []struct {
		name, text  string
		least, most int
	}{
		{"itself", wireText, len(own), len(own)},
		{"cut and edited", cut, 5, len(own)},
		{"inside a long text", long + "\n\n" + wireText, 2, len(own)},
		{"another report of the event", otherText, 0, 0},
		{"nothing", "", 0, 0},
	} {
		if n := common(own, marksOf(c.text)); n < c.least || n > c.most {
			t.Errorf("%s: %d of %d marks in common, want %d to %d", c.name, n, len(own), c.least, c.most)
		}
	}
	if n := len(marksOf(longText(20_000))); n > maxMarks || n < maxMarks/2 {
		t.Errorf("a long text has %d marks", n)
	}
}

// longText gives n different words.
func longText(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("word")
		for k := i; k > 0; k /= 26 {
			b.WriteByte(byte('a' + k%26))
		}
		b.WriteByte(' ')
		if i%20 == 19 {
			b.WriteString("end. ")
		}
	}
	return b.String()
}

// A speech that all report is no mark, unless the text is little else.
func TestMarksOfQuotations(t *testing.T) {
	t.Parallel()
	speech := "“" + longText(120) + "”"
	one := marksOf(wireText + "\n\n" + speech)
	two := marksOf(otherText + "\n\n" + speech)
	if n := common(one, two); n != 0 {
		t.Errorf("two reports of one speech share %d marks", n)
	}
	if n := common(marksOf(speech), marksOf(speech+" she said.")); n < 10 {
		t.Errorf("a speech printed twice shares %d marks", n)
	}
}
