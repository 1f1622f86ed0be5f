package tracing_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"

	"corroborate/internal/tracing"
	"corroborate/internal/tracing/tracetest"
)

// logged is a log that tests can read while it is written.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// begin starts tracing to an address; what it logs is in the second value.
func begin(t *testing.T, endpoint string, change func(*tracing.Config)) (*tracing.Tracing, *logged) {
	t.Helper()
	log := &logged{}
	cfg := tracing.Config{Endpoint: endpoint, Service: "test", Log: slog.New(slog.NewTextHandler(log, nil)), Delay: 10 * time.Millisecond}
	if change != nil {
		change(&cfg)
	}
	tr, err := tracing.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(tr, 100*time.Millisecond) })
	return tr, log
}

func stop(tr *tracing.Tracing, within time.Duration) time.Duration {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	began := time.Now()
	tr.Stop(ctx)
	return time.Since(began)
}

// count gives how many spans came to an end of a kind.
func count(t *testing.T, tr *tracing.Tracing, outcome string) int {
	t.Helper()
	r := prometheus.NewRegistry()
	r.MustRegister(tr.Figures()...)
	all, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all[0].GetMetric() {
		if m.GetLabel()[0].GetValue() == outcome {
			return int(m.GetCounter().GetValue())
		}
	}
	t.Fatalf("spans are not counted as %s", outcome)
	return 0
}

func TestSpansArrive(t *testing.T) {
	t.Parallel()
	c := tracetest.New(t)
	tr, log := begin(t, c.URL+"/v1/traces", func(cfg *tracing.Config) {
		cfg.Headers = map[string]string{"x-key": "planted-secret"}
		cfg.Attributes = map[string]string{"deployment.environment.name": "newsroom", "service.name": "another"}
	})
	ctx, root := tr.Begin(t.Context(), "root")
	_, inner := tracing.Start(ctx, "inner")
	inner.Fail("broken")
	inner.End()
	root.End()
	stop(tr, 5*time.Second)
	a, b := c.Named(t, "root"), c.Named(t, "inner")
	if b.Parent != a.ID || b.Trace != a.Trace || a.Parent != "" || !b.Failed || b.Notes["error.type"] != "broken" || a.Failed {
		t.Errorf("root %+v, inner %+v", a, b)
	}
	if a.Service["service.name"] != "test" || a.Service["deployment.environment.name"] != "newsroom" {
		t.Errorf("they come from %v", a.Service)
	}
	if _, h := c.Calls(); h.Get("X-Key") != "planted-secret" {
		t.Errorf("the headers are %v", h)
	}
	if count(t, tr, "sent") != 2 || strings.Contains(log.String(), "planted-secret") {
		t.Errorf("%d are counted as sent; the log: %s", count(t, tr, "sent"), log)
	}
}

