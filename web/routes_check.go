package web

// checkEndpoints are the check of a draft.
func checkEndpoints() []endpoint {
	return []endpoint{
		{get, "/check", Reader, (*Web).checkForm},
		{post, "/check", Reader, (*Web).check},
	}
}
