// Package jobs runs the background work of the service on River, in the same
// database as the data. Its workers are thin: what is done, and whether it may
// be done twice, is settled behind [Work].
//
// A job names what it is about by id and is enqueued in the transaction that
// made it necessary, so neither is kept without the other.
//
// # Jobs
//
//   - analyze_article reads one article and stores its claims.
//   - fetch_article fetches one address and stores it as an article. It waits in a
//     queue of its own.
//   - compare_story compares the articles of one story. There is at most one for
//     a story that waits or runs. It marks itself done in the transaction that
//     stores its outcome, under the story's lock; whoever changes a story enqueues
//     under the same lock. So a change is either seen by the comparison that runs
//     or begins another.
//   - import_articles stores the next lines of a bulk import and enqueues the job for
//     those behind them, so that the lines keep their order.
//   - forget_person goes through what is left of a person whose account was deleted for
//     good, in small transactions; what is done stands in the database.
//   - move_source puts the articles of a source into the bin, takes them back or erases
//     them, a few at a time; which of these stands in the database.
//   - sweep empties the bin and forgets what is kept for a time.
//   - poll_feeds picks the feeds and entries that are due, some of them in each of
//     several servers, and enqueues poll_feed and read_feed_entry, of which there is
//     at most one for each feed and entry that waits or runs. These two wait for
//     other servers and have workers of their own.
//   - plan_second_judge and ask_second_judge belong to the second judge, where there is
//     one: they gather what an outside model is asked about a story, and ask it. They
//     have workers of their own. Of the latter there is one for each lane, over all
//     servers; what is due stands in the database.
//
// # When a server is killed
//
// Its jobs stay marked as running. Each server holds a lock that ends with its
// process (store.Presence), by which the others know that it lives; at the start
// and every few seconds each gives jobs of servers that have ended back to the
// queue, under new ids: a server that had lost its connection alone may still work
// on them, and is then heard no more. A job that was cut off in its last attempt is given up, and what it was
// about is marked as failed.
package jobs
