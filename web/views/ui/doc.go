// Package ui holds the small parts that pages are put together from: verdicts,
// kinds, bars, fields. Each says in words what it says in colour.
package ui
