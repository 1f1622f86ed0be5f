package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestLoadConfigDefaults(t *testing.T) {
	t.Parallel()
	cfg, err := loadConfig(map[string]string{"DATA_DIR": "/data", "PUBLIC_READ": ""})
	if err != nil {
		t.Fatal(err)
	}
	want := config{Addr: "127.0.0.1:8080", DataDir: "/data", AdminEmail: "admin@localhost", LogFormat: "auto", LogLevel: slog.LevelInfo,
		MaxWaiting: 200_000, ModelMemory: 120, DatabaseTimeout: 2 * time.Minute, FeedInterval: 30 * time.Minute, FeedMinInterval: 10 * time.Minute, FeedMaxInterval: 12 * time.Hour, FeedNewEntries: 100,
		CallsPerMinute: 12000, LLMTimeout: time.Minute, LLMAnswerTokens: 500, LLMCalls: 2000, LLMTokens: 2_000_000, LLMConcurrency: 2,
		TracingSettings: TracingSettings{Sampler: "parentbased_always_on", TraceExporter: "otlp"},
	}
	if diff := cmp.Diff(want, cfg); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
}

func TestLoadConfigReadsEverySetting(t *testing.T) {
	t.Parallel()
	cfg, err := loadConfig(map[string]string{
		"ADDR": ":9000", "DATA_DIR": "/data", "DATABASE_URL": "postgres://u:p@h/d", "PUBLIC_URL": "https://news.example.org/",
		"PUBLIC_READ": "true", "ADMIN_EMAIL": "a@example.org", "ADMIN_PASSWORD": "correct horse", "ADMIN_API_KEY": "0123456789abcdef",
		"PG_BIN_DIR": "/pg", "LOG_FORMAT": "json", "LOG_LEVEL": "debug", "TRUSTED_PROXIES": "10.1.2.3/8, 2001:db8::1",
		"METRICS_ADDR": "localhost:9090", "SAMPLE": "1", "FEED_INTERVAL": "1h", "FEED_MIN_INTERVAL": "5m", "FEED_MAX_INTERVAL": "2h",
		"FEED_NEW_ENTRIES": "20", "CALLS_PER_MINUTE": "60", "MAX_WAITING": "50", "MODEL_MEMORY": "30", "CORS_ORIGINS": "https://cms.example.org, *",
		"LLM_BASE_URL": "http://127.0.0.1:11434/v1", "LLM_MODEL": "a-model", "LLM_KEY": "sk-1", "LLM_TIMEOUT": "90s", "LLM_ANSWER_TOKENS": "4000",
		"LLM_CALLS_PER_DAY": "50", "LLM_TOKENS_PER_DAY": "100000", "LLM_CONCURRENCY": "1",
		"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_EXPORTER_OTLP_HEADERS": "x-key=s%20e", "OTEL_SERVICE_NAME": "news",
		"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.5", "OTEL_TRACES_EXPORTER": "none", "OTEL_SDK_DISABLED": "true",
		"OTEL_RESOURCE_ATTRIBUTES": "a=b",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := config{
		Addr: ":9000", DataDir: "/data", DatabaseURL: "postgres://u:p@h/d", PublicURL: "https://news.example.org",
		PublicRead: true, AdminEmail: "a@example.org", AdminPassword: "correct horse", AdminAPIKey: "0123456789abcdef",
		PGBinDir: "/pg", LogFormat: "json", LogLevel: slog.LevelDebug, MetricsAddr: "localhost:9090", Sample: true,
		MaxWaiting: 50, ModelMemory: 30, DatabaseTimeout: 2 * time.Minute, FeedInterval: time.Hour, FeedMinInterval: 5 * time.Minute, FeedMaxInterval: 2 * time.Hour, FeedNewEntries: 20,
		CallsPerMinute: 60, CORSOrigins: []originOrAll{"https://cms.example.org", "*"},
		LLMBaseURL: "http://127.0.0.1:11434/v1", LLMModel: "a-model", LLMKey: "sk-1", LLMTimeout: 90 * time.Second, LLMAnswerTokens: 4000,
		LLMCalls: 50, LLMTokens: 100_000, LLMConcurrency: 1,
		TracingSettings: TracingSettings{OTLPEndpoint: "http://127.0.0.1:4318", OTLPHeaders: "x-key=s%20e", ServiceName: "news",
			Sampler: "traceidratio", SamplerArg: "0.5", TraceExporter: "none", TraceDisabled: true, ServiceResources: "a=b"},
	}
	if diff := cmp.Diff(want, cfg, cmpopts.IgnoreFields(config{}, "TrustedProxies")); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	var proxies []string
	for _, p := range cfg.TrustedProxies {
		proxies = append(proxies, p.String())
	}
	if diff := cmp.Diff([]string{"10.0.0.0/8", "2001:db8::1/128"}, proxies); diff != "" {
		t.Errorf("TRUSTED_PROXIES (-want +got):\n%s", diff)
	}
}

func TestLoadConfigTellsAllProblemsAndNoSecret(t *testing.T) {
	t.Parallel()
	_, err := loadConfig(map[string]string{
		"ADDR": "8080", "DATABASE_URL": "postgres://u:hunter2@h:port/d", "PUBLIC_URL": "news.example.org", "PUBLIC_READ": "perhaps",
		"ADMIN_EMAIL": "nobody", "ADMIN_PASSWORD": "hunter2", "ADMIN_PASSWORD_FILE": "/run/secret", "ADMIN_API_KEY_FILE": "/no/such/file",
		"LOG_FORMAT": "xml", "LOG_LEVEL": "loud", "TRUSTED_PROXIES": "10.0.0.0/8,nginx", "METRICS_ADDR": "localhost",
		"FEED_INTERVAL": "13h", "FEED_MIN_INTERVAL": "1s", "FEED_MAX_INTERVAL": "soon", "FEED_NEW_ENTRIES": "0", "CALLS_PER_MINUTE": "0", "DATABASE_TIMEOUT": "1ms", "CORS_ORIGINS": "cms.example.org",
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"ADDR: ", "DATABASE_URL: ", "PUBLIC_URL: ", "PUBLIC_READ: want true or false", "ADMIN_EMAIL: ", "ADMIN_PASSWORD and ADMIN_PASSWORD_FILE",
		"ADMIN_API_KEY_FILE: open /no/such/file", "LOG_FORMAT: want auto", "LOG_LEVEL: want debug", `TRUSTED_PROXIES: `, "METRICS_ADDR: ",
		"FEED_INTERVAL: ", "FEED_MIN_INTERVAL: want at least", "FEED_MAX_INTERVAL: want a time such as", "FEED_NEW_ENTRIES: want at least", "CALLS_PER_MINUTE: want at least", "DATABASE_TIMEOUT: want at least", "CORS_ORIGINS: want scheme and host",
	} {
		if !strings.Contains(err.Error(), "\n  "+want) {
			t.Errorf("no line begins with %q in:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a secret is shown:\n%v", err)
	}
}

func TestSecretsFromFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	vars := map[string]string{"DATA_DIR": dir}
	for name, content := range map[string]string{
		"DATABASE_URL": "postgres://u:p@h/d\n", "ADMIN_PASSWORD": " kept as it is \r\n", "ADMIN_API_KEY": "0123456789abcdef",
	} {
		vars[name+"_FILE"] = filepath.Join(dir, name)
		if err := os.WriteFile(vars[name+"_FILE"], []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := loadConfig(vars)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{cfg.DatabaseURL, cfg.AdminPassword, cfg.AdminAPIKey}
	if diff := cmp.Diff([]string{"postgres://u:p@h/d", " kept as it is ", "0123456789abcdef"}, got); diff != "" {
		t.Errorf("secrets (-want +got):\n%s", diff)
	}
}

func TestDefaultDataDir(t *testing.T) {
	t.Parallel()
	tests := []struct {
		vars map[string]string
		root bool
		want string
	}{
		{nil, true, "/var/lib/corroborate"},
		{map[string]string{"HOME": "/home/ada"}, false, "/home/ada/.local/share/corroborate"},
		{map[string]string{"HOME": "/home/ada", "XDG_DATA_HOME": "/data"}, false, "/data/corroborate"},
		{map[string]string{"HOME": "/home/ada", "XDG_DATA_HOME": "relative"}, false, "/home/ada/.local/share/corroborate"},
		{nil, false, ""},
	}
	for _, tt := range tests {
		if got := defaultDataDir(tt.vars, tt.root); got != tt.want {
			t.Errorf("defaultDataDir(%v, root %v) = %q, want %q", tt.vars, tt.root, got, tt.want)
		}
	}
}

func TestEverySettingIsDocumented(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings() {
		if s.name == "" || s.help == "" {
			t.Errorf("a field of config lacks its env or help tag: %+v", s)
		}
		if !strings.Contains(string(doc), "\n| `"+s.name+"` |") {
			t.Errorf("docs/operations.md has no row for %s", s.name)
		}
	}
}

func TestShortKeyIsRefusedAndNotShown(t *testing.T) {
	t.Parallel()
	_, err := loadConfig(map[string]string{"DATA_DIR": "/data", "ADMIN_API_KEY": "hunter2"})
	if err == nil || !strings.Contains(err.Error(), "ADMIN_API_KEY: want at least 16") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a short key: %v", err)
	}
}
