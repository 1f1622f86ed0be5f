// Package tracetest gives tests a collector of traces on this machine.
package tracetest

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Span is a span as it arrived.
type Span struct {
	Trace, ID, Parent, Name string
	// Links are the ids of the traces that it points to.
	Links []string
	// Notes are its attributes, Service those of who sent it.
	Notes, Service map[string]string
	Failed         bool
	// Kind is server, client, consumer or internal.
	Kind string
	Took time.Duration
}

// Collector takes spans as a collector does.
type Collector struct {
	*httptest.Server
	mu     sync.Mutex
	spans  []Span
	raw    []byte
	header http.Header
	calls  int
	answer func(w http.ResponseWriter, r *http.Request) bool
}

// New starts a collector that ends with the test.
func New(t testing.TB) *Collector {
	t.Helper()
	c := &Collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(c.take))
	t.Cleanup(c.Close)
	return c
}

// Answer has calls answered in another way, as long as instead gives true.
func (c *Collector) Answer(instead func(w http.ResponseWriter, r *http.Request) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answer = instead
}

func (c *Collector) take(w http.ResponseWriter, r *http.Request) {
	body, err := bodyOf(r)
	c.mu.Lock()
	c.calls++
	c.header = r.Header.Clone()
	instead := c.answer
	c.mu.Unlock()
	if instead != nil && instead(w, r) {
		return
	}
	var in collector.ExportTraceServiceRequest
	if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" || proto.Unmarshal(body, &in) != nil {
		http.Error(w, "no traces", http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw = append(c.raw, body...)
	for _, of := range in.GetResourceSpans() {
		for _, scope := range of.GetScopeSpans() {
			for _, s := range scope.GetSpans() {
				c.spans = append(c.spans, read(s, notes(of.GetResource().GetAttributes())))
			}
		}
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

// bodyOf reads what is sent, packed or not.
func bodyOf(r *http.Request) ([]byte, error) {
	if r.Header.Get("Content-Encoding") != "gzip" {
		return io.ReadAll(r.Body)
	}
	z, err := gzip.NewReader(r.Body)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func read(s *otlp.Span, service map[string]string) Span {
	out := Span{Trace: hex.EncodeToString(s.GetTraceId()), ID: hex.EncodeToString(s.GetSpanId()), Parent: hex.EncodeToString(s.GetParentSpanId()),
		Name: s.GetName(), Notes: notes(s.GetAttributes()), Service: service, Failed: s.GetStatus().GetCode() == otlp.Status_STATUS_CODE_ERROR,
		Kind: strings.ToLower(strings.TrimPrefix(s.GetKind().String(), "SPAN_KIND_")),
		Took: time.Duration(s.GetEndTimeUnixNano() - s.GetStartTimeUnixNano())}
	for _, l := range s.GetLinks() {
		out.Links = append(out.Links, hex.EncodeToString(l.GetTraceId()))
	}
	return out
}

func notes(all []*common.KeyValue) map[string]string {
	out := map[string]string{}
	for _, a := range all {
		out[a.GetKey()] = strings.Trim(strings.TrimPrefix(a.GetValue().String(), "string_value:"), `"`)
	}
	return out
}

// Spans gives what has arrived.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Span(nil), c.spans...)
}

// Holds tells whether some bytes are anywhere in what has arrived.
func (c *Collector) Holds(what string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.Contains(string(c.raw), what)
}

// Calls gives how often the collector was called, and the header of the last call.
func (c *Collector) Calls() (int, http.Header) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls, c.header
}

// Await waits for a span.
func (c *Collector) Await(t testing.TB, what string, is func(Span) bool) Span {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		for _, s := range c.Spans() {
			if is(s) {
				return s
			}
		}
	}
	var names []string
	for _, s := range c.Spans() {
		names = append(names, s.Name)
	}
	t.Fatalf("no span is %s; there are %d: %s", what, len(names), strings.Join(names, ", "))
	return Span{}
}

// Named waits for a span with a name.
func (c *Collector) Named(t testing.TB, name string) Span {
	t.Helper()
	return c.Await(t, name, func(s Span) bool { return s.Name == name })
}
