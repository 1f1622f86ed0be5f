// Package app holds the use cases of the service, shared by pages and REST API.
// It decides who may do what, checks input, and is the only place that starts
// transactions and enqueues jobs.
//
// # Wiring
//
//	a, err := app.New(app.Config{Pool: pool, DataDir: dir, Engine: engine, Log: log, PublicRead: cfg.PublicRead})
//	first, err := a.Bootstrap(ctx, app.Bootstrap{Email: …, Password: …, APIKey: …})
//	// first.FirstPassword, if not nil, names the file with the generated password: log the name
//	loaded, err := a.LoadSample(ctx, sample)   // only where it is wanted
//	err = a.Start(ctx)                         // jobs and the progress listener run from here
//	…
//	err = a.Stop(ctx)                          // lets running jobs end; before the pool is closed
//
// [App.Bootstrap] and [App.LoadSample] need a migrated database; [App.Start]
// returns at once. Requests may be served before Start and after Stop: what they
// enqueue waits in the database.
//
// # Who asks
//
// Every method that serves a request takes an [Actor] and refuses by itself,
// with claims.Unauthenticated where nobody is signed in and claims.Forbidden
// where somebody is who may not. [App.Can] answers the same question for a page
// that wants to know which buttons to show. Actors come from [App.SessionActor],
// [App.AuthenticateKey] and [App.Anonymous].
//
// # Errors
//
// Errors that a caller can mend are *claims.Error; their Message and Fields may
// be shown. All others are internal. A finding or a story that was merged into
// another gives claims.NotFound with Successor set: answer 308 to the successor.
//
// # Ids, versions, pages
//
// Ids are UUIDs as strings; anything else is simply not found. Edits take the
// version that the caller has seen and fail with claims.Stale on another; 0
// skips the check. Lists are read by cursor, see [Page].
package app
