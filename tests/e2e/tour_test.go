package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/web"
)

// maxTransfer is the most bytes that a page may take with its styles and scripts,
// as they are sent.
const maxTransfer = 100_000

// maxShift is the most that what is on a page may move while it loads, as browsers
// count it: https://web.dev/articles/cls calls less than this good.
const maxShift = 0.1

// look is a way to look at a page.
type look struct {
	width, height int64
	scheme        string
}

func (l look) String() string { return fmt.Sprintf("%d-%s", l.width, l.scheme) }

// looks are a phone and a wide screen, by day and by night.
var looks = []look{{360, 740, "light"}, {360, 740, "dark"}, {1440, 900, "light"}, {1440, 900, "dark"}}

// as shows the page in a way.
func (b *tab) as(l look) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(l.width, l.height), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}})
		return err
	}))
}

// TestTour looks at every page there is, on a phone and on a wide screen, by day and
// by night. With SHOTS naming a folder it leaves pictures there. With AXE_PATH naming
// the engine axe-core (make a11y), that checks each page in each look.
func TestTour(t *testing.T) {
	t.Parallel()
	b, pages := newsroom(t)
	b.signIn(b.User(auth.Administrator))
	axe := engine(t)
	for _, p := range pages {
		for _, l := range looks {
			b.as(l)
			b.visit(p.address)
			b.fits(p, l)
			b.accessible(axe, p, l)
			b.picture(p, l)
		}
	}
}

// TestTourOfAStranger is [TestTour] for somebody who is not signed in.
func TestTourOfAStranger(t *testing.T) {
	t.Parallel()
	b, pages := newsroom(t)
	axe := engine(t)
	for _, p := range pages {
		if p.access != web.Anyone && p.access != web.ReaderOrPublic {
			continue
		}
		p.name = "stranger-" + p.name
		for _, l := range looks {
			b.as(l)
			b.visit(p.address)
			b.fits(p, l)
			b.accessible(axe, p, l)
			b.picture(p, l)
		}
	}
}

// fits checks what a page's own code can tell: that nothing is wider than the screen
// or moves while it loads, that it is light, and that it has one heading of the first
// order.
func (b *tab) fits(p page, l look) {
	b.t.Helper()
	b.waitFor("document.readyState === 'complete'")
	at := p.address + " at " + l.String()
	if over := b.eval("document.documentElement.scrollWidth - innerWidth"); !strings.HasPrefix(over, "-") && over != "0" {
		b.t.Errorf("%s is %s pixels wider than the screen: %s", at, over, b.eval(widest))
	}
	if n := b.eval("document.querySelectorAll('h1').length"); n != "1" {
		b.t.Errorf("%s has %s headings of the first order", at, n)
	}
	var heavy int
	fmt.Sscan(b.eval(transfer), &heavy)
	if heavy > maxTransfer || heavy == 0 {
		b.t.Errorf("%s takes %d bytes, at most %d are allowed", at, heavy, maxTransfer)
	}
	var shift float64
	fmt.Sscan(b.awaited(shifted), &shift)
	if shift > maxShift {
		b.t.Errorf("%s moves by %.3f while it loads", at, shift)
	}
}

const (
	// widest names what reaches beyond the screen.
	widest = `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, [class*=box]'))
		.slice(0, 5).map(e => e.tagName + '.' + e.className).join(' ')`
	// transfer counts the bytes of the page and of what it loads, compressed.
	transfer = `performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
		.reduce((sum, e) => sum + e.encodedBodySize, 0)`
	// shifted gives how much moved since the page began to load.
	shifted = `new Promise(done => {
		let sum = 0;
		new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; }).observe({type: 'layout-shift', buffered: true});
		setTimeout(() => done(String(sum)), 50);
	})`
)

// awaited gives what a promise of the page holds.
func (b *tab) awaited(expression string) string {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// engine gives the code of the accessibility engine, empty where none is named.
func engine(t testing.TB) string {
	t.Helper()
	path := os.Getenv("AXE_PATH")
	if path == "" {
		t.Log("AXE_PATH is not set: accessibility is not checked (make a11y does)")
		return ""
	}
	code, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(code)
}

// violation is a rule that a page breaks.
type violation struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"`
}

