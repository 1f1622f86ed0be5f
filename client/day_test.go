package client_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corroborate/client"
	"corroborate/internal/server/servertest"
)

// lines is what a CMS sends: three tellings of one event that differ in a number and a
// day, and a line that is broken.
const lines = `{"id": "cms-1", "source": "Harbour Post", "title": "Ferry hits pier", "published_at": "2025-03-28", "text": "The ferry Aurora hit the north pier of Port Alder on Thursday. The coast guard said 41 people were injured. The harbour was closed until evening."}
{"id": "cms-2", "source": "Coastal Courier", "title": "Ferry strikes pier", "published_at": "2025-03-28", "text": "The ferry Aurora struck the north pier of Port Alder on Thursday. The coast guard said 27 people were injured. The harbour was closed until evening."}
{"id": "cms-3", "source": ""}
{"id": "cms-4", "source": "Alder Gazette", "title": "Aurora rams pier", "published_at": "2025-03-28", "text": "The ferry Aurora hit the north pier of Port Alder on Thursday. The coast guard said 41 people were injured."}
`

// TestADayOfWork does what an editor's system does in a day, against a real service.
func TestADayOfWork(t *testing.T) {
	t.Parallel()
	service := servertest.New(t, servertest.Options{Jobs: true, HookAllow: []string{"127.0.0.1"}})
	web := httptest.NewServer(service)
	t.Cleanup(web.Close)
	c, err := client.New(web.URL, client.Config{Key: servertest.AdminKey})
	must(t, err)

	told := receive(t, c)
	storyID := importAndWait(t, c)
	finding := aDivergence(t, c, storyID)
	review(t, c, finding)
	told(t, finding.ID)
	check(t, c, storyID)
	export(t, c, storyID)
	rename(t, c, storyID)
	keyOfItsOwn(t, c, web.URL)
}

// importAndWait imports the lines and waits until their story is ready.
func importAndWait(t *testing.T, c *client.Client) string {
	t.Helper()
	i, err := c.CreateImport(t.Context(), client.CreateImportQuery{Name: "morning"}, strings.NewReader(lines))
	must(t, err)
	soon(t, func() error {
		now, err := c.GetImport(t.Context(), i.ID)
		if err != nil || now.Status != "done" || now.Waiting > 0 {
			return fmt.Errorf("the import: %+v, %w", now, err)
		}
		return nil
	})
	failed, articles := 0, []string{}
	for r, err := range c.AllImportResults(t.Context(), i.ID, client.ListImportResultsQuery{Limit: 2}) {
		must(t, err)
		if r.Outcome == "failed" {
			failed = r.Line
			continue
		}
		articles = append(articles, *r.ArticleID)
	}
	if failed != 3 || len(articles) != 3 {
		t.Fatalf("line %d failed and %d articles came, want line 3 and 3", failed, len(articles))
	}
	story := ""
	soon(t, func() error {
		story = ""
		for _, id := range articles {
			a, err := c.GetArticle(t.Context(), id)
			if err != nil || a.Value.StoryID == nil || story != "" && story != *a.Value.StoryID {
				return fmt.Errorf("the article %+v, %w", a, err)
			}
			story = *a.Value.StoryID
		}
		s, err := c.GetStory(t.Context(), story)
		if err != nil || s.Value.Status != "ready" {
			return fmt.Errorf("the story: %+v, %w", s, err)
		}
		return nil
	})
	return story
}

// aDivergence gives the finding in which the numbers differ.
func aDivergence(t *testing.T, c *client.Client, storyID string) client.FindingDetail {
	t.Helper()
	for f, err := range c.AllFindings(t.Context(), storyID, client.ListFindingsQuery{Verdict: []string{"diverge"}, Kind: []string{"number"}}) {
		must(t, err)
		d, err := c.GetFinding(t.Context(), f.ID)
		must(t, err)
		if d.Value.Differences[0].Values[0] == d.Value.Differences[0].Values[1] || len(d.Value.Members) < 2 {
			t.Errorf("the finding is %+v", d.Value)
		}
		return d.Value
	}
	t.Fatal("no finding diverges in a number")
	return client.FindingDetail{}
}

func review(t *testing.T, c *client.Client, f client.FindingDetail) {
	t.Helper()
	r, err := c.CreateReview(t.Context(), f.ID, client.NewReviewBody{Verdict: new("diverge"), Note: new("The coast guard says 41."),
		Differences: []client.ItemDecision{{ID: f.Differences[0].ID, Decision: "confirmed"}}})
	must(t, err)
	if r.Outcome != "confirmed" || r.Author == "" {
		t.Errorf("the review is %+v", r)
	}
	_, err = c.CreateReview(t.Context(), f.ID, client.NewReviewBody{})
	if p, ok := errors.AsType[*client.Problem](err); !ok || p.Status != http.StatusUnprocessableEntity || p.Fix == "" {
		t.Errorf("an empty review: %v", err)
	}
}

