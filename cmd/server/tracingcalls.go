package main

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"time"
)

// milliseconds is a time as OpenTelemetry has it; 0 where none is set.
type milliseconds time.Duration

// maxTraceTimeout is far more than a collector needs. What waits for one is lost once too
// much does.
const maxTraceTimeout = 10 * time.Minute

// UnmarshalText reads a number of milliseconds. None at all is no number: nothing could be
// sent in that time.
func (m *milliseconds) UnmarshalText(b []byte) error {
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil || n < 1 || n > maxTraceTimeout.Milliseconds() {
		return fmt.Errorf("want a number of milliseconds from 1 to %d, such as 10000", maxTraceTimeout.Milliseconds())
	}
	*m = milliseconds(time.Duration(n) * time.Millisecond)
	return nil
}

// timeout gives how long sending some traces may take.
func (s TracingSettings) timeout() time.Duration {
	const preset = milliseconds(10 * time.Second)
	return time.Duration(cmp.Or(s.TraceTimeout, s.OTLPTimeout, preset))
}

// badSetting is a setting that cannot be used.
type badSetting struct{ setting, why string }

func (b *badSetting) Error() string { return b.setting + ": " + b.why }

// setValue is a setting with its value.
type setValue struct{ setting, value string }

// either gives the first of two settings that is set.
func either(a, b setValue) setValue {
	if a.value != "" {
		return a
	}
	return b
}

// secured reads the certificates that traces are sent with: nil where the settings name none.
func (s TracingSettings) secured() (*tls.Config, *badSetting) {
	trust := either(setValue{"OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", s.TraceTrust}, setValue{"OTEL_EXPORTER_OTLP_CERTIFICATE", s.OTLPTrust})
	client := either(setValue{"OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE", s.TraceClient}, setValue{"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", s.OTLPClient})
	key := either(setValue{"OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", s.TraceClientKey}, setValue{"OTEL_EXPORTER_OTLP_CLIENT_KEY", s.OTLPClientKey})
	set := either(trust, either(client, key))
	if set.value == "" {
		return nil, nil
	}
	if u, err := url.Parse(s.endpoint()); err != nil || u.Scheme != "https" {
		return nil, &badSetting{set.setting, "is of use only where the address of the collector begins with https://"}
	}
	out := &tls.Config{MinVersion: tls.VersionTLS12}
	if trust.value != "" {
		pem, err := os.ReadFile(trust.value)
		if err != nil {
			return nil, &badSetting{trust.setting, err.Error()}
		}
		if out.RootCAs = x509.NewCertPool(); !out.RootCAs.AppendCertsFromPEM(pem) {
			return nil, &badSetting{trust.setting, trust.value + " holds no certificate in the form PEM"}
		}
	}
	return out, addClient(out, client, key)
}

// addClient reads the certificate that is shown to the collector, if the settings name one.
func addClient(to *tls.Config, certificate, key setValue) *badSetting {
	switch {
	case certificate.value == "" && key.value == "":
		return nil
	case certificate.value == "":
		return &badSetting{key.setting, "set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE too"}
	case key.value == "":
		return &badSetting{certificate.setting, "set OTEL_EXPORTER_OTLP_CLIENT_KEY too"}
	}
	for _, file := range []setValue{certificate, key} {
		if _, err := os.ReadFile(file.value); err != nil {
			return &badSetting{file.setting, err.Error()}
		}
	}
	pair, err := tls.LoadX509KeyPair(certificate.value, key.value)
	if err != nil { // it tells of the form of the files, and nothing of what is in them
		return &badSetting{certificate.setting, err.Error()}
	}
	to.Certificates = []tls.Certificate{pair}
	return nil
}
