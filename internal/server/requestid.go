package server

import (
	"context"
	"crypto/rand"
	"net/http"

	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/app"
)

// requestIDHeader carries the id that names a request in the log.
const requestIDHeader = "X-Request-Id"

// maxRequestID bounds an id that a caller brings along.
const maxRequestID = 64

// requestID names each request: by the id that the caller or a proxy gave it,
// where that is harmless in a log, else by a random one. The answer repeats it.
func requestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestIDHeader)
		if !harmlessID(id) {
			id = rand.Text()
		}
		w.Header().Set(requestIDHeader, id)
		// The router's own key: every package that knows chi can read the id.
		ctx := context.WithValue(r.Context(), middleware.RequestIDKey, id)
		next.ServeHTTP(w, r.WithContext(app.CausedBy(ctx, id)))
	})
}

func harmlessID(id string) bool {
	if id == "" || len(id) > maxRequestID {
		return false
	}
	for _, c := range []byte(id) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return true
}
