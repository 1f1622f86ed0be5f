// Package postgres runs a private PostgreSQL cluster for a server that was
// given no database: it finds the installed programs, initialises a cluster
// once in the data folder, starts it on a unix socket that only its owner can
// reach, and stops it cleanly.
//
// It knows nothing of what the database holds. [Start] gives a [Cluster] whose
// [Cluster.URL] is used like any other DATABASE_URL.
//
// # What lies in the data folder
//
//   - lock: held (flock) while a server uses the folder, so that a second one
//     is told so instead of sharing the cluster.
//   - postgres/: the cluster itself. It appears by one rename after initdb has
//     ended, so a kill in the middle leaves nothing half-made.
//   - postgres/corroborate.password: the password for connections over
//     loopback, which are used only where the path is too long for a socket.
//   - run/: the socket, in a folder of mode 0700.
//   - postgres.log: what the postmaster says, renamed to postgres.log.1 when it
//     is large at a start.
//
// # Whose process it is
//
// PostgreSQL refuses to run as root. Under root the programs therefore run as
// the owner of an existing cluster, else as the user postgres. The postmaster
// has a process group of its own: an interrupt typed at the terminal reaches
// the server alone, which ends its work and then stops the cluster.
//
// A server that was killed leaves its postmaster running. The next [Start]
// attaches to it, and stops it at its own end. A postmaster that was killed
// leaves a stale postmaster.pid; the next [Start] starts it again and
// PostgreSQL recovers from its log.
//
// The package needs a Unix: it uses flock, process groups and credentials.
package postgres
