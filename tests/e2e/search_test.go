package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// toSearch presses the key that leads to the field of the search. The field is emptied
// then: a key that is sent by a program writes its letter whatever a page does with it.
func (b *tab) toSearch() {
	b.t.Helper()
	b.do(chromedp.KeyEvent("/"))
	b.is("document.activeElement.id", "find")
	b.eval("document.activeElement.value = ''")
}

func TestSearchSuggestsAndIsKept(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	story := b.addStory()

	// The key leads to the field of the head; what is typed brings suggestions.
	b.visit("/")
	b.toSearch()
	b.do(chromedp.KeyEvent("ferr"))
	b.sees("#find-list [role=option]")
	b.is("document.activeElement.getAttribute('aria-expanded')", "true")
	b.waitFor("document.querySelector('.find [role=status]').textContent.includes('suggestion')")

	// Arrows choose, and the field says which; Escape closes; up goes to the last.
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	b.is("document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).ariaSelected", "true")
	b.is("document.querySelectorAll('#find-list [aria-selected=true]').length", "1")
	b.do(chromedp.KeyEvent(kb.Escape))
	b.is("document.querySelector('#find-list').hidden", "true")
	b.is("document.activeElement.value", "ferr")
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	b.sees("#find-list [role=option]")
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	b.leads(chromedp.KeyEvent(kb.Enter))
	b.is("location.pathname", story)

	// Enter without a choice searches for what was typed.
	b.toSearch()
	b.do(chromedp.KeyEvent("ferry -cars"))
	b.leads(chromedp.KeyEvent(kb.Enter))
	b.is("location.pathname + location.search", "/search?q=ferry+-cars")
	b.sees(".hit mark")

	// It is kept, and read as a feed by somebody who is not signed in.
	b.fill("name", "Ferries")
	b.click("form[action='/filters'] button")
	b.is("location.pathname", "/filters")
	b.click(".story-line a[href$='/edit']")
	b.click("form[action$='/feed'] button")
	address := b.text(".secret code")
	if w := b.Do(servertest.Call{Method: "GET", Path: address[strings.Index(address, "/filters/"):]}); w.Code != 200 || !strings.Contains(w.Body.String(), "<entry>") {
		t.Errorf("the feed: status %d, %s", w.Code, w.Body)
	}
	b.visit("/filters")
	b.click(".story-line a[href$='/delete']")
	b.click("button.danger")
	b.sees(".empty")
}

func TestSearchWithoutJavaScript(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	b.addStory()
	b.scripts(false)
	b.visit("/")
	b.is("document.querySelector('#find').getAttribute('role')", "null")
	b.fill("q", "fery")
	b.leads(chromedp.Submit(chromedp.CSS("#find")))
	b.sees(".notice a[href*='ferry']")
	b.click(".kinds a[href*='finding']")
	b.click(".hit h3 a")
	if got := b.eval("location.pathname"); !strings.HasPrefix(got, "/findings/") {
		t.Errorf("a finding leads to %s", got)
	}
	for _, width := range []int64{360, 1440} {
		b.do(chromedp.EmulateViewport(width, 800))
		for _, path := range []string{"/search", "/search?q=ferry", "/filters"} {
			b.visit(path)
			if wide := b.eval("document.documentElement.scrollWidth > innerWidth"); wide != "false" {
				t.Errorf("%s is wider than %d pixels", path, width)
			}
		}
	}
}
