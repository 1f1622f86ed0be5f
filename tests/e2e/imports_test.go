package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// upload sends a file by the form of imports.
func (b *tab) upload(name, content string) {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.visit("/imports")
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
	b.click("main form button[type=submit]")
}

const importedLines = `{"text": "Rescuers evacuated 1,200 people from the town of Marrow.", "source": "Gazette", "title": "=1+1", "external_id": "g1"}
{"text": "The school stayed open."
{"text": "Rescuers evacuated 2,000 people from the town of Marrow.", "source": "Courier", "title": "Flood", "external_id": "c1"}
`

// TestImportWithABrokenLine uploads a file without JavaScript.
func TestImportWithABrokenLine(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.scripts(false)
	b.signIn(b.User(auth.Editor))
	b.click("nav a[href='/imports']")
	b.upload("march.ndjson", importedLines)
	b.waitFor("document.readyState === 'complete' && !document.querySelector('.progress') && document.querySelector('.results')")
	b.is("document.querySelector('h1').textContent", "march.ndjson")
	b.is("[...document.querySelectorAll('.figures b')].map(x => x.textContent).join(' ')", "2 0 0 1")
	if got := b.text(".result-failed"); !strings.HasPrefix(got, "2 failed is no JSON object on one line") {
		t.Errorf("the broken line says %q", got)
	}
	b.click(".figures a[href$='outcome=failed']")
	b.is("document.querySelectorAll('.results tbody tr').length", "1")
	b.upload("march.ndjson", importedLines)
	b.waitFor("document.readyState === 'complete' && !document.querySelector('.progress') && document.querySelector('.results')")
	b.is("[...document.querySelectorAll('.figures b')].map(x => x.textContent).join(' ')", "0 2 0 1")
	b.click(".results a")
	b.is("document.querySelector('h1').textContent", "=1+1")
	b.upload("empty.ndjson", "\n")
	b.sees("main .alert")
	b.is("document.querySelectorAll('.list tbody tr').length", "2")
}

// TestImportShowsItsProgress follows an import to its end with JavaScript.
func TestImportShowsItsProgress(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.signIn(b.User(auth.Editor))
	b.upload("march.ndjson", importedLines)
	b.waitFor("document.querySelector('.notice') && document.querySelector('.results')")
	b.do(chromedp.EmulateViewport(360, 800))
	for _, path := range []string{"/imports", b.eval("location.pathname")} {
		b.visit(path)
		b.is("document.documentElement.scrollWidth", "360")
	}
}
