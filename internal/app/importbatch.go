package app

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// failedLine is the outcome of a line that was not stored.
const failedLine Outcome = "failed"

// ImportArticles stores the next batch of an import in one transaction, in which the
// job is done and the next one enqueued: one that is cut off has stored nothing. Its
// articles may come by another way at the same time.
func (w worker) ImportArticles(ctx context.Context, id string, finish done) error {
	return tryAgain(inConflict, func() error { return w.importBatch(ctx, id, finish) })
}

func (w worker) importBatch(ctx context.Context, id string, finish done) error {
	return w.change(ctx, Actor{}, func(c change) error {
		work, err := c.tx.NextImportBatch(ctx, id)
		if claims.KindOf(err) == claims.NotFound {
			return finish(ctx, c.tx) // it was done before
		}
		if err != nil {
			return err
		}
		// What a line may do was permitted when the import was received.
		c.who = Actor{UserID: work.CreatedBy, Name: work.Name, KeyID: work.KeyID, Scopes: []auth.Scope{auth.Write}}
		c.bulk = true
		b := lineBatch{change: c}
		if err := b.store(ctx, work.ImportBatch); err != nil {
			return err
		}
		last, err := c.tx.EndImportBatch(ctx, work.ImportBatch, b.results, c.now())
		if err == nil && !last {
			err = c.queue.ImportArticles(ctx, c.tx, id)
		}
		if err == nil {
			err = c.tx.TellProgress(ctx, id)
		}
		if err != nil {
			return err
		}
		return finish(ctx, c.tx)
	})
}

// GiveUpImport notes that an import cannot go on, and why.
func (w worker) GiveUpImport(ctx context.Context, id, reason string) error {
	return w.change(ctx, Actor{}, func(c change) error {
		if err := c.tx.FailImport(ctx, id, reason, c.now()); err != nil {
			return err
		}
		return c.tx.TellProgress(ctx, id)
	})
}

// lineBatch stores the lines of a batch. Those that are plainly new are stored
// together, and those that are known as they are need nothing; each of the others goes
// through the door that all articles take.
type lineBatch struct {
	change
	lines   []batchLine
	results []store.ImportResult
	// pending are new articles that are not stored yet, sources those that they name,
	// keys what they are known by.
	pending []batchLine
	sources map[string]store.NewSource
	keys    map[string]bool
}

// batchLine is one line that could be read.
type batchLine struct {
	number int
	in     ArticleInput
	key    store.KnownBy
}

func (b *lineBatch) store(ctx context.Context, batch store.ImportBatch) error {
	b.parse(batch)
	keys := make([]store.KnownBy, len(b.lines))
	for i, l := range b.lines {
		keys[i] = l.key
	}
	known, err := b.tx.FindKnown(ctx, keys)
	if err != nil {
		return err
	}
	last, err := b.tx.LastReceivedOf(ctx, knownIDs(known))
	if err != nil {
		return err
	}
	b.reset()
	for i, l := range b.lines {
		k, isKnown := known[i]
		switch {
		case isKnown && b.plainlyKnown(k, last[k.ID], l):
			b.results = append(b.results, store.ImportResult{Line: l.number, Outcome: string(Known), ArticleID: k.ID})
		case !isKnown && l.in.StoryID == "" && !l.in.edited() && !b.seen(l.key):
			b.add(l)
		default:
			if err := b.one(ctx, l); err != nil {
				return err
			}
		}
	}
	return b.flush(ctx)
}

// parse reads the lines; those that cannot be taken are results at once.
func (b *lineBatch) parse(batch store.ImportBatch) {
	number := batch.FirstLine - 1
	for line := range bytes.Lines(batch.Body) {
		number++
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		in, err := parseLine(line)
		if err == nil {
			in, err = in.ready(b.now())
		}
		if err != nil {
			b.fail(number, err)
			continue
		}
		b.lines = append(b.lines, batchLine{number: number, in: in, key: keyOfInput(in)})
	}
}

