package app

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// What the use cases of imports give back.
type (
	Import       = store.Import
	ImportResult = store.ImportResult
	ImportState  = store.ImportState
)

// The states of an import.
const (
	ImportRunning = store.ImportRunning
	ImportDone    = store.ImportDone
	ImportFailed  = store.ImportFailed
)

// The limits of one import.
const (
	MaxImportLines = 10_000
	MaxImportBytes = 64 << 20
	// MaxImportLine is the most bytes of one line: JSON may write a letter of two bytes
	// as six.
	MaxImportLine = 3*claims.MaxText + 64<<10
)

const (
	// batchLines and batchBytes bound what is stored in one transaction, and what of an
	// import is in memory.
	batchLines = 250
	batchBytes = 2 << 20
	// keptReceiving is how long an import is kept whose sender has left.
	keptReceiving = time.Hour
)

// Received is an import that has arrived as a whole and waits for
// [App.StartImport] or [App.DropImport].
type Received struct {
	ID    string
	lines int
	bytes int64
	hash  [sha256.Size]byte
}

// Hash gives the SHA-256 of what was received, in hexadecimal.
func (r Received) Hash() string { return hex.EncodeToString(r.hash[:]) }

// ReceiveImport reads articles, one JSON object a line, and keeps them in the
// database, a few at a time, without looking into them. name is what the sender calls
// them, empty for nothing. Where it gives an error, nothing is kept: claims.Unavailable
// where too many articles wait already.
func (a *App) ReceiveImport(ctx context.Context, who Actor, name string, body io.Reader) (Received, error) {
	if err := who.require(WriteArticles); err != nil {
		return Received{}, err
	}
	if err := a.backlog.room(ctx); err != nil {
		return Received{}, err
	}
	if why := wrongName(name, maxName); why != "" {
		return Received{}, invalid("name", why)
	}
	sum := sha256.New()
	r := receiver{App: a, Received: Received{ID: newID()}, in: bufio.NewReaderSize(io.TeeReader(body, sum), 64<<10)}
	err := a.change(ctx, who, func(c change) error {
		return c.tx.InsertImport(ctx, store.NewImport{ID: r.ID, Name: claims.CleanName(name), CreatedBy: who.UserID, KeyID: who.KeyID, At: a.now()})
	})
	if err != nil {
		return Received{}, err
	}
	if err = r.receive(ctx); err == nil && r.lines == 0 {
		err = invalid("body", "has no line: send one JSON object a line")
	}
	if err != nil {
		return Received{}, errors.Join(err, a.DropImport(context.WithoutCancel(ctx), who, r.Received))
	}
	sum.Sum(r.hash[:0])
	return r.Received, nil
}

// DropImport forgets an import that was received and not started.
func (a *App) DropImport(ctx context.Context, who Actor, r Received) error {
	if err := who.require(WriteArticles); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(tx *store.Tx) error { return tx.DropReceiving(ctx, r.ID) })
}

// StartImport has the articles of an import stored and analysed.
func (a *App) StartImport(ctx context.Context, who Actor, r Received) (Import, error) {
	if err := who.require(WriteArticles); err != nil {
		return Import{}, err
	}
	err := a.change(ctx, who, func(c change) error {
		first, err := c.tx.BeginImport(ctx, r.ID, r.lines, r.bytes)
		if err != nil || !first {
			return err
		}
		if err := c.queue.ImportArticles(ctx, c.tx, r.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "import.add", object: r.ID, detail: map[string]string{"lines": fmt.Sprint(r.lines)}})
	})
	if err != nil {
		return Import{}, err
	}
	return a.db.Import(ctx, r.ID)
}

// receiver keeps the lines of an import in batches.
type receiver struct {
	*App
	Received
	in    *bufio.Reader
	batch bytes.Buffer
	// first and next are the numbers of the batch's first line and of the next one to
	// come, counted from 0; ordinal is that of the batch.
	first, next, ordinal int
}

func (r *receiver) receive(ctx context.Context) error {
	for {
		line, err := r.line()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		r.batch.Write(line)
		r.batch.WriteByte('\n')
		r.next++
		if len(bytes.TrimSpace(line)) > 0 {
			r.lines++
		}
		if r.lines > MaxImportLines {
			return &claims.Error{Kind: claims.TooLarge, Message: fmt.Sprintf("the import has more than %d lines; send it in parts", MaxImportLines)}
		}
		last := errors.Is(err, io.EOF)
		if last || r.next-r.first >= batchLines || r.batch.Len() >= batchBytes {
			if err := r.flush(ctx); err != nil || last {
				return err
			}
		}
	}
}

// tooLong stands for a line that is longer than one may be: it is JSON's for
// nothing, which no article is.
var tooLong = []byte("null")

// line reads one line without its end. One that is too long is passed over, and what
// stands for it given.
func (r *receiver) line() ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := r.in.ReadSlice('\n')
		if r.bytes += int64(len(part)); r.bytes > MaxImportBytes {
			return nil, &claims.Error{Kind: claims.TooLarge, Message: fmt.Sprintf("the import has more than %d MiB; send it in parts", MaxImportBytes>>20)}
		}
		if long = long || len(line)+len(part) > MaxImportLine; !long {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long {
			line = tooLong
		}
		return bytes.TrimRight(line, "\r\n"), err
	}
}

// flush stores the batch.
func (r *receiver) flush(ctx context.Context) error {
	err := r.db.InTx(ctx, func(tx *store.Tx) error {
		return tx.AddImportBatch(ctx, store.ImportBatch{ImportID: r.ID, Ordinal: r.ordinal, FirstLine: r.first + 1, Body: r.batch.Bytes()})
	})
	r.batch.Reset()
	r.first, r.ordinal = r.next, r.ordinal+1
	return err
}

// Imports lists the imports, the newest first.
func (a *App) Imports(ctx context.Context, who Actor, p Page) (List[Import], error) {
	if err := who.require(WriteArticles); err != nil {
		return List[Import]{}, err
	}
	return byID(p, func(before string, limit int) ([]Import, error) { return a.db.Imports(ctx, before, limit) },
		func(i Import) string { return i.ID })
}

// Import gives one import.
func (a *App) Import(ctx context.Context, who Actor, id string) (Import, error) {
	if err := who.require(WriteArticles); err != nil {
		return Import{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Import{}, err
	}
	return a.db.Import(ctx, id)
}

// ResultFilter chooses results of an import.
type ResultFilter struct {
	ImportID string
	// Outcome is "created", "known", "revised" or "failed", empty for all.
	Outcome string
	Page
}

// ImportResults lists what became of the lines of an import, in their order.
func (a *App) ImportResults(ctx context.Context, who Actor, f ResultFilter) (List[ImportResult], error) {
	i, err := a.Import(ctx, who, f.ImportID)
	if err != nil {
		return List[ImportResult]{}, err
	}
	switch Outcome(f.Outcome) {
	case "", Created, Known, Revised, failedLine:
	default:
		return List[ImportResult]{}, invalid("outcome", "is one of created, known, revised, failed")
	}
	limit, err := f.limit()
	if err != nil {
		return List[ImportResult]{}, err
	}
	after := 0
	if err := decodeCursor(f.Cursor, &after); err != nil {
		return List[ImportResult]{}, err
	}
	items, err := a.db.ImportResults(ctx, store.ResultChoice{ImportID: i.ID, Outcome: f.Outcome, After: after, Limit: limit + 1})
	if err != nil {
		return List[ImportResult]{}, err
	}
	return page(items, limit, func(r ImportResult) any { return r.Line }), nil
}
