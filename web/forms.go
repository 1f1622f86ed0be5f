package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"corroborate/internal/claims"
	"corroborate/web/views"
)

// maxForm bounds the body of a form. A byte of text takes up to three in a form's
// encoding; the rest is for the other fields.
const maxForm = 3*claims.MaxText + 64<<10

// parseForm reads the body of a form, or says that it is too large or broken.
func parseForm(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	err := r.ParseForm()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return &claims.Error{Kind: claims.TooLarge, Message: "What was sent is larger than a form may be. An article has at most " +
			strconv.Itoa(claims.MaxText>>20) + " MiB of text.", Err: err}
	case err != nil:
		return &claims.Error{Kind: claims.Invalid, Message: "The form did not arrive whole. Go back and send it again.", Err: err}
	}
	return nil
}

// formProblems gives what is wrong with a form, where an error is of the kind
// that whoever filled it in can mend there.
func formProblems(err error) (views.Errors, bool) {
	var known *claims.Error
	if !errors.As(err, &known) {
		return views.Errors{}, false
	}
	switch known.Kind {
	case claims.Invalid, claims.TooLarge, claims.Conflict:
		e := views.Errors{Fields: known.Fields}
		if len(known.Fields) == 0 {
			e.Form = sentence(known.Message)
		}
		return e, true
	}
	return views.Errors{}, false
}

// id is the id in a request's address.
func id(r *http.Request) string { return chi.URLParam(r, "id") }

// formVersion is the version that a form was made for, 0 for any.
func formVersion(r *http.Request) int {
	n, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return 0
	}
	return n
}

// formText is a field of several lines, with the line ends that it had before a
// browser sent it.
func formText(r *http.Request, name string) string {
	return strings.ReplaceAll(r.PostForm.Get(name), "\r\n", "\n")
}

// timeOf gives a time that may be unknown, the zero time then.
func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