// accessible has the engine check the page.
func (b *tab) accessible(engine string, p page, l look) {
	b.t.Helper()
	if engine == "" {
		return
	}
	for _, v := range b.violations(engine) {
		b.t.Errorf("%s (%s) at %s: %s: %s\n\t%s", p.address, p.name, l, v.ID, v.Help, strings.Join(v.Nodes, "\n\t"))
	}
}

// violations gives what the engine finds, with its rules for WCAG 2.2 A and AA and
// those of good practice.
func (b *tab) violations(engine string) []violation {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[string](engine+";'ready'"))
		return err
	}))
	const check = `axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}).then(r => JSON.stringify(r.violations.map(v =>
		({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' | ' + n.failureSummary.split('\n').slice(1, 3).join(' '))}))))`
	var found []violation
	if err := json.Unmarshal([]byte(b.awaited(check)), &found); err != nil {
		b.t.Fatal(err)
	}
	return found
}

// TestEngineFindsFaults shows that a page with faults would not pass the tour.
func TestEngineFindsFaults(t *testing.T) {
	t.Parallel()
	axe := engine(t)
	if axe == "" {
		t.Skip("AXE_PATH is not set")
	}
	b := open(t, servertest.Options{})
	b.visit("/login")
	b.eval(`document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button><img src="data:,">')`)
	var ids []string
	for _, v := range b.violations(axe) {
		ids = append(ids, v.ID)
	}
	for _, want := range []string{"button-name", "image-alt"} {
		if !slices.Contains(ids, want) {
			t.Errorf("the engine finds %q, not %s", ids, want)
		}
	}
}

// picture leaves a picture of the page in the folder that SHOTS names.
func (b *tab) picture(p page, l look) {
	b.t.Helper()
	folder := os.Getenv("SHOTS")
	if folder == "" {
		return
	}
	shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(90))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, p.name+"-"+l.String()+".jpg"), shot, 0o600)
	}
	if err != nil {
		b.t.Error(err)
	}
}

// page is a page of the tour.
type page struct {
	// name is made from the pattern and says what is special about the page.
	name    string
	address string
	access  web.Access
}

// tour gives the pages for every route that shows one. It fails for a route that
// neither has an address nor is said to be no page.
func tour(t *testing.T, addresses map[string][]string) []page {
	t.Helper()
	var out []page
	for _, r := range web.Routes() {
		if r.Method != http.MethodGet {
			continue
		}
		known, ok := addresses[r.Pattern]
		if !ok {
			t.Errorf("the tour does not know %s: give it an address, or none for what is no page", r.Pattern)
		}
		for i, address := range known {
			name := strings.NewReplacer("/", "_", "{", "", "}", "").Replace(strings.Trim(r.Pattern, "/"))
			out = append(out, page{name: fmt.Sprintf("%s-%d", name, i), address: address, access: r.Access})
		}
	}
	return out
}

// newsroom opens a service in which every page has something to show, and gives its
// pages.
func newsroom(t *testing.T) (*tab, []page) {
	t.Helper()
	site := newspaper(t)
	b := open(t, servertest.Options{PublicRead: true, FetchAllow: []string{strings.TrimPrefix(site, "http://")}})
	return b, tour(t, furnish(b, site).addresses())
}

// query writes an address with a query.
func query(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}

// TestMenuOnAPhone opens the menu without JavaScript.
func TestMenuOnAPhone(t *testing.T) {
	t.Parallel()
	b := open(t, servertest.Options{})
	b.scripts(false)
	b.signIn(b.User(auth.Editor))
	b.as(looks[0])
	b.visit("/")
	b.is("document.querySelector('nav a').checkVisibility()", "false")
	b.do(chromedp.Click(chromedp.CSS(".menu-button")))
	b.sees("nav a[href='/sources']")
	b.picture(page{name: "menu"}, looks[0])
	b.click("nav a[href='/sources']")
	b.is("location.pathname", "/sources")
}
