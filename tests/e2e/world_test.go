package e2e

import (
	"strings"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/sample"
	"corroborate/internal/server/servertest"
	"corroborate/internal/store/storetest/made"
	"corroborate/internal/webhook"
)

// world is what the pages of a tour show.
type world struct {
	*tab
	admin app.Actor
	site  string
	// story is the sample, divided a finding of it that diverges and is reviewed,
	// article one of its articles, which has two revisions.
	story, divided, article, source string
	agreed, single                  string
	empty, binned                   string
	// large is a story of 50 sources and 500 findings.
	large                   string
	importID, feed, preview string
	uncertain               string
	// veiled is a finding that the administrator reviews blind, claim a claim of the
	// article, drawn an item of the random sample, filter a saved search.
	veiled, claim, drawn, filter string
	// webhook has a delivery that has failed.
	webhook string
	// person is somebody's id, invitation and reset the tokens of links.
	person, invitation, reset string
}

// furnish fills a service; site is a newspaper to fetch from.
func furnish(b *tab, site string) *world {
	b.t.Helper()
	w := &world{tab: b, site: site}
	var err error
	w.admin, err = b.App.AuthenticateKey(b.t.Context(), servertest.AdminKey)
	w.check(err)
	w.addSample()
	w.findFindings()
	w.uncertain = w.uncertainArticle()
	w.addRest()
	w.addPeople()
	w.addWork()
	return w
}

func (w *world) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// addSample stores the sample, a second revision of one of its articles, and an
// article in the bin.
func (w *world) addSample() {
	w.t.Helper()
	s, err := sample.Load()
	w.check(err)
	in := app.StoryInput{Title: s.Title}
	for _, a := range s.Articles {
		in.Articles = append(in.Articles, app.ArticleInput{Text: a.Text, Source: a.Source, Title: a.Title, URL: a.URL,
			PublishedAt: a.PublishedAt, ExternalID: a.ID})
	}
	story, err := w.App.CreateStory(w.t.Context(), w.admin, in)
	w.check(err)
	w.story = story.ID
	w.settle()
	changed := in.Articles[0]
	changed.Text = strings.Replace(changed.Text, ".", ". The harbour office opens again on Monday.", 1)
	art, _, err := w.App.TakeArticle(w.t.Context(), w.admin, changed)
	w.check(err)
	w.article, w.source = art.ID, art.SourceID
	w.settle()
}

// settle waits until the story is compared.
func (w *world) settle() {
	w.t.Helper()
	for end := time.Now().Add(2 * patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		s, err := w.App.Story(w.t.Context(), w.admin, w.story)
		w.check(err)
		if s.Status == app.Ready {
			return
		}
	}
	w.t.Fatal("the story was never compared")
}

// findFindings picks a finding of each verdict and reviews the diverging one.
func (w *world) findFindings() {
	w.t.Helper()
	list, err := w.App.Findings(w.t.Context(), w.admin, app.FindingFilter{StoryID: w.story, Page: app.Page{Limit: app.MaxLimit}})
	w.check(err)
	for _, f := range list.Items {
		switch {
		case f.Verdict == claims.Diverge && w.divided == "":
			w.divided = f.ID
		case f.Verdict == claims.Diverge && w.veiled == "":
			w.veiled = f.ID
		case f.Verdict == claims.Agree && w.agreed == "":
			w.agreed = f.ID
		case f.Verdict == claims.Single && w.single == "":
			w.single = f.ID
		}
	}
	_, err = w.App.AddReview(w.t.Context(), w.admin, w.divided, app.ReviewInput{Alignment: app.Confirmed, Note: "Both desks called the harbour."})
	w.check(err)
}

// uncertainArticle gives an article that waits for a look at its story.
func (w *world) uncertainArticle() string {
	w.t.Helper()
	w.arrives(aground)
	w.arrives(saved)
	w.arrives(refunds)
	waiting, err := w.App.Waiting(w.t.Context(), w.admin, app.Page{})
	w.check(err)
	if len(waiting.Items) == 0 {
		w.t.Fatal("no article waits for a look")
	}
	return waiting.Items[0].ArticleID
}

