package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

// IdempotencyKey is the header with which a POST can be sent twice safely.
type IdempotencyKey struct {
	IdempotencyKey string `header:"Idempotency-Key" minLength:"1" maxLength:"255" doc:"A word of your own for this call, such as a UUID, at most 255 visible ASCII characters. The same key with the same body gives the same answer for a day, marked Idempotent-Replayed: true." example:"8f14e45f-ceea-467f-a8d4-1c5c8e2b7e55"`
}

const maxCallKey = 255

// keptHeaders are the headers that are part of an answer.
var keptHeaders = []string{"Content-Type", "Location", "Etag"}

// once lets a call with an Idempotency-Key happen once: its answer is kept with what it
// changes, and given again without calling the operation. It is sent when all is kept. secret names a field of the answer
// that is kept as null.
func (a *API) once(secret string) func(huma.Context, func(huma.Context)) {
	return func(op huma.Context, next func(huma.Context)) {
		r, w := humachi.Unwrap(op)
		keys := r.Header.Values("Idempotency-Key")
		if len(keys) == 0 {
			next(op)
			return
		}
		call, p := callOf(r, keys)
		if p != nil {
			a.write(op, p)
			return
		}
		var made *heldAnswer
		answer, replayed, err := a.app.Once(r.Context(), actorOf(r.Context()), call, func(ctx context.Context) *app.Answer {
			made = &heldAnswer{header: http.Header{}}
			next(humachi.NewContext(op.Operation(), r.WithContext(ctx), made))
			return made.kept(secret)
		})
		switch {
		case err != nil:
			a.write(op, a.problem(r.Context(), err, "header"))
		case replayed:
			replay(w, answer)
		default:
			made.send(w)
		}
	}
}

// callOf identifies the call. It reads the body, which conduct.go has put into
// memory, and leaves it to be read again.
func callOf(r *http.Request, keys []string) (app.Call, *problem.Problem) {
	if !oneWord(keys) {
		return app.Call{}, wrongCallKey(r.Context())
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return app.Call{}, problem.New(r.Context(), problem.Malformed, "The body ended before it was complete.", "Send the call again.")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	sum := sha256.Sum256(body)
	return app.Call{Key: keys[0], Method: r.Method, Path: r.URL.Path, BodyHash: hex.EncodeToString(sum[:])}, nil
}

// wrongCallKey is the problem of a header that is not one word.
func wrongCallKey(ctx context.Context) *problem.Problem {
	p := problem.New(ctx, problem.Invalid, "The Idempotency-Key cannot be taken.", "Send one key of 1 to 255 visible ASCII characters, such as a UUID.")
	p.Errors = append(p.Errors, problem.Field{Location: "header.Idempotency-Key", Message: "is not one word of 1 to 255 visible ASCII characters"})
	return p
}

// oneWord tells whether the header was sent once, with one word.
func oneWord(keys []string) bool {
	if len(keys) != 1 || keys[0] == "" || len(keys[0]) > maxCallKey {
		return false
	}
	for _, c := range []byte(keys[0]) {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}

func replay(w http.ResponseWriter, answer *app.Answer) {
	for name, value := range answer.Header {
		w.Header().Set(name, value)
	}
	w.Header().Set("Idempotent-Replayed", "true")
	w.WriteHeader(answer.Status)
	_, _ = w.Write(answer.Body) // the caller is gone when this fails
}

// without gives a JSON object with one field set to null.
func without(body []byte, secret string) []byte {
	if secret == "" {
		return bytes.Clone(body)
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return nil // an answer that cannot be read is not worth the risk
	}
	fields[secret] = json.RawMessage("null")
	out, err := json.Marshal(fields)
	if err != nil {
		return nil
	}
	return out
}

// heldAnswer is an answer that is not sent before what it tells of is kept.
type heldAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header gives the headers to be sent.
func (h *heldAnswer) Header() http.Header { return h.header }

// WriteHeader notes the status.
func (h *heldAnswer) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

// Write notes a part of the body.
func (h *heldAnswer) Write(b []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.body.Write(b)
}

// kept gives what is stored of the answer, nil for that of a call that did not succeed.
func (h *heldAnswer) kept(secret string) *app.Answer {
	if h.status < 200 || h.status > 299 {
		return nil
	}
	answer := &app.Answer{Status: h.status, Header: map[string]string{}, Body: without(h.body.Bytes(), secret)}
	for _, name := range keptHeaders {
		if value := h.header.Get(name); value != "" {
			answer.Header[name] = value
		}
	}
	return answer
}

// send sends the answer.
func (h *heldAnswer) send(w http.ResponseWriter) {
	for name, values := range h.header {
		w.Header()[name] = values
	}
	w.WriteHeader(h.status)
	_, _ = w.Write(h.body.Bytes()) // the caller is gone when this fails
}
