// Package gazetteer knows the names of the news: places and what lies in them,
// organisations and news outlets under their several names, titles and roles,
// and given names with their short forms. The engine uses it to tell that two
// names are the same thing ("Bogotá" and "Bogota", "the F.B.I." and "Federal
// Bureau of Investigation"), that one place lies in another, and that two
// titles are not the same rank.
//
// # Data
//
// The knowledge lies in data/*.txt, one record a line; each file explains its
// fields at its head. Fields are divided by "|", the members of a list by ";",
// and lines that begin with "#" are comments. The files were written for this
// package.
//
// # How names are compared
//
// A name may be given as it stands in a text: with or without accents, with
// dots in an acronym, with "the" before it or a possessive behind it, in
// capitals. An alias that has no lower-case letter is an acronym and is matched
// as it is written ("WHO" is the World Health Organization, "Who" is not). A
// name without any capital is no place, organisation or given acronym: "turkey"
// is a bird.
//
// # Names of several places
//
// Georgia is a country and a state of the US. [Gazetteer.Place] gives the
// country; it gives the state where the words themselves say so ("Atlanta,
// Georgia"). [Gazetteer.Places] gives all places of a name, for a caller who
// knows from the rest of the article which one is meant. The order is: a place
// marked as the usual meaning ("New York", the city), countries, regions,
// capitals, states, other cities.
package gazetteer
