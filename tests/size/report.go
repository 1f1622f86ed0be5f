package size

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"corroborate/internal/app"
)

// The tolerance. From 10,000 to 1,000,000 articles a logarithm grows to 1.5 times what
// it was, and in the last tenfold of these to 1.2 times. A statement may look for twice as
// many rows over all sizes, or half as many again in the last tenfold (a search looks at so
// many of the newest articles, which is all of a small archive), and at a few more whatever
// its size. Where it gives no more than a bounded list it may also look for a few rows for
// each that it gives. It may look at pages in the same proportion, or at so many for a row
// as an index has levels: rows of a large archive lie further apart. It may not read a table
// from end to end that grows. Times are taken on machines that do other things too, so a
// call may take twice as long, and a little more.
const (
	mostGrowth   = 2.0
	lastGrowth   = 1.5
	fewBuffers   = 256
	fewRows      = 300
	shortScan    = 1000
	mostCounted  = app.MostCounted + 1 // how far a list is counted
	rowsForOne   = 8                   // a finding with its story, its statements and who saw it
	pagesForRow  = 6                   // four levels of an index, the row, and what of it lies elsewhere
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

// flags says what grows, empty for nothing. A statement counts where the call reads more
// in all: work that moves from one statement to another does not make a call dearer.
func (r result) flags(growing []string) []string {
	if r.Most > 0 {
		return r.whole()
	}
	var out []string
	more := r.readsMore()
	large := r.Costs[len(r.Costs)-1]
	for _, sql := range slices.Sorted(maps.Keys(large.Statements)) {
		var sizes []*statement
		for _, c := range r.Costs {
			sizes = append(sizes, cmp.Or(c.Statements[sql], &statement{}))
		}
		if why := grows(sizes, more, growing); why != "" {
			out = append(out, why+": "+strings.Join(strings.Fields(sql), " "))
		}
	}
	if why := r.slower(); why != "" {
		out = append(out, why)
	}
	return out
}

// readsMore tells whether a call looks for more rows or at more pages in all.
func (r result) readsMore() bool {
	var rows, buffers []float64
	for _, c := range r.Costs {
		rows, buffers = append(rows, c.rows()), append(buffers, c.buffers())
	}
	return exceed(rows, fewRows) || exceed(buffers, fewBuffers)
}

// slower says how much longer it takes in the largest archive, empty where that is not
// more than may be.
func (r result) slower() string {
	var times []float64
	for _, c := range r.Costs {
		if len(c.Times) < noisyAnswers {
			return ""
		}
		times = append(times, float64(c.median()))
	}
	if !exceed(times, float64(shortTime)) {
		return ""
	}
	return fmt.Sprintf("takes %s instead of %s", round(r.Costs[len(r.Costs)-1].median()), round(r.Costs[0].median()))
}

// exceed tells whether figures, in the order of the archives, grow faster than they may,
// and by more than a few.
func exceed(sizes []float64, few float64) bool {
	last := len(sizes) - 1
	return last > 0 && sizes[last] > mostGrowth*sizes[0]+few && sizes[last] > lastGrowth*sizes[last-1]+few
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

// grows says in what a statement grows, given what it cost in each archive; more tells
// whether all of its call together does.
func grows(sizes []*statement, more bool, growing []string) string {
	small, large := sizes[0], sizes[len(sizes)-1]
	for table, rows := range large.Scanned {
		if slices.Contains(growing, table) && rows > shortScan && rows > mostGrowth*small.Scanned[table] && !large.stops(rows) {
			return fmt.Sprintf("reads all of %s, %.0f rows", table, rows)
		}
	}
	var rows, buffers []float64
	for _, s := range sizes {
		rows, buffers = append(rows, s.Rows), append(buffers, s.Buffers)
	}
	switch {
	case !more:
		return ""
	case exceed(rows, fewRows) && !large.bounded():
		return fmt.Sprintf("reads %.0f rows instead of %.0f", large.Rows, small.Rows)
	case exceed(buffers, fewBuffers) && large.Buffers > pagesForRow*large.Rows:
		return fmt.Sprintf("looks at %.0f pages instead of %.0f", large.Buffers, small.Buffers)
	}
	return ""
}

// stops tells whether reading a table ended at a limit and not where the table does.
func (s *statement) stops(rows float64) bool {
	return strings.Contains(s.SQL, "LIMIT") && rows <= mostCounted*s.Runs
}

// bounded tells whether a statement gives no more than so many rows whatever the archive
// has, and looks for no more than a few rows for each.
func (s *statement) bounded() bool {
	return strings.Contains(s.SQL, "LIMIT") && s.Found <= mostCounted*s.Runs && s.Rows <= rowsForOne*s.Found
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

// known are calls of which it is known that they grow, with the reason. They are told
// apart from those that nobody knows of.
var known = []struct {
	calls *regexp.Regexp
	why   string
}{
	{regexp.MustCompile(`/search\?q=%22`), "the lists of both words of a phrase are read to their ends: an inverted index does not know what stands side by side"},
	{regexp.MustCompile(`/search\?q=\{rare\}xq`), "a typing error is compared with all words that have letters in common, and a larger archive has more words"},
	{regexp.MustCompile(`/search\?q=source:.*\{common\}`), "it looks among as many of the newest articles as hold enough that fit: in small archives that is all"},
	{regexp.MustCompile(`^(/|/api/v1/stories)\?(sort|order)=open$`), "the stories with most to do are shown, which are larger stories in a larger archive"},
}

// reason says why a call is known to grow, empty where that is not known.
func (r result) reason() string {
	for _, k := range known {
		if k.calls.MatchString(r.Name) {
			return k.why
		}
	}
	return ""
}

// print writes a table of results, those that grow most first, with what is flagged
// below each, and gives how many of these nobody knows of.
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
		switch why := r.flags(growing); {
		case len(why) > 0 && r.reason() != "":
			mark = " <- grows, as is known"
		case len(why) > 0:
			mark = " <- grows"
			flagged++
		}
		fmt.Fprintf(out, "\t%.1f%s\n", r.growth(), mark)
	}
	out.Flush()
	for _, r := range results {
		for _, why := range r.flags(growing) {
			fmt.Fprintf(w, "\n%s\n    %s\n", r.Name, why)
			if reason := r.reason(); reason != "" {
				fmt.Fprintf(w, "    known: %s\n", reason)
			}
		}
	}
	return flagged
}
