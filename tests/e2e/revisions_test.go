package e2e

import (
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// addArticle adds an article to a story by the form and waits until the story is
// compared.
func (b *tab) addArticle(story, source, text string) {
	b.t.Helper()
	b.visit("/articles/new?story=" + strings.TrimPrefix(story, "/stories/"))
	b.fill("source", source)
	b.fill("text", text)
	b.fill("url", "https://"+strings.ToLower(source)+".example/flood")
	b.click("main button[type=submit]")
	b.visit(story)
	b.waitFor("document.readyState === 'complete' && document.querySelector('.matrix') && !document.querySelector('.progress')")
}

// TestArticleThatChangedThrice has a source mend a typo, correct a number and take
// its article back, and reads the history without JavaScript.
func TestArticleThatChangedThrice(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	b.visit("/stories/new")
	b.fill("title", "A flood at Marrow")
	b.click("main button[type=submit]")
	story := b.eval("location.pathname")
	const people = "Rescuers evacuated 2,000 people from the town."
	b.addArticle(story, "Gazette", "Rescuers evacuated 1,200 people from the town. Mayor Ann Weller closed the bridge.")
	for _, text := range []string{
		people + " The scholo stayed open on Tuesday.",
		people + " The school stayed open on Tuesday.",
		"Rescuers evacuated 1,200 people from the town. The school stayed open on Tuesday.",
	} {
		b.addArticle(story, "Courier", text)
	}
	if got := b.text("#corrections"); !strings.Contains(got, "divergence healed") || !strings.Contains(got, "Courier corrected this in revision 3") {
		t.Errorf("the story says %q", got)
	}
	b.click("#corrections .difference-head a")
	if got := b.text("#corrections .versus"); !strings.Contains(got, "2,000") || !strings.Contains(got, "1,200") {
		t.Errorf("the finding says %q", got)
	}
	b.addArticle(story, "Courier", "This story has been withdrawn because it could not be confirmed.")

	b.scripts(false)
	b.visit(story)
	b.click(".articles li:nth-child(2) a")
	if got := b.text("main .alert"); !strings.Contains(got, "Changed since.") || !strings.Contains(got, "retracted") {
		t.Errorf("the article says %q", got)
	}
	b.click("main .alert a")
	b.is("document.querySelectorAll('.revisions > li').length", "4")
	if got := b.text(".alert"); !strings.Contains(got, "taken back") {
		t.Errorf("of the retraction it says %q", got)
	}
	b.click(".revisions li[value='3'] a")
	b.is("document.querySelector('.edit-fact del').textContent + ' ' + document.querySelector('.edit-fact ins').textContent", "2,000 1,200")
	b.click(".revisions li[value='2'] a")
	b.is("document.querySelectorAll('.edit-typo').length + ' ' + document.querySelectorAll('.edit').length", "1 1")
	b.is("document.documentElement.scrollWidth <= innerWidth", "true")
}
