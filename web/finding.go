package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"corroborate/internal/app"
	"corroborate/internal/claims"
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
	p := findingPage(study, list, form)
	return w.render(rw, r, status, views.Finding(w.chrome(r, p.Summary, views.SectionStories), p))
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
		Veiled: s.Veiled, Created: s.CreatedAt, Corrections: correctionsOf(s.Corrections), List: list, Previous: s.Previous,
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
		Origin: m.Origin, OriginKnown: m.OriginKnown, Published: m.Published, Before: m.Before, After: m.After}
}

func reviewOf(r app.Review) views.ReviewView {
	out := views.ReviewView{Author: r.Author, At: r.CreatedAt, Verdict: r.Verdict, Alignment: string(r.Alignment),
		Note: r.Note, Stale: r.Stale}
	for _, items := range [][]app.ItemDecision{r.Differences, r.Cleared} {
		for _, d := range items {
			if d.Decision == app.Confirmed {
				out.Confirmed++
			} else {
				out.Rejected++
			}
		}
	}
	return out
}

// addReview stores a person's decision on a finding.
func (w *Web) addReview(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form := reviewForm(r)
	_, err := w.app.AddReview(r.Context(), w.actor(r.Context()), id(r), reviewInput(form))
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		return w.showFinding(rw, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/findings/"+id(r), "Your review was saved.")
}

// The names of fields that decide on one thing begin with these and end with its
// id.
const (
	differencePrefix = "difference-"
	clearedPrefix    = "cleared-"
)

// reviewForm reads the form of a review. Answers left open are left out.
func reviewForm(r *http.Request) views.ReviewForm {
	f := views.ReviewForm{Verdict: r.PostForm.Get("verdict"), Alignment: r.PostForm.Get("alignment"),
		Note: formText(r, "note"), Differences: map[string]string{}, Cleared: map[string]string{}}
	for name, values := range r.PostForm {
		if values[0] == "" {
			continue
		}
		if id, ok := strings.CutPrefix(name, differencePrefix); ok {
			f.Differences[id] = values[0]
		} else if id, ok := strings.CutPrefix(name, clearedPrefix); ok {
			f.Cleared[id] = values[0]
		}
	}
	return f
}

// reviewInput says a form's decisions in the words of the use cases, which check
// them.
func reviewInput(f views.ReviewForm) app.ReviewInput {
	in := app.ReviewInput{Alignment: app.Decision(f.Alignment), Note: f.Note,
		Differences: decisions(f.Differences), Cleared: decisions(f.Cleared)}
	if f.Verdict != "" {
		v := claims.Verdict(f.Verdict)
		in.Verdict = &v
	}
	return in
}

// decisions lists decisions by id, in the order of the ids. A key may join several
// ids with dots.
func decisions(by map[string]string) []app.ItemDecision {
	var out []app.ItemDecision
	for _, key := range slices.Sorted(maps.Keys(by)) {
		for _, id := range strings.Split(key, ".") {
			out = append(out, app.ItemDecision{ID: id, Decision: app.Decision(by[key])})
		}
	}
	return out
}
