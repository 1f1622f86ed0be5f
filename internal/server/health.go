package server

import (
	"fmt"
	"io"
	"net/http"

	"github.com/go-chi/chi/v5/middleware"
)

// alive says that the process answers.
func alive(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") }

func say(w http.ResponseWriter, status int, word string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, word+"\n") // the caller is gone when this fails
}

// broken answers a request that failed in a way that was not foreseen. It needs
// nothing that could be what has failed.
func (s *Server) broken(w http.ResponseWriter, r *http.Request) {
	if inAPI(r) {
		s.api.Broken(w, r)
		return
	}
	sayPlainly(w, r, http.StatusInternalServerError, brokenPage)
}

// sayPlainly writes a page that stands by itself and shows the id of the request.
func sayPlainly(w http.ResponseWriter, r *http.Request, status int, page string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// The id was checked to be letters and digits, so that it needs no escaping.
	fmt.Fprintf(w, page, middleware.GetReqID(r.Context()))
}

const brokenPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Something broke here</title></head>
<body><main><h1>Something broke here</h1>
<p>It is our fault, not yours. Try again in a moment. If it happens again, tell whoever runs the service this id: <code>%s</code></p>
<p><a href="/">Stories</a></p></main></body></html>
`
