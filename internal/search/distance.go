package search

// Distance counts the typing errors between two words: letters that are missing, too
// many, another, or in the place of their neighbour.
func Distance(a, b string) int {
	one, two := []rune(a), []rune(b)
	before, last, row := make([]int, len(two)+1), make([]int, len(two)+1), make([]int, len(two)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range one {
		before, last, row = last, row, before
		row[0] = i + 1
		for j, y := range two {
			other := 0
			if x != y {
				other = 1
			}
			row[j+1] = min(last[j]+other, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x == two[j-1] && one[i-1] == y {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(two)]
}
