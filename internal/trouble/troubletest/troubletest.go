// Package troubletest holds what is written to the log of something that fails again and
// again: one line when it begins to, and one when it works again.
package troubletest

import (
	"bytes"
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a line may be in coming on a busy machine.
const patience = 30 * time.Second

// Log is a log that is read while it is written to. Its zero value is empty.
type Log struct {
	mu   sync.Mutex
	said bytes.Buffer
}

// Write takes a line.
func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said.Write(b)
}

// Logger gives what writes to the log.
func (l *Log) Logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// String gives what was written.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said.String()
}

// count counts the lines of a level with a message and, unless it is empty, something more.
func (l *Log) count(level, message, more string) int {
	n := 0
	for line := range strings.Lines(l.String()) {
		if strings.Contains(line, "level="+level+" msg="+strconv.Quote(message)+" ") && strings.Contains(line, more) {
			n++
		}
	}
	return n
}

var times = regexp.MustCompile(` times=(\d+)`)

// ToldOnce waits until what works again, and holds that one line said that it failed, though
// it did so at least some times, and one that it is over; more is in both. Meanwhile it calls
// again, unless that is nil, which may be what has it work.
func (l *Log) ToldOnce(t testing.TB, what, more string, least int, again func()) {
	t.Helper()
	over := what + ": no more"
	for ends := time.Now().Add(patience); l.count("INFO", over, more) == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(ends) {
			t.Fatalf("no line says that it is over that %q: %s", what, l)
		}
		if again != nil {
			again()
		}
	}
	if began, ended := l.count("WARN", what, more), l.count("INFO", over, more); began != 1 || ended != 1 {
		t.Errorf("%d lines say %q and %d that it is over, want one each: %s", began, what, ended, l)
	}
	for line := range strings.Lines(l.String()) {
		if m := times.FindStringSubmatch(line); m != nil && strings.Contains(line, strconv.Quote(over)) && strings.Contains(line, more) {
			if n, err := strconv.Atoi(m[1]); err != nil || n < least {
				t.Errorf("it failed less than %d times: %s", least, line)
			}
		}
	}
}
