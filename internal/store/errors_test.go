package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"corroborate/internal/claims"
)

func TestOutagesAreToldFromFaults(t *testing.T) {
	t.Parallel()
	state := func(code string) error { return &pgconn.PgError{Code: code, Message: "as the database says it"} }
	reset := &net.OpError{Op: "read", Err: os.NewSyscallError("read", errors.New("connection reset by peer"))}
	for _, tt := range []struct {
		name string
		err  error
		want claims.ErrorKind
	}{
		{"full disk", state("53100"), claims.Unavailable},
		{"read-only", state("25006"), claims.Unavailable},
		{"starting", state("57P03"), claims.Unavailable},
		{"crashed", state("57P02"), claims.Unavailable},
		{"a broken disk", state("58030"), claims.Unavailable},
		{"shut down by an administrator", state("57P01"), claims.Unavailable},
		{"dropped", state("57P04"), claims.Unavailable},
		{"idle for too long", state("57P05"), claims.Unavailable},
		{"idle in a transaction", state("25P03"), claims.Unavailable},
		{"a transaction that took too long", state("25P04"), claims.Unavailable},
		{"a lock that is not to be had", state("55P03"), claims.Unavailable},
		{"too many connections", state("53300"), claims.Unavailable},
		{"no memory", state("53200"), claims.Unavailable},
		{"a limit of the settings", state("53400"), claims.Unavailable},
		{"connection exception", state("08000"), claims.Unavailable},
		{"connection that does not exist", state("08003"), claims.Unavailable},
		{"connection failure", state("08006"), claims.Unavailable},
		{"system error", state("58000"), claims.Unavailable},
		{"a broken pipe", &net.OpError{Op: "write", Err: os.NewSyscallError("write", syscall.EPIPE)}, claims.Unavailable},
		{"a deadlock", state("40P01"), claims.Conflict},
		{"a right that is missing", &pgconn.PgError{Code: "42501", File: "aclchk.c"}, ""},
		{"a file of the database that is read-only", &pgconn.PgError{Code: "42501", File: "md.c"}, claims.Unavailable},
		{"a failed transaction", state("25P02"), ""},
		{"damaged data", state("XX001"), ""},
		{"reset connection", reset, claims.Unavailable},
		{"ended connection", fmt.Errorf("receive: %w", io.ErrUnexpectedEOF), claims.Unavailable},
		{"connection that was given up", net.ErrClosed, claims.Unavailable},
		{"two at once", state("40001"), claims.Conflict},
		{"known already", state("23505"), claims.Conflict},
		{"wrong statement", state("42601"), ""},
		{"caller gave up", fmt.Errorf("%w: %w", context.DeadlineExceeded, reset), ""},
		{"caller is gone", fmt.Errorf("%w: %w", context.Canceled, reset), ""},
		{"anything else", io.EOF, ""},
	} {
		if got := claims.KindOf(wrap("test", tt.err)); got != tt.want {
			t.Errorf("%s: kind %q, want %q", tt.name, got, tt.want)
		}
		if wrapped := wrap("test", tt.err); !errors.Is(wrapped, tt.err) {
			t.Errorf("%s: %v has lost its cause", tt.name, wrapped)
		}
	}
}
