package app

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"corroborate/internal/store"
)

// PersonFormat names the form of the document that [PersonExport] writes. It gets another
// name when a reader of the one before would not understand it.
const PersonFormat = "corroborate-person-1"

// PersonExport is all that is held on a person, to be written as one JSON document.
type PersonExport struct {
	User   User
	db     *store.DB
	viewer string
}

// ExportPerson gives all that is held on a person: to the person, and to administrators
// of anybody. What is veiled from who asks is left out. That an administrator asked is
// noted in the history.
func (a *App) ExportPerson(ctx context.Context, who Actor, id string) (PersonExport, error) {
	id, err := knownID(id)
	if err != nil {
		return PersonExport{}, err
	}
	own := id == who.UserID
	if own {
		err = who.require(ManageOwn)
	} else {
		err = who.require(Administer)
	}
	if err != nil {
		return PersonExport{}, err
	}
	u, err := a.db.User(ctx, id)
	if err != nil {
		return PersonExport{}, err
	}
	if !own {
		err = a.change(ctx, who, func(c change) error { return c.record(ctx, deed{action: "user.export", object: id}) })
	}
	return PersonExport{User: u, db: a.db, viewer: who.UserID}, err
}

// Write writes the document. It is the same for the same content of the database.
func (e PersonExport) Write(ctx context.Context, w io.Writer) error {
	out := &personWriter{out: bufio.NewWriter(w)}
	out.raw(`{"format":"` + PersonFormat + `","person_id":"` + e.User.ID + `","sections":[`)
	if err := e.db.WritePerson(ctx, e.viewer, e.User.ID, out); err != nil {
		return err
	}
	out.raw("\n]}\n]}\n")
	return out.out.Flush()
}

// personWriter writes sections and rows of an export, a row a line.
type personWriter struct {
	out      *bufio.Writer
	sections int
	rows     int
}

// raw writes text; what goes wrong is kept for the end.
func (p *personWriter) raw(s string) { _, _ = p.out.WriteString(s) }

// Section begins a section.
func (p *personWriter) Section(s store.PersonSection) error {
	head, err := json.Marshal(struct {
		Name  string `json:"name"`
		Holds string `json:"holds"`
	}{s.Name, s.Holds})
	if err != nil {
		return err
	}
	if p.sections > 0 {
		p.raw("\n]},")
	}
	p.sections, p.rows = p.sections+1, 0
	p.raw("\n" + string(head[:len(head)-1]) + `,"items":[`)
	return nil
}

// Row adds a row to the section.
func (p *personWriter) Row(row json.RawMessage) error {
	if p.rows > 0 {
		p.raw(",")
	}
	p.rows++
	p.raw("\n")
	_, err := p.out.Write(row)
	return err
}
