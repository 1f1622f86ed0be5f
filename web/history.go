package web

import (
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/web/views"
	"corroborate/web/views/ui"
)

// history tells who did what: all of it, or what was done to one thing.
func (w *Web) history(rw http.ResponseWriter, r *http.Request) error {
	who, q := w.actor(r.Context()), r.URL.Query()
	p := views.HistoryPage{All: who.Can(app.Administer), First: q.Get("cursor") == "",
		Filter: views.HistoryFilter{Person: q.Get("person"), Action: q.Get("action"), Object: q.Get("object"), Day: q.Get("day")}}
	status := http.StatusOK
	if p.All || p.Filter.Object != "" {
		f, problems := historyFilter(p.Filter)
		f.Cursor = q.Get("cursor")
		h, err := w.app.History(r.Context(), who, f)
		if err != nil {
			return err
		}
		if p.Errors = problems; problems.Any() {
			status, h.Items, h.NextCursor = http.StatusUnprocessableEntity, nil, ""
		}
		p = withHistory(p, h, who)
	}
	if p.All {
		people, err := w.app.People(r.Context(), who)
		if err != nil {
			return err
		}
		p.People = peopleChoices(people)
	}
	return w.render(rw, r, status, views.History(w.chrome(r, "History", views.SectionHistory), p))
}

// historyFilter reads what was asked for.
func historyFilter(in views.HistoryFilter) (app.HistoryFilter, views.Errors) {
	out := app.HistoryFilter{Person: in.Person, Object: in.Object, Actions: views.ActionsOf(in.Action)}
	if in.Day == "" {
		return out, views.Errors{}
	}
	day, err := time.Parse(time.DateOnly, in.Day)
	if err != nil {
		return out, views.Errors{Form: "The day is not one.", Fields: map[string]string{"day": "is not a day such as 2026-05-01"}}
	}
	out.From, out.To = day, day.AddDate(0, 0, 1)
	return out, views.Errors{}
}

// withHistory puts a part of the history into its page.
func withHistory(p views.HistoryPage, h app.History, who app.Actor) views.HistoryPage {
	if h.About != nil {
		p.About = historyObject(*h.About, who)
	}
	objects := make(map[string]views.HistoryObject, len(h.Objects))
	for id, o := range h.Objects {
		objects[id] = historyObject(o, who)
	}
	for _, e := range h.Items {
		d := views.HistoryDeed{Action: e.Action, Object: e.Object, Detail: e.Detail}
		if j, ok := h.Reviews[e.Detail["review"]]; ok {
			d.Review = subjectOf(j)
		}
		p.Entries = append(p.Entries, views.HistoryEntry{At: e.At, Actor: e.Actor, ByKey: e.KeyID != "", Parts: views.Sentence(d, objects)})
	}
	p.Next = h.NextCursor
	return p
}

// pagesOf lead to the pages of objects.
var pagesOf = map[app.ObjectKind]string{app.StoryObject: "/stories/", app.ArticleObject: "/articles/", app.FindingObject: "/findings/",
	app.FeedObject: "/feeds/", app.ImportObject: "/imports/", app.UserObject: "/admin/users/", app.SourceObject: "/sources/"}

// historyObject names an object, with its page where the viewer may see that.
func historyObject(o app.Object, who app.Actor) views.HistoryObject {
	out := views.HistoryObject{Kind: string(o.Kind), Name: o.Name, Deleted: o.Deleted}
	if page := pagesOf[o.Kind]; page != "" && !o.Deleted && (o.Kind != app.UserObject || who.Can(app.Administer)) {
		out.Address = page + o.At
	}
	return out
}

// subjectOf says what a review means.
func subjectOf(j app.Judged) views.ReviewSubject {
	if j.Apart {
		return views.ReviewApart
	}
	return views.ReviewSubject(j.Outcome)
}

// peopleChoices lists who can be asked for.
func peopleChoices(people []app.User) []ui.Choice {
	out := []ui.Choice{{Label: "everybody"}, {Value: app.ByService, Label: "the service itself"}}
	for _, u := range people {
		out = append(out, ui.Choice{Value: u.ID, Label: u.Name})
	}
	return out
}
