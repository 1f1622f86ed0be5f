// Package tracing tells an OpenTelemetry collector what requests and jobs spend their time
// on, where the settings name one. It is a leaf: whatever can be a part of a request calls
// [Start], which costs next to nothing where the request is not traced.
//
// # What is in a span
//
// Spans leave the machine, so they hold names out of the program alone: the pattern of a
// route, the kind of a job, the operation and the table of a statement, statuses and
// SQLSTATEs. No address, query, header, body, argument of a statement or text of an error
// is written. The ready-made instrumentations of HTTP and PostgreSQL note paths, whole
// addresses or the texts of errors, which quote what was sent; so these few lines are our own.
//
// # When the collector is away
//
// Spans wait in a queue of fixed length. What does not fit, and what the collector does not
// take, is dropped and counted. The log has a line when that begins, one an hour while it
// lasts, and one when it is over. Nothing ever waits for the collector but the end of the
// program, for as long as [Tracing.Stop] is given.
package tracing
