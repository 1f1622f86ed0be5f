package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/internal/store/storetest/made"
)

// openMatrix opens a service with a story of 20 sources and 130 findings, signed in as
// a reader, and gives the story's address.
func openMatrix(t *testing.T) (*tab, string) {
	t.Helper()
	b := open(t, servertest.Options{})
	story := "/stories/" + made.Story(t, b.Pool, made.Size{Articles: 20, Findings: 130})
	b.signIn(b.User(auth.Reader))
	return b, story
}

const rowsShown = "document.querySelectorAll('tr[data-row]').length"

func TestMatrixGrowsAsTheReaderNearsItsEnd(t *testing.T) {
	t.Parallel()
	b, story := openMatrix(t)
	b.visit(story)
	b.is(rowsShown, "50")
	b.is("getComputedStyle(document.querySelector('.matrix thead')).position", "sticky")

	// By scrolling, the rows come and the focus stays.
	b.eval("document.querySelector('.row-link').focus({preventScroll: true})")
	b.eval("document.querySelector('[data-matrix]').scrollTo(0, 1e6)")
	b.waitFor(rowsShown + " >= 100")
	b.is("document.activeElement === document.querySelector('.row-link')", "true")
	b.eval("document.querySelector('[data-matrix]').scrollTo(0, 1e6)")
	b.waitFor(rowsShown + " === 130")
	b.is("new Set([...document.querySelectorAll('tr[data-row]')].map(r => r.dataset.finding)).size", "130")
	b.is("document.querySelector('[data-more]')", "null")

	// The head stays in sight.
	b.is("document.querySelector('.heads').getBoundingClientRect().bottom > document.querySelector('[data-matrix]').getBoundingClientRect().top", "true")
}

func TestMatrixIsSortedGroupedAndFiltered(t *testing.T) {
	t.Parallel()
	b, story := openMatrix(t)
	b.visit(story)
	b.leads(chromedp.SetValue(chromedp.CSS("#sort"), "told"))
	b.is("location.search", "?sort=told")
	b.is("document.activeElement.id", "sort")
	b.leads(chromedp.SetValue(chromedp.CSS("#group"), "kind"))
	b.is("document.querySelector('.group-name').innerText.startsWith('negation')", "true")
	b.click(".figure-diverge")
	b.is("location.search", "?group=kind&sort=told&verdict=diverge")
	b.is(rowsShown, "13")
	b.is("document.querySelector('.filter-more').open", "true")
	b.leads(chromedp.Click(chromedp.CSS("[name=columns]")))
	b.is("document.querySelectorAll('.heads th').length < 21", "true")
	b.click(".filter-go a")
	b.is("location.search", "?columns=telling&group=kind&sort=told")

	// A finding leads on in the list that it was opened from.
	second := b.eval("document.querySelectorAll('.row-link')[1].pathname")
	b.click(".row-link")
	b.leads(chromedp.KeyEvent("j"))
	b.is("location.pathname", second)
}

func TestClearedPairsComeWhenTheyAreOpened(t *testing.T) {
	t.Parallel()
	b, story := openMatrix(t)
	b.visit(story)
	b.is("document.querySelectorAll('.pair').length", "0")
	b.do(chromedp.Click(chromedp.CSS("#cleared summary")))
	b.waitFor("document.querySelectorAll('#cleared .pair').length === 13")
	b.is("location.pathname", story)
}

func TestMatrixOnAPhoneIsAList(t *testing.T) {
	t.Parallel()
	b, story := openMatrix(t)
	b.do(chromedp.EmulateViewport(360, 740))
	b.visit(story)
	b.is("document.documentElement.scrollWidth", "360")
	b.is("getComputedStyle(document.querySelector('.matrix thead')).display", "none")
	b.is("getComputedStyle(document.querySelector('.cell')).display", "none")
	b.is("document.querySelector('.silence').innerText.includes('not mentioned by')", "true")
	b.eval("scrollTo(0, document.querySelector('tr[data-row]:last-child').offsetTop)")
	b.waitFor(rowsShown + " >= 100")
	b.is("document.documentElement.scrollWidth", "360")
}

func TestMatrixWithoutJavaScript(t *testing.T) {
	t.Parallel()
	b, story := openMatrix(t)
	b.scripts(false)
	b.visit(story)
	b.is(rowsShown, "50")
	b.click("[rel=next]")
	b.click("[rel=next]")
	b.is(rowsShown, "30")
	b.is("document.querySelector('[rel=next]')", "null")
	b.do(chromedp.SetValue(chromedp.CSS("#sort"), "alone"))
	b.click(".filter-go button")
	b.is("new URLSearchParams(location.search).get('sort')", "alone")
	b.is("document.querySelectorAll('.row-single').length", "50")
	b.do(chromedp.Click(chromedp.CSS("#cleared summary")))
	b.click("#cleared a")
	b.is("document.querySelectorAll('.pair').length", "13")
}
