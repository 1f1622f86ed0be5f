package web_test

import (
	"net/http"
	"testing"
	"time"

	"corroborate/internal/server/servertest"
	"corroborate/internal/store/storetest/made"
)

func TestDossierOfALargeStory(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	story := "/stories/" + made.Story(t, s.Pool, made.Size{Articles: 50, Findings: 500})
	started := time.Now()
	p := s.get(story + "/dossier?alone=yes").want(http.StatusOK)
	t.Logf("a dossier of 500 findings took %v and has %d kB", time.Since(started).Round(time.Millisecond), p.Body.Len()/1024)
	if n := len(p.all(".dossier-finding, #agree ~ .dossier-brief > li, #alone ~ .dossier-brief > li")); n != 500 {
		t.Errorf("%d findings, want 500", n)
	}
}
