package migrations

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// firstRuled is the first migration that the rules hold for: those before it were
// released without them.
const firstRuled = "00025"

// rule is something that a migration must not do, as the server of the release before
// runs on meanwhile.
type rule struct {
	finds *regexp.Regexp
	why   string
	// ofNew says that it does not matter for a table that the same file makes: its name
	// is the first group.
	ofNew bool
}

func pattern(s string) *regexp.Regexp {
	return regexp.MustCompile(`(?is)^\s*` + strings.ReplaceAll(s, " ", `\s+`))
}

var rules = []rule{
	{pattern(`CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?\w+ ON (?:ONLY )?(\w+)`), "locks the table against writes while it is built: CREATE INDEX CONCURRENTLY, in a file that begins with NO TRANSACTION", true},
	{pattern(`DROP INDEX \w`), "waits for every query while others wait for it: DROP INDEX CONCURRENTLY, one release after the last that uses it", false},
	{pattern(`DROP (?:TABLE|FUNCTION|VIEW)`), "takes away what the release before still uses: drop it one release later, with -- late: and the reason", false},
	{pattern(`ALTER TABLE (\w+) .*\bDROP COLUMN`), "takes away what the release before still uses: drop it one release later, with -- late: and the reason", false},
	{pattern(`ALTER TABLE (\w+) .*\bRENAME\b`), "takes the old name from the release before", false},
	{pattern(`ALTER TABLE (\w+) .*\bALTER (?:COLUMN )?\w+ (?:SET DATA )?TYPE\b`), "writes the whole table anew under a lock", true},
	{pattern(`ALTER TABLE (\w+) .*\bSET NOT NULL`), "reads the whole table under a lock, and refuses the writes of the release before", true},
	{pattern(`ALTER TABLE (\w+) (?:[^;]*,)?\s*ADD COLUMN (?:IF NOT EXISTS )?[^;,]*(?:gen_random_uuid|random|clock_timestamp|nextval)\s*\(`), "writes the whole table anew: a default that differs from row to row", true},
	{pattern(`ALTER TABLE (\w+) (?:[^;]*,)?\s*ADD COLUMN (?:IF NOT EXISTS )?[^;,]*\bGENERATED ALWAYS AS\b`), "writes the whole table anew: a stored column", true},
	{pattern(`ALTER TABLE (\w+) .*\bADD (?:CONSTRAINT \w+ )?(?:CHECK|FOREIGN KEY)\b`), "reads the whole table under a lock: add it NOT VALID, and VALIDATE it afterwards", true},
	{pattern(`UPDATE (\w+) SET`), "writes a whole table in one transaction: let a job do it in parts", true},
	{pattern(`(?:VACUUM FULL|CLUSTER|LOCK TABLE|TRUNCATE)\b`), "locks a table against everything", false},
	{pattern(`REINDEX (?:INDEX|TABLE|DATABASE) (?:[^C]|C[^O])`), "locks against writes: REINDEX … CONCURRENTLY", false},
}

var (
	createTable  = pattern(`CREATE TABLE (?:IF NOT EXISTS )?(\w+)`)
	concurrently = regexp.MustCompile(`(?i)\bCONCURRENTLY\b`)
	touchesOld   = pattern(`(?:ALTER TABLE|CREATE (?:CONSTRAINT )?TRIGGER .*\bON) (\w+)`)
	lockTimeout  = regexp.MustCompile(`(?i)\bSET (?:LOCAL )?lock_timeout\b`)
	excused      = regexp.MustCompile(`(?m)^-- late: \S.*$`)
)

// brokenRules gives what in a migration is against the rules. A statement that comes
// after a line "-- late: REASON" is excused.
func brokenRules(sql string) []string {
	var out []string
	made := map[string]bool{}
	ended := strings.Contains(sql, "-- +goose NO TRANSACTION")
	old := false
	for _, s := range statementsOf(sql) {
		excuse := excused.MatchString(s)
		s = withoutComments(s)
		if m := createTable.FindStringSubmatch(s); m != nil {
			made[m[1]] = true
		}
		if m := touchesOld.FindStringSubmatch(s); m != nil && !made[m[1]] {
			old = true
		}
		if concurrently.MatchString(s) && !ended {
			out = append(out, "CONCURRENTLY needs a file that begins with -- +goose NO TRANSACTION: "+first(s))
		}
		for _, r := range rules {
			m := r.finds.FindStringSubmatch(s)
			if m != nil && !excuse && !concurrently.MatchString(s) && !(r.ofNew && made[m[1]]) && !strings.Contains(strings.ToUpper(s), "NOT VALID") {
				out = append(out, first(s)+": "+r.why)
			}
		}
	}
	if old && !lockTimeout.MatchString(sql) {
		out = append(out, "it changes tables that are in use without SET lock_timeout: behind one long query all others would wait for it")
	}
	return out
}

