package faults

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is what a run found.
type Report struct {
	Seed  uint64
	Took  time.Duration
	Kinds map[Kind]*Figures
	Acked Acked
	// Repeated is how often a call was sent that had no answer or a fault of the server.
	Repeated int
	// Skipped says what could not be tried here, and why.
	Skipped []string
	// Problems is everything that was lost, done twice, half done, or too slow.
	Problems []string
}

// Figures are those of one kind of fault.
type Figures struct {
	// Recoveries are the times from the end of the fault until every server took a write.
	Recoveries []time.Duration
	// Problems counts what was wrong after a fault of the kind.
	Problems int
	// Answers counts what callers got while it lasted and until the service had recovered:
	// statuses, and calls without an answer.
	Answers map[string]int
}

func (r *Report) figures(k Kind) *Figures {
	if r.Kinds == nil {
		r.Kinds = map[Kind]*Figures{}
	}
	if r.Kinds[k] == nil {
		r.Kinds[k] = &Figures{Answers: map[string]int{}}
	}
	return r.Kinds[k]
}

func (f *Figures) add(took time.Duration, problems int, answers map[string]int) {
	f.Recoveries = append(f.Recoveries, took)
	f.Problems += problems
	for status, n := range answers {
		f.Answers[status] += n
	}
}

// Faults counts the faults.
func (r *Report) Faults() (n int) {
	for _, f := range r.Kinds {
		n += len(f.Recoveries)
	}
	return n
}

// String is the report as a table.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "seed %d: %d faults in %v, %d writes acknowledged %+v, %d problems\n\n",
		r.Seed, r.Faults(), r.Took.Round(time.Second), r.Acked.All(), r.Acked, len(r.Problems))
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "fault\ttimes\tproblems\trecovery median\tmax\tanswers meanwhile")
	for _, k := range slices.Sorted(maps.Keys(r.Kinds)) {
		f := r.Kinds[k]
		times := slices.Sorted(slices.Values(f.Recoveries))
		fmt.Fprintf(table, "%s\t%d\t%d\t%.1f s\t%.1f s\t%s\n", k, len(times), f.Problems,
			times[len(times)/2].Seconds(), times[len(times)-1].Seconds(), counted(f.Answers))
	}
	table.Flush()
	for _, s := range r.Skipped {
		fmt.Fprintln(&b, "SKIPPED:", s)
	}
	for _, p := range r.Problems {
		fmt.Fprintln(&b, "PROBLEM:", p)
	}
	return b.String()
}

// counted words counts, the most frequent first.
func counted(counts map[string]int) string {
	words := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return counts[b] - counts[a] })
	for i, word := range words {
		words[i] = fmt.Sprintf("%s: %d", word, counts[word])
	}
	return strings.Join(words, ", ")
}
