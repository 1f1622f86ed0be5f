package web

// overviewEndpoints are the overview, the coverage of a story, and how good the machine
// is.
func overviewEndpoints() []endpoint {
	return []endpoint{
		{get, "/overview", ReaderOrPublic, (*Web).overview},
		{get, "/stories/{id}/coverage", ReaderOrPublic, (*Web).coverage},
		{get, "/accuracy", ReaderOrPublic, (*Web).accuracy},
		{get, "/accuracy/next", Checker, (*Web).nextSample},
		{get, "/accuracy/items/{id}", Checker, (*Web).sample},
		{post, "/accuracy/items/{id}", Checker, (*Web).judgeSample},
		{post, "/accuracy/items/{id}/take-back", Checker, (*Web).takeBackJudgement},
	}
}
