package jobs

import (
	"time"

	"corroborate/internal/store"
)

// databaseTime has the library take the time from the database's clock where it would ask
// the machine's: when a job is tried again is compared with the time in the database.
type databaseTime struct{ clock *store.Clock }

// Now gives the time.
func (t databaseTime) Now() time.Time { return t.clock.Now() }

// NowOrNil gives nil: statements ask the database themselves.
func (databaseTime) NowOrNil() *time.Time { return nil }
