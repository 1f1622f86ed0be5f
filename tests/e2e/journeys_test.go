package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"corroborate/internal/auth"
	"corroborate/internal/sample"
	"corroborate/internal/server/servertest"
)

// addStory makes a story of the sample's articles by the forms and waits until it
// is compared. It gives the story's address.
func (b *tab) addStory() string {
	b.t.Helper()
	story, err := sample.Load()
	if err != nil {
		b.t.Fatal(err)
	}
	b.visit("/")
	b.click("a[href='/stories/new']")
	b.fill("title", story.Title)
	b.click("main button[type=submit]")
	address := b.eval("location.pathname")
	for _, a := range story.Articles {
		b.click(".actions a[href^='/articles/new']")
		b.fill("source", a.Source)
		b.fill("title", a.Title)
		b.fill("text", a.Text)
		b.fill("url", a.URL)
		b.fill("published_at", a.PublishedAt)
		b.click("main button[type=submit]")
		// The script loads the page again when the analysis has ended.
		b.waitFor("document.readyState === 'complete' && document.querySelector('.matrix') && !document.querySelector('.progress')")
	}
	return address
}

func TestNewcomerReachesAFinding(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.visit("/")
	b.is("location.pathname", "/login")
	b.signIn(b.User(auth.Editor))
	b.is("location.pathname", "/")
	b.sees(".empty")
	story := b.addStory()
	b.is("document.querySelectorAll('.matrix .heads th').length", "6")

	b.click(".row-diverge .row-link")
	finding := b.eval("location.pathname")
	if !strings.HasPrefix(finding, "/findings/") {
		t.Fatalf("a row leads to %s", finding)
	}
	b.sees(".position-head")
	if b.text(".difference-why") == "" {
		t.Error("the finding does not say what differs")
	}

	// To the passage in its article, and back to the same passage.
	passage := b.eval("document.querySelector('.passage').id")
	b.click(".passage .reader-link")
	b.is("location.hash", "#"+passage)
	b.sees(".claim-diverge")
	b.is("document.getElementById('"+passage+"') !== null", "true")
	b.click("a.claim[href^='" + finding + "'][href$='#" + passage + "']")
	b.is("location.pathname + location.hash", finding+"#"+passage)
	b.is("document.querySelector('.passage:target').id", passage)
	b.click(".crumbs a[href^='" + story + "']")
	b.sees(".matrix")
}

func TestFilterIsAppliedAtOnce(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	story := b.addStory()
	b.leads(chromedp.SetValue(chromedp.CSS("#verdict"), "agree"))
	b.is("location.pathname + location.search", story+"?verdict=agree")
	b.is("document.querySelectorAll('.row-diverge').length", "0")
	b.click(".filter-go a")
	b.is("location.search", "")
}

func TestReviewByKeyboardAlone(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	story := b.addStory()
	b.visit(story)

	// The first stop of the keyboard leads past the navigation.
	b.do(chromedp.KeyEvent(kb.Tab))
	b.is("document.activeElement.className", "skip")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.is("document.activeElement.id", "main")

	// j goes down the rows, k up; Enter opens.
	b.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	b.is("document.activeElement === document.querySelector('.row-link')", "true")
	b.leads(chromedp.KeyEvent(kb.Enter))
	first := b.eval("location.pathname")
	b.leads(chromedp.KeyEvent("j"))
	b.leads(chromedp.KeyEvent("k"))
	b.is("location.pathname", first)

	// To the form, a verdict by the arrows, and save by Enter.
	for range 80 {
		b.do(chromedp.KeyEvent(kb.Tab))
		if b.eval("document.activeElement.name") == "verdict" {
			break
		}
	}
	b.is("document.activeElement.name", "verdict")
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	chosen := b.eval("document.activeElement.value")
	b.leads(chromedp.KeyEvent(kb.Enter))
	b.sees(".notice")
	if got := b.text(".reviews"); !strings.Contains(got, "verdict: "+chosen) {
		t.Errorf("the review says %q, want the verdict %q", got, chosen)
	}
}

func TestPhoneHasNoSidewaysScroll(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Administrator))
	story := b.addStory()
	b.visit(story)
	finding := b.eval("document.querySelector('.row-link').getAttribute('href')")
	article := b.eval("document.querySelector('.articles a').getAttribute('href')")
	for _, width := range []int64{360, 390, 768} {
		b.do(chromedp.EmulateViewport(width, 800))
		for _, path := range []string{"/", story, story + "/edit", story + "/delete", finding, article, "/articles/new", "/sources", "/account", "/bin", "/admin/users"} {
			b.visit(path)
			wide := b.eval("document.documentElement.scrollWidth")
			if wide != fmt.Sprint(width) {
				t.Errorf("%s at %d pixels is %s wide", path, width, wide)
			}
		}
	}
	b.do(chromedp.EmulateViewport(390, 800))
	b.visit(story)
	b.is("getComputedStyle(document.querySelector('.matrix thead')).display", "none")
	b.is("getComputedStyle(document.querySelector('.cell')).display", "none")
	b.is("document.querySelector('.tellers').scrollWidth <= document.querySelector('.tellers').clientWidth", "true")
}

func TestWithoutJavaScript(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.scripts(false)
	b.signIn(b.User(auth.Editor))
	b.sees("a[href='/stories/new']")
	b.scripts(true)
	story := b.addStory()
	b.scripts(false)
	b.visit(story + "?verdict=diverge")
	b.sees(".row-diverge")
	b.click(".filter-go button")
	b.sees(".matrix")
	b.click(".row-link")
	b.do(chromedp.Click(chromedp.CSS("input[name=verdict][value=diverge]")))
	b.click(".review button[type=submit]")
	b.sees(".reviews")
	b.click("form[action='/logout'] button")
	b.sees("form[action='/login']")
}

func TestWrongFormComesBack(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	b.visit("/articles/new")
	b.fill("source", "City <b>Gazette</b>")
	b.fill("text", "It rained on Monday.")
	b.fill("published_at", "9999-01-01")
	b.click("main button[type=submit]")
	b.sees("#published_at-error")
	b.is("document.querySelector('#source').value", "City <b>Gazette</b>")
	b.is("document.querySelector('#text').value", "It rained on Monday.")
}
