package web

// searchEndpoints are the search, what people keep of it, and its feeds. A feed is
// for whoever knows its address.
func searchEndpoints() []endpoint {
	return []endpoint{
		{get, "/search", ReaderOrPublic, (*Web).search},
		{get, "/search/suggest", ReaderOrPublic, (*Web).suggest},
		{get, "/filters/feeds/{token}.atom", Anyone, (*Web).searchFeed},

		{get, "/filters", Reader, (*Web).savedSearches},
		{post, "/filters", Reader, (*Web).saveSearch},
		{get, "/filters/{id}/edit", Reader, (*Web).savedSearchForm},
		{post, "/filters/{id}/edit", Reader, (*Web).editSavedSearch},
		{get, "/filters/{id}/delete", Reader, (*Web).savedSearchDeleteForm},
		{post, "/filters/{id}/delete", Reader, (*Web).deleteSavedSearch},
		{post, "/filters/{id}/feed", Reader, (*Web).makeSearchFeed},
		{post, "/filters/{id}/feed/end", Reader, (*Web).endSearchFeed},
	}
}
