package web

// eraseEndpoints are where things and people go for good.
func eraseEndpoints() []endpoint {
	return []endpoint{
		{get, "/bin/{id}/erase", Administrator, (*Web).eraseForm},
		{post, "/bin/{id}/erase", Administrator, (*Web).erase},
		{get, "/sources/{id}/delete", Administrator, (*Web).sourceDeleteForm},
		{post, "/sources/{id}/delete", Administrator, (*Web).deleteSource},
		{post, "/sources/{id}/restore", Administrator, (*Web).restoreSource},
		{get, "/account/export.json", Reader, (*Web).exportOwn},
		{get, "/admin/users/{id}/export.json", Administrator, (*Web).exportUser},
		{get, "/admin/users/{id}/delete", Administrator, (*Web).userDeleteForm},
		{post, "/admin/users/{id}/delete", Administrator, (*Web).deleteUser},
	}
}
