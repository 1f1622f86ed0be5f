package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"corroborate/internal/doctor"
	"corroborate/internal/tracing"
)

// tracingFindings asks the collector of traces whether it takes any: it is sent a call with
// none. Nothing is looked at where tracing is off.
func tracingFindings(ctx context.Context, cfg config, vars map[string]string) []doctor.Finding {
	u, err := url.Parse(cfg.endpoint())
	if cfg.endpoint() == "" || err != nil || !isEndpoint(cfg.endpoint()) {
		return nil // what is wrong is among the findings on the settings
	}
	secured, wrong := cfg.secured()
	if wrong != nil {
		return nil
	}
	all := idleVariables(vars)
	if len(cfg.traceHeaders()) > 0 && u.Scheme == "http" && !isLocal(u.Hostname()) {
		all = append(all, doctor.Finding{Area: "tracing", Level: doctor.Warning, Says: "the headers for the collector are sent without TLS",
			Do: "use https:// in OTEL_EXPORTER_OTLP_ENDPOINT, or a collector on this machine"})
	}
	client := tracing.NewClient(min(cfg.timeout(), doctorWait), secured)
	defer client.CloseIdleConnections()
	status, err := callCollector(ctx, cfg, client)
	if err != nil {
		return append(all, silentCollector(u, err))
	}
	return append(all, collectorFinding(u, status))
}

// idleVariables names the variables of OpenTelemetry for sending traces that are set and do
// nothing here: who sets one expects something of it.
func idleVariables(vars map[string]string) []doctor.Finding {
	known := map[string]bool{}
	for _, s := range settings() {
		known[s.name], known[s.name+"_FILE"] = true, s.secret
	}
	var out []doctor.Finding
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		if vars[name] == "" || known[name] || !forTraces(name) || meantBy(name) != "" { // the last is told of by the settings
			continue
		}
		out = append(out, doctor.Finding{Area: "tracing", Level: doctor.Note, Says: name + " does nothing here",
			Do: "leave it out; docs/operations.md has the variables that have an effect"})
	}
	return out
}

// forTraces tells whether a variable of OpenTelemetry is about sending traces.
func forTraces(name string) bool {
	if rest, ok := strings.CutPrefix(name, "OTEL_EXPORTER_OTLP_"); ok {
		return !slices.ContainsFunc([]string{"METRICS_", "LOGS_", "PROFILES_"}, func(other string) bool { return strings.HasPrefix(rest, other) })
	}
	return strings.HasPrefix(name, "OTEL_BSP_") || name == "OTEL_PROPAGATORS"
}

// silentCollector says what it means that a collector gave no answer.
func silentCollector(u *url.URL, err error) doctor.Finding {
	f := doctor.Finding{Area: "tracing", Level: doctor.Warning, Says: "the collector of traces at " + u.Host + " does not answer; the service works without it",
		Do: "start it, or see host and port of OTEL_EXPORTER_OTLP_ENDPOINT: collectors take HTTP on port 4318"}
	switch tracing.Unreached(err) {
	case tracing.Distrusted:
		f.Says = "the certificate of the collector of traces at " + u.Host + " is not trusted; the service works without it"
		f.Do = "name a file with the certificate of who vouches for it in OTEL_EXPORTER_OTLP_CERTIFICATE, and see that it is made out to this host and has not run out"
	case tracing.Unwelcome, tracing.BrokenOff:
		f.Says = "the collector of traces at " + u.Host + " breaks off the connection; the service works without it"
		f.Do = "see that it takes HTTP at this port; where it asks for a certificate, set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY"
	}
	return f
}

// collectorFinding says what the answer of a collector means.
func collectorFinding(u *url.URL, status int) doctor.Finding {
	f := doctor.Finding{Area: "tracing", Level: doctor.Warning, Says: fmt.Sprintf("the collector of traces at %s answers with the status %d", u.Host, status)}
	switch {
	case status >= 200 && status < 300:
		return doctor.Finding{Area: "tracing", Level: doctor.OK, Says: "the collector of traces at " + u.Host + " takes them"}
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		f.Do = "see the key in OTEL_EXPORTER_OTLP_HEADERS"
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
		f.Do = "see the path: OTEL_EXPORTER_OTLP_ENDPOINT is the address before /v1/traces, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT the whole one"
	case status >= 300 && status < 400:
		f.Do = "set the address that it redirects to: redirects are not followed, as they would carry the headers elsewhere"
	default:
		f.Do = "see the log of the collector"
	}
	return f
}

// callCollector sends a call without traces and gives the status of the answer.
func callCollector(ctx context.Context, cfg config, client *http.Client) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, cfg.endpoint(), http.NoBody)
	if err != nil {
		return 0, err
	}
	for name, value := range cfg.traceHeaders() {
		req.Header.Set(name, value)
	}
	req.Header.Set("Content-Type", "application/x-protobuf")
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }() // nothing of it is wanted
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}
