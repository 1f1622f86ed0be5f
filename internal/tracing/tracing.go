package tracing

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-logr/logr"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

const (
	// queueLength is how many spans wait for the collector at the most.
	queueLength = 2048
	// batchSize is how many are sent in one call, batchDelay how long one waits for others.
	batchSize  = 512
	batchDelay = 2 * time.Second
	// sendTime is how long one call may take, tryTime how long a batch is tried in all.
	sendTime = 10 * time.Second
	tryTime  = 15 * time.Second
)

// Config is what a [Tracing] is made of.
type Config struct {
	// Endpoint is the address that spans are sent to, and the only one.
	Endpoint string
	// Headers are sent along; they may hold a secret.
	Headers map[string]string
	// Service names the program in the traces, Version says which one it is.
	Service, Version string
	// Attributes describe the installation.
	Attributes map[string]string
	// Sampler chooses the traces, all where it is nil.
	Sampler sdktrace.Sampler
	// Log takes a line when spans are dropped.
	Log *slog.Logger
	// Delay is how long a span waits for others, [batchDelay] where it is 0.
	Delay time.Duration
}

// Tracing makes spans and sends them. A nil one is tracing that is off.
type Tracing struct {
	provider *sdktrace.TracerProvider
	tracer   trace.Tracer
	tally    *tally
}

// scope names the maker of the spans.
const scope = "corroborate"

// New begins to send spans. It opens no connection before the first one.
func New(ctx context.Context, cfg Config) (*Tracing, error) {
	// The library reads variables by itself and would write their values to standard error.
	otel.SetLogger(logr.Discard())
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) {})) // the sender tells what fails
	exporter, err := otlptrace.New(ctx, otlptracehttp.NewClient(
		otlptracehttp.WithEndpointURL(cfg.Endpoint), otlptracehttp.WithHeaders(cfg.Headers),
		otlptracehttp.WithHTTPClient(NewClient()),
		otlptracehttp.WithRetry(otlptracehttp.RetryConfig{Enabled: true, InitialInterval: time.Second, MaxInterval: 5 * time.Second, MaxElapsedTime: tryTime})))
	if err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	if cfg.Sampler == nil {
		cfg.Sampler = sdktrace.ParentBased(sdktrace.AlwaysSample())
	}
	if cfg.Delay == 0 {
		cfg.Delay = batchDelay
	}
	count := newTally(cfg.Log)
	batches := sdktrace.NewBatchSpanProcessor(&sender{to: exporter, tally: count}, sdktrace.WithMaxQueueSize(queueLength),
		sdktrace.WithMaxExportBatchSize(batchSize), sdktrace.WithBatchTimeout(cfg.Delay), sdktrace.WithExportTimeout(2*tryTime))
	provider := sdktrace.NewTracerProvider(sdktrace.WithSampler(cfg.Sampler), sdktrace.WithResource(resourceOf(cfg)),
		sdktrace.WithSpanProcessor(&gate{SpanProcessor: batches, tally: count}))
	return &Tracing{provider: provider, tracer: provider.Tracer(scope), tally: count}, nil
}

// NewClient gives a client that calls the collector and nobody else: it follows no
// redirects, which would carry the headers elsewhere.
func NewClient() *http.Client {
	return &http.Client{
		Timeout:       sendTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &answers{base: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			MaxResponseHeaderBytes: maxAnswer,
			IdleConnTimeout:        time.Minute,
			ForceAttemptHTTP2:      true,
		}},
	}
}

// resourceOf says who sends the spans.
func resourceOf(cfg Config) *resource.Resource {
	all := []attribute.KeyValue{}
	for name, value := range cfg.Attributes {
		all = append(all, attribute.String(name, value))
	}
	all = append(all, attribute.String("service.name", cfg.Service), attribute.String("service.version", cfg.Version),
		attribute.String("service.instance.id", rand.Text()))
	return resource.NewSchemaless(all...)
}

// Stop sends what waits, until ctx ends. It belongs at the end of the program.
func (t *Tracing) Stop(ctx context.Context) {
	if t == nil {
		return
	}
	_ = t.provider.Shutdown(ctx) // what could not be sent is counted
	t.tally.end()
}

// Figures count the spans, for Prometheus.
func (t *Tracing) Figures() []prometheus.Collector {
	if t == nil {
		return nil
	}
	return []prometheus.Collector{t.tally.spans}
}
