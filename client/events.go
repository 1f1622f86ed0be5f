package client

import (
	"bufio"
	"context"
	"io"
	"strings"
)

// Event is one server-sent event.
type Event struct {
	// ID is where the stream stands; Type what happened; Data is JSON.
	ID, Type string
	Data     []byte
}

// Events is an open stream of events. It has to be closed.
type Events struct {
	body  io.Closer
	lines *bufio.Scanner
	last  string
}

// maxEvent is how long a line of a stream may be, in bytes.
const maxEvent = 1 << 20

// stream opens a stream of events. The HTTP client must have no timeout of its own; ctx
// ends the stream.
func (c *Client) stream(ctx context.Context, r request) (*Events, error) {
	res, err := c.do(ctx, r)
	if err != nil {
		return nil, err
	}
	e := &Events{body: res.Body, lines: bufio.NewScanner(res.Body)}
	e.lines.Buffer(nil, maxEvent)
	return e, nil
}

// Next waits for the next event; io.EOF says that the stream has ended.
func (e *Events) Next() (Event, error) {
	event := Event{ID: e.last, Type: "message"}
	var data []string
	for e.lines.Scan() {
		name, value, _ := strings.Cut(e.lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch name {
		case "id":
			e.last, event.ID = value, value
		case "event":
			event.Type = value
		case "data":
			data = append(data, value)
		case "":
			if e.lines.Text() == "" && data != nil {
				event.Data = []byte(strings.Join(data, "\n"))
				return event, nil
			}
		}
	}
	if err := e.lines.Err(); err != nil {
		return Event{}, err
	}
	return Event{}, io.EOF
}

// Close ends the stream.
func (e *Events) Close() error { return e.body.Close() }