func export(t *testing.T, c *client.Client, storyID string) {
	t.Helper()
	r, err := c.GetReport(t.Context(), storyID)
	must(t, err)
	if len(r.Articles) != 3 {
		t.Errorf("the report has %d articles", len(r.Articles))
	}
	for _, a := range r.Articles {
		text := []rune(a.Text)
		for _, claim := range a.Claims {
			if string(text[claim.Start:claim.End]) != claim.Exact {
				t.Errorf("the passage %d to %d is not %q", claim.Start, claim.End, claim.Exact)
			}
		}
	}
	table, err := c.GetReportCSV(t.Context(), storyID)
	must(t, err)
	if rows, err := csv.NewReader(strings.NewReader(string(table))).ReadAll(); err != nil || len(rows) < 4 {
		t.Errorf("the table has %d rows, %v", len(rows), err)
	}
	text, err := c.GetReportMarkdown(t.Context(), storyID)
	must(t, err)
	if !strings.Contains(string(text), "Coastal Courier") {
		t.Errorf("the text is\n%s", text)
	}
}

// receive makes a webhook for reviews, and gives a function that waits for the one of a
// finding and verifies it.
func receive(t *testing.T, c *client.Client) func(t *testing.T, findingID string) {
	t.Helper()
	type call struct {
		header http.Header
		body   []byte
	}
	calls := make(chan call, 10)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		calls <- call{r.Header, body}
	}))
	t.Cleanup(receiver.Close)
	hook, err := c.CreateWebhook(t.Context(), client.WebhookBody{URL: receiver.URL, Events: []string{"review.created"}})
	must(t, err)
	secret := *hook.Value.Secret
	return func(t *testing.T, findingID string) {
		t.Helper()
		select {
		case got := <-calls:
			must(t, client.VerifyWebhook(secret, got.header, got.body, time.Now()))
			if !strings.Contains(string(got.body), findingID) || !strings.Contains(string(got.body), "review.created") {
				t.Errorf("the webhook was sent %s", got.body)
			}
			if client.VerifyWebhook(secret, got.header, append(got.body, ' '), time.Now()) == nil ||
				client.VerifyWebhook(secret, got.header, got.body, time.Now().Add(time.Hour)) == nil ||
				client.VerifyWebhook("whsec_AAAA", got.header, got.body, time.Now()) == nil {
				t.Error("a call that was changed, is old or is another's passes")
			}
		case <-time.After(time.Minute):
			t.Fatal("the webhook was not called")
		}
	}
}

// check holds a draft that takes one side against the story.
func check(t *testing.T, c *client.Client, storyID string) {
	t.Helper()
	got, err := c.CheckDraft(t.Context(), client.DraftBody{StoryID: &storyID,
		Text: new("The ferry Aurora hit the north pier of Port Alder on Thursday. The coast guard said 35 people were injured.")})
	must(t, err)
	verdicts := ""
	for _, claim := range got.Claims {
		if claim.Verdict != nil {
			verdicts += *claim.Verdict + " "
		}
	}
	if !strings.Contains(verdicts, "diverge") {
		t.Errorf("the draft's claims are %s", verdicts)
	}
}

// rename edits with an ETag that is right, then with the one that it no longer has.
func rename(t *testing.T, c *client.Client, storyID string) {
	t.Helper()
	s, err := c.GetStory(t.Context(), storyID)
	must(t, err)
	edited, err := c.EditStory(t.Context(), storyID, s.ETag, client.StoryEdit{Title: new("Ferry at Port Alder")})
	must(t, err)
	if edited.Value.Title != "Ferry at Port Alder" || edited.ETag == s.ETag {
		t.Errorf("the story is %+v", edited)
	}
	_, err = c.EditStory(t.Context(), storyID, s.ETag, client.StoryEdit{Title: new("Another")})
	if p, ok := errors.AsType[*client.Problem](err); !ok || p.Status != http.StatusPreconditionFailed {
		t.Errorf("an edit with an old ETag: %v", err)
	}
}

// keyOfItsOwn makes a key that only reads, uses it and ends it.
func keyOfItsOwn(t *testing.T, c *client.Client, address string) {
	t.Helper()
	k, err := c.CreateKey(t.Context(), client.KeyBody{Name: "dashboard", Scopes: []string{"read"}})
	must(t, err)
	reader, err := client.New(address, client.Config{Key: *k.Secret})
	must(t, err)
	if _, err := reader.ListStories(t.Context(), client.ListStoriesQuery{}); err != nil {
		t.Error(err)
	}
	_, err = reader.CreateStory(t.Context(), client.StoryTitle{Title: "Not permitted"})
	if p, ok := errors.AsType[*client.Problem](err); !ok || p.Status != http.StatusForbidden {
		t.Errorf("a key that only reads: %v", err)
	}
	must(t, c.RevokeKey(t.Context(), k.ID))
	_, err = reader.ListStories(t.Context(), client.ListStoriesQuery{})
	if p, ok := errors.AsType[*client.Problem](err); !ok || p.Status != http.StatusUnauthorized {
		t.Errorf("a key that was revoked: %v", err)
	}
}

// soon waits for something that the service does in the background.
func soon(t *testing.T, done func() error) {
	t.Helper()
	var err error
	for range 600 {
		if err = done(); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal(err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
