package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

func (a *API) registerShares() {
	merged := []problem.Kind{problem.NotFound, problem.Merged}
	register(a, operation{
		id: "create-share", method: http.MethodPost, path: "/findings/{id}/shares", tag: "Shares", needs: app.WriteArticles,
		summary: "Share a finding as a card",
		about: "Makes an address under which anybody sees a small page of the finding, without a key and also where the service is not public: " +
			"that is why it needs the scope write. The page can stand in an iframe on the sites that the setting EMBED_ORIGINS names. " +
			"It shows what people decided before what the machine says; while the finding is reviewed blind, it shows the passages alone. " +
			"Whoever reviews it blind cannot share it (409). A finding has at most 50 open shares (409).",
		status: http.StatusCreated, maxBody: smallBody, stores: true, secret: "address", problems: merged,
	}, a.createShare)
	register(a, operation{
		id: "list-finding-shares", method: http.MethodGet, path: "/findings/{id}/shares", tag: "Shares", needs: app.WriteArticles,
		summary: "List the shares of a finding",
		about:   "Lists shares without their addresses, also those that have ended, the newest first. Whoever reviews the finding blind sees none.",
		status:  http.StatusOK, problems: merged,
	}, a.listShares)
	register(a, operation{
		id: "list-shares", method: http.MethodGet, path: "/shares", tag: "Shares", needs: app.WriteArticles,
		summary: "List all shares", about: "Lists the shares of all findings, also those that have ended, the newest first. A share whose finding is gone for good is left out: its card shows nothing.",
		status: http.StatusOK,
	}, a.listAllShares)
	register(a, operation{
		id: "end-share", method: http.MethodDelete, path: "/shares/{id}", tag: "Shares", needs: app.WriteArticles,
		summary: "End a share",
		about:   "Ends the address at once; browsers and proxies may show what they have for a minute more. It cannot be undone, and needs no If-Match. Ending it again changes nothing.",
		status:  http.StatusNoContent, problems: []problem.Kind{problem.NotFound},
	}, a.endShare)
}

func (a *API) createShare(ctx context.Context, in *createShareInput) (*createdPlain[madeShare], error) {
	s, token, err := a.app.CreateShare(ctx, actorOf(ctx), in.ID, app.ShareInput{Name: in.Body.Name, ExpiresAt: in.Body.ExpiresAt})
	if err != nil {
		return nil, moved(ctx, err, "/shares")
	}
	address := baseOf(ctx) + "/cards/" + token
	return &createdPlain[madeShare]{Location: Prefix + "/findings/" + s.FindingID + "/shares",
		Body: madeShare{ShareFields: newShare(s), Address: &address}}, nil
}

func (a *API) listShares(ctx context.Context, in *listSharesInput) (*plain[list[share]], error) {
	l, err := a.app.Shares(ctx, actorOf(ctx), in.ID, in.page())
	return listOf(l, moved(ctx, err, "/shares"), newShare)
}

func (a *API) listAllShares(ctx context.Context, in *listAllSharesInput) (*plain[list[share]], error) {
	l, err := a.app.AllShares(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newShare)
}

func (a *API) endShare(ctx context.Context, in *IDPath) (*empty, error) {
	_, err := a.app.EndShare(ctx, actorOf(ctx), in.ID)
	return nil, err
}
