package app

import (
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
	"corroborate/internal/trouble/troubletest"
)

// outage is a database that can be away, and the log of those who need it.
type outage struct {
	*storetest.Outage
	log troubletest.Log
	t   *testing.T
}

func newOutage(t *testing.T) *outage {
	t.Helper()
	return &outage{Outage: storetest.NewOutage(t), t: t}
}

// lasts has the database be away until it was asked for many times, and holds what is told
// of it. again has it asked for, unless it is nil: then that goes by itself.
func (o *outage) lasts(what string, again func()) {
	o.t.Helper()
	const many = 5
	o.Begin()
	for ends := time.Now().Add(30 * time.Second); o.Refused() < many; time.Sleep(time.Millisecond) {
		if time.Now().After(ends) {
			o.t.Fatalf("it was tried %d times: %s", o.Refused(), &o.log)
		}
		if again != nil {
			again()
		}
	}
	o.End()
	o.log.ToldOnce(o.t, what, "", many-1, again) // the end may come before the last is noted
}

func TestOutageIsToldOnceByThoseWhoListen(t *testing.T) {
	t.Parallel()
	o := newOutage(t)
	h := newHub(store.New(o.Pool), o.log.Logger())
	h.pause = 5 * time.Millisecond
	changed, leave := h.join("x")
	defer leave()
	<-changed
	h.start(t.Context())
	defer h.stop()
	<-changed // it listens
	o.lasts("listening for progress broke off", nil)
	// A connection that breaks each time that it was made anew is told of no more than that.
	for range 5 {
		for len(changed) > 0 {
			<-changed
		}
		o.Cut()
		<-changed
	}
	o.log.ToldOnce(t, "listening for progress broke off", "", 1, nil)
}

func TestOutageIsToldOnceByThePresence(t *testing.T) {
	t.Parallel()
	o := newOutage(t)
	c := newCompany(store.New(o.Pool), nil, o.log.Logger())
	c.every = 5 * time.Millisecond
	if err := c.join(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer c.leave()
	o.lasts("cannot show other servers that this one lives", nil)
}

func TestOutageIsToldOnceByThePublisher(t *testing.T) {
	t.Parallel()
	o := newOutage(t)
	a, err := New(Config{Pool: o.Pool, Log: o.log.Logger()})
	if err != nil {
		t.Fatal(err)
	}
	a.publisher.start(t.Context())
	defer a.publisher.stop()
	o.lasts("cannot publish events", func() { a.hub.tell(store.EventsWritten) })
}

func TestOutageIsToldOnceByTheFigures(t *testing.T) {
	t.Parallel()
	o := newOutage(t)
	a, err := New(Config{Pool: o.Pool, Log: o.log.Logger()})
	if err != nil {
		t.Fatal(err)
	}
	f := newStandingFigures(a)
	o.lasts("read figures for metrics", func() {
		out := make(chan prometheus.Metric, 1000)
		f.Collect(out)
	})
}
