// Package store keeps everything in PostgreSQL. It holds all SQL of the service
// and nothing else: which rows belong together, who may see them and what
// happens when is decided in package app.
//
// [DB] is the database. [DB.InTx] runs a function in one transaction with a
// [Tx], which has every method that writes. Methods that only read stand on
// both, through [Queries].
//
// # Shape of the data
//
//   - sources publish articles; stories hold articles on one event.
//   - revisions are what was received, byte for byte; a trigger refuses to change
//     them. texts are what the engine read of a revision, one per extractor version.
//   - claims are anchored in a text by start, end and a hash of the words. findings
//     group claims (finding_claims), with differences, positions and cleared_pairs.
//   - findings_moved leads from a merged finding to its successor.
//   - finding_shares are the cards of findings, which follow findings_moved.
//   - reviews carry the anchors of the claims that were looked at (review_claims),
//     so that they outlive any row of an analysis.
//   - story_tallies, source_tallies and their kinds are counts, kept for lists and charts.
//     sums are figures over all of them, and sum_changes what is to be added to these:
//     triggers keep them, and sums_now has both.
//   - accuracy_samples are statements of the machine that were drawn to be judged, and
//     accuracy_answers what people said; accuracy_frames is what they were drawn from.
//   - feeds are polled; feed_entries are what they list, with what became of each.
//
// Ids are UUIDs of version 7, minted by the caller. Errors of the database that a
// caller can do something about come back as *claims.Error; only this package
// knows SQLSTATEs.
package store
