// Package ingest brings in what others publish: it fetches addresses safely and
// turns what it got into articles.
//
// [Fetcher] is the only way out of the program into the web. It refuses private
// networks by the address that is dialled, bounds what it reads in bytes and in
// time, follows redirects hop by hop, asks robots.txt first and leaves each host
// time between two requests. Its failures are [FetchError]s, which say in a
// sentence that may be shown what happened and whether trying again can help.
//
// [ParseFeed] reads feeds of every kind, [FeedLinks] finds those that a page names,
// and [ReadOPML] and [WriteOPML] take lists of feeds in and out. What is wrong with
// a document is a [FeedFault], which may be shown too.
package ingest
