package app_test

import (
	"context"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// anID is well-formed and names nothing.
const anID = "0199f0a0-0000-7000-8000-00000000000a"

// uses are all use cases with the action that each needs. They are called with
// ids that name nothing: who may do it is told so, who may not is refused before.
func uses(f *fixture) map[string]struct {
	needs app.Action
	call  func(context.Context, app.Actor) error
} {
	type use = struct {
		needs app.Action
		call  func(context.Context, app.Actor) error
	}
	page := app.Page{}
	return map[string]use{
		"CreateStory": {app.WriteArticles, func(c context.Context, w app.Actor) error {
			_, err := f.CreateStory(c, w, app.StoryInput{})
			return err
		}},
		"Stories": {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.Stories(c, w, page); return err }},
		"Story":   {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.Story(c, w, anID); return err }},
		"EditStory": {app.WriteArticles, func(c context.Context, w app.Actor) error {
			_, err := f.EditStory(c, w, anID, app.StoryEdit{})
			return err
		}},
		"DeleteStory":    {app.WriteArticles, func(c context.Context, w app.Actor) error { return f.DeleteStory(c, w, anID, 0) }},
		"RestoreStory":   {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.RestoreStory(c, w, anID); return err }},
		"DeletedStories": {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.DeletedStories(c, w, page); return err }},
		"AnalyzeStory":   {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.AnalyzeStory(c, w, anID); return err }},
		"StoryProgress":  {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.StoryProgress(c, w, anID); return err }},
		"WatchStory":     {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.WatchStory(c, w, anID); return err }},
		"AddArticle": {app.WriteArticles, func(c context.Context, w app.Actor) error {
			_, _, err := f.AddArticle(c, w, app.ArticleInput{})
			return err
		}},
		"AddAddress": {app.WriteArticles, func(c context.Context, w app.Actor) error {
			_, _, err := f.AddAddress(c, w, app.ArticleInput{})
			return err
		}},
		"OpenFetches": {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.OpenFetches(c, w); return err }},
		"MakePreview": {app.WriteArticles, func(c context.Context, w app.Actor) error {
			_, err := f.MakePreview(c, w, app.PreviewInput{})
			return err
		}},
		"Preview": {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.Preview(c, w, anID); return err }},
		"AddPreview": {app.WriteArticles, func(c context.Context, w app.Actor) error {
			_, _, err := f.AddPreview(c, w, anID, app.ArticleInput{})
			return err
		}},
		"Articles": {app.ReadFindings, func(c context.Context, w app.Actor) error {
			_, err := f.Articles(c, w, app.ArticleFilter{})
			return err
		}},
		"Article": {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.Article(c, w, anID); return err }},
		"EditArticle": {app.WriteArticles, func(c context.Context, w app.Actor) error {
			_, err := f.EditArticle(c, w, anID, app.ArticleEdit{})
			return err
		}},
		"DeleteArticle":   {app.WriteArticles, func(c context.Context, w app.Actor) error { return f.DeleteArticle(c, w, anID, 0) }},
		"RestoreArticle":  {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.RestoreArticle(c, w, anID); return err }},
		"DeletedArticles": {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.DeletedArticles(c, w, page); return err }},
		"ArticleClaims":   {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.ArticleClaims(c, w, anID); return err }},
		"Revisions":       {app.ReadTexts, func(c context.Context, w app.Actor) error { _, err := f.Revisions(c, w, anID); return err }},
		"RevisionText":    {app.ReadTexts, func(c context.Context, w app.Actor) error { _, err := f.RevisionText(c, w, anID, anID); return err }},
		"RefetchArticle":  {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.RefetchArticle(c, w, anID); return err }},
		"AnalyzeArticle":  {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.AnalyzeArticle(c, w, anID); return err }},
		"Findings": {app.ReadFindings, func(c context.Context, w app.Actor) error {
			_, err := f.Findings(c, w, app.FindingFilter{StoryID: anID})
			return err
		}},
		"Finding": {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.Finding(c, w, anID); return err }},
		"Cleared": {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.Cleared(c, w, anID, page); return err }},
		"Report":  {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.Report(c, w, anID); return err }},
		"Matrix": {app.ReadFindings, func(c context.Context, w app.Actor) error {
			_, err := f.Matrix(c, w, app.FindingFilter{StoryID: anID})
			return err
		}},
		"CompareStatements": {app.ReadTexts, func(c context.Context, w app.Actor) error {
			_, err := f.CompareStatements(c, w, app.Pair{})
			return err
		}},
		"ComparePairs": {app.ReadTexts, func(c context.Context, w app.Actor) error { _, err := f.ComparePairs(c, w, nil); return err }},
		"CheckDraft":   {app.ReadTexts, func(c context.Context, w app.Actor) error { _, err := f.CheckDraft(c, w, app.DraftInput{}); return err }},
		"AddReview": {app.ReviewFindings, func(c context.Context, w app.Actor) error {
			_, err := f.AddReview(c, w, anID, app.ReviewInput{})
			return err
		}},
		"Reviews":        {app.ReadTexts, func(c context.Context, w app.Actor) error { _, err := f.Reviews(c, w, anID, app.Page{}); return err }},
		"Sources":        {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.Sources(c, w, page); return err }},
		"Source":         {app.ReadFindings, func(c context.Context, w app.Actor) error { _, err := f.Source(c, w, anID); return err }},
		"CreateUser":     {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.CreateUser(c, w, app.UserInput{}); return err }},
		"Users":          {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.Users(c, w, app.UserFilter{}); return err }},
		"ChangePassword": {app.ManageOwn, func(c context.Context, w app.Actor) error { _, err := f.ChangePassword(c, w, "", ""); return err }},
		"CreateKey":      {app.ManageOwn, func(c context.Context, w app.Actor) error { _, _, err := f.CreateKey(c, w, app.KeyInput{}); return err }},
		"Keys":           {app.ManageOwn, func(c context.Context, w app.Actor) error { _, err := f.Keys(c, w, page); return err }},
		"AllKeys":        {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.AllKeys(c, w, app.KeyFilter{}); return err }},
		"Key":            {app.ManageOwn, func(c context.Context, w app.Actor) error { _, err := f.Key(c, w, anID); return err }},
		"Revision":       {app.ReadTexts, func(c context.Context, w app.Actor) error { _, err := f.Revision(c, w, anID, 1); return err }},
		"Me":             {app.KnowOneself, func(c context.Context, w app.Actor) error { _, err := f.Me(c, w); return err }},
		"OwnKey":         {app.KnowOneself, func(c context.Context, w app.Actor) error { _, err := f.OwnKey(c, w); return err }},
		"RevokeKey":      {app.ManageOwn, func(c context.Context, w app.Actor) error { return f.RevokeKey(c, w, anID) }},
		"History":        {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.History(c, w, app.HistoryFilter{}); return err }},
		"History of one": {app.WriteArticles, func(c context.Context, w app.Actor) error {
			_, err := f.History(c, w, app.HistoryFilter{Object: anID})
			return err
		}},
		"People": {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.People(c, w); return err }},
		"Person": {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.Person(c, w, anID); return err }},
		"EditUser": {app.Administer, func(c context.Context, w app.Actor) error {
			_, err := f.EditUser(c, w, anID, app.UserEdit{})
			return err
		}},
		"CloseUser":          {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.CloseUser(c, w, anID, 0); return err }},
		"ReopenUser":         {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.ReopenUser(c, w, anID, 0); return err }},
		"RemoveSecondFactor": {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.RemoveSecondFactor(c, w, anID, 0); return err }},
		"Invite": {app.Administer, func(c context.Context, w app.Actor) error {
			_, _, err := f.Invite(c, w, app.InvitationInput{})
			return err
		}},
		"Invitations":         {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.Invitations(c, w, page); return err }},
		"RevokeInvitation":    {app.Administer, func(c context.Context, w app.Actor) error { return f.RevokeInvitation(c, w, anID) }},
		"MakeReset":           {app.Administer, func(c context.Context, w app.Actor) error { _, _, err := f.MakeReset(c, w, anID); return err }},
		"RevokeReset":         {app.Administer, func(c context.Context, w app.Actor) error { _, err := f.RevokeReset(c, w, anID); return err }},
		"SecondFactor":        {app.ManageOwn, func(c context.Context, w app.Actor) error { _, err := f.SecondFactor(c, w); return err }},
		"StartSecondFactor":   {app.ManageOwn, func(c context.Context, w app.Actor) error { return f.StartSecondFactor(c, w, "") }},
		"ConfirmSecondFactor": {app.ManageOwn, func(c context.Context, w app.Actor) error { _, _, err := f.ConfirmSecondFactor(c, w, ""); return err }},
		"RenewRecoveryCodes": {app.ManageOwn, func(c context.Context, w app.Actor) error {
			_, err := f.RenewRecoveryCodes(c, w, app.Proof{})
			return err
		}},
		"DropSecondFactor": {app.ManageOwn, func(c context.Context, w app.Actor) error { return f.DropSecondFactor(c, w, app.Proof{}) }},
		"Bin":              {app.WriteArticles, func(c context.Context, w app.Actor) error { _, err := f.Bin(c, w, app.BinFilter{}); return err }},
	}
}

