package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"corroborate/internal/claims"
)

// formFile reads a file that a form sends, of at most so many bytes. What is wrong
// is said of the form's field.
func formFile(rw http.ResponseWriter, r *http.Request, field string, most int64) ([]byte, error) {
	wrong := func(kind claims.ErrorKind, why string, err error) error {
		return &claims.Error{Kind: kind, Message: field + " " + why, Fields: map[string]string{field: why}, Err: err}
	}
	r.Body = http.MaxBytesReader(rw, r.Body, most+64<<10) // the rest is the form around it
	f, _, err := r.FormFile(field)
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		return nil, wrong(claims.TooLarge, fmt.Sprintf("is larger than %d bytes", most), err)
	case err != nil:
		return nil, wrong(claims.Invalid, "is missing: choose a file", err)
	}
	defer func() { _ = f.Close() }() // it was read
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, wrong(claims.Invalid, "did not arrive whole: send it again", err)
	}
	return b, nil
}
