package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// Three articles: the first two on one event, in other words, the third near enough
// to it for the service to be uncertain.
var (
	aground = app.ArticleInput{Source: "The Ledger", Title: "Ferry runs aground off Port Ansel", PublishedAt: "2025-03-03",
		Text: "The ferry Halden Star with 300 passengers aboard struck a rock near Port Ansel on Monday, the harbour master Ruth Amadi " +
			"said. Lifeboats from Carrick took off all passengers within two hours. The rock is marked on charts, and Amadi said an " +
			"inquiry by the Harbour Safety Board would look at the ferry's radar."}
	saved = app.ArticleInput{Source: "Northwire", Title: "Passengers saved after Halden Star hits rock", PublishedAt: "2025-03-03",
		Text: "All 300 people on the ferry Halden Star were brought to safety on Monday after she hit a rock outside Port Ansel. " +
			"Harbour master Ruth Amadi praised the lifeboat crews from Carrick. The Harbour Safety Board opened an inquiry and will " +
			"examine the radar of the vessel."}
	refunds = app.ArticleInput{Source: "Trade Daily", Title: "Ferry line offers refunds", PublishedAt: "2025-03-05",
		Text: "The owner of the ferry Halden Star will pay back tickets to passengers, the company said on Wednesday. Summer sailings " +
			"to Port Ansel begin as planned in June. Bookings fell by a tenth this spring, and shares lost two percent in early trading."}
)

// arrives stores an article as a program would and waits until the service has
// placed and compared it. It gives the address of its story.
func (b *tab) arrives(in app.ArticleInput) string {
	b.t.Helper()
	admin, err := b.App.AuthenticateKey(b.t.Context(), servertest.AdminKey)
	if err != nil {
		b.t.Fatal(err)
	}
	art, _, err := b.App.AddArticle(b.t.Context(), admin, in)
	if err != nil {
		b.t.Fatal(err)
	}
	for end := time.Now().Add(2 * patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		got, err := b.App.Article(b.t.Context(), admin, art.ID)
		if err != nil {
			b.t.Fatal(err)
		}
		if got.StoryID == "" {
			continue
		}
		if s, err := b.App.Story(b.t.Context(), admin, got.StoryID); err == nil && s.Status == app.Ready {
			return "/stories/" + s.ID
		}
	}
	b.t.Fatal("the article was never placed and compared")
	return ""
}

// TestEditorDecidesWhatBelongsTogether walks without JavaScript: an uncertain
// article is confirmed, a story is split and merged again, a lock is respected.
func TestEditorDecidesWhatBelongsTogether(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	story := b.arrives(aground)
	if joined := b.arrives(refunds); joined != story {
		t.Fatalf("the second article is in %s, not %s", joined, story)
	}
	b.scripts(false)
	b.signIn(b.User(auth.Editor))

	b.click("nav a[href='/waiting']")
	b.is("document.querySelectorAll('.waiting-item').length", "1")
	b.do(chromedp.EmulateViewport(360, 800))
	b.is("document.documentElement.scrollWidth", "360")
	b.do(chromedp.EmulateViewport(1280, 900))
	b.click("button[value=belongs]")
	b.sees(".notice")
	b.is("document.querySelectorAll('.waiting-item').length", "0")

	// Split off and take in again.
	b.visit(story)
	b.click("a[href='" + story + "/regroup']")
	b.do(chromedp.EmulateViewport(360, 800))
	b.is("document.documentElement.scrollWidth", "360")
	b.do(chromedp.EmulateViewport(1280, 900))
	b.do(chromedp.Click(chromedp.CSS(".choose label:nth-of-type(2) input")))
	b.click("#articles-form .button")
	made := b.eval("location.pathname")
	if made == story {
		t.Fatal("no story was split off")
	}
	b.is("document.querySelector('h1').innerText", refunds.Title)
	b.visit(story + "/regroup")
	b.do(chromedp.SetValue(chromedp.CSS("#story-merge"), made[len("/stories/"):]))
	b.click("form[action$='/merge'] button")
	b.is("location.pathname", story)
	b.is("document.querySelectorAll('.articles li').length", "2")
	b.visit(made)
	b.is("location.pathname", story)

	// A locked story draws nothing, not even what would surely join it.
	b.click("button[name=locked]")
	b.sees(".page-head .tag")
	if other := b.arrives(saved); other == story {
		t.Error("the locked story drew an article")
	}
	b.visit(story)
	b.is("document.querySelectorAll('.articles li').length", fmt.Sprint(2))
}
