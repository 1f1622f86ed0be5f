package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"corroborate/internal/store/storetest"
	"corroborate/internal/tracing/tracetest"
)

const (
	alertsFile    = "../../deploy/prometheus/alerts.yml"
	dashboardFile = "../../deploy/grafana/corroborate.json"
)

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var (
	exprLine = regexp.MustCompile(`(?m)^( *)expr: *(.*)\n((?: {10,}.*\n)*)`)
	// What of an expression holds no names of figures: strings, labels, ranges, grouping.
	noNames = regexp.MustCompile(`"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\b(by|without|on|ignoring) *\([^)]*\)`)
	name    = regexp.MustCompile(`[a-zA-Z_][a-zA-Z0-9_]*`)
	words   = strings.Fields(`sum rate increase max min count topk histogram_quantile clamp_min predict_linear label_values vector or and unless le up`)
)

// namesIn gives the names of the figures in an expression.
func namesIn(expr string) []string {
	expr = regexp.MustCompile(`"[^"]*"`).ReplaceAllString(expr, `""`) // a brace may stand in a string
	var out []string
	for _, n := range name.FindAllString(noNames.ReplaceAllString(expr, " "), -1) {
		if !slices.Contains(words, n) {
			out = append(out, n)
		}
	}
	return out
}

// dashboardExprs gives the expressions of the dashboard's panels and variables.
func dashboardExprs(t *testing.T) []string {
	t.Helper()
	var d struct {
		Panels []struct {
			Title   string
			Type    string
			Targets []struct{ Expr string }
		}
		Templating struct {
			List []struct{ Type, Definition string }
		}
	}
	if err := json.Unmarshal([]byte(readFile(t, dashboardFile)), &d); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range d.Panels {
		if p.Type != "row" && len(p.Targets) == 0 {
			t.Errorf("the panel %q shows nothing", p.Title)
		}
		for _, target := range p.Targets {
			out = append(out, target.Expr)
		}
	}
	for _, v := range d.Templating.List {
		if v.Type == "query" {
			out = append(out, strings.NewReplacer("label_values(", "", ", instance)", "").Replace(v.Definition))
		}
	}
	return out
}

// TestDashboardAndAlertsNameRealFigures runs a server with everything that has figures,
// and looks for each name that the dashboard and the alerts use.
func TestDashboardAndAlertsNameRealFigures(t *testing.T) {
	t.Parallel()
	judge := httptest.NewServer(http.NotFoundHandler())
	defer judge.Close()
	metrics, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := metrics.Addr().String()
	_ = metrics.Close()
	p := startServer(t, map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "SAMPLE": "true", "PUBLIC_READ": "true",
		"METRICS_ADDR": addr, "LLM_BASE_URL": judge.URL, "LLM_MODEL": "m", "OTEL_EXPORTER_OTLP_ENDPOINT": tracetest.New(t).URL})
	defer p.end(t, syscall.SIGTERM)
	exprs := dashboardExprs(t)
	for _, m := range exprLine.FindAllStringSubmatch(readFile(t, alertsFile), -1) {
		exprs = append(exprs, m[2]+m[3])
	}
	if len(exprs) < 60 {
		t.Fatalf("there are %d expressions", len(exprs))
	}
	var missing []string
	for range 120 { // until the sample is analysed and the second judge was asked
		get(t, p.url+"/healthz", "")
		_, body := get(t, "http://"+addr+"/metrics", "")
		if missing = missingIn(body, exprs); len(missing) == 0 {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	t.Errorf("these figures are shown or alerted on and no server has them: %v", missing)
}

// missingIn gives the names in expressions that figures do not have.
func missingIn(figures string, exprs []string) []string {
	var out []string
	for _, e := range exprs {
		for _, n := range namesIn(e) {
			if !strings.Contains(figures, "\n"+n+"{") && !strings.Contains(figures, "\n"+n+" ") && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// TestAlertsHaveAdvice asserts that the operations page says of each alert what to do, and
// names none that there is not.
func TestAlertsHaveAdvice(t *testing.T) {
	t.Parallel()
	alerts := regexp.MustCompile(`(?m)- alert: (\w+)$`).FindAllStringSubmatch(readFile(t, alertsFile), -1)
	page := readFile(t, "../../docs/operations.md")
	if len(alerts) == 0 {
		t.Fatal("there are no alerts")
	}
	for _, a := range alerts {
		if !strings.Contains(page, "| `"+a[1]+"` |") {
			t.Errorf("docs/operations.md does not say what to do about %s", a[1])
		}
	}
	if rows := regexp.MustCompile("(?m)^\\| `Corroborate\\w+` \\|").FindAllString(page, -1); len(rows) != len(alerts) {
		t.Errorf("docs/operations.md advises on %d alerts, of %d", len(rows), len(alerts))
	}
}

func TestNamesIn(t *testing.T) {
	t.Parallel()
	got := namesIn(`histogram_quantile(0.99, sum by (le) (rate(a_bucket{route!~".*/{id}",x="y"}[15m]))) > 2 * max(b{z="1"}) / c_total`)
	if !slices.Equal(got, []string{"a_bucket", "b", "c_total"}) {
		t.Errorf("the names are %v", got)
	}
}
