package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/sample"
	"corroborate/internal/server/servertest"
)

// desk is a service with the sample story and people who review it.
type desk struct {
	*tab
	admin app.Actor
	story string
	// ids are those of the people, by name.
	ids map[string]string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{tab: open(t, servertest.Options{}), ids: map[string]string{}}
	var err error
	d.admin, err = d.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	d.check(err)
	s, err := sample.Load()
	d.check(err)
	in := app.StoryInput{Title: s.Title}
	for _, a := range s.Articles {
		in.Articles = append(in.Articles, app.ArticleInput{Text: a.Text, Source: a.Source, Title: a.Title, URL: a.URL, PublishedAt: a.PublishedAt})
	}
	story, err := d.App.CreateStory(t.Context(), d.admin, in)
	d.check(err)
	d.story = story.ID
	steps, err := d.App.WatchStory(t.Context(), d.admin, d.story)
	d.check(err)
	for p := range steps {
		if p.Status == app.Ready {
			return d
		}
	}
	t.Fatal("the story was never compared")
	return nil
}

func (d *desk) check(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// person makes an account and gives its address.
func (d *desk) person(name string, role auth.Role) string {
	d.t.Helper()
	email := name + "@news.example"
	u, err := d.App.CreateUser(d.t.Context(), d.admin, app.UserInput{Email: email, Name: name, Password: servertest.Password, Role: role})
	d.check(err)
	d.ids[name] = u.ID
	return email
}

// decided counts the findings of the story by what people decided.
func (d *desk) decided() map[string]int {
	d.t.Helper()
	list, err := d.App.Findings(d.t.Context(), d.admin, app.FindingFilter{StoryID: d.story, Page: app.Page{Limit: app.MaxLimit}})
	d.check(err)
	out := map[string]int{}
	for _, f := range list.Items {
		out[string(f.Outcome)]++
	}
	return out
}

// leave ends the session, by the form where scripts may be off.
func (d *desk) leave() {
	d.t.Helper()
	d.click("form[action='/logout'] button")
}

func (b *tab) press(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.do(chromedp.KeyEvent(k))
	}
}

// TestCheckerReviewsTwentyFindingsByKeyboard signs in, goes from finding to finding and
// decides on twenty of them without ever touching a mouse.
func TestCheckerReviewsTwentyFindingsByKeyboard(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.visit("/login")
	email := d.person("anna", auth.Checker)
	d.do(chromedp.Focus(chromedp.CSS("#email")), chromedp.KeyEvent(email), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(servertest.Password))
	d.leads(chromedp.KeyEvent(kb.Enter))
	d.visit("/stories/" + d.story)

	// Two rows are decided on in the list, where the focus goes on to the next open row.
	d.press("j")
	d.is("document.activeElement === document.querySelectorAll('[data-row] .row-link')[0]", "true")
	d.press("a")
	d.waitFor("document.querySelector('[data-row] .state-confirmed') && document.activeElement === document.querySelectorAll('[data-row] .row-link')[1]")
	d.press("r")
	d.waitFor("document.querySelector('[data-row] .state-rejected')")
	if got := d.decided(); got["confirmed"] != 1 || got["rejected"] != 1 {
		t.Fatalf("after two rows: %v", got)
	}
	// The rest on the pages of findings, each of which leads to the next open one.
	d.waitFor("document.activeElement === document.querySelectorAll('[data-row] .row-link')[2]")
	d.leads(chromedp.KeyEvent("o"))
	seen := map[string]bool{}
	for i := range 18 {
		at := d.eval("location.pathname")
		if seen[at] {
			t.Fatalf("after %d decisions %s comes again", i, at)
		}
		seen[at] = true
		switch {
		case i == 5: // another verdict, by the form
			d.press("c")
			d.is("document.activeElement.name", "verdict")
			d.do(chromedp.KeyEvent(kb.ArrowDown))
			d.leads(chromedp.KeyEvent(kb.Enter))
		case i%4 == 3:
			d.leads(chromedp.KeyEvent("r"))
		default:
			d.leads(chromedp.KeyEvent("a"))
		}
		d.waitFor("document.readyState === 'complete' && location.pathname !== '" + at + "'")
		d.sees(".notice")
	}
	got := d.decided()
	if n := got["confirmed"] + got["rejected"] + got["changed"]; n != 20 {
		t.Fatalf("%d findings are decided on (%v), want 20", n, got)
	}
	// u takes the last decision back, and then the one before.
	d.leads(chromedp.KeyEvent("u"))
	d.waitFor("document.querySelector('.notice')?.textContent.includes('Undone')")
	d.leads(chromedp.KeyEvent("u"))
	d.waitFor("document.readyState === 'complete' && document.querySelector('.notice')?.textContent.includes('Undone')")
	got = d.decided()
	if n := got["confirmed"] + got["rejected"] + got["changed"]; n != 18 {
		t.Errorf("after undoing two, %d findings are decided on (%v), want 18", n, got)
	}
}