// TestNothingIsMadeWhileItIsOff asserts that a part of what is not traced costs no memory.
func TestNothingIsMadeWhileItIsOff(t *testing.T) {
	var off *tracing.Tracing
	ctx := t.Context()
	if n := testing.AllocsPerRun(100, func() {
		ctx, span := off.Begin(ctx, "root")
		_, inner := tracing.Start(ctx, "inner")
		inner.Note("a", "b")
		inner.End()
		span.End()
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if log := slog.Default(); off.Logger(log) != log || off.Figures() != nil {
		t.Error("tracing that is off has a logger or figures of its own")
	}
	off.Stop(ctx)
}

func TestSampling(t *testing.T) {
	t.Parallel()
	c := tracetest.New(t)
	tr, _ := begin(t, c.URL+"/v1/traces", func(cfg *tracing.Config) {
		cfg.Sampler = sdktrace.ParentBased(sdktrace.TraceIDRatioBased(0.25))
	})
	const all = 2000
	for range all {
		ctx, root := tr.Begin(t.Context(), "root")
		_, inner := tracing.Start(ctx, "inner")
		inner.End()
		root.End()
		time.Sleep(10 * time.Microsecond)
	}
	stop(tr, 10*time.Second)
	roots := map[string]int{}
	for _, s := range c.Spans() {
		roots[s.Trace]++
	}
	if len(roots) < all/5 || len(roots) > all*3/10 {
		t.Errorf("%d of %d traces were sent, want a quarter", len(roots), all)
	}
	for id, n := range roots {
		if n != 2 {
			t.Errorf("the trace %s has %d spans of 2", id, n)
		}
	}
}

// TestCarry asserts that a trace goes on from where it was carried, with what was chosen
// there, and that what is no traceparent begins none.
func TestCarry(t *testing.T) {
	t.Parallel()
	c := tracetest.New(t)
	tr, _ := begin(t, c.URL+"/v1/traces", nil)
	ctx, root := tr.Begin(t.Context(), "root")
	_, far := tr.Begin(tracing.Carried(t.Context(), tracing.Carry(ctx)), "far")
	far.End()
	_, apart := tr.Begin(t.Context(), "apart", tracing.LinkTo(tracing.Carry(ctx)))
	apart.End()
	for _, bad := range []string{"", "x", "00-0-0-01", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-00000000000000000000000000000000-b7ad6b7169203331-01", strings.Repeat("0", 9000)} {
		_, s := tr.Begin(tracing.Carried(t.Context(), bad), "bad")
		s.End()
	}
	_, unsampled := tr.Begin(tracing.Carried(t.Context(), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"), "unsampled")
	unsampled.End()
	root.End()
	stop(tr, 5*time.Second)
	a, b, l := c.Named(t, "root"), c.Named(t, "far"), c.Named(t, "apart")
	if b.Parent != a.ID || b.Trace != a.Trace {
		t.Errorf("%+v does not follow %+v", b, a)
	}
	if l.Trace == a.Trace || len(l.Links) != 1 || l.Links[0] != a.Trace {
		t.Errorf("%+v does not point to %+v", l, a)
	}
	for _, s := range c.Spans() {
		if s.Name == "bad" && s.Parent != "" || s.Name == "unsampled" {
			t.Errorf("a span was made that should not be: %+v", s)
		}
	}
}

// TestBadCollectors asserts that whatever the collector does, making spans does not wait,
// what is lost is counted and told in one line, and the end comes in time. Nothing that the
// collector says, and no header, gets into the log.
func TestBadCollectors(t *testing.T) {
	t.Parallel()
	const echo = "planted-secret"
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") }))
	t.Cleanup(elsewhere.Close)
	for name, bad := range map[string]struct {
		answer  http.HandlerFunc
		outcome string
		why     string
	}{
		"refuses the key": {func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, "bad key "+r.Header.Get("X-Key")+"\nlevel=ERROR msg=forged", http.StatusUnauthorized)
		}, "failed", "status 401"},
		"redirects": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		}, "failed", "redirect"},
		"answers without an end": {func(w http.ResponseWriter, _ *http.Request) {
			block := bytes.Repeat([]byte(echo), 10_000)
			for range 1000 {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
		}, "failed", "cannot be read"},
		"breaks off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
		}, "failed", "cannot be read"},
		"wants none": {func(w http.ResponseWriter, _ *http.Request) {
			said, _ := proto.Marshal(&collector.ExportTraceServiceResponse{PartialSuccess: &collector.ExportTracePartialSuccess{RejectedSpans: 1 << 40, ErrorMessage: echo}})
			w.Header().Set("Content-Type", "application/x-protobuf")
			_, _ = w.Write(said)
		}, "refused", "refused them"},
		"speaks nonsense": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/x-protobuf")
			_, _ = w.Write([]byte("\xff\xff" + echo))
		}, "sent", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := tracetest.New(t)
			c.Answer(func(w http.ResponseWriter, r *http.Request) bool { bad.answer(w, r); return true })
			tr, log := begin(t, c.URL+"/v1/traces", func(cfg *tracing.Config) { cfg.Headers = map[string]string{"X-Key": echo} })
			for range 3 {
				_, s := tr.Begin(t.Context(), "span")
				s.End()
				for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
					if n, _ := c.Calls(); n > 0 {
						break
					}
				}
			}
			stop(tr, 5*time.Second)
			if n := count(t, tr, bad.outcome); n != 3 {
				t.Errorf("%d spans are counted as %s, want 3", n, bad.outcome)
			}
			said := log.String()
			if !strings.Contains(said, bad.why) || strings.Contains(said, echo) || strings.Contains(said, "forged") {
				t.Errorf("the log lacks %q or has too much: %s", bad.why, said)
			}
		})
	}
}

