package store_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"corroborate/internal/claims"
	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

const (
	articleID  = "0199f0a0-0000-7000-8000-000000000001"
	revisionID = "0199f0a0-0000-7000-8000-000000000002"
	sourceID   = "0199f0a0-0000-7000-8000-000000000003"
	textID     = "0199f0a0-0000-7000-8000-000000000004"
	claimID    = "0199f0a0-0000-7000-8000-000000000005"
	otherID    = "0199f0a0-0000-7000-8000-000000000006"
)

var at = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// raw has bytes that no text of a database can hold.
var raw = []byte("It rained.\x00\xff")

// filled gives a database with one article with one claim.
func filled(t *testing.T) *store.DB {
	t.Helper()
	db := store.New(storetest.New(t))
	hash := sha256.Sum256(raw)
	do(t, db, func(tx *store.Tx) error {
		if _, err := tx.PutSource(t.Context(), store.NewSource{ID: sourceID, Name: "A Paper", Key: "a paper", At: at}); err != nil {
			return err
		}
		return tx.InsertArticle(t.Context(), store.NewArticle{ID: articleID, SourceID: sourceID, Revision: store.NewRevision{
			ID: revisionID, ArticleID: articleID, Number: 1, Raw: raw, SHA256: hash[:], At: at}})
	})
	do(t, db, func(tx *store.Tx) error {
		id, err := tx.PutText(t.Context(), text("It rained."), at)
		if err != nil || id != textID {
			return errors.Join(err, errors.New("text has the id "+id))
		}
		return tx.ChangeClaims(t.Context(), store.ClaimChange{ArticleID: articleID, TextID: textID, At: at,
			Added: []claims.Claim{claim(claimID, 0)}})
	})
	return db
}

func text(body string) store.Text {
	return store.Text{ID: textID, ArticleID: articleID, RevisionID: revisionID, Extractor: "plain/1", Body: body, Language: "en"}
}

func claim(id string, start int) claims.Claim {
	return claims.Claim{ID: id, Passage: claims.Passage{Exact: "It rained.", Start: start, End: start + 10}, Text: "It rained.",
		Checkable: true, Attribution: claims.OwnVoice, Certainty: claims.Happened}
}

