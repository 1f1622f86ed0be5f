package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/auth"
)

// serving is what a server that serves and logs to h is made over.
func serving(h slog.Handler) parts { return parts{duty: duty{serves: true}, log: slog.New(h)} }

func TestFactorKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	ids := make([]string, 8)
	var running sync.WaitGroup
	for i := range ids {
		running.Go(func() {
			s, err := config{DataDir: dir}.sealer(serving(slog.DiscardHandler))
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = s.KeyID()
		})
	}
	running.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("servers that start together have the keys %q", ids)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key has the mode %v, %v", info.Mode(), err)
	}
}

func TestFactorKeyComesFromTheSettings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg, err := loadConfig(map[string]string{"SECOND_FACTOR_KEY": strings.Repeat("key ", 8), "REQUIRE_SECOND_FACTOR": "editor, administrator,editor", "DATA_DIR": dir})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]auth.Role{auth.Administrator, auth.Editor}, cfg.requiredRoles()); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	if s, err := cfg.sealer(serving(slog.DiscardHandler)); err != nil || s == nil {
		t.Errorf("sealer: %v", err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Error("a key was made beside that of the settings")
	}
	_, err = loadConfig(map[string]string{"SECOND_FACTOR_KEY": "too short for it", "REQUIRE_SECOND_FACTOR": "owner"})
	if err == nil || !strings.Contains(err.Error(), "SECOND_FACTOR_KEY: want at least 32") || !strings.Contains(err.Error(), "REQUIRE_SECOND_FACTOR: want roles") || strings.Contains(err.Error(), "too short") {
		t.Errorf("wrong settings: %v", err)
	}
}

func TestWithoutAPlaceForTheKey(t *testing.T) {
	t.Parallel()
	closed := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(closed, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	outside := config{DataDir: filepath.Join(closed, "data"), DatabaseURL: "postgres://db/corroborate"}
	if s, err := outside.sealer(serving(slog.NewTextHandler(&log, nil))); s != nil || err != nil || !strings.Contains(log.String(), "second factors are off") {
		t.Errorf("with a database elsewhere: %v, %v; log %s", s, err, &log)
	}
	outside.RequireFactor = []roleName{{auth.Editor}}
	if _, err := outside.sealer(serving(slog.DiscardHandler)); err == nil {
		t.Error("second factors are required and cannot be kept, and the server starts")
	}
}

// TestWorkerMakesNoKey: one of its own would be another than that of the servers beside it.
func TestWorkerMakesNoKey(t *testing.T) {
	t.Parallel()
	cfg := config{DataDir: t.TempDir(), DatabaseURL: "postgres://db/corroborate"}
	worker := parts{duty: duty{works: true}, log: slog.New(slog.DiscardHandler)}
	if s, err := cfg.sealer(worker); s != nil || err != nil {
		t.Fatalf("a key was made: %v, %v", s, err)
	}
	made, err := cfg.sealer(serving(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if s, err := cfg.sealer(worker); err != nil || s == nil || s.KeyID() != made.KeyID() {
		t.Errorf("the key in the folder that both have is not read: %v, %v", s, err)
	}
}
