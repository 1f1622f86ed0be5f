package web

import (
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// bin lists what was deleted.
func (w *Web) bin(rw http.ResponseWriter, r *http.Request) error {
	cursor := r.URL.Query().Get("cursor")
	list, err := w.app.Bin(r.Context(), w.actor(r.Context()), app.BinFilter{Page: app.Page{Cursor: cursor}})
	if err != nil {
		return err
	}
	p := views.BinPage{Days: app.BinDays, Next: list.NextCursor, First: cursor == ""}
	for _, b := range list.Items {
		p.Lines = append(p.Lines, binLine(b, time.Now()))
	}
	return w.render(rw, r, http.StatusOK, views.Bin(w.chrome(r, "Bin", views.SectionBin), p))
}

func binLine(b app.Binned, now time.Time) views.BinLine {
	return views.BinLine{ID: b.ID, What: string(b.Kind), Title: b.Title, Source: b.Source, Deleted: b.DeletedAt, By: b.DeletedBy,
		DaysLeft: int(app.BinnedUntil(b).Sub(now).Hours() / 24), Articles: b.Articles, StoryID: b.StoryID, Story: b.Story,
		StoryDeleted: b.StoryDeleted}
}
