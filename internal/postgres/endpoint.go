package postgres

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	socketPort = 5432
	// maxSocketPath is the longest path of a unix socket in bytes: 107 on Linux,
	// 103 on macOS.
	maxSocketPath = 103
)

// endpoint is where a cluster listens: on a unix socket in socketDir, or, where
// that is empty, on loopback.
type endpoint struct {
	socketDir string
	port      int
}

// chooseEndpoint takes a socket in dir unless its path is too long, or could not
// be written in a connection string.
func chooseEndpoint(dir string) (endpoint, error) {
	path := filepath.Join(dir, ".s.PGSQL."+strconv.Itoa(socketPort))
	if len(path) <= maxSocketPath && !strings.ContainsAny(dir, `,"\`) {
		return endpoint{socketDir: dir, port: socketPort}, nil
	}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return endpoint{}, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	return endpoint{port: l.Addr().(*net.TCPAddr).Port}, nil
}

// settings are the postmaster's arguments for listening here and nowhere else.
func (e endpoint) settings() []string {
	listen, socket := "127.0.0.1", ""
	if e.socketDir != "" {
		listen, socket = "", `"`+e.socketDir+`"`
	}
	return []string{
		"-c", "listen_addresses=" + listen,
		"-c", "unix_socket_directories=" + socket,
		"-c", "unix_socket_permissions=0700",
		"-c", "port=" + strconv.Itoa(e.port),
	}
}

// url gives the connection string of a role's database here. The password is
// used on loopback only: a socket in a closed folder needs none.
func (e endpoint) url(role, database, password string) string {
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database}
	q := url.Values{"sslmode": {"disable"}}
	if e.socketDir != "" {
		q.Set("host", e.socketDir)
		q.Set("port", strconv.Itoa(e.port))
	} else {
		u.User = url.UserPassword(role, password)
		u.Host = net.JoinHostPort("127.0.0.1", strconv.Itoa(e.port))
	}
	u.RawQuery = q.Encode()
	return u.String()
}
