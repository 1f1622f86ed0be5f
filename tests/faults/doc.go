// Package faults breaks the service on purpose, at random moments, while people and
// programs write to it, and looks whether anything that was acknowledged is lost, done
// twice or half done.
//
// # What runs
//
// The server is the real program, built for the run, with one more file in it: its clock
// can be set (build tag faults). It is started again whenever it dies, as systemd would. A
// [World] is one database with the servers on it:
//
//   - private: one server with the private cluster of its own.
//   - shared: two servers on a cluster of the harness, which they reach through a [Proxy]
//     that can break connections.
//   - upgrade: the version before the newest migration, out of the history, and this one,
//     both on one database.
//
// Where the machine allows it the cluster lies on a small disk of its own, which can be
// filled, and whose writes can be made to fail.
//
// # What is written
//
// Writers add stories and articles, import lines, correct articles, review findings and
// judge claims through the REST API, each call with an Idempotency-Key of its own and sent
// again until it is answered. The [Ledger] has what they sent and what was acknowledged.
//
// # What is checked
//
// After each fault the service has to take a write again within a minute and a half. Then
// the ledger is held against the database, on one state of it, and so are rules that hold
// in every state: no article without its text, no job that is missing, no count that is
// other than what it counts. At the end of each world the writers stop, the queue has to
// run empty, and everything has to be done: each line has its result, each article its
// claims and its story.
//
// All that is random comes from one seed, which is told: which faults, in which order, when
// and for how long. What the writers are doing at that moment is up to the machine.
package faults