// scoped makes a key of the administrator's with scopes and gives its actor.
func (f *fixture) scoped(scopes ...auth.Scope) app.Actor {
	f.t.Helper()
	_, secret, err := f.CreateKey(f.t.Context(), f.admin, app.KeyInput{Name: "A key", Scopes: scopes})
	if err != nil {
		f.t.Fatal(err)
	}
	return f.key(secret)
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	open := f.another(func(c *app.Config) { c.PublicRead = true })
	all := []app.Action{app.ReadFindings, app.ReadTexts, app.WriteArticles, app.ReviewFindings, app.KnowOneself, app.ManageOwn, app.Administer}
	actors := map[string]struct {
		who app.Actor
		may []app.Action
	}{
		"stranger":        {f.Anonymous(), nil},
		"public stranger": {open.Anonymous(), []app.Action{app.ReadFindings}},
		"reader":          {f.person(auth.Reader), []app.Action{app.KnowOneself, app.ReadFindings, app.ReadTexts, app.ManageOwn}},
		"checker":         {f.person(auth.Checker), []app.Action{app.KnowOneself, app.ReadFindings, app.ReadTexts, app.ReviewFindings, app.ManageOwn}},
		"editor":          {f.person(auth.Editor), []app.Action{app.KnowOneself, app.ReadFindings, app.ReadTexts, app.ReviewFindings, app.WriteArticles, app.ManageOwn}},
		"administrator":   {f.person(auth.Administrator), all},
		"admin key":       {f.admin, all},
		"read key":        {f.scoped(auth.Read), []app.Action{app.KnowOneself, app.ReadFindings, app.ReadTexts}},
		"write key":       {f.scoped(auth.Write), []app.Action{app.KnowOneself, app.WriteArticles}},
		"review key":      {f.scoped(auth.Review), []app.Action{app.KnowOneself, app.ReviewFindings}},
	}
	for name, a := range actors {
		may := map[app.Action]bool{}
		for _, do := range a.may {
			may[do] = true
		}
		for use, u := range uses(f) {
			ctx, cancel := context.WithCancel(t.Context())
			kind := claims.KindOf(u.call(ctx, a.who))
			cancel()
			refused := kind == claims.Forbidden || kind == claims.Unauthenticated
			if refused == may[u.needs] {
				t.Errorf("%s as %s: the answer is of the kind %q, and %s is permitted: %v", use, name, kind, u.needs, may[u.needs])
			}
			if refused && (kind == claims.Unauthenticated) == a.who.SignedIn() {
				t.Errorf("%s as %s is refused as %s", use, name, kind)
			}
		}
	}
}