// queue is how many spans wait for the collector at the most, as the documents say.
const queue = 2048

// TestDownOrSlow makes far more spans than fit while nobody takes them, or somebody who
// never answers.
func TestDownOrSlow(t *testing.T) {
	t.Parallel()
	slow := tracetest.New(t)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	slow.Answer(func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-release:
		case <-r.Context().Done():
		}
		return true
	})
	down := httptest.NewServer(http.NotFoundHandler())
	down.Close()
	for name, endpoint := range map[string]string{"down": down.URL, "slow": slow.URL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr, log := begin(t, endpoint+"/v1/traces", nil)
			const all = 50_000
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			began := time.Now()
			for range all {
				_, s := tr.Begin(t.Context(), "span")
				s.End()
			}
			took := time.Since(began)
			runtime.GC()
			runtime.ReadMemStats(&after)
			if took > 10*time.Second {
				t.Errorf("%d spans took %s", all, took)
			}
			if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 32<<20 {
				t.Errorf("memory grew by %d bytes", grown)
			}
			if took := stop(tr, time.Second); took > 3*time.Second {
				t.Errorf("the end took %s", took)
			}
			lost := count(t, tr, "queue_full") + count(t, tr, "failed")
			if lost != all || count(t, tr, "sent") != 0 {
				t.Errorf("%d of %d spans are counted as lost", lost, all)
			}
			if fit := all - count(t, tr, "queue_full"); name == "slow" && fit != queue { // none leaves it
				t.Errorf("%d spans were kept for the collector, want %d", fit, queue)
			}
			if lines := strings.Count(log.String(), "lost: the collector"); lines < 1 || lines > 2 {
				t.Errorf("%d lines in the log: %s", lines, log)
			}
		})
	}
}

// TestBackAgain asserts that spans arrive once the collector takes them again.
func TestBackAgain(t *testing.T) {
	t.Parallel()
	c := tracetest.New(t)
	refusals := 0
	c.Answer(func(w http.ResponseWriter, _ *http.Request) bool {
		if refusals++; refusals > 2 {
			return false
		}
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	})
	tr, log := begin(t, c.URL+"/v1/traces", nil)
	_, s := tr.Begin(t.Context(), "patient")
	s.End()
	c.Named(t, "patient")
	if strings.Contains(log.String(), "lost") {
		t.Errorf("the log: %s", log)
	}
}

// TestOutageInTheLog has a collector refuse spans for three hours, a batch a minute, and then
// take them again.
func TestOutageInTheLog(t *testing.T) {
	t.Parallel()
	var minutes atomic.Int64
	c := tracetest.New(t)
	away := true
	var lock sync.Mutex
	c.Answer(func(w http.ResponseWriter, _ *http.Request) bool {
		lock.Lock()
		defer lock.Unlock()
		if away {
			w.WriteHeader(http.StatusUnauthorized)
		}
		return away
	})
	began := time.Now()
	tr, log := begin(t, c.URL+"/v1/traces", func(cfg *tracing.Config) {
		cfg.Delay = time.Millisecond
		cfg.Now = func() time.Time { return began.Add(time.Duration(minutes.Load()) * time.Minute) }
	})
	batches := func(n int, outcome string) {
		t.Helper()
		for range n {
			was := count(t, tr, outcome)
			_, s := tr.Begin(t.Context(), "span")
			s.End()
			for end := time.Now().Add(10 * time.Second); count(t, tr, outcome) == was; time.Sleep(time.Millisecond) {
				if time.Now().After(end) {
					t.Fatalf("no span is counted as %s", outcome)
				}
			}
			minutes.Add(1)
		}
	}
	batches(180, "failed")
	lock.Lock()
	away = false
	lock.Unlock()
	batches(60, "sent")
	said := log.String()
	if begins, lasts, ends := strings.Count(said, "spans are lost"), strings.Count(said, "spans are still lost"), strings.Count(said, "takes spans again"); begins != 1 || lasts != 2 || ends != 1 {
		t.Errorf("%d lines say that it begins, %d that it lasts, %d that it is over: %s", begins, lasts, ends, said)
	}
	for _, want := range []string{"level=WARN msg=\"spans are lost: the collector does not take them\" spans=1 why=\"the collector answers with the status 401\"",
		"level=INFO msg=\"the collector takes spans again\" after=3h0m0s lost=180"} {
		if !strings.Contains(said, want) {
			t.Errorf("the log lacks %q: %s", want, said)
		}
	}
}