// addRest stores an empty story, one in the bin, an import, a feed and a preview.
func (w *world) addRest() {
	w.t.Helper()
	ctx := w.t.Context()
	s, err := w.App.CreateStory(ctx, w.admin, app.StoryInput{Title: "A story without articles yet"})
	w.check(err)
	w.empty = s.ID
	w.large = made.Story(w.t, w.Pool, made.Size{Articles: 50, Findings: 500})
	gone, err := w.App.CreateStory(ctx, w.admin, app.StoryInput{Title: "A story in the bin"})
	w.check(err)
	w.check(w.App.DeleteStory(ctx, w.admin, gone.ID, gone.Version))
	w.binned = gone.ID
	got, err := w.App.ReceiveImport(ctx, w.admin, "lines.ndjson", strings.NewReader("{\"source\":\"A\"}\nnot json\n"))
	w.check(err)
	i, err := w.App.StartImport(ctx, w.admin, got)
	w.check(err)
	w.importID = i.ID
	f, _, err := w.App.AddFeed(ctx, w.admin, app.FeedInput{URL: w.site + "/feed.xml", Source: "The Harbour Post"})
	w.check(err)
	w.feed = f.ID
	w.preview, err = w.App.MakePreview(ctx, w.admin, app.PreviewInput{URL: w.site + "/ferry"})
	w.check(err)
}

// addPeople makes accounts, an invitation and a link to a new password.
func (w *world) addPeople() {
	w.t.Helper()
	ctx := w.t.Context()
	checker := w.User(auth.Checker)
	users, err := w.App.Users(ctx, w.admin, app.UserFilter{})
	w.check(err)
	for _, u := range users.Items {
		if u.Email == checker {
			w.person = u.ID
		}
	}
	_, w.invitation, err = w.App.Invite(ctx, w.admin, app.InvitationInput{Email: "ines@news.example", Name: "Ines Okoro", Role: auth.Editor})
	w.check(err)
	_, w.reset, err = w.App.MakeReset(ctx, w.admin, w.person)
	w.check(err)
}

// addWork gives the administrator a blind review and an item of the random sample to
// judge, and finds a claim.
func (w *world) addWork() {
	w.t.Helper()
	ctx := w.t.Context()
	_, err := w.App.AskBlind(ctx, w.admin, app.BlindInput{FindingID: w.veiled, Reviewers: []string{w.admin.UserID, w.person}})
	w.check(err)
	list, err := w.App.ArticleClaims(ctx, w.admin, w.article)
	w.check(err)
	w.claim = list[0].ID
	item, err := w.App.NextSample(ctx, w.admin)
	w.check(err)
	if item != nil {
		w.drawn = item.ID
	}
	saved, err := w.App.SaveSearch(ctx, w.admin, app.SavedSearchInput{Name: "Numbers that differ", Query: "kind:number"})
	w.check(err)
	w.filter = saved.ID
	w.addWebhook()
}

// addWebhook makes a webhook to an address that is not called, and sends it a test.
func (w *world) addWebhook() {
	w.t.Helper()
	hook, _, err := w.App.MakeWebhook(w.t.Context(), w.admin, app.WebhookInput{URL: "https://receiver.invalid/in", Description: "Night desk",
		Events: []webhook.Type{webhook.FindingNew, webhook.VerdictChanged}, StoryID: w.story})
	w.check(err)
	_, err = w.App.TestWebhook(w.t.Context(), w.admin, hook.ID)
	w.check(err)
	w.webhook = hook.ID
}

