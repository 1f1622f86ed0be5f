// Package size measures how the service does in archives of different sizes.
//
// An archive is made in two steps. The service itself takes in a pattern of a few
// hundred or thousand made-up articles, analyses them, and people work on them. Each row
// that this leaves is then copied as often as needed by statements that are made out of
// the database's own catalog: the copies get ids, times and words of their own, as though
// the service had stored them on earlier days. Counts and indexes that span the archive
// are worked out for the whole.
//
// Then every page and every call that reads, the intake of an article, what people write
// and the jobs that come again and again are run in archives of several sizes, side by
// side. Of each statement the plan is taken as it was run. What reads more in a larger
// archive is flagged.
package size
