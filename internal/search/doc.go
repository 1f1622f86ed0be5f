// Package search reads what people type into the field of the search: words,
// phrases and filters. It is pure and knows no database.
//
//	ferry "north pier" -storm harbour OR port kind:number source:"The Wire"
//
// All words have to be there, in any form ("deported" finds "deportations"); words
// in quotation marks stand together; OR lets one of its two sides do; what follows a
// hyphen must not be there. A filter is a name, a colon and a value. What is wrong
// with a query is told by name, and the rest of it still counts: see [Parse].
package search
