package machines

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"
)

var full = flag.Bool("machines.full", false, "take minutes, and print what was measured")

// TestAnyProcessMayFail is the short form: each process is killed in turn, then the primary,
// while its replica has all that was told.
func TestAnyProcessMayFail(t *testing.T) {
	if *full {
		t.Skip("the full form is asked for")
	}
	// Without the delay a replica on the same machine is hardly ever late.
	f := newFleet(t, 2, 1, "fsync=off", "recovery_min_apply_delay=20ms")
	f.checkSession()
	c := newClients(f)
	if reads, old := c.oldWithoutRule(1, 20*time.Second); old == 0 {
		t.Errorf("of %d reads that did not wait for the replica none was old: this test sees no difference", reads)
	}
	for _, s := range append(f.serving[:2:2], f.working...) {
		s.kill()
		time.Sleep(300 * time.Millisecond)
		s.start()
	}
	f.synchronous(true)
	f.failOver()
	time.Sleep(time.Second)
	c.end()
	if lost := c.lost(); len(lost) > 0 {
		t.Errorf("lost: %q", lost)
	}
	c.settled()
	c.check()
	t.Logf("%d writes, %d reads, %d calls without an answer", c.writes.Load(), c.reads.Load(), c.failed.Load())
	for _, s := range append(f.serving, f.working...) {
		if status := s.stop(); status != 0 {
			t.Errorf("%s ended with status %d", s.name, status)
		}
	}
}

// checkSession signs in at one server and is known at all.
func (f *fleet) checkSession() {
	f.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		f.t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: callTime}
	resp, err := browser.PostForm(f.serving[0].url+"/login", url.Values{"email": {adminMail}, "password": {adminWord}})
	if err != nil {
		f.t.Fatal(err)
	}
	resp.Body.Close()
	for _, s := range f.serving { // cookies are by host, whatever the port
		resp, err := browser.Get(s.url + "/account")
		if err != nil {
			f.t.Fatal(err)
		}
		page, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(page), adminMail) {
			f.t.Errorf("%s does not know who signed in at another server: %d, %v", s.name, resp.StatusCode, err)
		}
	}
}

// figure gives the value of a figure of a server.
func (f *fleet) figure(s *server, name string) (value float64) {
	f.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, s.url+"/metrics", nil)
	if err != nil {
		f.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+adminKey)
	resp, err := client.Do(r)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	page, _ := io.ReadAll(resp.Body) // what is missing counts as 0
	for line := range strings.Lines(string(page)) {
		if rest, found := strings.CutPrefix(line, name+" "); found {
			fmt.Sscan(rest, &value)
		}
	}
	return value
}
