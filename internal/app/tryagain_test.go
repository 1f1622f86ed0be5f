package app

import (
	"errors"
	"fmt"
	"testing"

	"corroborate/internal/claims"
)

func TestTryAgain(t *testing.T) {
	t.Parallel()
	conflict := fmt.Errorf("in a transaction: %w", &claims.Error{Kind: claims.Conflict, Message: "somebody was first"})
	other := &claims.Error{Kind: claims.Stale, Message: "read it again"}
	for name, c := range map[string]struct {
		met   func(error) bool
		errs  []error // of the tries; the last one of all further
		tries int
		want  error
	}{
		"nothing is met":            {inConflict, []error{nil}, 1, nil},
		"once":                      {inConflict, []error{conflict, nil}, 2, nil},
		"up to the last":            {inConflict, []error{conflict, conflict, conflict, conflict, nil}, 5, nil},
		"always":                    {inConflict, []error{conflict}, 5, conflict},
		"another error":             {inConflict, []error{other}, 1, other},
		"another error after one":   {inConflict, []error{conflict, other}, 2, other},
		"an error of its own, once": {is(errMoved), []error{fmt.Errorf("read: %w", errMoved), nil}, 2, nil},
		"not its own":               {is(errMoved), []error{conflict}, 1, conflict},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tries := 0
			err := tryAgain(c.met, func() error {
				tries++
				return c.errs[min(tries, len(c.errs))-1]
			})
			if tries != c.tries || !errors.Is(err, c.want) {
				t.Errorf("%d tries, %v; want %d and %v", tries, err, c.tries, c.want)
			}
		})
	}
}
