package ingest

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"
)

const (
	// robotsKept is how long a robots.txt counts; one that could not be read is asked
	// for again sooner.
	robotsKept  = time.Hour
	robotsRetry = 5 * time.Minute
	// robotsSites is the most sites whose robots.txt is kept.
	robotsSites = 2000
)

// robots keeps what sites say in their robots.txt.
type robots struct {
	mu    sync.Mutex
	sites map[string]*robotsSite
}

// robotsSite is one site's robots.txt. Its lock is held while it is fetched, so
// that it is fetched once.
type robotsSite struct {
	mu    sync.Mutex
	until time.Time
	rules robotsRules
}

func newRobots() *robots { return &robots{sites: map[string]*robotsSite{}} }

// site gives the entry of a site; where there are too many, any is forgotten.
func (r *robots) site(name string) *robotsSite {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sites[name]
	if s == nil {
		if len(r.sites) >= robotsSites {
			for old := range r.sites {
				delete(r.sites, old)
				break
			}
		}
		s = &robotsSite{}
		r.sites[name] = s
	}
	return s
}

// rulesFor gives the rules of an address's site, fetching them where they are not
// known.
func (f *Fetcher) rulesFor(ctx context.Context, u *url.URL) (robotsRules, error) {
	s := f.robots.site(siteOf(u))
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Now().Before(s.until) {
		return s.rules, nil
	}
	rules, err := f.fetchRobots(ctx, u)
	if err != nil {
		return rules, err
	}
	kept := robotsKept
	if rules.silent {
		kept = robotsRetry
	}
	s.rules, s.until = rules, time.Now().Add(kept)
	return rules, nil
}

// fetchRobots reads a site's robots.txt. A site without one allows all; one with
// a fault of its own allows nothing until it can say (RFC 9309). A site that is
// not reached is an error, as its pages will not be either.
func (f *Fetcher) fetchRobots(ctx context.Context, u *url.URL) (robotsRules, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	got, err := f.follow(ctx, trip{req: Request{URL: at.String(), Accept: "text/plain,*/*;q=0.1", MaxBytes: maxRobots}, at: at})
	var failed *FetchError
	switch {
	case err == nil:
		return parseRobots(got.Body), nil
	case !errors.As(err, &failed):
		return robotsRules{}, err
	}
	switch failed.Kind {
	case NotFound, Gone, Denied, NotText, BadRedirect, BadBody, TooLarge, BadAddress:
		return robotsRules{}, nil
	case ServerFault, TooMany:
		return robotsRules{silent: true}, nil
	}
	return robotsRules{}, err
}