// TestTimeout asserts that a batch is given up after its time, however often it was tried.
func TestTimeout(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	hangs, busy := tracetest.New(t), tracetest.New(t)
	t.Cleanup(func() { close(release) })
	hangs.Answer(func(http.ResponseWriter, *http.Request) bool { <-release; return true })
	busy.Answer(func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	})
	for why, c := range map[string]*tracetest.Collector{"does not answer in time": hangs, "status 503": busy} {
		tr, log := begin(t, c.URL+"/v1/traces", func(cfg *tracing.Config) { cfg.Timeout = 300 * time.Millisecond })
		began := time.Now()
		_, s := tr.Begin(t.Context(), "span")
		s.End()
		for count(t, tr, "failed") == 0 {
			if time.Sleep(5 * time.Millisecond); time.Since(began) > 5*time.Second {
				t.Fatalf("%s: the batch is not given up", why)
			}
		}
		if !strings.Contains(log.String(), why) {
			t.Errorf("the log lacks %q: %s", why, log)
		}
	}
}

// TestVariablesOfTheLibrary asserts that the settings alone say how spans are sent, and not
// what the library finds in the environment.
func TestVariablesOfTheLibrary(t *testing.T) {
	c, other := tracetest.New(t), tracetest.NewAuthority(t)
	for name, value := range map[string]string{"ENDPOINT": "http://127.0.0.1:1", "TRACES_ENDPOINT": "https://127.0.0.1:1", "COMPRESSION": "gzip", "TIMEOUT": "1",
		"PROTOCOL": "http/json", "CERTIFICATE": other.File, "HEADERS": "x-planted=1", "INSECURE": "false"} {
		t.Setenv("OTEL_EXPORTER_OTLP_"+name, value)
	}
	tr, _ := begin(t, c.URL+"/v1/traces", nil)
	_, s := tr.Begin(t.Context(), "span")
	s.End()
	c.Named(t, "span")
	if _, h := c.Calls(); h.Get("Content-Encoding") != "" || h.Get("X-Planted") != "" {
		t.Errorf("it was sent with %v", h)
	}
}

// TestUnderTLS asserts whom spans are sent to under TLS: to those that the authority of the
// settings vouches for, and nobody else.
func TestUnderTLS(t *testing.T) {
	t.Parallel()
	ours, others := tracetest.NewAuthority(t), tracetest.NewAuthority(t)
	trusting := func(a *tracetest.Authority, by *tracetest.Authority) *tls.Config {
		pem, err := os.ReadFile(a.File)
		if err != nil {
			t.Fatal(err)
		}
		out := &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
		out.RootCAs.AppendCertsFromPEM(pem)
		if by != nil {
			pair, err := tls.LoadX509KeyPair(by.Issue(t, "client"))
			if err != nil {
				t.Fatal(err)
			}
			out.Certificates = []tls.Certificate{pair}
		}
		return out
	}
	for name, tt := range map[string]struct {
		clients *tracetest.Authority
		with    *tls.Config
		why     string // empty where spans arrive
	}{
		"an authority of its own": {nil, trusting(ours, nil), ""},
		"the machine's":           {nil, nil, tracing.Distrusted},
		"another authority":       {nil, trusting(others, nil), tracing.Distrusted},
		"a client":                {others, trusting(ours, others), ""},
		"no client":               {others, trusting(ours, nil), tracing.Unwelcome},
		"another client":          {others, trusting(ours, ours), tracing.Unwelcome},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := tracetest.NewTLS(t, ours, tt.clients)
			c.Config.ErrorLog = log.New(io.Discard, "", 0) // refusals are what is tried
			tr, log := begin(t, c.URL+"/v1/traces", func(cfg *tracing.Config) { cfg.TLS, cfg.Compress = tt.with, true })
			_, s := tr.Begin(t.Context(), "span")
			s.End()
			stop(tr, 5*time.Second)
			if tt.why != "" {
				said := log.String()
				// Who is refused may see that the connection is gone before they see why.
				late := tt.why == tracing.Unwelcome && strings.Contains(said, tracing.BrokenOff)
				if !strings.Contains(said, tt.why) && !late || len(c.Spans()) > 0 {
					t.Errorf("%d spans arrive, the log lacks %q: %s", len(c.Spans()), tt.why, log)
				}
				return
			}
			c.Named(t, "span")
			if _, h := c.Calls(); h.Get("Content-Encoding") != "gzip" {
				t.Errorf("it was sent with %v", h)
			}
		})
	}
}

