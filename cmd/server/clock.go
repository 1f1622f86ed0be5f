//go:build !faults

package main

import "time"

// clock is the machine's clock where it is not nil. A build for the fault harness has one
// that can be set.
var clock func() time.Time