// addresses gives for each pattern the addresses that the tour looks at; none for
// what is no page.
func (w *world) addresses() map[string][]string {
	one := func(format string, ids ...string) []string {
		var out []string
		for _, id := range ids {
			out = append(out, strings.Replace(format, "{id}", id, 1))
		}
		return out
	}
	story := "/stories/" + w.story
	return map[string][]string{
		"/static/{file}":               nil,
		"/stories/{id}/events":         nil,
		"/imports/{id}/events":         nil,
		"/stories/{id}/report.json":    nil,
		"/stories/{id}/report.csv":     nil,
		"/stories/{id}/report.md":      nil,
		"/stories/{id}/report.jsonld":  nil,
		"/findings/{id}/report.jsonld": nil,
		"/ns":                          {"/ns"},
		"/feeds/opml":                  nil,

		"/":            {"/"},
		"/login":       {"/login"},
		"/account":     {"/account"},
		"/stories/new": {"/stories/new"},
		"/stories/{id}": append(one("/stories/{id}", w.story, w.empty), query(story, "verdict", "diverge"), query(story, "kind", "number"),
			"/stories/"+w.large, query("/stories/"+w.large, "group", "kind", "sort", "told"), query(story, "text", "nothing of the kind")),
		"/stories/{id}/cleared":         one("/stories/{id}/cleared", w.story, w.empty),
		"/stories/{id}/edit":            one("/stories/{id}/edit", w.story),
		"/stories/{id}/delete":          one("/stories/{id}/delete", w.story),
		"/stories/{id}/regroup":         one("/stories/{id}/regroup", w.story),
		"/stories/{id}/blind":           one("/stories/{id}/blind", w.story),
		"/review":                       {"/review", "/review?show=unseen&since=tuesday", "/review?show=given"},
		"/agreement":                    {"/agreement", "/agreement?show=unsettled"},
		"/help/keys":                    {"/help/keys"},
		"/findings/{id}":                one("/findings/{id}", w.divided, w.agreed, w.single, w.veiled),
		"/articles/new":                 {"/articles/new", "/articles/new?story=" + w.story, "/articles/new?by=address"},
		"/articles/preview/{id}":        one("/articles/preview/{id}", w.preview),
		"/articles/{id}":                one("/articles/{id}", w.article, w.uncertain),
		"/articles/{id}/revisions":      one("/articles/{id}/revisions", w.article),
		"/articles/{id}/delete":         one("/articles/{id}/delete", w.article),
		"/sources":                      {"/sources"},
		"/sources/{id}":                 one("/sources/{id}", w.source),
		"/bin":                          {"/bin"},
		"/bin/{id}/erase":               one("/bin/{id}/erase", w.binned),
		"/sources/{id}/delete":          one("/sources/{id}/delete", w.source),
		"/account/export.json":          nil,
		"/admin/users/{id}/delete":      one("/admin/users/{id}/delete", w.person),
		"/admin/users/{id}/export.json": nil,
		"/feeds":                        {"/feeds"},
		"/feeds/{id}":                   one("/feeds/{id}", w.feed),
		"/feeds/{id}/delete":            one("/feeds/{id}/delete", w.feed),
		"/imports":                      {"/imports"},
		"/imports/{id}":                 one("/imports/{id}", w.importID),
		"/waiting":                      {"/waiting"},
		"/webhooks":                     {"/webhooks"},
		"/webhooks/{id}":                one("/webhooks/{id}", w.webhook),
		"/webhooks/{id}/delete":         one("/webhooks/{id}/delete", w.webhook),
		"/admin/users":                  {"/admin/users"},
		"/admin/keys":                   {"/admin/keys", "/admin/keys?state=revoked"},
		"/admin/second-judge":           {"/admin/second-judge"},

		"/login/code":                 nil, // it is there between a password and a code: the newcomer's journey sees it
		"/login/password":             nil, // it is there between a first password and another: a journey sees it
		"/invitations/{token}":        {"/invitations/" + w.invitation, "/invitations/unknown"},
		"/reset/{token}":              {"/reset/" + w.reset, "/reset/unknown"},
		"/account/second-factor":      {"/account/second-factor"},
		"/history":                    {"/history", query("/history", "object", w.divided)},
		"/admin/users/{id}":           one("/admin/users/{id}", w.person, w.admin.UserID),
		"/articles/{id}/placement":    one("/articles/{id}/placement", w.uncertain, w.article),
		"/articles/{id}/claims/new":   one("/articles/{id}/claims/new", w.article),
		"/claims/{id}/edit":           one("/claims/{id}/edit", w.claim),
		"/overview":                   {"/overview"},
		"/stories/{id}/coverage":      one("/stories/{id}/coverage", w.story),
		"/accuracy":                   {"/accuracy"},
		"/accuracy/next":              {"/accuracy/next"},
		"/accuracy/items/{id}":        one("/accuracy/items/{id}", w.drawn),
		"/stories/{id}/dossier":       one("/stories/{id}/dossier", w.story),
		"/stories/{id}/dossier.md":    nil,
		"/stories/{id}/rows":          nil,
		"/search":                     {"/search", query("/search", "q", "ferry"), query("/search", "q", "kind:none fery")},
		"/search/suggest":             nil,
		"/check":                      {"/check"},
		"/filters":                    {"/filters"},
		"/filters/{id}/edit":          one("/filters/{id}/edit", w.filter),
		"/filters/{id}/delete":        one("/filters/{id}/delete", w.filter),
		"/filters/feeds/{token}.atom": nil,
	}
}