func do(t *testing.T, db *store.DB, change func(*store.Tx) error) {
	t.Helper()
	if err := db.InTx(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

func TestRawIsKeptByteForByte(t *testing.T) {
	t.Parallel()
	db := filled(t)
	got, err := db.Raw(t.Context(), articleID, revisionID)
	if err != nil || string(got) != string(raw) {
		t.Errorf("raw %q, %v; want %q", got, err, raw)
	}
}

// TestSchemaRefuses shows what the database itself does not let happen.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	_, err := pool.Exec(t.Context(), `
		INSERT INTO users (id, email, name, role, password_hash, created_at) VALUES ('`+otherID+`', 'a@b.c', 'A', 'owner', '', now())`)
	wantState(t, "an unknown role", err, "23514")

	db := filled(t)
	for name, c := range map[string]struct {
		state  string
		change func(*store.Tx) error
	}{
		"a claim whose words do not fit its place": {"23514", func(tx *store.Tx) error {
			c := claim(otherID, 20)
			c.End += 3
			return tx.ChangeClaims(t.Context(), store.ClaimChange{ArticleID: articleID, TextID: textID, At: at, Added: []claims.Claim{c}})
		}},
		"another certainty": {"23514", func(tx *store.Tx) error {
			c := claim(otherID, 20)
			c.Certainty = "sure"
			return tx.ChangeClaims(t.Context(), store.ClaimChange{ArticleID: articleID, TextID: textID, At: at, Added: []claims.Claim{c}})
		}},
		"a changed revision": {"23001", func(tx *store.Tx) error {
			_, err := tx.Queue().Exec(t.Context(), "UPDATE revisions SET raw = 'x'")
			return err
		}},
		"a changed body of a text": {"23001", func(tx *store.Tx) error {
			_, err := tx.Queue().Exec(t.Context(), "UPDATE texts SET body = 'x'")
			return err
		}},
	} {
		wantState(t, name, db.InTx(t.Context(), c.change), c.state)
	}
	// Two claims with one span are refused when the transaction ends.
	err = db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.ChangeClaims(t.Context(), store.ClaimChange{ArticleID: articleID, TextID: textID, At: at, Added: []claims.Claim{claim(otherID, 0)}})
	})
	if claims.KindOf(err) != claims.Conflict {
		t.Errorf("two claims with one span: %v", err)
	}
}

func wantState(t *testing.T, what string, err error, state string) {
	t.Helper()
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok || pg.Code != state {
		t.Errorf("%s: %v, want SQLSTATE %s", what, err, state)
	}
}

func TestClaimsChangePlaces(t *testing.T) {
	t.Parallel()
	db := filled(t)
	do(t, db, func(tx *store.Tx) error {
		return tx.ChangeClaims(t.Context(), store.ClaimChange{ArticleID: articleID, TextID: textID, At: at, Added: []claims.Claim{claim(otherID, 20)}})
	})
	// Each takes the place of the other: for a moment two stand at one place.
	do(t, db, func(tx *store.Tx) error {
		return tx.ChangeClaims(t.Context(), store.ClaimChange{ArticleID: articleID, TextID: textID, At: at,
			Kept: []claims.Claim{claim(claimID, 20), claim(otherID, 0)}})
	})
	got, err := db.ClaimsOf(t.Context(), []string{articleID})
	if err != nil || len(got) != 2 || got[0].ID != otherID || got[1].ID != claimID {
		t.Errorf("claims %+v, %v", got, err)
	}
}

func TestMarksOfATextMayChange(t *testing.T) {
	t.Parallel()
	db := filled(t)
	marked := text("It rained.")
	marked.ID, marked.Spans = otherID, []claims.Span{{Kind: claims.SpanHeadline, Start: 0, End: 10}}
	do(t, db, func(tx *store.Tx) error {
		id, err := tx.PutText(t.Context(), marked, at)
		if id != textID {
			t.Errorf("the text has the id %s, want that of the one that is stored", id)
		}
		return err
	})
	got, err := db.CurrentText(t.Context(), articleID)
	if err != nil || len(got.Spans) != 1 || got.Spans[0] != marked.Spans[0] || got.Body != "It rained." {
		t.Errorf("text %+v, %v", got, err)
	}
}

func TestErrorsHaveKinds(t *testing.T) {
	t.Parallel()
	db := filled(t)
	_, err := db.Article(t.Context(), otherID)
	wantKind(t, "an unknown id", err, claims.NotFound)
	err = db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.SetArticleStory(t.Context(), articleID, otherID, at)
	})
	wantKind(t, "an id that names nothing", err, claims.Invalid)
	err = db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.InsertUser(t.Context(), store.NewUser{ID: otherID, Email: "a@b.c", Name: "A", Role: "reader", At: at})
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.InsertUser(t.Context(), store.NewUser{ID: claimID, Email: "a@b.c", Name: "A", Role: "reader", At: at})
	})
	wantKind(t, "what is there already", err, claims.Conflict)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Article(ended, articleID); !errors.Is(err, context.Canceled) || claims.KindOf(err) != "" {
		t.Errorf("a context that has ended: %v", err)
	}
}

func wantKind(t *testing.T, what string, err error, kind claims.ErrorKind) {
	t.Helper()
	if claims.KindOf(err) != kind {
		t.Errorf("%s: %v, want the kind %s", what, err, kind)
	}
}

func TestTransactionIsUndoneAsAWhole(t *testing.T) {
	t.Parallel()
	db := filled(t)
	undone := errors.New("undone")
	err := db.InTx(t.Context(), func(tx *store.Tx) error {
		if err := tx.DeleteArticle(t.Context(), articleID, at); err != nil {
			return err
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	if _, err := db.Article(t.Context(), articleID); err != nil {
		t.Errorf("the article is gone: %v", err)
	}
}