func TestKeysRestWhereTheyWouldDoHarm(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.signIn(d.person("anna", auth.Checker))
	d.visit("/stories/" + d.story)
	d.press("j")
	d.leads(chromedp.KeyEvent("o"))
	at := d.eval("location.pathname")

	d.press("n")
	d.is("document.activeElement.id", "note")
	d.eval("document.querySelector('#note').value = ''") // the driver sends the letter apart from the key, which no browser does
	d.press("a", "r")
	d.is("document.querySelector('#note').value", "ar")

	// The help is a dialog that keeps the focus and gives it back.
	d.do(chromedp.Focus(chromedp.CSS(".crumbs a")))
	d.press("?")
	d.sees("dialog[open] #keys-table")
	d.press("a")
	d.is("document.querySelector('dialog[open]').contains(document.activeElement)", "true")
	d.do(chromedp.KeyEvent(kb.Escape))
	d.waitFor("!document.querySelector('dialog')")
	d.is("document.activeElement.matches('.crumbs a')", "true")

	d.visit("/help/keys")
	d.click("button[name=keys]")
	d.visit(at)
	d.press("a")
	d.is("location.pathname", at)
	if got := d.decided(); got[""] == 0 || got["confirmed"] != 0 {
		t.Errorf("a key that is off decided: %v", got)
	}
	d.visit("/help/keys")
	d.click("button[name=keys]")
	d.visit(at)
	d.leads(chromedp.KeyEvent("a"))
	if got := d.decided(); got["confirmed"] != 1 {
		t.Errorf("a key that is on again did not decide: %v", got)
	}
}

// TestManyAtOnceWithUndo chooses rows and confirms them together, with the script and
// without.
func TestManyAtOnceWithUndo(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.scripts(scripts)
			d.signIn(d.person("anna", auth.Checker))
			d.visit("/stories/" + d.story + "?verdict=single")
			for i := range 3 {
				d.do(chromedp.Click(chromedp.CSS(fmt.Sprintf("[data-row]:nth-child(%d) [data-choose]", i+1))))
			}
			d.click("#bulk [value=confirm]")
			if got := d.decided(); got["confirmed"] != 3 {
				t.Fatalf("confirmed: %v", got)
			}
			if !strings.Contains(d.eval("location.search"), "verdict=single") {
				t.Error("the list is not the one from before")
			}
			d.click(".notice form button")
			if got := d.decided(); got["confirmed"] != 0 {
				t.Errorf("after undoing: %v", got)
			}
		})
	}
}

// TestTwoReviewBlindAndAnEditorSettles lets two checkers judge the same findings
// without seeing what the other or the machine says, and an editor settle where they
// disagree; once with the script and once without.
func TestTwoReviewBlindAndAnEditorSettles(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			t.Parallel()
			reviewBlind(t, scripts)
		})
	}
}

func reviewBlind(t *testing.T, scripts bool) {
	d := newDesk(t)
	d.scripts(scripts)
	anna, bert, eve := d.person("anna", auth.Checker), d.person("bert", auth.Checker), d.person("eve", auth.Editor)
	d.signIn(eve)
	d.visit("/stories/" + d.story + "/blind")
	d.fill("count", "2")
	for _, name := range []string{"anna", "bert"} {
		d.do(chromedp.Click(chromedp.CSS("input[name=reviewers][value='" + d.ids[name] + "']")))
	}
	d.click("main button.button")
	d.sees(".notice")
	d.is("location.pathname", "/review")
	d.leave()

	// Both see the passages only. They agree on the first finding and not on the second.
	var findings []string
	answer := func(email string, verdicts map[int]string) {
		t.Helper()
		d.signIn(email)
		d.visit("/review?show=blind")
		d.click(".desk-line .row-link")
		for i := range 2 {
			at := d.eval("location.pathname")
			if len(findings) < 2 {
				findings = append(findings, at)
			}
			d.sees(".passage")
			d.is("document.querySelectorAll('.verdict, .differences, .position-head, .quick, .differs').length", "0")
			verdict := verdicts[0]
			if at == findings[len(findings)-1] && at != findings[0] {
				verdict = verdicts[1]
			}
			if verdict == "diverge" {
				d.do(chromedp.Click(chromedp.CSS("input[name=kinds][value=number]")))
			}
			d.do(chromedp.Click(chromedp.CSS("input[name=verdict][value=" + verdict + "]")))
			d.click(".review button[type=submit]")
			d.sees(".notice")
			if i == 0 && d.eval("location.pathname") == at {
				d.visit("/review?show=blind")
				d.click(".desk-line .row-link")
			}
		}
	}
	answer(anna, map[int]string{0: "agree", 1: "diverge"})
	d.visit(findings[0])
	d.is("document.querySelectorAll('.verdict').length", "0")
	d.leave()
	answer(bert, map[int]string{0: "agree", 1: "unrelated"})

	// All have answered: everybody sees everything.
	d.visit(findings[1])
	d.sees("#blind")
	if got := d.text(".revealed"); !strings.Contains(got, "they disagree") || !strings.Contains(got, "diverge") || !strings.Contains(got, "not one fact") || !strings.Contains(got, "The machine") {
		t.Errorf("revealed: %s", got)
	}
	d.leave()

	d.signIn(eve)
	d.visit("/agreement?show=unsettled")
	d.is("document.querySelectorAll('.revealed-item').length", "1")
	d.click(".revealed-item h3 a")
	d.is("document.querySelector('[name=adjudicates]').checked", "true")
	d.do(chromedp.Click(chromedp.CSS(".review input[name=verdict][value=diverge]")))
	d.fill("note", "The numbers are of one count.")
	d.click(".review form[data-review] button[type=submit]")
	d.sees(".notice")
	if got := d.text(".reviews li:first-child"); !strings.Contains(got, "adjudicates") || !strings.Contains(got, "eve") {
		t.Errorf("the newest review: %s", got)
	}
	d.visit("/agreement?show=unsettled")
	d.is("document.querySelectorAll('.revealed-item').length", "0")
	if got := d.text("#agreement-verdict ~ .scroll tbody"); !strings.Contains(got, "1 of 2") {
		t.Errorf("agreement: %s", got)
	}
}
