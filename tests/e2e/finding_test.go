package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// TestFindingIsReadAndHandedOver goes from the matrix through a finding to the dossier,
// with JavaScript and without.
func TestFindingIsReadAndHandedOver(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	story := b.addStory()
	for _, on := range []bool{true, false} {
		b.scripts(on)
		b.visit(story)
		b.click(".row-diverge .row-link")
		b.is("document.querySelector('[data-copy]').hidden", map[bool]string{true: "false", false: "true"}[on])
		b.is("document.querySelectorAll('.position').length > 1", "true")
		b.is("document.querySelectorAll('.finding-history li').length > 0", "true")
		b.visit(story + "/dossier")
		b.do(chromedp.Click(chromedp.CSS(".dossier-options input[name=only]"))) // leads nowhere yet
		b.click(".dossier-options button[type=submit]")
		if got := b.eval("location.search"); !strings.Contains(got, "only=diverge") {
			t.Errorf("the dossier is at %q", got)
		}
		b.is("document.querySelectorAll('.dossier-finding').length > 0 && !document.querySelector('#agree')", "true")
	}
}
