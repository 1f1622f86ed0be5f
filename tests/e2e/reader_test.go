package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// floodText has claims enough to be cut and joined.
const floodText = "The river Tarn flooded the town of Marrow on Tuesday.\n\n" +
	"Rescuers evacuated 1,200 people from the town and closed the old bridge. Mayor Ann Weller visited the harbour."

// addFlood makes a story of two articles and gives it and the address of the first.
func (b *tab) addFlood() (story, article string) {
	b.t.Helper()
	b.visit("/stories/new")
	b.fill("title", "A flood at Marrow")
	b.click("main button[type=submit]")
	story = b.eval("location.pathname")
	b.addArticle(story, "Gazette", floodText)
	b.addArticle(story, "Courier", "Rescuers evacuated 2,000 people from the town.")
	return story, b.eval("[...document.querySelectorAll('.articles li')].find(li => li.textContent.includes('Gazette')).querySelector('a').getAttribute('href')")
}

// drag selects words of the text with the mouse, from the first letter of the one to
// the last of the other.
func (b *tab) drag(first, last string) {
	b.t.Helper()
	// The places are those of the words in the text nodes that hold them.
	place := func(word, edge string) (x, y float64) {
		at := b.eval(fmt.Sprintf(`(() => {
			const walker = document.createTreeWalker(document.querySelector("[data-reader]"), NodeFilter.SHOW_TEXT);
			for (let node; (node = walker.nextNode());) {
				const at = node.data.indexOf(%[1]q);
				if (at < 0 || !node.parentElement.closest(".words")) continue;
				const range = document.createRange();
				range.setStart(node, at);
				range.setEnd(node, at + %[2]d);
				if (%[3]q === "left") node.parentElement.scrollIntoView({ block: "center" });
				const box = range.getBoundingClientRect();
				return (%[3]q === "left" ? box.left + 1 : box.right - 1) + " " + (box.top + box.height / 2);
			}
		})()`, word, len(word), edge))
		if _, err := fmt.Sscan(at, &x, &y); err != nil {
			b.t.Fatalf("%q is not in the text: %q", word, at)
		}
		return x, y
	}
	x, y := place(first, "left")
	toX, toY := place(last, "right") // nothing scrolls any more
	b.do(chromedp.DragAndDropXY(x, y, toX, toY))
}

// compared waits until the claims of an article are compared after an edit.
func (b *tab) compared() {
	b.t.Helper()
	b.waitFor("document.readyState === 'complete' && document.querySelector('[data-reader]') && !document.querySelector('[data-awaited]') && !document.querySelector('meta[http-equiv=refresh]')")
}

// claimsShown gives the words of the claims that the page marks.
func (b *tab) claimsShown() string {
	b.t.Helper()
	return b.eval("[...document.querySelectorAll('.notes .note')].map(n => [...document.querySelectorAll(`.claim[data-note='${n.id.slice(5)}']`)].map(c => c.textContent).join('')).join(' | ')")
}

// wants fails unless a claim is among those that are marked, or is not.
func (b *tab) wants(claim string, there bool) {
	b.t.Helper()
	if got := b.claimsShown(); strings.Contains(" | "+got+" | ", " | "+claim+" | ") != there {
		b.t.Errorf("claims %q; %q among them: want %v", got, claim, there)
	}
}

// choose selects the option of a list that ends with some words.
func (b *tab) choose(list, ending string) {
	b.t.Helper()
	b.fill(list, b.eval(fmt.Sprintf("[...document.querySelector('[name=%s]').options].find(o => o.textContent.trim().endsWith(%q)).value", list, ending)))
}

