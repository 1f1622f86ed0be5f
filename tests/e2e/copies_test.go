package e2e

import (
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// TestFromAnArticleToItsCopyAndBack follows the copies of the sample's agency report,
// without scripts.
func TestFromAnArticleToItsCopyAndBack(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	b.visit(b.addStory())
	courier := b.eval("[...document.querySelectorAll('.articles li')].find(li => li.textContent.includes('Coastal Courier')).querySelector('a').getAttribute('href')")
	b.scripts(false)
	b.visit(courier)
	if got := b.text(".copies li"); !strings.Contains(got, "Northwire") || !strings.Contains(got, "copy") {
		t.Errorf("the article shows the copies %q", got)
	}
	b.click(".copies li a")
	if got := b.text(".copies li"); !strings.Contains(got, "Coastal Courier") {
		t.Errorf("the copy shows the copies %q", got)
	}
	b.click(".copies li a")
	b.is("location.pathname", courier)
}
