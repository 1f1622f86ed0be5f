package main

import (
	"net/http"
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
		found := tracingFindings(t.Context(), cfg)
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
	if found := tracingFindings(t.Context(), down); len(found) != 1 || found[0].Level != doctor.Warning || !strings.Contains(found[0].Says, "does not answer") {
		t.Errorf("nobody listens: %+v", found)
	}
	if found := tracingFindings(t.Context(), config{}); found != nil {
		t.Errorf("tracing is off: %+v", found)
	}
}
