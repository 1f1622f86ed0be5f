// Package claims is what Corroborate exists for: it reads news articles, breaks
// them into atomic claims, and says where the claims of different sources agree
// and where, and how, they diverge.
//
// The package is pure. It does no I/O, reads no clock and draws no random
// number: the same texts under the same [Engine] version give the same bytes.
//
// # Stages
//
//   - [ReadText] turns what was received into the [Text] that everything else
//     reads: invisible characters go, page furniture is marked, credit lines
//     become facts about the article's origin.
//   - [Engine.Extract] splits a text into sentences, parses them and cuts them
//     into claims, each tied to one exact passage, with its speaker and its
//     certainty.
//   - [Engine.Analyze] aligns the claims of a story's articles into findings,
//     compares what is aligned slot by slot (numbers, times, places, names,
//     actions, negation, certainty, cause, scope, quotations), keeps what looks
//     in conflict and is not, and gives each finding its verdict.
//   - [Engine.Compare] does the same for two bare statements.
//   - [Grouper] decides, article by article, which story an article belongs to.
//
// Offsets are Unicode code points at this package's edge (see [Passage]) and
// bytes inside.
package claims
