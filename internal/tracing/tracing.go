package tracing

import (
	"cmp"
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
	// sendTime is how long sending a batch may take, all tries together.
	sendTime = 10 * time.Second
)

// Config is what a [Tracing] is made of.
type Config struct {
	// Endpoint is the address that spans are sent to, and the only one.
	Endpoint string
	// Headers are sent along; they may hold a secret.
	Headers map[string]string
	// Timeout is how long sending some spans may take with all tries, 10 seconds where it
	// is 0.
	Timeout time.Duration
	// TLS says whom to trust and who calls, for an endpoint with https.
	TLS *tls.Config
	// Compress packs what is sent.
	Compress bool
	// Service names the program in the traces, Version says which one it is.
	Service, Version string
	// Attributes describe the installation.
	Attributes map[string]string
	// Sampler chooses the traces, all where it is nil.
	Sampler sdktrace.Sampler
	// Log takes a line when spans begin to be lost, and when they are taken again.
	Log *slog.Logger
	// Now is the clock that such lines go by, the machine's where it is nil.
	Now func() time.Time
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
	// All that they could change is given here, so that the settings alone decide.
	otel.SetLogger(logr.Discard())
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) {})) // the sender tells what fails
	cfg.Timeout = cmp.Or(cfg.Timeout, sendTime)
	compression := otlptracehttp.NoCompression
	if cfg.Compress {
		compression = otlptracehttp.GzipCompression
	}
	exporter, err := otlptrace.New(ctx, otlptracehttp.NewClient(
		otlptracehttp.WithEndpointURL(cfg.Endpoint), otlptracehttp.WithHeaders(cfg.Headers),
		otlptracehttp.WithCompression(compression), otlptracehttp.WithEncoding(otlptracehttp.EncodingProtobuf),
		otlptracehttp.WithTLSClientConfig(nil), otlptracehttp.WithTimeout(cfg.Timeout),
		otlptracehttp.WithHTTPClient(NewClient(cfg.Timeout, cfg.TLS)),
		otlptracehttp.WithRetry(otlptracehttp.RetryConfig{Enabled: true, InitialInterval: time.Second, MaxInterval: 5 * time.Second, MaxElapsedTime: cfg.Timeout})))
	if err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	if cfg.Sampler == nil {
		cfg.Sampler = sdktrace.ParentBased(sdktrace.AlwaysSample())
	}
	if cfg.Delay == 0 {
		cfg.Delay = batchDelay
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	count := newTally(cfg.Log, cfg.Now)
	batches := sdktrace.NewBatchSpanProcessor(&sender{to: exporter, tally: count, within: cfg.Timeout}, sdktrace.WithMaxQueueSize(queueLength),
		sdktrace.WithMaxExportBatchSize(batchSize), sdktrace.WithBatchTimeout(cfg.Delay), sdktrace.WithExportTimeout(2*cfg.Timeout))
	provider := sdktrace.NewTracerProvider(sdktrace.WithSampler(cfg.Sampler), sdktrace.WithResource(resourceOf(cfg)),
		sdktrace.WithSpanProcessor(&gate{SpanProcessor: batches, tally: count}))
	return &Tracing{provider: provider, tracer: provider.Tracer(scope), tally: count}, nil
}

// NewClient gives a client that calls the collector and nobody else: it follows no
// redirects, which would carry the headers elsewhere. with may be nil.
func NewClient(timeout time.Duration, with *tls.Config) *http.Client {
	if with == nil {
		with = &tls.Config{}
	}
	with = with.Clone()
	with.MinVersion = tls.VersionTLS12
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &answers{base: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			TLSClientConfig:        with,
			MaxResponseHeaderBytes: maxAnswer,
			IdleConnTimeout:        time.Minute,
			// One call at a time gains nothing from HTTP/2, whose errors say less of why a
			// connection was refused.
			ForceAttemptHTTP2: false,
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
