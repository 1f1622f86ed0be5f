package web

// peopleEndpoints are the ways in, people and what they did.
func peopleEndpoints() []endpoint {
	return []endpoint{
		{get, "/login", Anyone, (*Web).loginForm},
		{post, "/login", Anyone, (*Web).login},
		{get, "/login/code", Anyone, (*Web).codeForm},
		{post, "/login/code", Anyone, (*Web).loginCode},
		{get, "/login/password", Anyone, (*Web).firstPasswordForm},
		{post, "/login/password", Anyone, (*Web).chooseFirstPassword},
		{post, "/logout", Anyone, (*Web).logout},
		{get, "/invitations/{token}", Anyone, (*Web).invitation},
		{post, "/invitations/{token}", Anyone, (*Web).acceptInvitation},
		{get, "/reset/{token}", Anyone, (*Web).resetForm},
		{post, "/reset/{token}", Anyone, (*Web).resetPassword},

		{get, "/account/second-factor", SignedIn, (*Web).secondFactor},
		{post, "/account/second-factor", SignedIn, (*Web).startFactor},
		{post, "/account/second-factor/confirm", SignedIn, (*Web).confirmFactor},
		{post, "/account/second-factor/codes", SignedIn, (*Web).renewCodes},
		{post, "/account/second-factor/off", SignedIn, (*Web).dropFactor},

		{get, "/bin", Editor, (*Web).bin},
		{get, "/history", Editor, (*Web).history},
		{get, "/articles/{id}/placement", ReaderOrPublic, (*Web).placement},

		{get, "/admin/users", Administrator, (*Web).users},
		{get, "/admin/users/{id}", Administrator, (*Web).user},
		{post, "/admin/users/{id}", Administrator, (*Web).editUser},
		{post, "/admin/users/{id}/close", Administrator, (*Web).closeUser},
		{post, "/admin/users/{id}/reopen", Administrator, (*Web).reopenUser},
		{post, "/admin/users/{id}/reset", Administrator, (*Web).makeReset},
		{post, "/admin/users/{id}/reset/revoke", Administrator, (*Web).revokeReset},
		{post, "/admin/users/{id}/second-factor/remove", Administrator, (*Web).removeSecondFactor},
		{post, "/admin/users/{id}/sessions/end", Administrator, (*Web).endSessionsOf},
		{post, "/admin/sessions/end", Administrator, (*Web).endEverybody},
		{post, "/admin/invitations", Administrator, (*Web).invite},
		{get, "/admin/keys", Administrator, (*Web).keysOfAll},
		{post, "/admin/keys/{id}/revoke", Administrator, (*Web).revokeAnyKey},
		{post, "/admin/invitations/{id}/revoke", Administrator, (*Web).revokeInvitation},
	}
}
