package web

import (
	"bytes"
	"context"
	"errors"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
	"corroborate/web/views"
)

// handler answers a request or says why it cannot.
type handler func(http.ResponseWriter, *http.Request) error

// adapt makes a handler one of package http.
func (w *Web) adapt(h handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if err := w.read(h)(rw, r); err != nil {
			w.Fail(rw, r, err)
		}
	})
}

// read lets what a page reads come from a replica of the database. A handler that gives an
// error has sent nothing, so that it may run again.
func (w *Web) read(h handler) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodGet {
			return h(rw, r)
		}
		return w.app.Read(r.Context(), func(ctx context.Context) error { return h(rw, r.WithContext(ctx)) })
	}
}

// render writes a page with a status. Nothing is sent when rendering fails.
func (w *Web) render(rw http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	var b bytes.Buffer
	if err := page.Render(r.Context(), &b); err != nil {
		return err
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	if rw.Header().Get("Cache-Control") == "" {
		rw.Header().Set("Cache-Control", "private, no-cache")
	}
	rw.WriteHeader(status)
	_, _ = b.WriteTo(rw) // the reader is gone when this fails
	return nil
}

// chrome gives the frame of a page. It takes the notice out of the session.
func (w *Web) chrome(r *http.Request, title string, section views.Section) views.Chrome {
	who := w.actor(r.Context())
	return views.Chrome{
		Title: title, Section: section, Assets: w.assets, Viewer: viewerOf(who), CanSearch: who.Can(app.ReadFindings),
		Notice: w.sessions.PopString(r.Context(), sessionNotice),
		Undo:   w.sessions.PopString(r.Context(), sessionUndo), Here: here(r),
	}
}

// viewerOf says who looks at a page; nil is nobody.
func viewerOf(who app.Actor) *views.Viewer {
	if !who.SignedIn() {
		return nil
	}
	return &views.Viewer{Name: who.Name, Role: string(who.Role), CanReview: who.Can(app.ReviewFindings),
		CanEdit: who.Can(app.WriteArticles), IsAdmin: who.Can(app.Administer)}
}

// done goes to another page after something was changed, which says so.
func (w *Web) done(rw http.ResponseWriter, r *http.Request, to, notice string) error {
	if notice != "" {
		w.sessions.Put(r.Context(), sessionNotice, notice)
	}
	http.Redirect(rw, r, to, http.StatusSeeOther)
	return nil
}

// successorAddress is the page of what took over from a merged finding or story.
func successorAddress(e *claims.Error) string {
	if e.SuccessorOf == "story" {
		return storyAddress(url.PathEscape(e.Successor))
	}
	return "/findings/" + url.PathEscape(e.Successor)
}

// Fail answers a request with an error: a redirect to the sign-in or to the
// successor of a finding or story, else a page that says what happened and how to go on. The
// text of errors without a kind goes to the log alone.
func (w *Web) Fail(rw http.ResponseWriter, r *http.Request, err error) {
	var known *claims.Error
	isKnown := errors.As(err, &known)
	switch {
	case isKnown && known.Successor != "":
		http.Redirect(rw, r, successorAddress(known), http.StatusPermanentRedirect)
		return
	case isKnown && known.Kind == claims.Unauthenticated && r.Method == http.MethodGet && !w.actor(r.Context()).SignedIn():
		http.Redirect(rw, r, signInAddress(r), http.StatusSeeOther)
		return
	case errors.Is(r.Context().Err(), context.Canceled):
		return // nobody waits for an answer
	case !isKnown:
		w.log.ErrorContext(r.Context(), "page", "error", err, "request_id", middleware.GetReqID(r.Context()))
	case known.Kind == claims.Unavailable: // who runs the service has to see why
		w.log.WarnContext(r.Context(), "page: unavailable", "error", err, "request_id", middleware.GetReqID(r.Context()))
	}
	if isKnown {
		tellWhen(rw, known)
	}
	w.fault(rw, r, faultPage(r, err))
}

// tellWhen says when it makes sense to try again, where anything is known of that.
func tellWhen(rw http.ResponseWriter, err *claims.Error) {
	switch {
	case err.RetryAfter > 0:
		rw.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(err.RetryAfter.Seconds()))))
	case err.Kind == claims.Unavailable:
		rw.Header().Set("Retry-After", problem.ShortPause)
	}
}

// Missing answers a request for an address that does not exist.
func (w *Web) Missing(rw http.ResponseWriter, r *http.Request) {
	w.Fail(rw, r, &claims.Error{Kind: claims.NotFound, Message: "There is no page at this address."})
}

// fault writes the page of an error.
func (w *Web) fault(rw http.ResponseWriter, r *http.Request, p views.ErrorPage) {
	if p.Status == http.StatusServiceUnavailable && rw.Header().Get("Retry-After") == "" {
		rw.Header().Set("Retry-After", problem.ShortPause)
	}
	if err := w.render(rw, r, p.Status, views.Fault(w.chrome(r, p.Title, views.SectionNone), p)); err != nil {
		w.log.ErrorContext(r.Context(), "render the page of an error", "error", err)
		http.Error(rw, p.Title, p.Status)
	}
}

// faultPage says what an error means to a reader.
func faultPage(r *http.Request, err error) views.ErrorPage {
	p := views.ErrorPage{Status: problem.StatusOf(err)}
	var known *claims.Error
	if errors.Is(err, context.DeadlineExceeded) {
		p.Status = http.StatusServiceUnavailable
		p.Title, p.Message = "That took too long", "Many people may be at work here just now. Try again in a moment."
		p.RequestID = middleware.GetReqID(r.Context())
		return p
	}
	if !errors.As(err, &known) {
		p.Title, p.Message = "Something broke here", "It is our fault, not yours. Try again in a moment."
		p.RequestID = middleware.GetReqID(r.Context())
		return p
	}
	p.Title, p.Message = faultTitle(known.Kind), sentence(known.Message)
	if known.Kind == claims.Unauthenticated {
		p.SignIn = "/login"
	}
	return p
}

// faultTitle heads the page of an error.
func faultTitle(kind claims.ErrorKind) string {
	switch kind {
	case claims.NotFound:
		return "Not found"
	case claims.Unauthenticated:
		return "Sign in first"
	case claims.Forbidden:
		return "Not permitted"
	case claims.Stale:
		return "It was changed meanwhile"
	case claims.Conflict:
		return "It does not fit what is stored"
	case claims.TooMany:
		return "Too many attempts"
	case claims.TooLarge:
		return "Too large"
	case claims.Unavailable:
		return "Not now"
	}
	return "This cannot be taken"
}

// sentence makes the message of an error a sentence.
func sentence(message string) string {
	first, size := utf8.DecodeRuneInString(message)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(message[size:], ".") + "."
}

// signInAddress is the sign-in that leads back to the page of a request.
func signInAddress(r *http.Request) string {
	return "/login?" + url.Values{"then": {r.URL.RequestURI()}}.Encode()
}

// localAddress gives an address of this service to go to, the start page where it
// is none: a form must not send anybody elsewhere.
func localAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\n\r\t") {
		return "/"
	}
	return address
}

// asset serves a file that pages load.
func (w *Web) asset(rw http.ResponseWriter, r *http.Request) error {
	w.static.ServeHTTP(rw, r)
	return nil
}
