// Package report writes a story report in the formats that people take away: a
// table for a spreadsheet and a text for a document.
package report
