package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
)

type addClaimInput struct {
	IDPath
	IdempotencyKey
	Body wordsBody
}

type adjustClaimInput struct {
	IDPath
	IfMatch
	Body wordsBody
}

type splitClaimInput struct {
	IDPath
	IfMatch
	IdempotencyKey
	Body struct {
		After    int `json:"after" minimum:"1" doc:"The code point in the article's text behind the last word of the first part, counted from 0." example:"47"`
		Revision int `json:"revision" minimum:"1" doc:"The number of the article's revision in which it counts. Where another is read by now, the answer is 409." example:"1"`
	}
}

type mergeClaimInput struct {
	IDPath
	IfMatch
	IdempotencyKey
	Body struct {
		ClaimID string `json:"claim_id" minLength:"1" maxLength:"100" doc:"Another claim of the same sentence." example:"01977d60-01ab-7c33-8a10-1d2e3f405162"`
	}
}

type judgeClaimInput struct {
	IDPath
	IfMatch
	IdempotencyKey
	Body judgementBody
}

type claimActionInput struct {
	IDPath
	IdempotencyKey
}

func (a *API) registerClaims() {
	register(a, operation{
		id: "get-claim", method: http.MethodGet, path: "/claims/{id}", tag: "Claims", needs: app.ReadTexts,
		summary: "Get a claim",
		about: "Gives one claim as people and the engine have left it, with its sentence and what people did to it. " +
			"Its ETag guards edits: it counts what people do to this claim. A claim that was dropped, split or merged away gives 404, which says who did that.",
		status: http.StatusOK, tagged: true, problems: []problem.Kind{problem.NotFound},
	}, a.getClaim)
	register(a, operation{
		id: "list-claim-edits", method: http.MethodGet, path: "/articles/{id}/edits", tag: "Claims", needs: app.ReadTexts,
		summary: "List what people did to claims", about: "Lists the edits of an article's claims, the newest first, with what became of each. It is one part: next_cursor is empty.",
		status: http.StatusOK, problems: []problem.Kind{problem.NotFound},
	}, a.claimEdits)
	a.registerClaimEdits()
}

// registerClaimEdits registers what changes claims. While an article is read anew, its
// claims cannot be edited.
func (a *API) registerClaimEdits() {
	wrong := []problem.Kind{problem.NotFound, problem.Conflict}
	edit := func(o operation) operation {
		o.tag, o.needs, o.problems = "Claims", app.EditClaims, wrong
		if o.method != http.MethodDelete {
			o.maxBody = smallBody
		}
		return o
	}
	const compared = " The story is compared again; until then the claim is pending."
	register(a, edit(operation{
		id: "add-claim", method: http.MethodPost, path: "/articles/{id}/claims", status: http.StatusCreated, stores: true,
		summary: "Add a claim", about: "Makes a claim of words of the article, of 2 to 60 within one sentence." + compared,
	}), a.addClaim)
	register(a, edit(operation{
		id: "adjust-claim", method: http.MethodPatch, path: "/claims/{id}", status: http.StatusOK, edits: true,
		summary: "Move a claim's borders", about: "Gives a claim other words of its sentence, one of which at least it has already. It stays the claim that it is, and in its finding." + compared,
	}), a.adjustClaim)
	register(a, edit(operation{
		id: "drop-claim", method: http.MethodDelete, path: "/claims/{id}", status: http.StatusNoContent, edits: true,
		summary: "Drop a claim", about: "Says that a passage is no claim. It can be restored.",
	}), a.dropClaim)
	register(a, edit(operation{
		id: "split-claim", method: http.MethodPost, path: "/claims/{id}/split", status: http.StatusOK, edits: true, stores: true,
		summary: "Split a claim", about: "Cuts a claim in two. The part with more words stays the claim that it is; the answer names the new one." + compared,
	}), a.splitClaim)
	register(a, edit(operation{
		id: "merge-claims", method: http.MethodPost, path: "/claims/{id}/merge", status: http.StatusOK, edits: true, stores: true,
		summary: "Merge two claims", about: "Makes one claim of two of a sentence, with all words from the first of either to the last. The older one stays the claim that it is." + compared,
	}), a.mergeClaims)
	register(a, edit(operation{
		id: "judge-claim", method: http.MethodPost, path: "/claims/{id}/judge", status: http.StatusOK, edits: true, stores: true,
		summary: "Say whether a claim can be checked", about: "Marks a claim as one that cannot be checked, with the reason, or as one that can." + compared,
	}), a.judgeClaim)
	restore := edit(operation{
		id: "restore-claim", method: http.MethodPost, path: "/claims/{id}/restore", status: http.StatusOK, stores: true,
		summary: "Restore a claim", about: "Undoes the edit that dropped a claim.",
	})
	restore.maxBody = 0
	register(a, restore, a.restoreClaim)
	undo := edit(operation{
		id: "undo-claim-edit", method: http.MethodPost, path: "/edits/{id}/undo", status: http.StatusOK, stores: true,
		summary: "Undo an edit of claims", about: "Undoes what somebody did to claims: what it took away stands again as it was. An edit that a later one builds on is undone after that one; until then the answer is 409.",
	})
	undo.maxBody = 0
	register(a, undo, a.undoClaimEdit)
}

