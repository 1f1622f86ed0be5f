// Package backup tries the way back from a backup: a base backup that is taken while
// articles come in, and the archive of the write-ahead log, give the archive of articles as
// it was at one moment. `make backup` is the long form, with a dump and whole servers.
package backup
