package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSecondJudgeIsOffWithoutAnAddress(t *testing.T) {
	t.Parallel()
	cfg, err := loadConfig(map[string]string{"DATA_DIR": "/data"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := cfg.secondJudge(slog.New(slog.DiscardHandler))
	if err != nil || second.Client != nil || figuresOf(second) != nil {
		t.Errorf("%+v, %v", second, err)
	}
}

// TestSecondJudgeReadsItsKey takes the key from a file and says nothing of it.
func TestSecondJudgeReadsItsKey(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("sk-very-secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := loadConfig(map[string]string{"DATA_DIR": "/data", "LLM_BASE_URL": "http://10.0.0.7:8000/v1", "LLM_MODEL": "m", "LLM_KEY_FILE": file})
	if err != nil || cfg.LLMKey != "sk-very-secret" {
		t.Fatalf("%q, %v", cfg.LLMKey, err)
	}
	var log strings.Builder
	second, err := cfg.secondJudge(slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil || second.Client.Host() != "10.0.0.7:8000" || second.Lanes != 2 || second.Budget.Calls != 2000 || len(figuresOf(second)) != 1 {
		t.Errorf("%+v, %v", second, err)
	}
	if !strings.Contains(log.String(), "without TLS") || strings.Contains(log.String(), "sk-very-secret") {
		t.Errorf("the log says %q", log.String())
	}
}

func TestSecondJudgeTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		vars map[string]string
		want []string
	}{
		"no address": {map[string]string{"LLM_MODEL": "m", "LLM_KEY": "sk-secret"}, []string{"LLM_MODEL: set LLM_BASE_URL too", "LLM_KEY: set LLM_BASE_URL too"}},
		"no model":   {map[string]string{"LLM_BASE_URL": "https://x.example/v1"}, []string{"LLM_MODEL: name the model"}},
		"numbers": {map[string]string{"LLM_BASE_URL": "https://u:sk-secret@x.example/v1?key=sk-secret", "LLM_MODEL": "m", "LLM_KEY": "sk-secret with\nlines",
			"LLM_TIMEOUT": "1ms", "LLM_ANSWER_TOKENS": "1", "LLM_CALLS_PER_DAY": "0", "LLM_TOKENS_PER_DAY": "10", "LLM_CONCURRENCY": "99"},
			[]string{"LLM_BASE_URL: want an address", "LLM_KEY: want letters", "LLM_TIMEOUT: want a time", "LLM_ANSWER_TOKENS: want a number from 100",
				"LLM_CALLS_PER_DAY: want a number from 1", "LLM_TOKENS_PER_DAY: want a number from 20000", "LLM_CONCURRENCY: want a number from 1 to 32"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.vars["DATA_DIR"] = "/data"
			_, err := loadConfig(c.vars)
			if err == nil || strings.Contains(err.Error(), "sk-secret") {
				t.Fatalf("%v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q lacks %q", err, want)
				}
			}
		})
	}
}
