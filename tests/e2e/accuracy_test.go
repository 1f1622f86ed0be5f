package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// judgedOnce gives how many statements the page of accuracy counts as judged, without
// the lines that count what others count too.
func (b *tab) judgedOnce() string {
	b.t.Helper()
	b.visit("/accuracy")
	return b.eval("[...document.querySelectorAll('.precision tbody tr')].filter(r => !r.matches('.sum') && !r.textContent.includes('about one fact'))" +
		".reduce((n, r) => n + parseInt(r.children[3].textContent), 0)")
}

func TestThreeAreJudgedByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	b.addStory()
	b.visit("/accuracy")
	b.click(".empty a[href='/accuracy/next']")
	for _, key := range []string{"r", "n", "r"} {
		if b.eval("document.querySelector('[data-press=n]') === null") == "true" {
			key = "r" // nothing to say "not one fact" to
		}
		b.sees(".statement")
		b.leads(chromedp.KeyEvent(key))
		b.is("location.pathname", "/accuracy/next")
		b.sees(".last")
	}
	if got := b.judgedOnce(); got != "3" {
		t.Errorf("%s are judged, want 3", got)
	}
	// u takes the last answer back, and a key answers it anew.
	b.visit("/accuracy/next")
	b.leads(chromedp.KeyEvent("u"))
	b.sees(".notice")
	if !strings.HasPrefix(b.eval("location.pathname"), "/accuracy/items/") {
		t.Errorf("taking back leads to %s", b.eval("location.pathname"))
	}
	b.leads(chromedp.KeyEvent("t"))
	if got := b.judgedOnce(); got != "2" {
		t.Errorf("%s are judged after one that cannot be told, want 2", got)
	}
	// Keys rest in a field, and when they are switched off.
	b.visit("/accuracy/next")
	b.do(chromedp.Focus(chromedp.CSS("#note")), chromedp.KeyEvent("r"))
	b.is("document.querySelector('#note').value + location.pathname", "r/accuracy/next")
	b.do(chromedp.Click(chromedp.CSS(".keys-switch input")), chromedp.KeyEvent("r"))
	b.is("document.querySelector('#note').value", "r")
	if got := b.judgedOnce(); got != "2" {
		t.Errorf("%s are judged with keys switched off, want 2", got)
	}
}

func TestThreeAreJudgedWithoutJavaScript(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	b.addStory()
	b.scripts(false)
	b.visit("/accuracy")
	b.click(".empty a[href='/accuracy/next']")
	for range 3 {
		// By the keyboard alone: Tab to the first answer, Enter.
		for range 60 {
			b.do(chromedp.KeyEvent(kb.Tab))
			if b.eval("document.activeElement.value") == "right" {
				break
			}
		}
		b.leads(chromedp.KeyEvent(kb.Enter))
		b.sees(".last")
	}
	if got := b.judgedOnce(); got != "3" {
		t.Errorf("%s are judged, want 3", got)
	}
	b.visit("/overview")
	b.sees("svg.columns")
	b.visit("/sources?sort=diverge")
	b.click(".records tbody a")
	b.sees("#record")
}
