package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// deps gives what go list prints for the dependencies of a package.
func deps(t *testing.T, format, pkg string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", format, pkg).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

// TestImportsPointDown holds the engine pure and the templates away from the
// database.
func TestImportsPointDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ pkg, never string }{
		{"corroborate/internal/claims", "net/http"},
		{"corroborate/internal/claims", "github.com/jackc/pgx/"},
		{"corroborate/internal/claims", "github.com/riverqueue/"},
		{"corroborate/internal/claims", "corroborate/internal/store"},
		{"corroborate/internal/claims/nlp", "corroborate/internal/claims/values"},
		{"corroborate/web/views", "corroborate/internal/store"},
		{"corroborate/web/views", "corroborate/internal/app"},
		{"corroborate/web/views", "github.com/jackc/pgx/"},
		{"corroborate/internal/store", "corroborate/internal/app"},
		{"corroborate/internal/app", "corroborate/internal/server"},
		{"corroborate/internal/app", "corroborate/web"},
		{"corroborate/internal/app", "corroborate/internal/api"},
		{"corroborate/internal/api", "corroborate/internal/server"},
	} {
		for _, dep := range deps(t, "{{.ImportPath}}", c.pkg) {
			if dep == c.never || strings.HasSuffix(c.never, "/") && strings.HasPrefix(dep, c.never) {
				t.Errorf("%s imports %s", c.pkg, dep)
			}
		}
	}
}

// TestThirdPartyIsListed asserts that every module in the program is listed with
// its version.
func TestThirdPartyIsListed(t *testing.T) {
	t.Parallel()
	list, err := os.ReadFile("../../THIRD_PARTY.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range deps(t, "{{with .Module}}{{if .Version}}{{.Path}}@{{.Version}}{{end}}{{end}}", "corroborate/cmd/server") {
		path, version, _ := strings.Cut(m, "@")
		if !strings.Contains(string(list), "| "+path+" | "+version+" |") {
			t.Errorf("%s %s is not in THIRD_PARTY.md", path, version)
		}
	}
}
