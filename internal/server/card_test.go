package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/server/servertest"
)

// share makes a card of the finding and gives its path.
func (v *veiled) share(in app.ShareInput) (share app.Share, path string) {
	v.t.Helper()
	s, token, err := v.App.CreateShare(v.t.Context(), v.admin, v.finding.ID, in)
	v.check(err)
	return s, "/cards/" + token
}

func (v *veiled) card(path string, header ...string) *httptest.ResponseRecorder {
	v.t.Helper()
	call := servertest.Call{Method: http.MethodGet, Path: path, Header: http.Header{}}
	for i := 0; i < len(header); i += 2 {
		call.Header.Set(header[i], header[i+1])
	}
	return v.Do(call)
}

func TestCardIsAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	v := newVeiled(t)
	_, path := v.share(app.ShareInput{})
	w := v.card(path)
	body := w.Body.String()
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, body)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Referrer-Policy": "no-referrer", "Cache-Control": "public, max-age=60",
		"X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff", "Set-Cookie": "", "X-Frame-Options": "",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	policy := w.Header().Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'sha256-", "frame-ancestors 'none'", "sandbox "} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy %q lacks %q", policy, part)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "script-src") {
		t.Errorf("the policy is %q", policy)
	}
	for _, out := range []string{"<script", "<link", "<img", "<form", "Administrator", v.story.ID} {
		if strings.Contains(body, out) {
			t.Errorf("the card has %q", out)
		}
	}
	for _, in := range []string{"Sources diverge", "Nobody has reviewed it yet", "Marrow Gazette", "1,200", "2,000", "/findings/" + v.finding.ID, "of Corroborate"} {
		if !strings.Contains(body, in) {
			t.Errorf("the card lacks %q: %s", in, body)
		}
	}
	if w = v.card(path, "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("a card that did not change: %d with %d bytes", w.Code, w.Body.Len())
	}
}

func TestCardIsFramedWhereASettingAllows(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{EmbedOrigins: []string{"https://www.example.org", "https://blog.example.org:8443"}})
	for _, path := range []string{"/cards/unknown", "/login"} {
		w := s.Do(servertest.Call{Method: http.MethodGet, Path: path})
		allows := strings.Contains(w.Header().Get("Content-Security-Policy"), "frame-ancestors https://www.example.org https://blog.example.org:8443")
		if allows != (path == "/cards/unknown") {
			t.Errorf("GET %s has the policy %q", path, w.Header().Get("Content-Security-Policy"))
		}
	}
}

// TestACardThatIsNotShownTellsNothing compares the answers for secrets that nothing has,
// that have ended, and that somebody ended.
func TestACardThatIsNotShownTellsNothing(t *testing.T) {
	t.Parallel()
	v := newVeiled(t)
	soon := time.Now().Add(time.Hour)
	_, expired := v.share(app.ShareInput{ExpiresAt: &soon})
	v.exec("UPDATE finding_shares SET expires_at = now()")
	ended, endedPath := v.share(app.ShareInput{})
	_, err := v.App.EndShare(t.Context(), v.admin, ended.ID)
	v.check(err)
	want := v.card("/cards/" + strings.Repeat("x", 26))
	for _, path := range []string{expired, endedPath, "/cards/x", "/cards/%00", "/cards/" + strings.Repeat("y", 4000)} {
		got := v.card(path)
		if got.Code != http.StatusNotFound || got.Body.String() != want.Body.String() || got.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("GET %.40s: %d, %s", path, got.Code, got.Body)
		}
	}
	if strings.Contains(want.Body.String(), "cookie") || want.Header().Get("Set-Cookie") != "" {
		t.Error("it sets a cookie")
	}
}

func TestCardsAreLimitedByAddress(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	status := 0
	for range 601 {
		status = s.Do(servertest.Call{Method: http.MethodGet, Path: "/cards/x"}).Code
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("the 601st look at a card in a minute has the status %d", status)
	}
}

func TestCardShowsWhatPeopleDecided(t *testing.T) {
	t.Parallel()
	v := newVeiled(t)
	_, path := v.share(app.ShareInput{})
	agree := claims.Agree
	for _, step := range []struct {
		in    app.ReviewInput
		words []string
	}{
		{app.ReviewInput{Verdict: &agree, Note: "zqx-note"}, []string{"Sources agree", "Decided by a person."}},
		{app.ReviewInput{Alignment: app.Rejected}, []string{"Not one fact", "not about one fact"}},
	} {
		_, err := v.App.AddReview(t.Context(), v.admin, v.finding.ID, step.in)
		v.check(err)
		body := v.card(path).Body.String()
		for _, words := range step.words {
			if !strings.Contains(body, words) {
				t.Errorf("the card lacks %q: %s", words, body)
			}
		}
		if strings.Contains(body, secret) {
			t.Error("the card tells a note")
		}
	}
}

// TestBlindReviewersMakeAndSeeNoShares asks for a blind review of a finding that has a
// card: the card shows its passages alone until all have answered.
func TestBlindReviewersMakeAndSeeNoShares(t *testing.T) {
	t.Parallel()
	v := newVeiled(t)
	share, path := v.share(app.ShareInput{})
	editor, other := v.person("edda", auth.Editor), v.person("finn", auth.Checker)
	_, err := v.App.AskBlind(t.Context(), v.admin, app.BlindInput{FindingID: v.finding.ID, Reviewers: []string{editor.id, other.id}})
	v.check(err)
	who, err := v.App.AuthenticateKey(t.Context(), editor.key)
	v.check(err)
	if _, _, err := v.App.CreateShare(t.Context(), who, v.finding.ID, app.ShareInput{}); claims.KindOf(err) != claims.Conflict {
		t.Errorf("a blind reviewer shares: %v", err)
	}
	for name, list := range map[string]func() (app.List[app.Share], error){
		"of the finding": func() (app.List[app.Share], error) {
			return v.App.Shares(context.Background(), who, v.finding.ID, app.Page{})
		},
		"of all": func() (app.List[app.Share], error) { return v.App.AllShares(context.Background(), who, app.Page{}) },
	} {
		if l, err := list(); err != nil || len(l.Items) > 0 {
			t.Errorf("a blind reviewer sees shares %s: %v, %v", name, l.Items, err)
		}
	}
	if _, err := v.App.EndShare(t.Context(), who, share.ID); claims.KindOf(err) != claims.NotFound {
		t.Errorf("a blind reviewer ends a share: %v", err)
	}
	body := v.card(path).Body.String()
	for _, out := range []string{"Sources diverge", "Sources agree", "≠", `class="letter"`} {
		if strings.Contains(body, out) {
			t.Errorf("while it is reviewed, the card tells %q", out)
		}
	}
	for _, in := range []string{"Being reviewed", "evacuated 1,200", "evacuated 2,000"} {
		if !strings.Contains(body, in) {
			t.Errorf("while it is reviewed, the card lacks %q: %s", in, body)
		}
	}
}
