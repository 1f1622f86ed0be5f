package tracing

import (
	"strings"
	"testing"
)

func TestStatementsAreNamedByWhatTheyDo(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"SELECT id FROM stories WHERE id = $1":             "SELECT stories",
		"\n\tselect count(*) from findings_for($1) f":      "SELECT findings_for",
		"INSERT INTO articles (id) VALUES ($1)":            "INSERT articles",
		"UPDATE users SET name = $1":                       "UPDATE users",
		"DELETE FROM sessions WHERE token = $1":            "DELETE sessions",
		"WITH a AS (SELECT 1 FROM claims) SELECT * FROM a": "WITH claims",
		"SELECT a FROM (SELECT b FROM articles) x":         "SELECT articles",
		"begin isolation level repeatable read read only":  "BEGIN",
		"commit": "COMMIT",
		"-- name: JobGetAvailable :many\nWITH locked AS (SELECT 1 FROM x)":   "JobGetAvailable",
		"-- name: 'evil words' :many\nSELECT 1":                              "SELECT",
		"SELECT 'from secrets' FROM \"quoted words\" JOIN stories s ON true": "SELECT stories",
		"SELECT $tag$ FROM secrets $tag$ FROM stories":                       "SELECT stories",
		"SELECT /* FROM secrets */ 1 -- FROM secrets\n FROM stories":         "SELECT stories",
		"hunter2":       "statement",
		"":              "statement",
		"SELECT '":      "SELECT",
		"SELECT 1 FROM": "SELECT",
		"SELECT 1 FROM " + strings.Repeat("x", 9000): "SELECT " + strings.Repeat("x", 73),
	} {
		if got := nameOf(sql); got != want {
			t.Errorf("%.60q is named %q, want %q", sql, got, want)
		}
	}
}

// FuzzStatementName asserts that whatever stands between quotes gets into no name.
func FuzzStatementName(f *testing.F) {
	f.Add("SELECT 1 FROM stories", "secret")
	f.Add("WITH x AS (SELECT ", "FROM secret")
	f.Fuzz(func(t *testing.T, before, quoted string) {
		if name := nameOf(before); name == "" || len(name) > maxName {
			t.Errorf("%q is named %q", before, name)
		}
		if strings.ContainsAny(quoted, "'") {
			return
		}
		const hidden = "zzsecretzz"
		if name := nameOf("SELECT '" + quoted + " FROM " + hidden + "' FROM stories"); strings.Contains(name, hidden) {
			t.Errorf("what is quoted is in the name %q", name)
		}
	})
}