// statementsOf cuts a migration into statements; bodies of functions stay whole.
func statementsOf(sql string) []string {
	var out []string
	for i, part := range regexp.MustCompile(`(?m)^-- \+goose Statement(?:Begin|End)$`).Split(sql, -1) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Split(part, ";")...)
		}
	}
	return out
}

func withoutComments(s string) string {
	return strings.TrimSpace(regexp.MustCompile(`(?m)--.*$`).ReplaceAllString(s, ""))
}

// first gives the beginning of a statement.
func first(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return s[:min(len(s), 80)]
}

// TestMigrationsLetThePreviousReleaseRun holds each new migration against the rules of
// docs/operations.md, Upgrades.
func TestMigrationsLetThePreviousReleaseRun(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("%v, %v", names, err)
	}
	for _, name := range names {
		sql, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name < firstRuled {
			continue
		}
		for _, broken := range brokenRules(string(sql)) {
			t.Errorf("%s: %s", name, broken)
		}
	}
}

func TestBrokenRules(t *testing.T) {
	t.Parallel()
	const head = "-- +goose Up\nSET LOCAL lock_timeout = '3s';\n"
	for _, tt := range []struct{ name, sql, want string }{
		{"a new table", "-- +goose Up\nCREATE TABLE a (b text); CREATE INDEX a_b ON a (b); UPDATE a SET b = '';", ""},
		{"a column", head + "ALTER TABLE claims ADD COLUMN a text NOT NULL DEFAULT '';", ""},
		{"a column without a time", "-- +goose Up\nALTER TABLE claims ADD COLUMN a text;", "lock_timeout"},
		{"an index", head + "CREATE INDEX claims_x ON claims (x);", "CONCURRENTLY"},
		{"an index beside", "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY claims_x ON claims (x);", ""},
		{"an index beside in a transaction", head + "CREATE INDEX CONCURRENTLY claims_x ON claims (x);", "NO TRANSACTION"},
		{"another type", head + "ALTER TABLE claims ALTER COLUMN worth TYPE real;", "anew"},
		{"not null", head + "ALTER TABLE claims ALTER worth SET NOT NULL;", "under a lock"},
		{"random", head + "ALTER TABLE claims ADD COLUMN a uuid DEFAULT gen_random_uuid();", "row to row"},
		{"generated", head + "ALTER TABLE claims ADD COLUMN a integer GENERATED ALWAYS AS (start_at + 1) STORED;", "stored column"},
		{"a check", head + "ALTER TABLE claims ADD CONSTRAINT c CHECK (start_at > 0);", "NOT VALID"},
		{"a check for later", head + "ALTER TABLE claims ADD CONSTRAINT c CHECK (start_at > 0) NOT VALID;", ""},
		{"all rows", head + "UPDATE claims SET worth = 0;", "in parts"},
		{"a drop", head + "ALTER TABLE claims DROP COLUMN worth;", "one release later"},
		{"a late drop", head + "-- late: no release since 0.4 reads it\nALTER TABLE claims DROP COLUMN worth;", ""},
		{"a rename", head + "ALTER TABLE claims RENAME TO statements;", "old name"},
		{"in a comment", head + "-- UPDATE claims SET worth = 0;\nSELECT 1;", ""},
		{"in a function", head + "-- +goose StatementBegin\nCREATE FUNCTION f() RETURNS trigger AS $$ BEGIN\n UPDATE claims SET worth = 0; END $$;\n-- +goose StatementEnd", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := brokenRules(tt.sql)
			if tt.want == "" && len(got) > 0 || tt.want != "" && !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, tt.want) }) {
				t.Errorf("broken: %q, want %q", got, tt.want)
			}
		})
	}
}
