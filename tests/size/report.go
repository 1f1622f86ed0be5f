package size

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"corroborate/internal/app"
)

// The tolerance. From 10,000 to 1,000,000 articles a logarithm grows to 1.5 times what
// it was. A statement may look at twice as many pages and rows, as a tree may have one
// more level and what is looked for lies further apart, and at a few more whatever its
// size; it may not read a table from end to end that grows. Times are taken on machines
// that do other things too, so a call may take twice as long, and a little more.
const (
	mostGrowth   = 2.0
	fewBuffers   = 256
	fewRows      = 300
	shortScan    = 1000
	mostCounted  = app.MostCounted + 1 // how far a list is counted
	shortTime    = 15 * time.Millisecond
	noisyAnswers = 3 // times from which a time alone is believed
)

// result is what something costs in each archive, in the order of their sizes.
type result struct {
	Name  string
	Costs []*cost
	// Most is how many times as much time and as many pages it may take in all, where that
	// matters more than each of its statements; else it is 0.
	Most float64
}

// flag says what grows, empty for nothing.
func (r result) flags(growing []string) []string {
	if r.Most > 0 {
		return r.whole()
	}
	small, large := r.Costs[0], r.Costs[len(r.Costs)-1]
	var out []string
	for _, sql := range slices.Sorted(maps.Keys(large.Statements)) {
		was := small.Statements[sql]
		if was == nil {
			was = &statement{}
		}
		if why := grows(was, large.Statements[sql], growing); why != "" {
			out = append(out, why+": "+strings.Join(strings.Fields(sql), " "))
		}
	}
	if len(small.Times) >= noisyAnswers && float64(large.median()) > mostGrowth*float64(small.median())+float64(shortTime) {
		out = append(out, fmt.Sprintf("takes %s instead of %s", round(large.median()), round(small.median())))
	}
	return out
}

// whole says what grows in all.
func (r result) whole() (out []string) {
	small, large := r.Costs[0], r.Costs[len(r.Costs)-1]
	if r.growth() > r.Most {
		out = append(out, fmt.Sprintf("looks at %.0f pages instead of %.0f in all", large.buffers(), small.buffers()))
	}
	if float64(large.median()) > r.Most*float64(small.median()) {
		out = append(out, fmt.Sprintf("takes %s instead of %s", round(large.median()), round(small.median())))
	}
	return out
}

// grows says in what a statement grows.
func grows(small, large *statement, growing []string) string {
	for table, rows := range large.Scanned {
		if slices.Contains(growing, table) && rows > shortScan && rows > mostGrowth*small.Scanned[table] {
			return fmt.Sprintf("reads all of %s, %.0f rows", table, rows)
		}
	}
	switch {
	case large.Buffers > mostGrowth*small.Buffers+fewBuffers:
		return fmt.Sprintf("looks at %.0f pages instead of %.0f", large.Buffers, small.Buffers)
	case large.Rows <= mostCounted && strings.HasPrefix(large.SQL, "SELECT count(*) FROM (SELECT"):
		return ""
	case large.Rows > mostGrowth*small.Rows+fewRows:
		return fmt.Sprintf("reads %.0f rows instead of %.0f", large.Rows, small.Rows)
	}
	return ""
}

// line tells of a result in one line, while others are measured.
func (r result) line() string {
	out := r.Name
	for _, c := range r.Costs {
		out += fmt.Sprintf(" | %s, %.0f pages", round(c.median()), c.buffers())
	}
	return out
}

// growth is how many times as many pages the largest archive takes as the smallest.
func (r result) growth() float64 {
	return (r.Costs[len(r.Costs)-1].buffers() + 1) / (r.Costs[0].buffers() + 1)
}

// round shortens a time.
func round(d time.Duration) time.Duration { return d.Round(100 * time.Microsecond) }

// print writes a table of results, those that grow most first, with what is flagged
// below each, and gives how many are.
func print(w io.Writer, archives []*archive, results []result, growing []string) (flagged int) {
	slices.SortStableFunc(results, func(x, y result) int { return cmp.Compare(y.growth(), x.growth()) })
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(out, "call")
	for _, a := range archives {
		fmt.Fprintf(out, "\t%d: median\tlongest\tpages", a.articles)
	}
	fmt.Fprintln(out, "\tgrowth")
	for _, r := range results {
		fmt.Fprint(out, r.Name)
		for _, c := range r.Costs {
			fmt.Fprintf(out, "\t%s\t%s\t%.0f", round(c.median()), round(c.longest()), c.buffers())
		}
		mark := ""
		if why := r.flags(growing); len(why) > 0 {
			mark = " <- grows"
			flagged++
		}
		fmt.Fprintf(out, "\t%.1f%s\n", r.growth(), mark)
	}
	out.Flush()
	for _, r := range results {
		for _, why := range r.flags(growing) {
			fmt.Fprintf(w, "\n%s\n    %s\n", r.Name, why)
		}
	}
	return flagged
}
