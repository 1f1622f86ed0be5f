package web

// dossierEndpoints are a story as it is handed over.
func dossierEndpoints() []endpoint {
	return []endpoint{
		{get, "/stories/{id}/dossier", ReaderOrPublic, (*Web).dossier},
		{get, "/stories/{id}/dossier.md", ReaderOrPublic, (*Web).dossierMarkdown},
	}
}
