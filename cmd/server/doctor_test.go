package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/doctor"
	"corroborate/internal/store/storetest"
)

// examined runs the doctor and gives its report and exit status.
func examined(t *testing.T, vars map[string]string, flags ...string) (doctor.Report, int) {
	t.Helper()
	stdout, stderr, status := call(t, vars, append([]string{"doctor", "--json"}, flags...)...)
	var r doctor.Report
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatalf("status %d, %q: %v\n%s", status, stderr, err, stdout)
	}
	return r, status
}

// told tells whether a report has a finding of an area and level that says something.
func told(r doctor.Report, area string, level doctor.Level, says string) bool {
	for _, f := range r.Findings {
		if f.Area == area && f.Level == level && strings.Contains(f.Says, says) {
			return true
		}
	}
	return false
}

func TestDoctorBesideAServerAndWithout(t *testing.T) {
	t.Parallel()
	for name, settings := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vars := settings(t)
			vars["PG_BIN_DIR"], vars["ADDR"] = os.Getenv("PG_BIN_DIR"), "127.0.0.1:0"
			p := startServer(t, vars)
			beside := map[string]string{"ADDR": strings.TrimPrefix(p.url, "http://")}
			for k, v := range vars {
				if k != "ADDR" {
					beside[k] = v
				}
			}
			r, status := examined(t, beside)
			if !told(r, "ports", doctor.OK, "the server answers") || !told(r, "jobs", doctor.OK, "1 servers work") || !told(r, "schema", doctor.OK, "up to date") {
				t.Errorf("beside the server: status %d, %+v", status, r.Findings)
			}
			// The cluster of the tests gives up safety for speed, which is a fault; a private
			// one has none.
			if wantFault := vars["DATABASE_URL"] != ""; (status == 1) != wantFault || (r.Level == doctor.Fault) != wantFault {
				t.Errorf("beside the server: status %d, level %s: %+v", status, r.Level, r.Findings)
			}
			p.end(t, syscall.SIGTERM)
			r, _ = examined(t, vars) // a machine that is busy may have left jobs of the start undone
			// That is worth a warning exactly where jobs wait for a server.
			const idle, nothing = "no server works on jobs; ", "no server works on jobs; 0 wait"
			none := told(r, "jobs", doctor.Note, nothing)
			some := told(r, "jobs", doctor.Warning, idle) && !told(r, "jobs", doctor.Warning, nothing)
			if none == some || !told(r, "ports", doctor.OK, "is free") {
				t.Errorf("without the server: %+v", r.Findings)
			}
		})
	}
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("0123456789abcdef0123456789abcdef"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("first-password", 0o600)
	write("second-factor.key", 0o604)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	r, status := examined(t, map[string]string{
		"DATA_DIR": dir, "DATABASE_URL": "postgres://u:hunter2@127.0.0.1:1/d?connect_timeout=1", "ADDR": strings.TrimPrefix(other.URL, "http://"), "PUBLIC_URL": "http://news.example.org",
		"METRICS_ADDR": "0.0.0.0:0", "CORS_ORIGINS": "*", "TRUSTED_PROXIES": "0.0.0.0/0", "ADMIN_API_KEY_FILE": write("key", 0o666),
		"LLM_BASE_URL": "http://models.example.org/v1", "LLM_MODEL": "m", "FEED_INTERVAL": "1s", "PUBLIC_REED": "true", "FEED_INTERVAL_FILE": "x",
	})
	if status != 1 || r.Level != doctor.Fault {
		t.Errorf("status %d, level %s", status, r.Level)
	}
	for _, want := range []struct {
		area  string
		level doctor.Level
		says  string
	}{
		{"settings", doctor.Fault, "FEED_INTERVAL: want a time"},
		{"settings", doctor.Warning, "PUBLIC_REED is no setting"},
		{"settings", doctor.Warning, "FEED_INTERVAL_FILE is no setting"},
		{"network", doctor.Warning, "PUBLIC_URL begins with http://"},
		{"network", doctor.Warning, "trusts every address"},
		{"network", doctor.Warning, "METRICS_ADDR can be reached"},
		{"network", doctor.Warning, "every site"},
		{"network", doctor.Warning, "LLM_BASE_URL begins with http://"},
		{"files", doctor.Fault, "ADMIN_API_KEY_FILE can be changed by others"},
		{"files", doctor.Warning, "the key of second factors can be read by others"},
		{"files", doctor.Note, "first password still lies"},
		{"ports", doctor.Fault, "cannot be used"},
		{"database", doctor.Fault, "could not be looked at"},
	} {
		if !told(r, want.area, want.level, want.says) {
			t.Errorf("no %s of %s says %q: %+v", want.level, want.area, want.says, r.Findings)
		}
	}
	for _, f := range r.Findings {
		if strings.Contains(f.Says+f.Do, "hunter2") || strings.Contains(f.Says+f.Do, "0123456789abcdef") {
			t.Errorf("a secret is shown: %+v", f)
		}
	}
}

func TestDoctorWithoutADatabase(t *testing.T) {
	t.Parallel()
	vars := map[string]string{"DATA_DIR": t.TempDir(), "ADDR": "127.0.0.1:0"}
	if r, status := examined(t, vars); status != 0 || !told(r, "database", doctor.Warning, "there is no database in") {
		t.Errorf("status %d: %+v", status, r.Findings)
	}
	if _, status := examined(t, vars, "--strict"); status != 1 {
		t.Errorf("strict: status %d, want 1", status)
	}
	if _, _, status := call(t, vars, "doctor", "--odd"); status != exitUsage {
		t.Errorf("an unknown flag: status %d, want %d", status, exitUsage)
	}
}

func TestDoctorFindsAnOldSchema(t *testing.T) {
	t.Parallel()
	vars := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "ADDR": "127.0.0.1:0"}
	db, err := pgx.Connect(t.Context(), vars["DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), "DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r, status := examined(t, vars); status != 1 || !told(r, "schema", doctor.Fault, "lacks changes") || told(r, "jobs", doctor.OK, "") {
		t.Errorf("status %d: %+v", status, r.Findings)
	}
}
