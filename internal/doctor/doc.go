// Package doctor examines an installation and says what is wrong with it and what to do.
//
// Each check is a function from facts to findings, so that a test can make any of them
// happen; [Database] and its like gather the facts first. A check that cannot look says
// so in a finding of its own and stops no other. Nothing that is examined is changed,
// and no finding holds a secret or words of an article.
package doctor
