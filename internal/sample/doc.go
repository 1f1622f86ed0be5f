// Package sample holds the story that Corroborate ships: five articles about a
// ferry that strikes a pier in a town that does not exist. They were written for
// this project; outlets, people and events are invented, and the domains end in
// ".example".
//
// articles.json is input for "server analyze". gold.json is what a careful
// reader finds in the articles: the facts, who tells them in which passages,
// the verdicts and the kinds of difference, passages that are no claims, and
// pairs that must stay apart.
//
// # Sources
//
// The Coastal Courier prints Northwire's text with few changes and credits it,
// so these two sources are one origin. The Harbour Ledger, The Meridian Post and
// Tidewater Today report for themselves. The Ledger and Tidewater come as pasted
// from a page, with its furniture.
//
// # Differences that are there on purpose
//
//	number       14 or 41 injured (the later report has more); 22 or 32 cars
//	time         the last passenger left at 9:30 or at 11:15
//	place        the captain was questioned in Halifax or in Moncton
//	name         the inquiry is led by Helena Marsh or by Thomas Vane
//	action       the council approved or rejected the loan
//	negation     the fog warning was issued; it was not, says the Meridian itself
//	certainty    the visit is scheduled, or happened (the later report); the radio
//	             calls were ignored, or allegedly were
//	cause        a failed rudder or dense fog
//	scope        all crossings or the evening ones alone
//	quote        the pier was "unsafe" or "unfinished"
//	term         a letter of intent or a memorandum of understanding
//	attribution  the cost of the repairs: quoted, paraphrased, said by officials,
//	             in a source's own voice
//
// # Look-alikes that are no difference
//
//	number       more than, over and just 1,200 homes; 304 and about 300
//	             passengers; $4 million and $4.02 million
//	time         Tuesday and March 11
//	place        built in Gdansk and in Poland; at the Customs House and in
//	             Halvorsen Bay
//	quote        the mayor's sentence, whole and cut short
//	apart        fares up 25 percent in April, and perhaps 50 percent next year; the
//	             minister's meetings with the mayor and with the union; two
//	             quotations of the chief executive
package sample