func (b *lineBatch) fail(number int, err error) {
	problem := err.Error()
	if known, ok := errors.AsType[*claims.Error](err); ok {
		problem = known.Message
	}
	b.results = append(b.results, store.ImportResult{Line: number, Outcome: string(failedLine), Problem: problem})
}

func knownIDs(known map[int]store.Known) []string {
	var ids []string
	for _, k := range known {
		ids = append(ids, k.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// plainlyKnown tells a line whose article is stored as it is and lacks nothing.
func (b *lineBatch) plainlyKnown(k store.Known, last Revision, l batchLine) bool {
	lacks := !k.HasExternal && l.in.ExternalID != "" || !k.HasURL && l.key.URLKey != ""
	byText := !k.ByExternal && !k.ByURL
	return !lacks && !b.seen(l.key) && (byText || sameReceived(last, received{ArticleInput: l.in, key: l.key}))
}

// keysOf names what an article is known by.
func keysOf(k store.KnownBy) []string {
	keys := []string{"text " + k.SourceKey + "\x00" + string(k.Hash)}
	if k.ExternalID != "" {
		keys = append(keys, "id "+k.ExternalID)
	}
	if k.URLKey != "" {
		keys = append(keys, "url "+k.URLKey)
	}
	return keys
}

// seen tells whether a line is known by a line before it.
func (b *lineBatch) seen(k store.KnownBy) bool {
	return slices.ContainsFunc(keysOf(k), func(key string) bool { return b.keys[key] })
}

// add puts a line to those that are stored together.
func (b *lineBatch) add(l batchLine) {
	b.pending = append(b.pending, l)
	if s, ok := b.sources[l.key.SourceKey]; !ok || s.Domain == "" {
		b.sources[l.key.SourceKey] = newSource(l.in, b.now())
	}
	for _, key := range keysOf(l.key) {
		b.keys[key] = true
	}
}

func (b *lineBatch) reset() {
	b.pending, b.sources = nil, map[string]store.NewSource{}
	if b.keys == nil {
		b.keys = map[string]bool{}
	}
}

// flush stores the articles that are pending.
func (b *lineBatch) flush(ctx context.Context) error {
	if len(b.pending) == 0 {
		return nil
	}
	var sources []store.NewSource
	for _, s := range b.sources {
		sources = append(sources, s)
	}
	// One order for all, so that two imports do not wait for one another.
	slices.SortFunc(sources, func(x, y store.NewSource) int { return cmp.Compare(x.Key, y.Key) })
	ids, err := b.tx.PutSources(ctx, sources)
	if err != nil {
		return err
	}
	articles, made := make([]store.NewArticle, len(b.pending)), make([]string, len(b.pending))
	for i, l := range b.pending {
		articles[i] = b.newArticle(l.in, ids[l.key.SourceKey])
		made[i] = articles[i].ID
		b.results = append(b.results, store.ImportResult{Line: l.number, Outcome: string(Created), ArticleID: made[i]})
	}
	if err := b.tx.InsertArticles(ctx, articles); err != nil {
		return err
	}
	b.reset()
	return b.queue.AnalyzeArticles(ctx, b.tx, made)
}

// one takes a line through the door that all articles take, after those before it.
// What is wrong with it alone fails it alone.
func (b *lineBatch) one(ctx context.Context, l batchLine) error {
	if err := b.flush(ctx); err != nil {
		return err
	}
	for _, key := range keysOf(l.key) {
		b.keys[key] = true
	}
	var id string
	var outcome Outcome
	err := b.tx.Attempt(ctx, func(tx *store.Tx) error {
		c := b.change
		c.tx = tx
		var err error
		id, outcome, err = c.storeArticle(ctx, l.in)
		return err
	})
	switch claims.KindOf(err) {
	case claims.Invalid, claims.NotFound, claims.TooLarge:
		b.fail(l.number, err)
		return nil
	}
	if err == nil {
		b.results = append(b.results, store.ImportResult{Line: l.number, Outcome: string(outcome), ArticleID: id})
	}
	return err
}
