package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"strconv"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

const (
	// uploadTime is how long a file may take to arrive.
	uploadTime = 5 * time.Minute
	// maxUpload bounds a form with a file of the largest import.
	maxUpload = app.MaxImportBytes + 64<<10
	// maxFileName is the most characters of a file's name that are kept.
	maxFileName = 200
)

// imports lists the imports, with the form for another.
func (w *Web) imports(rw http.ResponseWriter, r *http.Request) error {
	return w.showImports(rw, r, http.StatusOK, views.Errors{})
}

func (w *Web) showImports(rw http.ResponseWriter, r *http.Request, status int, wrong views.Errors) error {
	cursor := r.URL.Query().Get("cursor")
	l, err := w.app.Imports(r.Context(), w.actor(r.Context()), app.Page{Cursor: cursor})
	if err != nil {
		return err
	}
	p := views.ImportsPage{Next: l.NextCursor, First: cursor == "", Errors: wrong,
		MaxLines: app.MaxImportLines, MaxMegabytes: app.MaxImportBytes >> 20}
	for _, i := range l.Items {
		p.Imports = append(p.Imports, importLine(i))
	}
	return w.render(rw, r, status, views.Imports(w.chrome(r, "Imports", views.SectionImports), p))
}

func importLine(i app.Import) views.ImportLine {
	return views.ImportLine{ID: i.ID, Name: i.Name, State: string(i.State), Reason: i.Reason, Lines: i.Lines, Done: i.Done(), Created: i.Created,
		Known: i.Known, Revised: i.Revised, Failed: i.Failed, Waiting: i.Waiting, By: i.By, Received: i.CreatedAt, Finished: timeOf(i.FinishedAt)}
}

// createImport takes a file. It goes from the browser to the database without being
// in memory as a whole.
func (w *Web) createImport(rw http.ResponseWriter, r *http.Request) error {
	_ = http.NewResponseController(rw).SetReadDeadline(time.Now().Add(uploadTime)) // writers of tests have none
	r.Body = http.MaxBytesReader(rw, r.Body, maxUpload)
	file, err := filePart(r)
	var received app.Received
	if err == nil {
		name := []rune(claims.CleanName(file.FileName()))
		received, err = w.app.ReceiveImport(r.Context(), w.actor(r.Context()), string(name[:min(len(name), maxFileName)]), file)
	}
	if problems, ok := formProblems(uploadError(err)); ok {
		if problems.Form == "" {
			problems = views.Errors{Form: sentence("The file " + problems.Of("body") + problems.Of("name"))}
		}
		return w.showImports(rw, r, http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	i, err := w.app.StartImport(r.Context(), w.actor(r.Context()), received)
	if err != nil {
		return err
	}
	return w.done(rw, r, "/imports/"+i.ID, "")
}

// filePart finds the file in a form.
func filePart(r *http.Request) (*multipart.Part, error) {
	noFile := &claims.Error{Kind: claims.Invalid, Message: "Choose a file first."}
	form, err := r.MultipartReader()
	if err != nil {
		return nil, noFile
	}
	for {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, noFile
		case err != nil:
			return nil, err
		case part.FormName() == "file" && part.FileName() != "":
			return part, nil
		}
	}
}

// uploadError says in the words of a form why a file did not arrive.
func uploadError(err error) error {
	var timeout net.Error
	switch {
	case err == nil || claims.KindOf(err) != "":
		return err
	case errors.As(err, new(*http.MaxBytesError)):
		return &claims.Error{Kind: claims.TooLarge, Message: "The file has more than " + strconv.Itoa(app.MaxImportBytes>>20) + " MiB. Send it in parts.", Err: err}
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, io.ErrUnexpectedEOF):
		return &claims.Error{Kind: claims.Invalid, Message: "The file did not arrive whole. Send it again.", Err: err}
	}
	return err
}

// importPage shows how far an import is and what became of its lines.
func (w *Web) importPage(rw http.ResponseWriter, r *http.Request) error {
	who, query := w.actor(r.Context()), r.URL.Query()
	i, err := w.app.Import(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	results, err := w.app.ImportResults(r.Context(), who, app.ResultFilter{ImportID: i.ID, Outcome: query.Get("outcome"),
		Page: app.Page{Cursor: query.Get("cursor"), Limit: app.MaxLimit}})
	if err != nil {
		return err
	}
	p := views.ImportPage{ImportLine: importLine(i), Outcome: query.Get("outcome"), First: query.Get("cursor") == "", Next: results.NextCursor}
	for _, x := range results.Items {
		p.Results = append(p.Results, views.ImportResult{Line: x.Line, Outcome: x.Outcome, ArticleID: x.ArticleID, Title: x.Title, Source: x.Source, Problem: x.Problem})
	}
	c := w.chrome(r, p.Heading(), views.SectionImports)
	if p.Running() {
		c.RefreshSeconds, c.Streams = refreshSeconds, true
	}
	return w.render(rw, r, http.StatusOK, views.Import(c, p))
}

// importEvents tells the steps of an import as server-sent events.
func (w *Web) importEvents(rw http.ResponseWriter, r *http.Request) error {
	steps, err := w.app.WatchImport(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return stream(rw, steps, func(i app.Import) (step, bool) { return step{i.Done(), i.Lines}, i.State != app.ImportRunning })
}
