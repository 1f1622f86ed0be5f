package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"corroborate/internal/doctor"
	"corroborate/internal/store/storetest"
	"corroborate/internal/tracing/tracetest"
)

const traceKey = "a-key-that-is-long-enough"

// callWith makes a call of the API with some headers and gives its status.
func callWith(t *testing.T, method, url, body string, header map[string]string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+traceKey)
	req.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// tracedLine gives the trace that a line of the log names.
func tracedLine(t *testing.T, log, message, holds string) string {
	t.Helper()
	for line := range strings.SplitSeq(log, "\n") {
		var l struct {
			Msg     string
			TraceID string `json:"trace_id"`
		}
		if strings.Contains(line, holds) && json.Unmarshal([]byte(line), &l) == nil && l.Msg == message {
			return l.TraceID
		}
	}
	t.Fatalf("no line %q holds %q: %s", message, holds, log)
	return ""
}

// TestTracesLeadFromRequestsToJobs runs a server that serves, another that works, and a
// collector: the job that a request called for is a part of its trace, with the statements
// of both. The rest are things that must not get into any span.
func TestTracesLeadFromRequestsToJobs(t *testing.T) {
	t.Parallel()
	c := tracetest.New(t)
	const planted, stranger = "zzplantedzz", "4bf92f3577b34da6a3ce929d0e0e4736"
	secret := filepath.Join(t.TempDir(), "headers")
	if err := os.WriteFile(secret, []byte("x-token="+planted+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	vars := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "ADMIN_API_KEY": traceKey, "LOG_FORMAT": "json",
		"SECOND_FACTOR_KEY": strings.Repeat("k", 40), "OTEL_EXPORTER_OTLP_ENDPOINT": c.URL, "OTEL_EXPORTER_OTLP_HEADERS_FILE": secret,
		"OTEL_SERVICE_NAME": "news-test"}
	p := startServer(t, vars, "--no-work")
	worker, _ := startProcess(t, vars, "work")

	body := `{"title": "A bridge ` + planted + `", "source": "The ` + planted + `", "text": "The ` + planted + ` bridge was closed on Monday, the mayor said.", "external_id": "` + planted + `"}`
	hostile := map[string]string{"Traceparent": "00-" + stranger + "-00f067aa0ba902b7-01", "Tracestate": planted + "=1", "Baggage": "a=" + planted,
		"Cookie": "session=" + planted, "User-Agent": planted, "X-Request-Id": planted, "Idempotency-Key": planted, "Referer": "http://" + planted + ".example/"}
	if status := callWith(t, http.MethodPost, p.url+"/api/v1/articles", body, hostile); status != http.StatusAccepted {
		t.Fatalf("status %d: %s", status, p.said(t))
	}
	request := c.Named(t, "POST /api/v1/articles")
	job := c.Named(t, "job analyze_article")
	if request.Parent != "" || request.Trace == stranger || request.Notes["http.response.status_code"] != "int_value:202" || request.Service["service.name"] != "news-test" {
		t.Errorf("the request is %+v", request)
	}
	within := func(of tracetest.Span, verb string) {
		t.Helper()
		c.Await(t, verb+" within "+of.Name, func(s tracetest.Span) bool {
			return s.Trace == request.Trace && s.Parent == of.ID && strings.HasPrefix(s.Name, verb)
		})
	}
	within(request, "INSERT articles")
	within(request, "COMMIT")
	within(job, "COMMIT")
	if job.Trace != request.Trace || job.Notes["job.kind"] != "analyze_article" || job.Notes["job.outcome"] != "done" || job.Service["service.instance.id"] == request.Service["service.instance.id"] {
		t.Errorf("the job is %+v, the request %+v", job, request)
	}
	c.Await(t, "what enqueued the job, in its request", func(s tracetest.Span) bool {
		return s.ID == job.Parent && s.Trace == request.Trace && !strings.HasPrefix(s.Name, "job ")
	})
	c.Await(t, "the comparison that the job called for", func(s tracetest.Span) bool {
		return s.Name == "job compare_story" && s.Trace == request.Trace
	})

	for _, path := range []string{"/api/v1/search?q=" + planted + "&from=" + planted, "/search?q=" + planted, "/api/v1/stories/" + planted, "/" + planted,
		"/cards/" + planted, "/api/v1/" + planted + "?key=" + planted, "/api/v1/articles?source=" + planted} {
		callWith(t, http.MethodGet, p.url+path, "", hostile)
	}
	callWith(t, strings.ToUpper(planted), p.url+"/", "", hostile)
	callWith(t, http.MethodPost, p.url+"/login", "email="+planted+"&password="+planted, map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
	callWith(t, http.MethodPost, p.url+"/api/v1/articles", `{"url": "http://`+planted+`.invalid/`+planted+`?`+planted+`"}`, nil)
	c.Named(t, "GET unmatched")
	c.Named(t, "GET /api/v1/search")
	c.Named(t, "GET /cards/{token}")
	c.Named(t, "_OTHER unmatched")
	c.Named(t, "fetch")
	for _, one := range []*process{p, worker} {
		if status := one.end(t, syscall.SIGTERM); status != 0 {
			t.Errorf("status %d: %s", status, one.said(t))
		}
	}
	for _, what := range []string{planted, strings.ToUpper(planted), traceKey, stranger} {
		if c.Holds(what) {
			t.Errorf("a span holds %q: %+v", what, c.Spans())
		}
	}
	if _, header := c.Calls(); header.Get("X-Token") != planted {
		t.Errorf("the headers of the settings were not sent: %v", header)
	}
	if got := tracedLine(t, p.said(t), "request", `"route":"/api/v1/articles"`); got != request.Trace {
		t.Errorf("the line of the request names the trace %q, want %q", got, request.Trace)
	}
	if got := tracedLine(t, worker.said(t), "job", `"kind":"analyze_article"`); got != request.Trace {
		t.Errorf("the line of the job names the trace %q, want %q", got, request.Trace)
	}
	if strings.Contains(p.said(t), "x-token") {
		t.Errorf("the log holds a header: %s", p.said(t))
	}
}

// TestTracesOfCallersAreGoneOnWith asserts that those in TRACE_FROM alone are.
func TestTracesOfCallersAreGoneOnWith(t *testing.T) {
	t.Parallel()
	const caller = "4bf92f3577b34da6a3ce929d0e0e4736"
	for from, follows := range map[string]bool{"127.0.0.0/8": true, "10.0.0.0/8": false} {
		c := tracetest.New(t)
		p := startServer(t, map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "ADMIN_API_KEY": traceKey,
			"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": c.URL + "/v1/traces", "TRACE_FROM": from, "TRUSTED_PROXIES": "127.0.0.1",
			"OTEL_TRACES_SAMPLER": "parentbased_always_on"})
		// What a proxy says of the caller counts for nothing here: 10.1.2.3 would be let in.
		for path, sampled := range map[string]string{"/api/v1/stories": "01", "/api/v1/sources": "00"} {
			callWith(t, http.MethodGet, p.url+path, "", map[string]string{"Traceparent": "00-" + caller + "-00f067aa0ba902b7-" + sampled, "X-Forwarded-For": "10.1.2.3"})
		}
		if status := p.end(t, syscall.SIGTERM); status != 0 { // what waits is sent before the end
			t.Errorf("status %d: %s", status, p.said(t))
		}
		got := c.Named(t, "GET /api/v1/stories")
		if (got.Trace == caller && got.Parent == "00f067aa0ba902b7") != follows {
			t.Errorf("TRACE_FROM=%s: %+v", from, got)
		}
		sources := false
		for _, s := range c.Spans() {
			sources = sources || s.Name == "GET /api/v1/sources"
		}
		if sources == follows {
			t.Errorf("TRACE_FROM=%s: a call that the caller leaves out is traced: %v", from, sources)
		}
	}
}

func TestTracingSettings(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		vars     map[string]string
		wrong    string
		endpoint string
	}{
		"off":               {map[string]string{}, "", ""},
		"base":              {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318/"}, "", "http://c:4318/v1/traces"},
		"base with a path":  {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "https://c/otlp"}, "", "https://c/otlp/v1/traces"},
		"whole":             {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://d/x"}, "", "http://d/x"},
		"disabled":          {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_SDK_DISABLED": "true"}, "", ""},
		"none":              {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_EXPORTER": "none"}, "", ""},
		"no scheme":         {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "c:4317"}, "OTEL_EXPORTER_OTLP_ENDPOINT: want an address", ""},
		"a user":            {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://u:hunter2@c"}, "OTEL_EXPORTER_OTLP_ENDPOINT: want an address", ""},
		"another protocol":  {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "OTEL_EXPORTER_OTLP_PROTOCOL: want http/protobuf", ""},
		"a sampler":         {map[string]string{"OTEL_TRACES_SAMPLER": "jaeger_remote"}, "OTEL_TRACES_SAMPLER: want", ""},
		"a share":           {map[string]string{"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "5"}, "OTEL_TRACES_SAMPLER_ARG: want", ""},
		"no share":          {map[string]string{"OTEL_TRACES_SAMPLER_ARG": "NaN"}, "OTEL_TRACES_SAMPLER_ARG: want", ""},
		"a header":          {map[string]string{"OTEL_EXPORTER_OTLP_HEADERS": "hunter2"}, "OTEL_EXPORTER_OTLP_HEADERS: want name=value", ""},
		"two lines":         {map[string]string{"OTEL_EXPORTER_OTLP_HEADERS": "a=hunter2%0d%0ab: c"}, "OTEL_EXPORTER_OTLP_HEADERS: want names and values", ""},
		"attributes":        {map[string]string{"OTEL_RESOURCE_ATTRIBUTES": "a=%zz"}, "OTEL_RESOURCE_ATTRIBUTES: want", ""},
		"another exporter":  {map[string]string{"OTEL_TRACES_EXPORTER": "zipkin"}, "OTEL_TRACES_EXPORTER: want otlp or none", ""},
		"callers":           {map[string]string{"TRACE_FROM": "everybody"}, "TRACE_FROM: ", ""},
		"good and all set":  {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Basic%20aGk=,x-a=b", "OTEL_TRACES_SAMPLER": "parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.1"}, "", "http://c/v1/traces"},
		"a time":            {map[string]string{"OTEL_EXPORTER_OTLP_TIMEOUT": "10s"}, "OTEL_EXPORTER_OTLP_TIMEOUT: want a number of milliseconds", ""},
		"no time":           {map[string]string{"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT": "0"}, "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: want a number of milliseconds", ""},
		"a day":             {map[string]string{"OTEL_EXPORTER_OTLP_TIMEOUT": "86400000"}, "OTEL_EXPORTER_OTLP_TIMEOUT: want a number of milliseconds", ""},
		"packing":           {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_COMPRESSION": "zstd"}, "OTEL_EXPORTER_OTLP_COMPRESSION: want gzip or none", ""},
		"packing traces":    {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": "GZIP"}, "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: want gzip or none", ""},
		"switched-off grpc": {map[string]string{"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "", ""},
	} {
		tt.vars["DATA_DIR"] = "/data"
		cfg, err := loadConfig(tt.vars)
		switch {
		case tt.wrong == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case tt.wrong == "" && cfg.endpoint() != tt.endpoint:
			t.Errorf("%s: traces go to %q, want %q", name, cfg.endpoint(), tt.endpoint)
		case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong) || strings.Contains(err.Error(), "hunter2")):
			t.Errorf("%s: %v, want %q", name, err, tt.wrong)
		}
	}
	for want, s := range map[time.Duration]TracingSettings{
		10 * time.Second:      {},
		20 * time.Millisecond: {OTLPTimeout: milliseconds(20 * time.Millisecond)},
		30 * time.Millisecond: {OTLPTimeout: milliseconds(20 * time.Millisecond), TraceTimeout: milliseconds(30 * time.Millisecond)},
	} {
		if got := s.timeout(); got != want {
			t.Errorf("%+v: %s, want %s", s, got, want)
		}
	}
}

// TestTracingCertificates asserts that certificates are read, and that what cannot be used is
// named by the setting that names it.
func TestTracingCertificates(t *testing.T) {
	t.Parallel()
	a := tracetest.NewAuthority(t)
	one, oneKey := a.Issue(t, "one")
	_, otherKey := a.Issue(t, "other")
	missing := filepath.Join(t.TempDir(), "missing.pem")
	for name, tt := range map[string]struct {
		set, wrong string // what is set, without OTEL_EXPORTER_OTLP_
	}{
		"trust":              {"CERTIFICATE=" + a.File, ""},
		"all, of traces":     {"TRACES_CERTIFICATE=" + a.File + " TRACES_CLIENT_CERTIFICATE=" + one + " TRACES_CLIENT_KEY=" + oneKey, ""},
		"of traces first":    {"CERTIFICATE=" + missing + " TRACES_CERTIFICATE=" + a.File, ""},
		"those of a client":  {"CLIENT_CERTIFICATE=" + missing + " CLIENT_KEY=" + missing + " TRACES_CLIENT_CERTIFICATE=" + one + " TRACES_CLIENT_KEY=" + oneKey, ""},
		"no file":            {"CERTIFICATE=" + missing, "CERTIFICATE: open "},
		"no file, of traces": {"CERTIFICATE=" + a.File + " TRACES_CERTIFICATE=" + missing, "TRACES_CERTIFICATE: open "},
		"no certificate":     {"CERTIFICATE=" + oneKey, "CERTIFICATE: " + oneKey + " holds no certificate"},
		"in the open":        {"ENDPOINT=http://c TRACES_CERTIFICATE=" + a.File, "TRACES_CERTIFICATE: is of use only where"},
		"a key in the open":  {"ENDPOINT=http://c CLIENT_KEY=" + oneKey, "CLIENT_KEY: is of use only where"},
		"no key":             {"CLIENT_CERTIFICATE=" + one, "CLIENT_CERTIFICATE: set OTEL_EXPORTER_OTLP_CLIENT_KEY too"},
		"only a key":         {"CLIENT_KEY=" + oneKey, "CLIENT_KEY: set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE too"},
		"another's key":      {"CLIENT_CERTIFICATE=" + one + " CLIENT_KEY=" + otherKey, "CLIENT_CERTIFICATE: tls: private key does not match"},
		"no file of a key":   {"CLIENT_CERTIFICATE=" + one + " CLIENT_KEY=" + missing, "CLIENT_KEY: open "},
	} {
		vars := map[string]string{"DATA_DIR": "/data", "OTEL_EXPORTER_OTLP_ENDPOINT": "https://c"}
		for pair := range strings.FieldsSeq(tt.set) {
			what, value, _ := strings.Cut(pair, "=")
			vars["OTEL_EXPORTER_OTLP_"+what] = value
		}
		_, err := loadConfig(vars)
		if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), "OTEL_EXPORTER_OTLP_"+tt.wrong)) {
			t.Errorf("%s: %v, want %q", name, err, tt.wrong)
		}
		vars["OTEL_SDK_DISABLED"] = "true"
		if _, err := loadConfig(vars); err != nil {
			t.Errorf("%s, while tracing is off: %v", name, err)
		}
	}
}

// TestTracesUnderTLS runs a server whose collector has an authority of its own, and asks for
// a certificate of its clients.
func TestTracesUnderTLS(t *testing.T) {
	t.Parallel()
	servers, clients := tracetest.NewAuthority(t), tracetest.NewAuthority(t)
	c := tracetest.NewTLS(t, servers, clients)
	certificate, key := clients.Issue(t, "server")
	vars := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "ADMIN_API_KEY": traceKey, "ADDR": "127.0.0.1:0",
		"OTEL_EXPORTER_OTLP_ENDPOINT": c.URL, "OTEL_EXPORTER_OTLP_CERTIFICATE": servers.File, "OTEL_EXPORTER_OTLP_TIMEOUT": "5000",
		"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": certificate, "OTEL_EXPORTER_OTLP_CLIENT_KEY": key, "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": "gzip"}
	if r, _ := examined(t, vars); !told(r, "tracing", doctor.OK, "takes them") {
		t.Errorf("the doctor says %+v", r.Findings)
	}
	p := startServer(t, vars)
	callWith(t, http.MethodGet, p.url+"/api/v1/stories", "", nil)
	c.Named(t, "GET /api/v1/stories")
	if _, h := c.Calls(); h.Get("Content-Encoding") != "gzip" {
		t.Errorf("it was sent with %v", h)
	}
	if status := p.end(t, syscall.SIGTERM); status != 0 {
		t.Errorf("status %d: %s", status, p.said(t))
	}
	delete(vars, "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE")
	if _, stderr, status := call(t, vars, "serve"); status != exitUsage || !strings.Contains(stderr, "OTEL_EXPORTER_OTLP_CLIENT_KEY: set") {
		t.Errorf("a key without a certificate: status %d: %s", status, stderr)
	}
}

// FuzzPairs asserts that what is read of a list can be headers, and that nothing breaks.
func FuzzPairs(f *testing.F) {
	f.Add("authorization=Basic%20aGk=,x-a=b")
	f.Add("a=%0d%0a")
	f.Add(",=,")
	f.Fuzz(func(t *testing.T, list string) {
		all, err := parseHeaders(list)
		if err != nil && len(all) > 0 {
			t.Errorf("%q is wrong and gives %v", list, all)
		}
		for name, value := range all {
			if name == "" || strings.ContainsAny(name+value, "\r\n\x00") {
				t.Errorf("%q gives the header %q: %q", list, name, value)
			}
		}
	})
}