// TestOldTLSIsNotSpoken asserts that no collector talks the client down to a version of TLS
// that is not safe any more, whatever the settings say, which are left as they are.
func TestOldTLSIsNotSpoken(t *testing.T) {
	t.Parallel()
	ours := tracetest.NewAuthority(t)
	pem, err := os.ReadFile(ours.File)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := tls.LoadX509KeyPair(ours.Issue(t, "collector"))
	if err != nil {
		t.Fatal(err)
	}
	for version, speaks := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		t.Run(tls.VersionName(version), func(t *testing.T) {
			t.Parallel()
			c := httptest.NewUnstartedServer(http.NotFoundHandler())
			c.Config.ErrorLog = log.New(io.Discard, "", 0) // refusals are what is tried
			c.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS10, MaxVersion: version}
			c.StartTLS()
			defer c.Close()
			with := &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS10}
			with.RootCAs.AppendCertsFromPEM(pem)
			resp, err := tracing.NewClient(10*time.Second, with).Get(c.URL)
			if (err == nil) != speaks {
				t.Errorf("%v, want an answer: %v", err, speaks)
			}
			if err == nil {
				_ = resp.Body.Close() // it holds nothing
			}
			if with.MinVersion != tls.VersionTLS10 {
				t.Error("the settings were changed")
			}
		})
	}
}

// TestUnreachedSaysWhy asserts what is said of calls that got no answer.
func TestUnreachedSaysWhy(t *testing.T) {
	t.Parallel()
	reset := &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"a certificate that nobody vouches for": {&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, tracing.Distrusted},
		"an alert":                              {&net.OpError{Op: "remote error", Err: errors.New("tls: certificate required")}, tracing.Unwelcome},
		"no more":                               {io.EOF, tracing.BrokenOff},
		"half an answer":                        {io.ErrUnexpectedEOF, tracing.BrokenOff},
		"a reset":                               {reset, tracing.BrokenOff},
		"a pipe that broke":                     {syscall.EPIPE, tracing.BrokenOff},
		"a connection that was closed":          {net.ErrClosed, tracing.BrokenOff},
		"nobody there":                          {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, tracing.Unreachable},
		"no such name":                          {&net.DNSError{Name: "x", IsNotFound: true}, tracing.Unreachable},
	} {
		if got := tracing.Unreached(&url.Error{Op: "Post", URL: "https://x", Err: tt.err}); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestLogger asserts that lines name the trace that they belong to, and no other.
func TestLogger(t *testing.T) {
	t.Parallel()
	c := tracetest.New(t)
	tr, _ := begin(t, c.URL+"/v1/traces", nil)
	var b bytes.Buffer
	log := tr.Logger(slog.New(slog.NewTextHandler(&b, nil))).With("a", "b").WithGroup("g")
	ctx, s := tr.Begin(t.Context(), "span")
	log.InfoContext(ctx, "inside")
	log.InfoContext(t.Context(), "outside")
	s.End()
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if id := strings.Split(tracing.Carry(ctx), "-")[1]; len(lines) != 2 || !strings.Contains(lines[0], "trace_id="+id) || strings.Contains(lines[1], "trace_id") {
		t.Errorf("lines %q", lines)
	}
}
