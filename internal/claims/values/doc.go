// Package values reads quantities and times out of parsed sentences and says
// whether two of them can be one and the same.
//
// Both are intervals: "over 1,700" runs from 1,700 a little upwards, "Thursday"
// is a day once it is resolved against the day of publication, "January" is a
// month. Two values agree when their intervals meet within the tolerance that
// their wording claims.
package values
