package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"corroborate/internal/doctor"
	"corroborate/internal/tracing"
)

// tracingFindings asks the collector of traces whether it takes any: it is sent a call with
// none. Nothing is looked at where tracing is off.
func tracingFindings(ctx context.Context, cfg config) []doctor.Finding {
	u, err := url.Parse(cfg.endpoint())
	if cfg.endpoint() == "" || err != nil || !isEndpoint(cfg.endpoint()) {
		return nil // what is wrong is among the findings on the settings
	}
	var all []doctor.Finding
	if len(cfg.traceHeaders()) > 0 && u.Scheme == "http" && !isLocal(u.Hostname()) {
		all = append(all, doctor.Finding{Area: "tracing", Level: doctor.Warning, Says: "the headers for the collector are sent without TLS",
			Do: "use https:// in OTEL_EXPORTER_OTLP_ENDPOINT, or a collector on this machine"})
	}
	wait, cancel := context.WithTimeout(ctx, doctorWait)
	defer cancel()
	status, err := callCollector(wait, cfg)
	if err != nil {
		return append(all, doctor.Finding{Area: "tracing", Level: doctor.Warning, Says: "the collector of traces at " + u.Host + " does not answer; the service works without it",
			Do: "start it, or see host and port of OTEL_EXPORTER_OTLP_ENDPOINT: collectors take HTTP on port 4318"})
	}
	return append(all, collectorFinding(u, status))
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
func callCollector(ctx context.Context, cfg config) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, cfg.endpoint(), http.NoBody)
	if err != nil {
		return 0, err
	}
	for name, value := range cfg.traceHeaders() {
		req.Header.Set(name, value)
	}
	req.Header.Set("Content-Type", "application/x-protobuf")
	resp, err := tracing.NewClient().Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }() // nothing of it is wanted
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}