func (a *API) getClaim(ctx context.Context, in *getInput) (*tagged[claimDetail], error) {
	v, err := a.app.ReadClaim(ctx, actorOf(ctx), in.ID)
	if claims.KindOf(err) == claims.Conflict {
		return nil, problem.New(ctx, problem.NotFound, err.Error(), "Get the article's edits and claims to see what stands in its place.")
	}
	if err != nil {
		return nil, err
	}
	return taggedWith(v.Version, newClaimDetail(v))
}

func (a *API) claimEdits(ctx context.Context, in *IDPath) (*plain[list[claimEdit]], error) {
	all, err := a.app.ClaimEdits(ctx, actorOf(ctx), in.ID)
	return listOf(app.List[app.EditState]{Items: all}, err, newClaimEdit)
}

func (a *API) addClaim(ctx context.Context, in *addClaimInput) (*createdPlain[claimEdit], error) {
	words, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	e, err := a.app.AddClaim(ctx, actorOf(ctx), in.ID, in.Body.Revision, words)
	if err != nil {
		return nil, in.Body.unfit(err)
	}
	return &createdPlain[claimEdit]{Location: Prefix + "/claims/" + e.After[0].ClaimID, Body: freshEdit(e)}, nil
}

func (a *API) adjustClaim(ctx context.Context, in *adjustClaimInput) (*tagged[claimDetail], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	words, err := in.Body.input()
	if err != nil {
		return nil, err
	}
	v, err := a.app.AdjustedClaim(ctx, actorOf(ctx), app.ClaimRef{ID: in.ID, Version: version, Revision: in.Body.Revision}, words)
	if err != nil {
		return nil, in.Body.unfit(err)
	}
	return taggedWith(v.Version, newClaimDetail(v))
}

func (a *API) dropClaim(ctx context.Context, in *deleteInput) (*empty, error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	_, err = a.app.DropClaim(ctx, actorOf(ctx), app.ClaimRef{ID: in.ID, Version: version})
	return nil, err
}

func (a *API) splitClaim(ctx context.Context, in *splitClaimInput) (*plain[claimEdit], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	ref := app.ClaimRef{ID: in.ID, Version: version, Revision: in.Body.Revision}
	return edited(a.app.SplitClaim(ctx, actorOf(ctx), ref, in.Body.After))
}

func (a *API) mergeClaims(ctx context.Context, in *mergeClaimInput) (*plain[claimEdit], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	e, err := a.app.MergeClaims(ctx, actorOf(ctx), app.ClaimRef{ID: in.ID, Version: version}, app.ClaimRef{ID: in.Body.ClaimID})
	return edited(e, renamed(err, "with", "claim_id"))
}

func (a *API) judgeClaim(ctx context.Context, in *judgeClaimInput) (*plain[claimEdit], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	return edited(a.app.JudgeClaim(ctx, actorOf(ctx), app.ClaimRef{ID: in.ID, Version: version}, in.Body.Reason))
}

func (a *API) restoreClaim(ctx context.Context, in *claimActionInput) (*plain[claimEdit], error) {
	return edited(a.app.RestoreClaim(ctx, actorOf(ctx), in.ID))
}

func (a *API) undoClaimEdit(ctx context.Context, in *claimActionInput) (*plain[claimEdit], error) {
	return edited(a.app.UndoClaimEdit(ctx, actorOf(ctx), in.ID))
}

// edited gives the answer of an edit of claims.
func edited(e app.ClaimEdit, err error) (*plain[claimEdit], error) {
	if err != nil {
		return nil, err
	}
	return &plain[claimEdit]{Body: freshEdit(e)}, nil
}
