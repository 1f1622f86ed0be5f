// Package report writes a story report in the formats that people take away: a
// table for a spreadsheet, a text for a document, and linked data for programs.
package report
