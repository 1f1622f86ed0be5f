package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/server/problem"
)

// etagOf gives the ETag of a thing: its version, which counts edits by people,
// and a hash of what is shown, which also changes with the analysis. An edit is
// judged by the version alone, so that it does not fail because an analysis ended
// meanwhile.
func etagOf(version int, body any) (string, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return "", fmt.Errorf("etag: %w", err)
	}
	sum := sha256.Sum256(b)
	return fmt.Sprintf(`"%d.%s"`, version, hex.EncodeToString(sum[:6])), nil
}

// IfMatch is the header that an edit needs.
type IfMatch struct {
	IfMatch string `header:"If-Match" doc:"The ETag of what is edited, as the last GET or edit gave it; * for whatever it is now. Needed: without it the answer is 428." example:"\"3.9f2a6b0c11de\""`
}

// version gives the version that the caller has seen, 0 for any.
func (in IfMatch) version(ctx context.Context) (int, error) {
	tag := strings.TrimSpace(in.IfMatch)
	switch tag {
	case "":
		return 0, problem.New(ctx, problem.PreconditionRequired, "The header If-Match is missing.", "")
	case "*":
		return 0, nil
	}
	// Proxies that compress mark an ETag as weak; the version in it still holds.
	number, _, _ := strings.Cut(strings.Trim(strings.TrimPrefix(tag, "W/"), `"`), ".")
	version, err := strconv.Atoi(number)
	if err != nil || version < 1 {
		return 0, problem.New(ctx, problem.Stale, "If-Match holds no ETag that this service gave.", "")
	}
	return version, nil
}

// IfNoneMatch is the header with which a GET asks for news only.
type IfNoneMatch struct {
	IfNoneMatch string `header:"If-None-Match" doc:"An ETag that was given before: where it still holds the answer is 304, without a body." example:"\"3.9f2a6b0c11de\""`
}

// notModified answers 304 to a GET whose If-None-Match holds the answer's ETag.
func notModified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tags := r.Header.Get("If-None-Match")
		if r.Method != http.MethodGet || tags == "" {
			next.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(&conditionalWriter{WrapResponseWriter: middleware.NewWrapResponseWriter(w, r.ProtoMajor), tags: tags}, r)
	})
}

// conditionalWriter drops the body of an answer that the caller has.
type conditionalWriter struct {
	middleware.WrapResponseWriter
	tags string
	same bool
}

// WriteHeader writes 304 in place of 200 where the ETags match.
func (w *conditionalWriter) WriteHeader(status int) {
	if status == http.StatusOK && holds(w.tags, w.Header().Get("ETag")) {
		w.same, status = true, http.StatusNotModified
		w.Header().Del("Content-Type")
	}
	w.WrapResponseWriter.WriteHeader(status)
}

// Write drops what belongs to an answer that the caller has.
func (w *conditionalWriter) Write(b []byte) (int, error) {
	if w.same {
		return len(b), nil
	}
	return w.WrapResponseWriter.Write(b)
}

// holds tells whether a list of ETags has this one, weak or strong.
func holds(tags, etag string) bool {
	if etag == "" {
		return false
	}
	for tag := range strings.SplitSeq(tags, ",") {
		if tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/"); tag == etag || tag == "*" {
			return true
		}
	}
	return false
}
