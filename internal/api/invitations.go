package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/problem"
)

type createInvitationInput struct {
	IdempotencyKey
	Body invitationBody
}

func (a *API) registerInvitations() {
	register(a, operation{
		id: "create-invitation", method: http.MethodPost, path: "/invitations", tag: "Users", needs: app.Administer,
		summary: "Invite a person",
		about: "Makes a link by which the person makes their account and chooses a password. It works once. Nothing is mailed: hand the link over yourself. " +
			"An earlier invitation to the same address ends. An address that has an account gives 409.",
		status: http.StatusCreated, maxBody: smallBody, stores: true, secret: "url", problems: []problem.Kind{problem.Conflict},
	}, a.createInvitation)
	register(a, operation{
		id: "list-invitations", method: http.MethodGet, path: "/invitations", tag: "Users", needs: app.Administer,
		summary: "List invitations", about: "Lists the invitations that nobody has taken up or taken back, without their links, the newest first.",
		status: http.StatusOK,
	}, a.listInvitations)
	register(a, operation{
		id: "revoke-invitation", method: http.MethodDelete, path: "/invitations/{id}", tag: "Users", needs: app.Administer,
		summary: "Take an invitation back",
		about:   "Ends the invitation's link. One that was taken up or taken back before gives 409.",
		status:  http.StatusNoContent, problems: []problem.Kind{problem.NotFound, problem.Conflict},
	}, a.revokeInvitation)
}

func (a *API) createInvitation(ctx context.Context, in *createInvitationInput) (*createdPlain[newInvitation], error) {
	b := in.Body
	made, token, err := a.app.Invite(ctx, actorOf(ctx), app.InvitationInput{Email: b.Email, Name: b.Name, Role: auth.Role(b.Role), Days: b.Days})
	if err != nil {
		return nil, err
	}
	url := a.address(ctx, "/invitations/"+token)
	return &createdPlain[newInvitation]{Location: Prefix + "/invitations", Body: newInvitation{InvitationFields: newInvitationShape(made), URL: &url}}, nil
}

func (a *API) listInvitations(ctx context.Context, in *pageInput) (*plain[list[invitation]], error) {
	l, err := a.app.Invitations(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newInvitationShape)
}

func (a *API) revokeInvitation(ctx context.Context, in *IDPath) (*empty, error) {
	return nil, a.app.RevokeInvitation(ctx, actorOf(ctx), in.ID)
}
