// Package views turns what the service knows into HTML.
//
// Every page has one struct that holds all the page shows, a plain function
// that makes it from domain values (New…Page), and a template that writes it.
// The functions decide, the templates only write: what is said about a finding
// can be tested without rendering it. Nothing here reads a database, a clock or
// a request.
package views
