package api

// MarkedForTest gives a text that was found without its marks, and where they stood.
func MarkedForTest(s string) (text string, marks [][2]int) {
	m := newMarked(s)
	for _, h := range m.Marks {
		marks = append(marks, [2]int{h.Start, h.End})
	}
	return m.Text, marks
}
