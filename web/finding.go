package web

import (
	"net/http"
	"net/url"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// finding shows one finding.
func (w *Web) finding(rw http.ResponseWriter, r *http.Request) error {
	return w.showFinding(rw, r, http.StatusOK, views.ReviewForm{})
}

func (w *Web) showFinding(rw http.ResponseWriter, r *http.Request, status int, form views.ReviewForm) error {
	list := listOf(r)
	study, err := w.app.StudyFinding(r.Context(), w.actor(r.Context()), id(r), findingFilter("", list))
	if err != nil {
		return err
	}
	if study.Veiled {
		return w.showBlind(rw, r, blindPage{status: status, detail: study.FindingDetail})
	}
	desk, err := w.desk(r, study.Finding, form)
	if err != nil {
		return err
	}
	p := findingPage(study, list, form)
	p.Desk = desk
	p.Back = backTo(r.URL.Query().Get("from"), study.Members)
	ownReviews(p.Reviews, study.Reviews, w.actor(r.Context()))
	if p.Shares, err = w.shares(r, p.ID); err != nil {
		return err
	}
	c := w.chrome(r, p.Summary, views.SectionStories)
	c.Meta = w.findingMeta(r, p)
	return w.render(rw, r, status, views.Finding(c, p))
}

// backTo gives the place in its article of the claim that a reader comes from, empty
// where the finding has no such claim.
func backTo(claim string, members []app.Member) string {
	for _, m := range members {
		if m.ID == claim {
			return views.ReaderAddress(m.ArticleID, m.ID)
		}
	}
	return ""
}

// listOf gives the list of findings that a reader comes from, which an address carries
// as a query in its query.
func listOf(r *http.Request) views.Filter {
	query, _ := url.ParseQuery(r.URL.Query().Get("in")) // what cannot be read is left out
	return views.ParseFilter(query)
}

// findingPage turns what is known of a finding into its page.
func findingPage(s app.FindingStudy, list views.Filter, form views.ReviewForm) views.FindingPage {
	in := views.FindingInput{
		StoryID: s.StoryID, StoryTitle: s.StoryTitle, Finding: s.Finding.Finding, Review: reviewState(s.Finding),
		Created: s.CreatedAt, Corrections: correctionsOf(s.Corrections), List: list, Previous: s.Previous,
		Next: s.Next, Form: form, Numbers: s.Numbers, Times: s.Times, Wordings: s.Wordings,
	}
	for _, m := range s.Members {
		in.Members = append(in.Members, memberOf(m))
	}
	for _, c := range s.Cleared {
		in.Cleared = append(in.Cleared, clearedOf(c))
	}
	for _, r := range s.Reviews {
		in.Reviews = append(in.Reviews, reviewOf(r))
	}
	for _, x := range s.Silent {
		in.Silent = append(in.Silent, silentOf(x))
	}
	for _, v := range s.Second {
		in.Second = append(in.Second, secondOf(v))
	}
	for _, c := range s.Changes {
		in.Changes = append(in.Changes, changeOf(c).Entry(s.CreatedAt))
	}
	return views.NewFindingPage(in)
}

func silentOf(s app.SilentSource) views.SilentView {
	out := views.SilentView{ID: s.ID, Name: s.Name, TooEarly: s.TooEarly}
	for _, a := range s.Articles {
		out.Articles = append(out.Articles, articleLine(a))
	}
	return out
}

func changeOf(c app.FindingChange) views.FindingChange {
	out := views.FindingChange{At: c.At, Engine: c.Engine, First: c.First, Was: c.Was, Is: c.Is, Sources: c.Sources,
		Origins: c.Origins, Joined: c.Joined, Left: c.Left}
	for _, d := range c.New {
		out.New = append(out.New, differenceWords(d))
	}
	for _, d := range c.Gone {
		out.Gone = append(out.Gone, differenceWords(d))
	}
	return out
}

func differenceWords(d app.StateDifference) string {
	return string(d.Kind) + ": " + d.Values[0] + " / " + d.Values[1]
}

func memberOf(m app.Member) views.Member {
	return views.Member{Claim: m.Claim, ArticleID: m.ArticleID, ArticleTitle: m.ArticleTitle, Source: m.Source,
		Origin: m.Origin, OriginKnown: m.OriginKnown, Published: m.Published, Before: m.Before, After: m.After, Edited: editMark(m.Edited)}
}
