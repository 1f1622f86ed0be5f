package app

import (
	"errors"

	"corroborate/internal/claims"
)

// triesAtOnce is how often something is done at once that keeps meeting what others do
// meanwhile. Whoever stored the same thing first, or was let go on where two waited for one
// another, is done with it by the next try or the one after; five in a row are no accident any more.
// Then a job comes back later, and a person is told.
const triesAtOnce = 5

// tryAgain does something that others may cut into, again and at once as long as met says of
// its error that they did, up to triesAtOnce times. It gives the last error. What do changes
// has to be undone where it gives such an error, as a transaction does.
func tryAgain(met func(error) bool, do func() error) error {
	var err error
	for range triesAtOnce {
		if err = do(); !met(err) {
			break
		}
	}
	return err
}

// inConflict tells an error that says that somebody else stored or changed the same
// thing, or that the database ended one of two who waited for one another.
func inConflict(err error) bool { return claims.KindOf(err) == claims.Conflict }

// is gives a function that tells an error of one kind.
func is(what error) func(error) bool {
	return func(err error) bool { return errors.Is(err, what) }
}
