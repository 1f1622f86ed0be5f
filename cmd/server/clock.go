//go:build !faults

package main

import "time"

// clock is what tells the time; the machine's clock where it is nil. A build for the fault
// harness has one that can be set.
var clock func() time.Time
