package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"golang.org/x/net/http/httpguts"

	"corroborate/internal/tracing"
)

// TracingSettings say where traces are sent, under the names that OpenTelemetry has for
// them everywhere. What reads the environment sets fields of exported types alone.
type TracingSettings struct {
	TraceEndpoint    string       `env:"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" help:"the whole address that traces are sent to by OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces; it goes before OTEL_EXPORTER_OTLP_ENDPOINT"`
	OTLPEndpoint     string       `env:"OTEL_EXPORTER_OTLP_ENDPOINT" help:"the address of an OpenTelemetry collector that traces are sent to, at /v1/traces under it: http://127.0.0.1:4318; without either nothing is traced"`
	TraceHeaders     string       `env:"OTEL_EXPORTER_OTLP_TRACES_HEADERS" secret:"true" help:"headers sent with traces, as name=value,name=value; they go before those of OTEL_EXPORTER_OTLP_HEADERS"`
	OTLPHeaders      string       `env:"OTEL_EXPORTER_OTLP_HEADERS" secret:"true" help:"headers sent to the collector, as name=value,name=value with % for what is no plain sign"`
	TraceProtocol    string       `env:"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL" help:"http/protobuf, the one way in which traces are sent"`
	OTLPProtocol     string       `env:"OTEL_EXPORTER_OTLP_PROTOCOL" help:"http/protobuf, the one way in which traces are sent"`
	TraceTimeout     milliseconds `env:"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT" help:"the same as OTEL_EXPORTER_OTLP_TIMEOUT, and goes before it"`
	OTLPTimeout      milliseconds `env:"OTEL_EXPORTER_OTLP_TIMEOUT" help:"how long sending some traces may take with all tries, in milliseconds (default: 10000)"`
	TraceCompression string       `env:"OTEL_EXPORTER_OTLP_TRACES_COMPRESSION" help:"the same as OTEL_EXPORTER_OTLP_COMPRESSION, and goes before it"`
	OTLPCompression  string       `env:"OTEL_EXPORTER_OTLP_COMPRESSION" help:"gzip to pack what is sent to the collector, or none (default: none)"`
	TraceTrust       string       `env:"OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE" help:"the same as OTEL_EXPORTER_OTLP_CERTIFICATE, and goes before it"`
	OTLPTrust        string       `env:"OTEL_EXPORTER_OTLP_CERTIFICATE" help:"a file (PEM) with the certificates of those who may vouch for a collector at https://, in place of the machine's"`
	TraceClient      string       `env:"OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE" help:"the same as OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE, and goes before it"`
	OTLPClient       string       `env:"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE" help:"a file (PEM) with the certificate that is shown to a collector at https://"`
	TraceClientKey   string       `env:"OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY" help:"the same as OTEL_EXPORTER_OTLP_CLIENT_KEY, and goes before it"`
	OTLPClientKey    string       `env:"OTEL_EXPORTER_OTLP_CLIENT_KEY" help:"a file (PEM) with the key of that certificate"`
	ServiceName      string       `env:"OTEL_SERVICE_NAME" help:"the name of the service in traces (default: corroborate)"`
	ServiceResources string       `env:"OTEL_RESOURCE_ATTRIBUTES" help:"what is said of the service in traces, as name=value,name=value: deployment.environment.name=production"`
	Sampler          string       `env:"OTEL_TRACES_SAMPLER" envDefault:"parentbased_always_on" help:"which traces are sent: always_on, always_off, traceidratio, or one of these with parentbased_ in front"`
	SamplerArg       string       `env:"OTEL_TRACES_SAMPLER_ARG" help:"the share of traces that the samplers with traceidratio send, from 0 to 1 (default: 1)"`
	TraceExporter    string       `env:"OTEL_TRACES_EXPORTER" envDefault:"otlp" help:"otlp, or none to send no traces"`
	TraceDisabled    bool         `env:"OTEL_SDK_DISABLED" help:"true sends no traces, whatever else is set"`
	TraceFrom        []proxyRange `env:"TRACE_FROM" help:"addresses of callers whose own traces are gone on with, as a list; a proxy among them has to set the header traceparent itself: 10.0.0.5"`
}

// tracesPath is where a collector takes traces.
const tracesPath = "v1/traces"

// errEndpoint says what an address of a collector is like.
var errEndpoint = errors.New("want an address such as http://127.0.0.1:4318, without user, query and fragment")

// endpoint gives the address that traces are sent to, empty where tracing is off.
func (s TracingSettings) endpoint() string {
	switch {
	case s.TraceDisabled || s.TraceExporter == "none":
		return ""
	case s.TraceEndpoint != "":
		return s.TraceEndpoint
	case s.OTLPEndpoint != "":
		return strings.TrimRight(s.OTLPEndpoint, "/") + "/" + tracesPath
	}
	return ""
}

