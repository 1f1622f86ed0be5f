package app

import "corroborate/internal/store"

// The types of feeds are what the store keeps; see there for the fields.
type (
	Feed       = store.Feed
	FeedState  = store.FeedState
	Health     = store.Health
	FeedEntry  = store.FeedEntry
	EntryState = store.EntryState
)

// The states and healths of feeds, and the states of entries.
const (
	FeedActive = store.FeedActive
	FeedPaused = store.FeedPaused
	FeedGone   = store.FeedGone

	HealthNew     = store.HealthNew
	HealthOK      = store.HealthOK
	HealthFailing = store.HealthFailing
	HealthPaused  = store.HealthPaused
	HealthGone    = store.HealthGone

	EntryWaiting = store.EntryWaiting
	EntryStored  = store.EntryStored
	EntryKnown   = store.EntryKnown
	EntryFailed  = store.EntryFailed
	EntrySkipped = store.EntrySkipped
	EntryRemoved = store.EntryRemoved
)