func TestPublicReadWithholdsTexts(t *testing.T) {
	t.Parallel()
	f := started(t, func(c *app.Config) { c.PublicRead = true })
	if loaded, err := f.LoadSample(t.Context(), app.StoryInput{Title: "The sample", Articles: []app.ArticleInput{gazette}}); !loaded || err != nil {
		t.Fatalf("sample loaded: %v, %v", loaded, err)
	}
	if loaded, err := f.LoadSample(t.Context(), app.StoryInput{Title: "The sample", Articles: []app.ArticleInput{gazette}}); loaded || err != nil {
		t.Fatalf("sample loaded once more: %v, %v", loaded, err)
	}
	f.story(courier)
	l, err := f.Stories(t.Context(), f.Anonymous(), app.Page{})
	if err != nil || len(l.Items) != 2 {
		t.Fatalf("%d stories, %v", len(l.Items), err)
	}
	for _, s := range l.Items {
		f.ready(s.ID)
		for name, who := range map[string]app.Actor{"stranger": f.Anonymous(), "administrator": f.admin} {
			whole := s.Sample || who.SignedIn()
			r, err := f.Report(t.Context(), who, s.ID)
			if err != nil || len(r.Findings) == 0 || len(r.Articles) != 1 || (r.Articles[0].Text != "") != whole {
				t.Errorf("report for a %s, sample %v: %d findings, text %q, %v", name, s.Sample, len(r.Findings), r.Articles[0].Text, err)
			}
			art, err := f.Article(t.Context(), who, r.Articles[0].ID)
			if err != nil || art.Withheld == whole || (art.Text != "") != whole {
				t.Errorf("article for a %s, sample %v: withheld %v, text %q, %v", name, s.Sample, art.Withheld, art.Text, err)
			}
		}
	}
}
