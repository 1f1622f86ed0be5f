package tracing

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
)

// maxAnswer is the most bytes of the collector's answer that are read, and as much again of
// its header.
const maxAnswer = 64 << 10

// tally counts spans by what became of them, and has the outage told when some are lost.
type tally struct {
	spans  *prometheus.CounterVec
	outage outage
	// waiting are those that are not with the collector yet.
	waiting atomic.Int64
}

// What becomes of spans.
const (
	sent    = "sent"
	full    = "queue_full"
	failed  = "failed"  // the collector could not be reached, or failed
	refused = "refused" // it did not want them
)

func newTally(log *slog.Logger, now func() time.Time) *tally {
	t := &tally{outage: outage{log: log, now: now}, spans: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "trace_spans_total",
		Help: "Spans by what became of them: sent, queue_full, failed, refused. All but sent are lost."}, []string{"outcome"})}
	for _, outcome := range []string{sent, full, failed, refused} {
		t.spans.WithLabelValues(outcome)
	}
	return t
}

// lose counts spans that are lost.
func (t *tally) lose(outcome string, n int, why string) {
	t.spans.WithLabelValues(outcome).Add(float64(n))
	t.outage.lose(n, why)
}

// end tells what was not told yet, and of spans that still wait.
func (t *tally) end() {
	if n := t.waiting.Swap(0); n > 0 {
		t.lose(failed, int(n), "the program ended before they were sent")
	}
	t.outage.end()
}

// gate keeps the queue from overflowing unseen, and lets nothing through that is not to be
// sent. It never waits.
type gate struct {
	sdktrace.SpanProcessor
	tally *tally
}

// OnEnd puts a span into the queue.
func (g *gate) OnEnd(s sdktrace.ReadOnlySpan) {
	if !s.SpanContext().IsSampled() {
		return
	}
	for _, a := range s.Attributes() {
		if a.Key == unsent {
			return
		}
	}
	if g.tally.waiting.Add(1) > queueLength {
		g.tally.waiting.Add(-1)
		g.tally.lose(full, 1, tooMany)
		return
	}
	g.SpanProcessor.OnEnd(s)
}

// sender sends batches and counts what becomes of them.
type sender struct {
	to    sdktrace.SpanExporter
	tally *tally
	// within is how long a batch may take, all tries together.
	within time.Duration
}

// ExportSpans sends a batch. It gives no error: there is nobody who could do more about one.
func (s *sender) ExportSpans(ctx context.Context, batch []sdktrace.ReadOnlySpan) error {
	got := &answer{}
	ctx, cancel := context.WithTimeout(ctx, s.within)
	defer cancel()
	err := s.to.ExportSpans(context.WithValue(ctx, answerKey{}, got), batch)
	s.tally.waiting.Add(-int64(len(batch)))
	switch {
	case err != nil:
		s.tally.lose(failed, len(batch), got.why(err))
		return nil
	case got.refused > 0:
		s.tally.lose(refused, min(got.refused, len(batch)), "the collector refused them")
	default:
		s.tally.outage.taken()
	}
	s.tally.spans.WithLabelValues(sent).Add(float64(max(0, len(batch)-got.refused)))
	return nil
}

// Shutdown ends the exporter.
func (s *sender) Shutdown(ctx context.Context) error { return s.to.Shutdown(ctx) }

type answerKey struct{}

// answer is what the collector said to a batch.
type answer struct {
	status  int
	refused int
}

// why says in words of the program why a batch was not taken: what the collector writes
// may repeat what it was sent.
func (a *answer) why(err error) string {
	var slow interface{ Timeout() bool }
	switch {
	case a.status >= 300 && a.status < 400:
		return "the collector answers with a redirect, which is not followed"
	case a.status >= 300:
		return "the collector answers with the status " + strconv.Itoa(a.status)
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &slow) && slow.Timeout():
		return "the collector does not answer in time"
	case errors.Is(err, errAnswer):
		return errAnswer.Error()
	}
	return Unreached(err)
}

// Why a call got no answer.
const (
	Distrusted  = "the collector's certificate is not trusted"
	Unwelcome   = "the collector refuses the TLS handshake; it may ask for a client's certificate"
	BrokenOff   = "the collector breaks off the connection"
	Unreachable = "the collector cannot be reached"
)

// Unreached says in words of the program why a call got no answer.
func Unreached(err error) string {
	if _, is := errors.AsType[*tls.CertificateVerificationError](err); is {
		return Distrusted
	}
	if op, is := errors.AsType[*net.OpError](err); is && op.Op == "remote error" {
		return Unwelcome
	}
	for _, sign := range []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, syscall.EPIPE, syscall.ECONNRESET} {
		if errors.Is(err, sign) {
			return BrokenOff
		}
	}
	return Unreachable
}

var errAnswer = errors.New("the collector's answer cannot be read")

// answers reads what the collector answers, within bounds, and hands on the status alone.
type answers struct{ base http.RoundTripper }

// RoundTrip makes a call.
func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	got, _ := r.Context().Value(answerKey{}).(*answer)
	if got == nil {
		got = &answer{}
	}
	got.status, got.refused = 0, 0
	resp, err := a.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	got.status = resp.StatusCode
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	_ = resp.Body.Close() // what is left of it is not wanted
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		if err != nil || len(body) > maxAnswer {
			return nil, errAnswer
		}
		got.refused = refusedBy(resp.Header.Get("Content-Type"), body)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(nil)), 0
	return resp, nil
}

// refusedBy reads how many spans of a batch the collector did not want.
func refusedBy(contentType string, body []byte) int {
	var said collector.ExportTraceServiceResponse
	if contentType != "application/x-protobuf" || proto.Unmarshal(body, &said) != nil {
		return 0
	}
	return int(max(0, said.GetPartialSuccess().GetRejectedSpans()))
}
