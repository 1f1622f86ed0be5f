package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/store/storetest"
)

// send sends a form and gives the path that it leads to, and the page.
func send(t *testing.T, client *http.Client, address string, form url.Values) (path, page string) {
	t.Helper()
	resp, err := client.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.Request.URL.Path, string(b)
}

// browser gives a client that keeps cookies.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// TestFirstPasswordLeadsIn goes the way of whoever starts the service for the first time: from
// the line in the log to the pages. The next start finds that it was gone.
func TestFirstPasswordLeadsIn(t *testing.T) {
	t.Parallel()
	const line = "sign in with the first password"
	for name, settings := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vars := settings(t)
			vars["LOG_FORMAT"], vars["ADMIN_EMAIL"] = "text", "ed@news.example"
			first := startServer(t, vars)
			first.end(t, syscall.SIGTERM)
			p := startServer(t, vars)
			file := filepath.Join(vars["DATA_DIR"], "first-password")
			for _, log := range []string{first.said(t), p.said(t)} {
				if strings.Count(log, line) != 1 || !strings.Contains(log, "email=ed@news.example password_file="+file+" until=20") {
					t.Errorf("the log does not say where the password is: %s", log)
				}
			}
			secret, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			b := browser(t)
			in := url.Values{"email": {"ed@news.example"}, "password": {strings.TrimSpace(string(secret))}, "then": {"/account"}}
			if path, page := send(t, b, p.url+"/login", in); path != "/login/password" || !strings.Contains(page, "Choose your password") {
				t.Fatalf("signing in leads to %s: %.600s", path, page)
			}
			if path, page := send(t, b, p.url+"/login/password", url.Values{"password": {"tarn-boat-lemon"}, "again": {"tarn-boat-lemon"}}); path != "/account" || !strings.Contains(page, "ed@news.example") {
				t.Fatalf("choosing a password leads to %s: %.600s", path, page)
			}
			if _, err := os.Stat(file); !os.IsNotExist(err) {
				t.Errorf("the file is there: %v", err)
			}
			p.end(t, syscall.SIGTERM)
			again := startServer(t, vars)
			again.end(t, syscall.SIGTERM)
			if log := again.said(t); strings.Contains(log, line) {
				t.Errorf("the log still leads to the first password: %s", log)
			}
		})
	}
}

// TestPasswordResetByCommand makes links beside a server that runs, and for an administrator
// whose first password has ended, and uses one.
func TestPasswordResetByCommand(t *testing.T) {
	t.Parallel()
	vars := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "ADMIN_EMAIL": "ed@news.example", "LOG_FORMAT": "text"}
	startServer(t, vars).end(t, syscall.SIGTERM)
	db, err := pgx.Connect(t.Context(), vars["DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(context.WithoutCancel(t.Context()))
	if _, err := db.Exec(t.Context(), "UPDATE users SET first_password_at = now() - interval '73 hours'"); err != nil {
		t.Fatal(err)
	}
	p := startServer(t, vars)
	if log := p.said(t); !strings.Contains(log, `level=WARN`) || !strings.Contains(log, `command="server password reset --email ed@news.example"`) {
		t.Errorf("the log does not say the way back: %s", log)
	}
	vars["ADDR"] = strings.TrimPrefix(p.url, "http://")
	stdout, stderr, status := call(t, vars, "password", "reset", "--email", "ED@news.example")
	link := strings.TrimSpace(stdout)
	if status != 0 || !regexp.MustCompile(`^`+regexp.QuoteMeta(p.url)+`/reset/\S{20,}\n$`).MatchString(stdout) || !strings.Contains(stderr, "Administrator <ed@news.example>: good once, until 20") {
		t.Fatalf("status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
	if strings.Contains(stderr, link[len(p.url):]) {
		t.Errorf("the link is on stderr: %q", stderr)
	}
	form := url.Values{"password": {"tarn-boat-lemon"}, "again": {"tarn-boat-lemon"}}
	if path, _ := send(t, browser(t), link, form); path != "/login" {
		t.Errorf("using the link leads to %s", path)
	}
	if path, _ := send(t, browser(t), p.url+"/login", url.Values{"email": {"ed@news.example"}, "password": {"tarn-boat-lemon"}, "then": {"/account"}}); path != "/account" {
		t.Errorf("signing in leads to %s", path)
	}
	if _, err := os.Stat(filepath.Join(vars["DATA_DIR"], "first-password")); !os.IsNotExist(err) {
		t.Errorf("the file is there: %v", err)
	}
	vars["PUBLIC_URL"] = "https://news.example.org"
	if stdout, _, _ := call(t, vars, "password", "reset", "--email", "ed@news.example"); !strings.HasPrefix(stdout, "https://news.example.org/reset/") {
		t.Errorf("with a public address: %q", stdout)
	}
	for want, args := range map[string][]string{"--email is missing": {}, "has no account: eve@news.example": {"--email", "eve@news.example"}} {
		if stdout, stderr, status := call(t, vars, append([]string{"password", "reset"}, args...)...); status != 2 || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("%q: status %d, stdout %q, stderr %q; want %q", args, status, stdout, stderr, want)
		}
	}
}
