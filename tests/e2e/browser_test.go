// Package e2e walks through the service in a real browser, as people do: with a
// mouse, with the keyboard alone, on a phone, and with JavaScript off.
//
// The tests need Chromium, found on PATH or where CHROMIUM_PATH says, and the
// PostgreSQL cluster of storetest. Every test fails on an error in the browser's
// console, which includes every breach of the content security policy.
package e2e

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"corroborate/internal/server/servertest"
)

// patience is how long one step may take on a busy machine.
const patience = 45 * time.Second

// tab is a tab of a browser that shows a service of its own.
type tab struct {
	t   testing.TB
	ctx context.Context
	url string
	*servertest.Service
	mu sync.Mutex
	// complaints are the errors and warnings of the console.
	complaints []string
}

// open starts a service and a browser, which both end with the test.
func open(t testing.TB, opts servertest.Options) *tab {
	t.Helper()
	opts.Jobs = true
	b := &tab{t: t, Service: servertest.New(t, opts)}
	server := httptest.NewServer(b.Service)
	t.Cleanup(server.Close)
	b.url = server.URL
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)))
	if os.Getuid() == 0 {
		flags = append(flags, chromedp.NoSandbox) // Chromium's sandbox refuses root
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(cancel)
	b.ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	messages := chromedp.Console(b.ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return // the tab was closed
			}
			b.note(m)
		}
	}()
	t.Cleanup(b.quiet)
	b.do(chromedp.EmulateViewport(1280, 900))
	return b
}

// chromium finds the browser. Without one the test is skipped, or, when CI is
// set, fails.
func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM_PATH"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	const help = "no Chromium was found: run `make e2e`, or set CHROMIUM_PATH"
	if os.Getenv("CI") != "" {
		t.Fatal(help)
	}
	t.Skip(help)
	return ""
}

// note keeps what the console complains of. That a form was sent back, or that a link
// is not known, is told there too, and is no fault.
func (b *tab) note(m chromedp.ConsoleMessage) {
	if m.Type != chromedp.ConsoleError && m.Type != chromedp.ConsoleException && m.Type != chromedp.ConsoleWarning {
		return
	}
	if m.Source == "network" && (strings.Contains(m.Text, "422") || strings.HasSuffix(m.URL, "/unknown")) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, m.String()+" at "+m.URL)
}

// quiet fails the test where the console complained.
func (b *tab) quiet() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.t.Errorf("console: %s", c)
	}
}

// do takes steps in the browser.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	// The first step starts the browser, which would end with a shorter context.
	if chromedp.FromContext(b.ctx).Target == nil {
		if err := chromedp.Do(b.ctx); err != nil {
			b.t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v\non %s: %s", err, b.eval("location.href"), b.eval("document.body.innerText.slice(0, 600)"))
	}
}

// eval gives the value of an expression in the page as a string.
func (b *tab) eval(expression string) string {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// is fails unless an expression has a value.
func (b *tab) is(expression, want string) {
	b.t.Helper()
	if got := b.eval(expression); got != want {
		b.t.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// visit goes to a page of the service.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url + path))
}

// click follows a link or presses a button, and waits for the page it leads to.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.leads(chromedp.Click(chromedp.CSS(selector)))
}

// leads takes a step that leads to another page, and waits for that.
func (b *tab) leads(step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.RunResponse(ctx, step)
		return err
	}))
}

// fill writes into a field of a form.
func (b *tab) fill(name, value string) {
	b.t.Helper()
	b.do(chromedp.SetValue(chromedp.CSS("[name="+name+"]"), value))
}

// sees waits for an element that can be seen.
func (b *tab) sees(selector string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(chromedp.CSS(selector)))
}

// waitFor asks the page until an expression holds. A page that is just being
// replaced by another one gives no answer and is asked again.
func (b *tab) waitFor(expression string) {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")")); err == nil && ok {
			return
		}
	}
	b.t.Fatalf("never came: %s\non %s", expression, b.eval("location.href"))
}

// text gives the text of the first element that a selector finds.
func (b *tab) text(selector string) string {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		b.t.Fatalf("%s: %v", selector, err)
	}
	return strings.Join(strings.Fields(v), " ")
}

// scripts switches JavaScript off or on.
func (b *tab) scripts(on bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	}))
}

// signIn signs a person in by the form.
func (b *tab) signIn(email string) {
	b.t.Helper()
	b.visit("/login")
	b.fill("email", email)
	b.fill("password", servertest.Password)
	b.click("main button[type=submit]")
}
