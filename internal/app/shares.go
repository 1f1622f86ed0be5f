package app

import (
	"context"
	"fmt"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// MaxShares is the most open shares of one finding: whoever needs another ends one
// that is not used.
const MaxShares = 50

// Share is a finding that is shown as a card to whoever has its address.
type Share = store.Share

// ShareInput is a new share.
type ShareInput struct {
	// Name says what it is for; it may be empty.
	Name string
	// ExpiresAt is when it ends, nil for never.
	ExpiresAt *time.Time
}

func (in ShareInput) check(now time.Time) error {
	p := problems{}
	p.add("name", wrongName(in.Name, maxName))
	if in.ExpiresAt != nil && !in.ExpiresAt.After(now) {
		p.add("expires_at", "has passed already")
	}
	return invalidFields(p)
}

// errShareBlind refuses to show what a blind reviewer must not see yet.
var errShareBlind = &claims.Error{Kind: claims.Conflict,
	Message: "you review this finding blind: share it when all have answered, or have somebody else share it"}

// CreateShare shows a finding as a card to whoever has its address, also where the
// service is not public: that is an editor's to decide. The token is the secret in the
// address; it is given here and never again.
func (a *App) CreateShare(ctx context.Context, who Actor, findingID string, in ShareInput) (s Share, token string, err error) {
	f, err := a.sharedFinding(ctx, who, findingID)
	switch {
	case err != nil:
		return Share{}, "", err
	case f.Veiled:
		return Share{}, "", errShareBlind
	}
	if err := in.check(a.now()); err != nil {
		return Share{}, "", err
	}
	token = auth.NewLinkToken()
	stored := store.NewShare{ID: newID(), FindingID: f.ID, TokenHash: auth.HashToken(token), Name: claims.CleanName(in.Name),
		CreatedBy: who.UserID, CreatedAt: a.now(), ExpiresAt: in.ExpiresAt}
	err = a.change(ctx, who, func(c change) error {
		if _, err := c.tx.LockStory(ctx, f.StoryID); err != nil { // so that shares are counted one after another
			return err
		}
		if n, err := c.tx.CountOpenShares(ctx, f.ID, c.now()); err != nil || n >= MaxShares {
			return orTooMany(err, n)
		}
		if err := c.tx.InsertShare(ctx, stored); err != nil {
			return err
		}
		// Without its name, which may tell what blind reviewers must not read.
		return c.record(ctx, deed{action: "finding.share", object: f.ID})
	})
	if err != nil {
		return Share{}, "", err
	}
	s, err = a.db.Share(ctx, stored.ID)
	return s, token, err
}

func orTooMany(err error, n int) error {
	if err != nil {
		return err
	}
	return &claims.Error{Kind: claims.Conflict, Message: fmt.Sprintf("this finding has %d open shares, which is the most there can be: end one first", n)}
}

// sharedFinding gives a finding to those who may share it.
func (a *App) sharedFinding(ctx context.Context, who Actor, id string) (Finding, error) {
	if err := who.require(WriteArticles); err != nil {
		return Finding{}, err
	}
	return a.visibleFinding(ctx, Actor{UserID: who.UserID, public: true}, id)
}

// Shares lists the shares of a finding, also those that have ended, the newest first.
// Who reviews the finding blind sees none.
func (a *App) Shares(ctx context.Context, who Actor, findingID string, p Page) (List[Share], error) {
	f, err := a.sharedFinding(ctx, who, findingID)
	if err != nil {
		return List[Share]{}, err
	}
	return a.shares(ctx, who, f.ID, p)
}

// AllShares lists the shares of all findings; see [App.Shares].
func (a *App) AllShares(ctx context.Context, who Actor, p Page) (List[Share], error) {
	if err := who.require(WriteArticles); err != nil {
		return List[Share]{}, err
	}
	return a.shares(ctx, who, "", p)
}

func (a *App) shares(ctx context.Context, who Actor, findingID string, p Page) (List[Share], error) {
	return byID(p, func(before string, limit int) ([]Share, error) {
		return a.seen(who).Shares(ctx, findingID, before, limit)
	}, func(s Share) string { return s.ID })
}

// EndShare ends a share at once; one that has ended stays so. It gives the share as it
// was.
func (a *App) EndShare(ctx context.Context, who Actor, id string) (Share, error) {
	if err := who.require(WriteArticles); err != nil {
		return Share{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Share{}, err
	}
	s, err := a.seen(who).Share(ctx, id)
	if err != nil {
		return Share{}, err
	}
	return s, a.change(ctx, who, func(c change) error {
		ended, err := c.tx.RevokeShare(ctx, s.ID, c.now())
		if err != nil || !ended {
			return err
		}
		return c.record(ctx, deed{action: "finding.share_end", object: s.FindingID})
	})
}

// Card is a finding as its card shows it to anybody. Nothing in it names people here.
type Card struct {
	FindingDetail
	Engine claims.EngineInfo
	// AsOf is the time of which it is.
	AsOf time.Time
}

// errCard is the one answer for a card that is not shown, whatever the reason.
var errCard = &claims.Error{Kind: claims.NotFound, Message: "there is no card at this address"}

// Card gives the card with a secret in its address and counts that it was asked for. It
// asks for no right: the secret is it. While a finding is reviewed blind, its card
// shows the passages alone, as strangers see it.
func (a *App) Card(ctx context.Context, token string) (Card, error) {
	s, err := a.db.ShareByToken(ctx, auth.HashToken(token))
	if claims.KindOf(err) == claims.NotFound || err == nil && !s.Open(a.now()) {
		return Card{}, errCard
	}
	if err != nil {
		return Card{}, err
	}
	stranger := Actor{public: true}
	story := Story{}
	out := Card{}
	if out.FindingDetail, err = a.Finding(ctx, stranger, s.FindingID); err == nil {
		story, err = a.Story(ctx, stranger, out.StoryID)
	}
	if claims.KindOf(err) == claims.NotFound { // its story is in the bin
		return Card{}, errCard
	}
	if err != nil {
		return Card{}, err
	}
	out.AsOf = asOf(story)
	if out.Engine, err = a.engineOf(ctx, story.ID); err != nil {
		return Card{}, err
	}
	return out, a.db.UseShare(ctx, s.ID, a.now())
}
