package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/store"
)

const (
	// changePause is how long an entry is left alone after it was read, however often
	// its feed changes what it says of it.
	changePause = 10 * time.Minute
	// entriesKept is how long an entry is kept that its feed lists no more.
	entriesKept = 180 * 24 * time.Hour
)

// storeEntries stores the new and the changed entries of a feed's document, whose
// lock is held. It gives how many are new, and how many new ones were left out.
func (c change) storeEntries(ctx context.Context, f store.FeedPoll, doc ingest.Feed) (added, left int, err error) {
	entries := c.entriesOf(f, doc)
	known, err := c.tx.KnownEntries(ctx, f.ID, entryKeysOf(entries))
	if err != nil {
		return 0, 0, err
	}
	s := c.sortEntries(entries, known)
	if err := c.tx.InsertEntries(ctx, s.fresh); err != nil {
		return 0, 0, err
	}
	if err := c.tx.ChangeEntries(ctx, s.changed); err != nil {
		return 0, 0, err
	}
	return len(s.fresh), s.left, c.tx.SeeEntries(ctx, s.seen, c.now())
}

// sortedEntries are the entries of a document by what is to be done with them.
type sortedEntries struct {
	fresh, changed []store.EntryText
	// seen are the ids of those that are known, changed or not.
	seen []string
	// left is how many new ones are left for the next poll.
	left int
}

// sortEntries tells the new entries of a document from the known ones.
func (c change) sortEntries(entries []store.EntryText, known []store.EntryKey) sortedEntries {
	var s sortedEntries
	all := newRecogniser(known)
	for _, e := range entries {
		k, isKnown := all.find(e)
		switch {
		case isKnown && k.ID == "": // it stands in this document twice
		case isKnown:
			s.seen = append(s.seen, k.ID)
			if !slices.Equal(k.Hash, e.Hash) {
				s.changed = append(s.changed, changedEntry(e, k))
			}
		case len(s.fresh) == c.feeds.NewEntries:
			s.left++
		default:
			s.fresh = append(s.fresh, e)
			all.add(store.EntryKey{GUID: e.GUID, LinkKey: e.LinkKey, Hash: e.Hash, Title: e.Title, Published: e.Published})
		}
	}
	slices.Reverse(s.fresh) // ids go up, and the newest stands first in a document
	for i := range s.fresh {
		s.fresh[i].ID = newID()
	}
	return s
}

// changedEntry is a known entry of which its feed says something new.
func changedEntry(e store.EntryText, known store.EntryKey) store.EntryText {
	e.ID = known.ID
	if known.ReadAt != nil && known.ReadAt.Add(changePause).After(e.NextReadAt) {
		e.NextReadAt = known.ReadAt.Add(changePause)
	}
	return e
}

// entriesOf gives the entries of a document as they are stored.
func (c change) entriesOf(f store.FeedPoll, doc ingest.Feed) []store.EntryText {
	now, shared := c.now(), sharedLinks(doc, f.Site)
	out := make([]store.EntryText, 0, len(doc.Entries))
	for _, e := range doc.Entries {
		t := store.EntryText{FeedID: f.ID, GUID: e.GUID, Link: e.Link, LinkKey: addressKey(e.Link), Hash: e.Hash[:],
			Title: cut(e.Title, maxTitle), Byline: cut(e.Byline, maxByline), Published: e.Published, NextReadAt: now, At: now}
		if shared[t.LinkKey] || len(t.Link) > maxURL || len(t.LinkKey) > maxURL {
			t.Link, t.LinkKey = "", ""
		}
		if t.Published.At.After(now.Add(maxAhead)) {
			t.Published = claims.Published{} // a date that cannot be
		}
		if (e.Whole || t.Link == "") && len(e.Text) <= claims.MaxText {
			t.Body = e.Text
		}
		out = append(out, t)
	}
	return out
}

// sharedLinks gives the keys of addresses that are no entry's own: that of the
// site, and those that several entries share.
func sharedLinks(doc ingest.Feed, site string) map[string]bool {
	shared, first := map[string]bool{}, map[string]ingest.Entry{}
	for _, address := range []string{doc.Site, site} {
		if address != "" {
			shared[addressKey(address)] = true
		}
	}
	for _, e := range doc.Entries {
		key := addressKey(e.Link)
		if other, seen := first[key]; seen && key != "" && (other.GUID != e.GUID || e.GUID == "" && other.Title != e.Title) {
			shared[key] = true
		}
		first[key] = e
	}
	return shared
}

func entryKeysOf(entries []store.EntryText) store.EntryKeys {
	k := store.EntryKeys{GUIDs: []string{}, LinkKeys: []string{}, Hashes: [][]byte{}}
	for _, e := range entries {
		if e.GUID != "" {
			k.GUIDs = append(k.GUIDs, e.GUID)
		}
		if e.LinkKey != "" {
			k.LinkKeys = append(k.LinkKeys, e.LinkKey)
		}
		k.Hashes = append(k.Hashes, e.Hash)
	}
	return k
}

// recogniser finds the entry that another one is again: by its id, by the address
// of its page, and where it has neither, by all that it says.
type recogniser struct {
	byGUID map[string][]store.EntryKey
	byLink map[string]store.EntryKey
	byHash map[string]store.EntryKey
}

func newRecogniser(known []store.EntryKey) recogniser {
	r := recogniser{byGUID: map[string][]store.EntryKey{}, byLink: map[string]store.EntryKey{}, byHash: map[string]store.EntryKey{}}
	for _, k := range slices.Backward(known) { // the newest counts where several match
		r.add(k)
	}
	return r
}

func (r recogniser) add(k store.EntryKey) {
	if k.GUID != "" {
		r.byGUID[k.GUID] = append(r.byGUID[k.GUID], k)
	}
	if k.LinkKey != "" {
		r.byLink[k.LinkKey] = k
	}
	r.byHash[string(k.Hash)] = k
}

func (r recogniser) find(e store.EntryText) (store.EntryKey, bool) {
	for _, k := range slices.Backward(r.byGUID[e.GUID]) {
		if agrees(k, e) {
			return k, true
		}
	}
	if k, ok := r.byLink[e.LinkKey]; ok && e.LinkKey != "" {
		return k, true
	}
	if e.GUID == "" && e.LinkKey == "" {
		k, ok := r.byHash[string(e.Hash)]
		return k, ok
	}
	return store.EntryKey{}, false
}

// agrees tells whether something besides the id speaks for one entry being
// another: there are feeds that give all their entries one id, in one document
// after the other.
func agrees(k store.EntryKey, e store.EntryText) bool {
	switch {
	case k.LinkKey == e.LinkKey:
		return k.LinkKey != "" || k.Title == e.Title || !k.Published.IsZero() && k.Published.At.Equal(e.Published.At)
	case k.Title != "" && k.Title == e.Title:
		return true
	}
	return !k.Published.IsZero() && k.Published.Precision == claims.Minute && k.Published.At.Equal(e.Published.At)
}
