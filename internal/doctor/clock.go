package doctor

import (
	"context"
	"fmt"
	"time"

	"corroborate/internal/store"
)

const (
	// apart is how far the clocks of server and database may be apart; a code of a second
	// factor holds for half a minute.
	apart    = 5 * time.Second
	farApart = time.Minute
	// stepped is how far the clock may be from the time that has passed.
	stepped = 500 * time.Millisecond
)

// clockFacts are what the clock is judged by.
type clockFacts struct {
	now, built time.Time // built is zero where the program does not know
	// step is how much further the clock went than the time that passed meanwhile.
	step time.Duration
	// synced tells whether the system says that the clock follows others; known is false
	// where it does not say.
	synced, known bool
}

// Clock looks at the clock of this machine. began was taken by time.Now some while before,
// built is when the program was.
func Clock(began, built time.Time) []Finding {
	now := time.Now()
	f := clockFacts{now: now, built: built, step: now.Round(0).Sub(began.Round(0)) - now.Sub(began)}
	f.synced, f.known = clockSynced()
	return clock(f)
}

func clock(f clockFacts) []Finding {
	a := &area{name: "clock"}
	do := "set the clock and run a time service (systemd-timesyncd, chrony)"
	a.when(f.now.Before(f.built), Fault, Finding{
		Says: fmt.Sprintf("the clock says %s, which is before this program was built (%s)", f.now.UTC().Format(time.DateOnly), f.built.UTC().Format(time.DateOnly)),
		Do:   do}, "the clock says "+f.now.UTC().Format("2006-01-02 15:04:05 UTC"))
	a.when(f.step.Abs() > stepped, Warning, Finding{Says: fmt.Sprintf("the clock was set by %s while this ran", f.step.Round(time.Millisecond)),
		Do: "have the time service slew the clock and not step it"}, "")
	a.when(f.known && !f.synced, Note, Finding{Says: "the system says that its clock is not synchronised",
		Do: "run a time service; in a container look at the machine around it"}, "")
	return a.all
}

// DatabaseClock holds the clock of the database against that of this machine.
func DatabaseClock(ctx context.Context, q store.Queries) []Finding {
	before := time.Now()
	facts, err := q.ServerFacts(ctx)
	if err != nil {
		return []Finding{Unseen("clock", err, "see whether the database answers")}
	}
	took := time.Since(before)
	return clockApart(facts.Now.Sub(before.Add(took/2)), took/2)
}

// clockApart judges how far the clocks are apart, known up to an uncertainty.
func clockApart(by, within time.Duration) []Finding {
	a := &area{name: "clock"}
	certain := max(by.Abs()-within, 0)
	says := fmt.Sprintf("the clocks of server and database are %s apart", by.Abs().Round(time.Millisecond))
	a.when(certain > apart, level(certain > farApart, Fault, Warning), Finding{Says: says,
		Do: "synchronise both; sessions, second factors and waiting jobs go by them"}, says)
	return a.all
}
