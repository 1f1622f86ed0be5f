package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"corroborate/internal/server/problem"
)

// jsonMedia is the media type of bodies.
const jsonMedia = "application/json"

// bodyTimeout is how long the body of a request may take to arrive.
const bodyTimeout = 30 * time.Second

// private keeps answers out of shared caches: what is shown depends on the key.
func private(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "private, no-cache")
		w.Header().Add("Vary", "Authorization")
		next.ServeHTTP(w, r)
	})
}

// readable refuses addresses with characters that no text has: broken UTF-8 and
// U+0000, which the database does not take.
func readable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := problem.New(r.Context(), problem.Malformed, "The address holds characters that are not text.", "Write the address in UTF-8, percent-encoded, without %00.")
		if !isText(r.URL.Path) {
			p.Errors = append(p.Errors, problem.Field{Location: "path", Message: "is not UTF-8 or holds U+0000"})
		}
		for name, values := range r.URL.Query() {
			if !isText(name) || !isText(strings.Join(values, "")) {
				p.Errors = append(p.Errors, problem.Field{Location: "query." + strings.ToValidUTF8(name, "?"), Message: "is not UTF-8 or holds U+0000"})
			}
		}
		if len(p.Errors) > 0 {
			p.Write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// refuseUnclear says which parameters of the query are there twice, or without a value
// where the empty word is none of their values. Taken for left out, a filter that a caller
// meant to set would let everything through.
func (a *API) refuseUnclear(ctx huma.Context, next func(huma.Context)) {
	r, _ := humachi.Unwrap(ctx)
	given := r.URL.Query()
	p := problem.New(r.Context(), problem.Invalid, "", "")
	for _, param := range ctx.Operation().Parameters {
		switch {
		case param.In == "path" && param.Schema.Type == huma.TypeInteger:
			if n, err := strconv.Atoi(ctx.Param(param.Name)); err != nil || n < 1 {
				a.write(ctx, problem.New(r.Context(), problem.NotFound, "", "")) // as for an id that is none
				return
			}
		case param.In == "query":
			if why := unclear(given[param.Name], param.Schema); why != "" {
				p.Errors = append(p.Errors, problem.Field{Location: "query." + param.Name, Message: why})
			}
		}
	}
	if len(p.Errors) > 0 {
		a.write(ctx, p)
		return
	}
	next(ctx)
}

// unclear says what is wrong with how a parameter was given; empty for nothing.
func unclear(values []string, s *huma.Schema) string {
	switch {
	case len(values) > 1 && s.Type != huma.TypeArray:
		return "is given more than once"
	case s.Type == huma.TypeArray && slices.Contains(values, "") && !takesEmpty(s.Items), slices.Equal(values, []string{""}) && !takesEmpty(s):
		return "is empty: give a value or leave it out"
	}
	return ""
}

// takesEmpty tells whether the empty word is a value of a parameter.
func takesEmpty(s *huma.Schema) bool {
	needsForm := s.Format != "" || s.Extensions["format"] != nil || s.Extensions["minLength"] != nil || s.MinLength != nil && *s.MinLength > 0
	return s.Type == huma.TypeString && !needsForm && (len(s.Enum) == 0 || slices.Contains(s.Enum, any("")))
}

// listedMethods refuses methods that the document does not list for an address that it
// writes out in full, where a pattern with an id would take them: PATCH /feeds/opml is no
// edit of a feed with the id opml.
func (a *API) listedMethods(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if methods := a.written[r.URL.Path]; methods != nil && !slices.Contains(methods, r.Method) && r.Method != http.MethodHead {
			a.WrongMethod(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// readBody reads the body of a call that has one, so that its kind and size are
// judged before its contents.
func (a *API) readBody(op operation) func(huma.Context, func(huma.Context)) {
	takes := op.takes
	if len(takes) == 0 {
		takes = []string{jsonMedia}
	}
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := humachi.Unwrap(ctx)
		body, p := takeBody(w, r, takes, op.maxBody)
		if p == nil {
			p = a.refuseNulls(ctx.Operation(), r, body)
		}
		if p != nil {
			a.write(ctx, p)
			return
		}
		r.Header.Set("Content-Type", takes[0]) // the library knows no other spelling
		r.Body = io.NopCloser(bytes.NewReader(body))
		next(ctx)
	}
}

// packed refuses a body that is packed: none is unpacked, as a few bytes could become
// any number.
func packed(r *http.Request) *problem.Problem {
	how := r.Header.Get("Content-Encoding")
	if how == "" || strings.EqualFold(how, "identity") {
		return nil
	}
	return problem.New(r.Context(), problem.WrongContentType, "The body is packed: Content-Encoding is "+strconv.Quote(how)+".",
		"Send it as it is, without the header Content-Encoding.").With("Accept-Encoding", "identity")
}

// takeBody reads a body of one of some media types up to a limit in bytes.
func takeBody(w http.ResponseWriter, r *http.Request, takes []string, limit int64) ([]byte, *problem.Problem) {
	if p := packed(r); p != nil {
		return nil, p
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(takes, media) {
		fix := ""
		if takes[0] != jsonMedia {
			fix = "Send the header Content-Type with one of: " + strings.Join(takes, ", ") + "."
		}
		return nil, problem.New(r.Context(), problem.WrongContentType, "The content type is "+strconv.Quote(r.Header.Get("Content-Type"))+".", fix)
	}
	_ = huma.SetReadDeadline(w, time.Now().Add(bodyTimeout)) // writers of tests have none
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var timeout net.Error
	switch {
	case err == nil && len(body) == 0:
		return nil, problem.New(r.Context(), problem.Malformed, "The body is empty.", "Send a body of the type "+takes[0]+".")
	case err == nil:
		return body, nil
	case errors.As(err, new(*http.MaxBytesError)):
		return nil, problem.New(r.Context(), problem.TooLarge, "The body has more than "+strconv.FormatInt(limit, 10)+" bytes.", "")
	case errors.As(err, &timeout) && timeout.Timeout():
		return nil, problem.New(r.Context(), problem.SlowBody, "", "")
	}
	return nil, problem.New(r.Context(), problem.Malformed, "The body ended before it was complete.", "Send the call again.")
}

// write answers with a problem in place of the operation.
func (a *API) write(ctx huma.Context, p *problem.Problem) {
	_, w := humachi.Unwrap(ctx)
	p.Write(w)
}
