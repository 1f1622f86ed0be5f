package web

import "net/http"

// accountRoutes are the routes of people, their sign-in and what they did.
func accountRoutes() []Route {
	const get, post = http.MethodGet, http.MethodPost
	return []Route{
		{get, "/login", Anyone},
		{post, "/login", Anyone},
		{get, "/login/code", Anyone},
		{post, "/login/code", Anyone},
		{post, "/logout", Anyone},
		{get, "/invitations/{token}", Anyone},
		{post, "/invitations/{token}", Anyone},
		{get, "/reset/{token}", Anyone},
		{post, "/reset/{token}", Anyone},

		{get, "/account/second-factor", SignedIn},
		{post, "/account/second-factor", SignedIn},
		{post, "/account/second-factor/confirm", SignedIn},
		{post, "/account/second-factor/codes", SignedIn},
		{post, "/account/second-factor/off", SignedIn},

		{get, "/bin", Editor},

		{get, "/admin/users", Administrator},
		{get, "/admin/users/{id}", Administrator},
		{post, "/admin/users/{id}", Administrator},
		{post, "/admin/users/{id}/close", Administrator},
		{post, "/admin/users/{id}/reopen", Administrator},
		{post, "/admin/users/{id}/reset", Administrator},
		{post, "/admin/users/{id}/reset/revoke", Administrator},
		{post, "/admin/users/{id}/second-factor/remove", Administrator},
		{post, "/admin/invitations", Administrator},
		{post, "/admin/invitations/{id}/revoke", Administrator},
	}
}

// accountHandlers gives the handlers of [accountRoutes].
func (w *Web) accountHandlers() map[string]handler {
	return map[string]handler{
		"GET /login":                w.loginForm,
		"POST /login":               w.login,
		"GET /login/code":           w.codeForm,
		"POST /login/code":          w.loginCode,
		"POST /logout":              w.logout,
		"GET /invitations/{token}":  w.invitation,
		"POST /invitations/{token}": w.acceptInvitation,
		"GET /reset/{token}":        w.resetForm,
		"POST /reset/{token}":       w.resetPassword,

		"GET /account/second-factor":          w.secondFactor,
		"POST /account/second-factor":         w.startFactor,
		"POST /account/second-factor/confirm": w.confirmFactor,
		"POST /account/second-factor/codes":   w.renewCodes,
		"POST /account/second-factor/off":     w.dropFactor,

		"GET /bin": w.bin,

		"GET /admin/users":                            w.users,
		"GET /admin/users/{id}":                       w.user,
		"POST /admin/users/{id}":                      w.editUser,
		"POST /admin/users/{id}/close":                w.closeUser,
		"POST /admin/users/{id}/reopen":               w.reopenUser,
		"POST /admin/users/{id}/reset":                w.makeReset,
		"POST /admin/users/{id}/reset/revoke":         w.revokeReset,
		"POST /admin/users/{id}/second-factor/remove": w.removeSecondFactor,
		"POST /admin/invitations":                     w.invite,
		"POST /admin/invitations/{id}/revoke":         w.revokeInvitation,
	}
}
