package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"corroborate/internal/judge/judgetest"
	"corroborate/internal/store/storetest"
	"corroborate/internal/tracing/tracetest"
)

// TestSpansOfCallsOutside runs a server with a webhook and a second judge: what is sent to
// either is a part of the job that sends it. Neither is told of the trace, and no span has
// anything of what was sent.
func TestSpansOfCallsOutside(t *testing.T) {
	t.Parallel()
	const planted = "zzplantedzz"
	var told atomic.Bool
	hear := func(r *http.Request) {
		if r.Header.Get("Traceparent")+r.Header.Get("Tracestate")+r.Header.Get("Baggage") != "" {
			told.Store(true)
		}
	}
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hear(r)
		http.Error(w, planted, http.StatusInternalServerError)
	}))
	t.Cleanup(hook.Close)
	endpoint := judgetest.New(t, func(w http.ResponseWriter, r *http.Request, c judgetest.Call) {
		hear(r)
		judgetest.Opinion("agree", "none", planted)(w, r, c)
	})
	c := tracetest.New(t)
	p := startServer(t, map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "ADMIN_API_KEY": traceKey, "SAMPLE": "true",
		"WEBHOOK_ALLOW_HOSTS": strings.TrimPrefix(hook.URL, "http://"), "LLM_BASE_URL": endpoint.BaseURL(), "LLM_MODEL": judgetest.Model, "LLM_KEY": judgetest.Key,
		"OTEL_EXPORTER_OTLP_ENDPOINT": c.URL})
	body := `{"url": "` + hook.URL + "/" + planted + "?token=" + planted + `", "events": ["article.ready"]}`
	if status := callWith(t, http.MethodPost, p.url+"/api/v1/webhooks", body, nil); status != http.StatusCreated {
		t.Fatalf("status %d: %s", status, p.said(t))
	}
	article := `{"title": "A bridge", "source": "The ` + planted + `", "text": "The ` + planted + ` bridge was closed on Monday, the mayor said."}`
	if status := callWith(t, http.MethodPost, p.url+"/api/v1/articles", article, nil); status != http.StatusAccepted {
		t.Fatalf("status %d: %s", status, p.said(t))
	}
	for call, job := range map[string]string{"webhook": "job send_webhook", "second judge": "job ask_second_judge"} {
		s := c.Named(t, call)
		outer := c.Await(t, job+" around "+call, func(o tracetest.Span) bool { return o.ID == s.Parent })
		if outer.Name != job || outer.Trace != s.Trace || s.Failed != (call == "webhook") {
			t.Errorf("%+v is within %+v", s, outer)
		}
	}
	if status := p.end(t, syscall.SIGTERM); status != 0 {
		t.Errorf("status %d: %s", status, p.said(t))
	}
	asked := endpoint.Calls()
	if len(asked) == 0 {
		t.Fatal("the second judge was not asked")
	}
	for _, private := range []string{planted, asked[0].A, asked[0].B, judgetest.Key, strings.TrimPrefix(hook.URL, "http://"), strings.TrimPrefix(endpoint.URL, "http://")} {
		if c.Holds(private) {
			t.Errorf("a span holds %q", private)
		}
	}
	if told.Load() {
		t.Error("a server that is called was told of the trace")
	}
}
