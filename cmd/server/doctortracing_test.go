package main

import (
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"corroborate/internal/doctor"
	"corroborate/internal/tracing/tracetest"
)

func TestDoctorAsksTheCollector(t *testing.T) {
	t.Parallel()
	const planted = "zzplantedzz"
	for status, want := range map[int]struct {
		level doctor.Level
		do    string
	}{
		http.StatusOK:                  {doctor.OK, ""},
		http.StatusUnauthorized:        {doctor.Warning, "OTEL_EXPORTER_OTLP_HEADERS"},
		http.StatusNotFound:            {doctor.Warning, "see the path"},
		http.StatusTemporaryRedirect:   {doctor.Warning, "redirects are not followed"},
		http.StatusInternalServerError: {doctor.Warning, "log of the collector"},
	} {
		c := tracetest.New(t)
		if status != http.StatusOK {
			c.Answer(func(w http.ResponseWriter, _ *http.Request) bool {
				w.Header().Set("Location", "http://127.0.0.1:1/")
				http.Error(w, planted, status)
				return true
			})
		}
		cfg, err := loadConfig(map[string]string{"DATA_DIR": "/data", "OTEL_EXPORTER_OTLP_ENDPOINT": c.URL, "OTEL_EXPORTER_OTLP_HEADERS": "x-token=" + planted})
		if err != nil {
			t.Fatal(err)
		}
		found := tracingFindings(t.Context(), cfg, nil)
		if len(found) != 1 || found[0].Level != want.level || !strings.Contains(found[0].Do, want.do) || strings.Contains(found[0].Says, planted) {
			t.Errorf("status %d: %+v", status, found)
		}
		if _, h := c.Calls(); h.Get("X-Token") != planted {
			t.Errorf("the headers were not sent: %v", h)
		}
	}
	down, err := loadConfig(map[string]string{"DATA_DIR": "/data", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	if found := tracingFindings(t.Context(), down, nil); len(found) != 1 || found[0].Level != doctor.Warning || !strings.Contains(found[0].Says, "does not answer") {
		t.Errorf("nobody listens: %+v", found)
	}
	if found := tracingFindings(t.Context(), config{}, nil); found != nil {
		t.Errorf("tracing is off: %+v", found)
	}
}

// TestDoctorAsksTheCollectorUnderTLS asserts that the doctor calls as the server does, and
// says what keeps it from being let in.
func TestDoctorAsksTheCollectorUnderTLS(t *testing.T) {
	t.Parallel()
	ours, others := tracetest.NewAuthority(t), tracetest.NewAuthority(t)
	c, choosy := tracetest.NewTLS(t, ours, nil), tracetest.NewTLS(t, ours, others)
	certificate, key := others.Issue(t, "client")
	for name, tt := range map[string]struct {
		at    *tracetest.Collector
		vars  map[string]string
		level doctor.Level
		do    string
	}{
		"trusted":   {c, map[string]string{"OTEL_EXPORTER_OTLP_CERTIFICATE": ours.File}, doctor.OK, ""},
		"unknown":   {c, nil, doctor.Warning, "OTEL_EXPORTER_OTLP_CERTIFICATE"},
		"another's": {c, map[string]string{"OTEL_EXPORTER_OTLP_CERTIFICATE": others.File}, doctor.Warning, "OTEL_EXPORTER_OTLP_CERTIFICATE"},
		"no client": {choosy, map[string]string{"OTEL_EXPORTER_OTLP_CERTIFICATE": ours.File}, doctor.Warning, "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"},
		"a client": {choosy, map[string]string{"OTEL_EXPORTER_OTLP_CERTIFICATE": ours.File, "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": certificate,
			"OTEL_EXPORTER_OTLP_CLIENT_KEY": key}, doctor.OK, ""},
	} {
		vars := map[string]string{"DATA_DIR": "/data", "OTEL_EXPORTER_OTLP_ENDPOINT": tt.at.URL}
		maps.Copy(vars, tt.vars)
		cfg, err := loadConfig(vars)
		if err != nil {
			t.Fatal(err)
		}
		if found := tracingFindings(t.Context(), cfg, vars); len(found) != 1 || found[0].Level != tt.level || !strings.Contains(found[0].Do, tt.do) {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

// TestDoctorNamesVariablesWithoutEffect asserts that standard variables which do nothing here
// are named where traces are sent, and those that do something are not.
func TestDoctorNamesVariablesWithoutEffect(t *testing.T) {
	t.Parallel()
	c := tracetest.New(t)
	vars := map[string]string{"DATA_DIR": "/data", "OTEL_EXPORTER_OTLP_ENDPOINT": c.URL, "OTEL_EXPORTER_OTLP_TIMEOUT": "9000", "OTEL_EXPORTER_OTLP_HEADERS_FILE": "",
		"OTEL_EXPORTER_OTLP_INSECURE": "true", "OTEL_BSP_MAX_QUEUE_SIZE": "9", "OTEL_PROPAGATORS": "b3", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://m", "OTEL_METRICS_EXPORTER": "none"}
	cfg, err := loadConfig(vars)
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, f := range tracingFindings(t.Context(), cfg, vars) {
		if f.Level == doctor.Note {
			name, _, _ := strings.Cut(f.Says, " ")
			named = append(named, name)
		}
	}
	if want := []string{"OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_EXPORTER_OTLP_INSECURE", "OTEL_PROPAGATORS"}; !slices.Equal(named, want) {
		t.Errorf("it names %q, want %q", named, want)
	}
}

// TestDoctorLooksAtTheKeyForTheCollector asserts that a key that others can read is told of.
func TestDoctorLooksAtTheKeyForTheCollector(t *testing.T) {
	t.Parallel()
	_, key := tracetest.NewAuthority(t).Issue(t, "client")
	looks := func() []doctor.Finding {
		return fileFindings(nil, config{DataDir: t.TempDir(), TracingSettings: TracingSettings{OTLPClientKey: key}})
	}
	if found := looks(); len(found) != 1 || found[0].Level != doctor.OK {
		t.Errorf("%+v", found)
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	if found := looks(); len(found) != 1 || found[0].Level != doctor.Warning || !strings.Contains(found[0].Says, "OTEL_EXPORTER_OTLP_CLIENT_KEY can be read") {
		t.Errorf("%+v", found)
	}
}
