package api

import (
	"bytes"
	"context"
	"net/http"
	"sync"
	"time"

	"corroborate/internal/server/problem"
)

const (
	// beatEvery is how often a quiet stream says that it is still there.
	beatEvery = 15 * time.Second
	// writeTime is how long a reader may take to take in what is sent.
	writeTime = 10 * time.Second
	// streamsOfKey and streamsOfStranger are how many streams one caller may hold,
	// streamsOfAll how many there may be.
	streamsOfKey      = 10
	streamsOfStranger = 4
	streamsOfAll      = 1_000
)

// streams counts the streams that are open, by who reads them.
type streams struct {
	mu  sync.Mutex
	all int
	of  map[string]int
}

// join counts a stream more for the caller, or says that it is one too many. leave
// takes it off again.
func (s *streams) join(ctx context.Context) (leave func(), err error) {
	key, most := "address "+clientAddress(ctx), streamsOfStranger
	if who := actorOf(ctx); who.SignedIn() {
		key, most = "key "+who.KeyID, streamsOfKey
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[key] >= most || s.all >= streamsOfAll {
		return nil, problem.New(ctx, problem.TooMany, "You hold as many streams as you may: close one first.", "").With("Retry-After", "15")
	}
	s.all++
	s.of[key]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all--
		if s.of[key]--; s.of[key] == 0 {
			delete(s.of, key)
		}
	}, nil
}

// message is one server-sent event.
type message struct {
	name string
	data []byte
	// id is what to read on after, empty for none. Without a name the message tells it
	// alone.
	id string
	// last ends the stream after it.
	last bool
}

// bytes writes the message as it goes over the wire. The data is JSON in one line.
func (m message) bytes() []byte {
	var b bytes.Buffer
	if m.id != "" {
		b.WriteString("id: " + m.id + "\n")
	}
	if m.name != "" {
		b.WriteString("event: " + m.name + "\ndata: ")
		b.Write(m.data)
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// stream writes server-sent events.
type stream struct {
	w   http.ResponseWriter
	out *http.ResponseController
}

// newStream sends the header of a stream.
func newStream(w http.ResponseWriter) stream {
	w.Header().Set("Content-Type", streamMedia)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no") // proxies hand on each event at once
	w.WriteHeader(http.StatusOK)
	return stream{w: w, out: http.NewResponseController(w)}
}

// send writes at once, or fails where the reader is gone or does not read.
func (s stream) send(b []byte) error {
	_ = s.out.SetWriteDeadline(time.Now().Add(writeTime)) // writers of tests have none
	if _, err := s.w.Write(b); err != nil {
		return err
	}
	return s.out.Flush()
}

// pump sends what comes until there is no more, or the reader has gone.
func pump[T any](ctx context.Context, s stream, items <-chan T, as func(T) (message, error)) error {
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		select {
		case item, open := <-items:
			if !open {
				return nil
			}
			m, err := as(item)
			if err != nil {
				return err
			}
			if s.send(m.bytes()) != nil || m.last {
				return nil
			}
		case <-beat.C:
			if s.send([]byte(": still here\n\n")) != nil {
				return nil
			}
		case <-ctx.Done():
			return nil
		}
	}
}
