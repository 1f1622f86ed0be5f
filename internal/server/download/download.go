// Package download sends documents that are too large to be kept in memory: they are
// written while they are read from the database.
package download

import (
	"bufio"
	"io"
	"log/slog"
	"net/http"
	"time"
)

const (
	// chunk is how many bytes are sent at once, patience how long a reader may take to
	// take them in: who reads slower holds a transaction open.
	chunk    = 32 << 10
	patience = 30 * time.Second
)

// JSON sends a document under a name. What write sends is cut off where it fails, so that
// nobody takes a part for the whole.
func JSON(w http.ResponseWriter, log *slog.Logger, name string, write func(io.Writer) error) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	out := bufio.NewWriterSize(&sender{w: w, control: http.NewResponseController(w)}, chunk)
	err := write(out)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		log.Warn("a download was cut off", "name", name, "error", err)
		panic(http.ErrAbortHandler) // the connection breaks: there is no other way to say it
	}
}

// sender gives each chunk its time.
type sender struct {
	w       io.Writer
	control *http.ResponseController
}

func (s *sender) Write(b []byte) (int, error) {
	_ = s.control.SetWriteDeadline(time.Now().Add(patience)) // writers of tests have none
	return s.w.Write(b)
}
