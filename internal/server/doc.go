// Package server puts the pages and the REST API behind one router.
//
// Every request passes, from the outside in: an id, the client's address, the
// line in the log and the figures, the net under panics, the headers that
// protect browsers, compression, and a limit of time. Then the ways part. Pages
// get a session, who is signed in, protection against forged forms and a limit
// on sign-ins; calls of the API get a key and a limit of their own (package api).
// A few addresses need neither: health, figures, documentation.
//
// [Routes] lists every address with who may use it; a test walks the router and
// calls each.
package server