// checkTracing finds what is wrong with the settings of tracing.
func (s TracingSettings) checkTracing(wrong func(setting, why string)) {
	for setting, address := range map[string]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": s.TraceEndpoint, "OTEL_EXPORTER_OTLP_ENDPOINT": s.OTLPEndpoint} {
		if address != "" && !isEndpoint(address) {
			wrong(setting, errEndpoint.Error()) // what is wrong may hold a secret: it is not shown
		}
	}
	for setting, protocol := range map[string]string{"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": s.TraceProtocol, "OTEL_EXPORTER_OTLP_PROTOCOL": s.OTLPProtocol} {
		if s.endpoint() != "" && protocol != "" && protocol != "http/protobuf" {
			wrong(setting, "want http/protobuf, which collectors take on port 4318; traces are sent in no other way")
		}
	}
	if s.TraceExporter != "otlp" && s.TraceExporter != "none" {
		wrong("OTEL_TRACES_EXPORTER", "want otlp or none")
	}
	if s.endpoint() != "" {
		if _, err := s.secured(); err != nil {
			wrong(err.setting, err.why)
		}
		for setting, packed := range map[string]string{"OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": s.TraceCompression, "OTEL_EXPORTER_OTLP_COMPRESSION": s.OTLPCompression} {
			if packed != "" && packed != "gzip" && packed != "none" {
				wrong(setting, "want gzip or none")
			}
		}
	}
	for setting, headers := range map[string]string{"OTEL_EXPORTER_OTLP_TRACES_HEADERS": s.TraceHeaders, "OTEL_EXPORTER_OTLP_HEADERS": s.OTLPHeaders} {
		if _, err := parseHeaders(headers); err != nil {
			wrong(setting, err.Error())
		}
	}
	if _, err := parsePairs(s.ServiceResources); err != nil {
		wrong("OTEL_RESOURCE_ATTRIBUTES", err.Error())
	}
	if _, ok := s.ratio(); !ok {
		wrong("OTEL_TRACES_SAMPLER_ARG", "want a number from 0 to 1, such as 0.05")
	}
	if s.sampler() == nil {
		wrong("OTEL_TRACES_SAMPLER", "want always_on, always_off or traceidratio, alone or behind parentbased_")
	}
}

func isEndpoint(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil &&
		u.RawQuery == "" && !u.ForceQuery && u.Fragment == ""
}

// ratio gives the share of traces that are sent where the sampler asks for one.
func (s TracingSettings) ratio() (share float64, ok bool) {
	share, err := strconv.ParseFloat(cmp.Or(s.SamplerArg, "1"), 64)
	return share, err == nil && share >= 0 && share <= 1
}

// sampler gives what chooses traces, nil for a name that there is none of.
func (s TracingSettings) sampler() sdktrace.Sampler {
	share, _ := s.ratio()
	name, based := strings.CutPrefix(s.Sampler, "parentbased_")
	root := map[string]sdktrace.Sampler{"always_on": sdktrace.AlwaysSample(), "always_off": sdktrace.NeverSample(),
		"traceidratio": sdktrace.TraceIDRatioBased(share)}[name]
	if root == nil || !based {
		return root
	}
	return sdktrace.ParentBased(root)
}

// maxPairs bounds lists of names with values.
const maxPairs = 64

// parsePairs reads name=value,name=value, where what is no plain sign is written with %. Its
// errors show no value.
func parsePairs(list string) (map[string]string, error) {
	out := map[string]string{}
	for pair := range strings.SplitSeq(list, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		name, value, found := strings.Cut(pair, "=")
		name = strings.TrimSpace(name)
		value, err := url.PathUnescape(strings.TrimSpace(value))
		if !found || name == "" || err != nil {
			return nil, errors.New("want name=value,name=value; a sign that is not plain is written as % with two digits")
		}
		if out[name] = value; len(out) > maxPairs {
			return nil, fmt.Errorf("want at most %d names", maxPairs)
		}
	}
	return out, nil
}

// parseHeaders is parsePairs for what can be headers.
func parseHeaders(list string) (map[string]string, error) {
	out, err := parsePairs(list)
	for name, value := range out {
		if !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(value) {
			return nil, errors.New("want names and values that a header can have")
		}
	}
	return out, err
}

// traceHeaders gives what is sent along with traces.
func (s TracingSettings) traceHeaders() map[string]string {
	out, _ := parseHeaders(cmp.Or(s.TraceHeaders, s.OTLPHeaders)) // checkTracing has looked at it
	return out
}

// startTracing begins to send traces, where the settings ask for that. It gives nil where
// they do not.
func (s TracingSettings) startTracing(ctx context.Context, log *slog.Logger) (*tracing.Tracing, error) {
	endpoint := s.endpoint()
	if endpoint == "" {
		return nil, nil
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		return nil, errEndpoint
	}
	secured, wrong := s.secured()
	if wrong != nil {
		return nil, wrong
	}
	headers := s.traceHeaders()
	if u.Scheme == "http" && len(headers) > 0 && !isLocal(u.Hostname()) {
		log.Warn("the headers for the collector are sent without TLS", "host", u.Host)
	}
	attributes, _ := parsePairs(s.ServiceResources)
	name := cmp.Or(s.ServiceName, attributes["service.name"], "corroborate")
	t, err := tracing.New(ctx, tracing.Config{Endpoint: endpoint, Headers: headers, Service: name, Version: version(),
		Attributes: attributes, Sampler: s.sampler(), Log: log, Timeout: s.timeout(), TLS: secured,
		Compress: cmp.Or(s.TraceCompression, s.OTLPCompression) == "gzip"})
	if err == nil {
		log.Info("traces are sent to a collector", "host", u.Host, "service", name, "sampler", s.Sampler)
	}
	return t, err
}

// traceGrace is how long spans that wait may take to be sent at the end, behind what
// requests and jobs are given: all of it fits into ten seconds.
const traceGrace = 1500 * time.Millisecond

// stopTracing sends the spans that wait.
func stopTracing(t *tracing.Tracing) {
	ctx, cancel := context.WithTimeout(context.Background(), traceGrace)
	defer cancel()
	t.Stop(ctx)
}

// traceFrom gives the ranges of the callers whose traces are gone on with.
func (s TracingSettings) traceFrom() []netip.Prefix {
	var ranges []netip.Prefix
	for _, r := range s.TraceFrom {
		ranges = append(ranges, r.Prefix)
	}
	return ranges
}
