package machines

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// callTime is how long a client waits for an answer.
const callTime = 15 * time.Second

var client = &http.Client{Timeout: callTime, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}

// answer is what a call gave.
type answer struct {
	status int
	tag    string
	body   []byte
}

// errNoAnswer says that nobody knows whether a call was carried out: the server failed, or
// the connection to it did.
var errNoAnswer = errors.New("no answer")

// call makes a call of the API through one of the servers. header holds names and
// values in turn.
func (f *fleet) call(ctx context.Context, method, path string, body any, header ...string) (answer, error) {
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			return answer{}, err
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, f.next()+path, bytes.NewReader(sent))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Authorization", "Bearer "+adminKey)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := client.Do(r)
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", errNoAnswer, err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", errNoAnswer, err)
	}
	if resp.StatusCode >= http.StatusInternalServerError {
		return answer{}, fmt.Errorf("%w: %s %s: %d %.200s", errNoAnswer, method, path, resp.StatusCode, got)
	}
	return answer{status: resp.StatusCode, tag: resp.Header.Get("ETag"), body: got}, nil
}

// into reads an answer of a status.
func (a answer) into(status int, out any) error {
	if a.status != status {
		return fmt.Errorf("status %d, want %d: %.300s", a.status, status, a.body)
	}
	return json.Unmarshal(a.body, out)
}