// TestClaimsByMouse makes a claim of words that are selected with the mouse, moves
// borders with it, and finds the claim in the story.
func TestClaimsByMouse(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	story, article := b.addFlood()
	b.visit(article)
	b.is("document.querySelector('[data-selection]').hidden", "true")
	b.drag("evacuated 1,200", "people")
	b.sees("[data-selection]")
	b.waitFor("document.querySelector('[data-selection-words]').textContent.includes('people')")
	if got := b.text("[data-selection-words]"); got != "“evacuated 1,200 people”" {
		t.Errorf("the bar says %q", got)
	}
	b.is("location.pathname", article) // the link under the mouse was not followed
	b.click("[data-selection-add] button")
	b.compared()
	b.wants("evacuated 1,200 people", true)
	if got := b.text(".claim-edits"); !strings.Contains(got, "added by") {
		t.Errorf("nothing says who added the claim: %q", got)
	}
	b.visit(story)
	if got := b.eval("document.querySelector('main').textContent"); !strings.Contains(got, "1,200") {
		t.Errorf("the story does not show the claim: %q", got)
	}

	// The borders of the one claim that is touched are moved.
	b.visit(article)
	b.drag("Mayor", "visited")
	b.waitFor("document.querySelector('[data-selection-words]').textContent.includes('visited')")
	b.sees("[data-selection-adjust] button")
	b.click("[data-selection-adjust] button")
	b.compared()
	b.wants("Mayor Ann Weller visited", true)
	b.wants("Mayor Ann Weller visited the harbour", false)
	if got := b.eval("[...document.querySelectorAll('.note')].find(n => n.textContent.includes('borders moved')).textContent"); !strings.Contains(got, "by") {
		t.Errorf("the margin says %q", got)
	}
	b.click(".claim-edits li:first-child button")
	b.compared()
	b.wants("Mayor Ann Weller visited the harbour", true)

	// What makes no claim is said, and the sentence is offered.
	b.drag("Marrow", "Rescuers")
	b.waitFor("document.querySelector('[data-selection-words]').textContent.includes('Rescuers')")
	b.click("[data-selection-add] button")
	if got := b.text("main"); !strings.Contains(got, "reaches over 2 sentences") {
		t.Errorf("the page says %q", got)
	}

	// The keys go from claim to claim.
	b.visit(article)
	b.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	b.is("document.activeElement.hash", "#note-1")
	b.is("document.querySelectorAll('.claim.here').length > 0", "true")

	// To the finding of a claim, and back to its place.
	b.click(".note-diverge .note-verdict")
	b.sees(".passage")
	b.click("a[href^='" + article + "?']")
	b.is("location.pathname", article)
}

// TestClaimsByForms cuts, joins, drops and restores claims without JavaScript.
func TestClaimsByForms(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	_, article := b.addFlood()
	b.scripts(false)
	edit := func(claim string) {
		t.Helper()
		b.visit(article)
		b.scripts(true)
		address := b.eval(fmt.Sprintf(`(() => {
			const part = [...document.querySelectorAll(".claim")].find((c) => c.textContent === %q);
			return document.querySelector("#note-" + part.dataset.note + " .note-edit").getAttribute("href");
		})()`, claim))
		b.scripts(false)
		b.visit(address)
	}
	settled := func() {
		t.Helper()
		b.sees("[data-reader]")
		for b.eval("document.querySelectorAll('[data-awaited]').length") != "0" {
			b.click("[data-awaited] a")
		}
	}

	// A new claim by its sentence and its words.
	b.visit(article)
	b.click("a[href='" + article + "/claims/new']")
	b.click(".sentences li:nth-child(2) a")
	b.choose("from", "closed")
	b.choose("to", "old")
	b.click("#words ~ form button, section form button")
	settled()
	b.wants("closed the old", true)

	edit("Rescuers evacuated 1,200 people from the town")
	b.choose("after", "people")
	b.click("form[action$='/split'] button")
	settled()
	b.wants("Rescuers evacuated 1,200 people", true)
	b.wants("from the town", true)

	edit("Rescuers evacuated 1,200 people")
	b.choose("with", "“from the town”")
	b.click("form[action$='/merge'] button")
	settled()
	b.wants("Rescuers evacuated 1,200 people from the town", true)

	edit("Rescuers evacuated 1,200 people from the town")
	b.fill("passage", "the")
	b.click("form[action$='/edit'] button")
	b.sees("#passage-error")
	b.is("document.querySelector('#passage').value", "the")
	b.fill("passage", "evacuated 1,200 people")
	b.click("form[action$='/edit'] button")
	settled()
	b.wants("evacuated 1,200 people", true)

	edit("Mayor Ann Weller visited the harbour")
	b.click("form[action$='/drop'] button")
	settled()
	b.wants("Mayor Ann Weller visited the harbour", false)
	b.click(".claim-edits li:first-child button")
	settled()
	b.wants("Mayor Ann Weller visited the harbour", true)

	// A phone: no sideways scroll, and the margin opens by itself.
	b.do(chromedp.EmulateViewport(360, 800))
	for _, path := range []string{article, article + "/claims/new?sentence=2"} {
		b.visit(path)
		b.is("document.documentElement.scrollWidth", "360")
	}
	b.visit(article)
	b.is("document.querySelector('.notes').checkVisibility()", "false")
	b.do(chromedp.Click(chromedp.CSS(".margin summary")))
	b.is("document.querySelector('.notes').checkVisibility()", "true")
}
