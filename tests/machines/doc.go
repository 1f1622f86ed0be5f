// Package machines runs the service as it runs on several machines: a primary with a
// streaming replica, two servers that serve and others that work. Clients write and read
// through all servers, while one process after the other is killed and the replica
// is promoted; what they were told is held against what they read, at every read.
//
// `go test` runs a short form. `make machines` takes minutes and prints what it measured.
package machines
