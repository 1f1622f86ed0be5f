package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"corroborate/internal/doctor"
)

// mounted are the folders that containers have their secrets in, which only the
// container sees.
var mounted = []string{"/run/secrets/", "/var/run/secrets/"}

// fileFindings looks at who may read the files with secrets.
func fileFindings(vars map[string]string, c config) []doctor.Finding {
	f := &files{}
	for _, s := range settings() {
		if path := vars[s.name+"_FILE"]; s.secret && path != "" {
			f.secret(path, s.name+"_FILE")
		}
	}
	for _, key := range []setValue{{"OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", c.TraceClientKey}, {"OTEL_EXPORTER_OTLP_CLIENT_KEY", c.OTLPClientKey}} {
		if key.value != "" {
			f.secret(key.value, key.setting)
		}
	}
	first := filepath.Join(c.DataDir, "first-password")
	f.secret(first, "the file of the first password")
	f.secret(filepath.Join(c.DataDir, factorKeyFile), "the key of second factors")
	f.secret(filepath.Join(c.DataDir, "postgres", "corroborate.password"), "the password of the private database")
	if _, err := os.Stat(first); err == nil {
		f.add(doctor.Note, "the first password still lies in "+first, "sign in with it and choose another: the service then deletes the file; one that opens nothing any more you delete yourself")
	}
	f.warnOf(c.AdminPassword != "" && vars["ADMIN_PASSWORD"] != "", "ADMIN_PASSWORD is in the environment, and only the first start needs it",
		"leave it out once the administrator has signed in")
	if len(f.found) == 0 {
		f.found = []doctor.Finding{{Area: "files", Level: doctor.OK, Says: "files with secrets can be read by their owner alone"}}
	}
	return f.found
}

// files collects findings on files.
type files struct{ found []doctor.Finding }

func (f *files) add(level doctor.Level, says, do string) {
	f.found = append(f.found, doctor.Finding{Area: "files", Level: level, Says: says, Do: do})
}

func (f *files) warnOf(bad bool, says, do string) {
	if bad {
		f.add(doctor.Note, says, do)
	}
}

// secret looks at the rights of a file with a secret, if it is there.
func (f *files) secret(path, what string) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return // that a setting names it is told of by the settings
	}
	if err != nil {
		f.add(doctor.Warning, what+" could not be looked at: "+err.Error(), "run this as the user that the server runs as")
		return
	}
	mode := info.Mode().Perm()
	switch {
	case mode&0o022 != 0:
		f.add(doctor.Fault, fmt.Sprintf("%s can be changed by others than its owner (%s, mode %04o)", what, path, mode), "chmod 600 "+path+", and make a new secret")
	case mode&0o044 != 0 && !isMounted(path):
		f.add(doctor.Warning, fmt.Sprintf("%s can be read by others than its owner (%s, mode %04o)", what, path, mode), "chmod 600 "+path+", and make a new secret")
	}
}

func isMounted(path string) bool {
	for _, folder := range mounted {
		if strings.HasPrefix(filepath.Clean(path), folder) {
			return true
		}
	}
	return false
}

// portTimeout is how long whoever listens at an address may take to answer.
const portTimeout = 3 * time.Second

// portFindings looks at who listens at the addresses of the settings.
func portFindings(ctx context.Context, c config) []doctor.Finding {
	out := []doctor.Finding{portFinding(ctx, "ADDR", c.Addr, "/healthz")}
	if c.MetricsAddr != "" {
		out = append(out, portFinding(ctx, "METRICS_ADDR", c.MetricsAddr, "/metrics"))
	}
	return out
}

// portFinding tells whether an address is free, or the service answers there.
func portFinding(ctx context.Context, setting, addr, path string) doctor.Finding {
	f := doctor.Finding{Area: "ports", Level: doctor.OK}
	listener, err := net.Listen("tcp", addr)
	if err == nil {
		_ = listener.Close() // nobody has called
		f.Says = setting + " " + addr + " is free: no server runs there"
		return f
	}
	if answers(ctx, "http://"+reachable(addr)+path) {
		f.Says = "the server answers at " + setting + " " + addr
		return f
	}
	f.Level, f.Says = doctor.Fault, fmt.Sprintf("%s %s cannot be used: %v", setting, addr, err)
	f.Do = "end the program that listens there (ss -ltnp), or choose another port"
	return f
}

// answers tells whether an address of the service answers that all is well.
func answers(ctx context.Context, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, portTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}
