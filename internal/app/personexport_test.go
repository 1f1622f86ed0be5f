package app_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// exported is the document of an export, its items by section.
type exported map[string][]map[string]any

// export writes what is held on a person and reads it.
func (f *fixture) export(who app.Actor, id string) (string, exported) {
	f.t.Helper()
	e, err := f.ExportPerson(f.t.Context(), who, id)
	if err != nil {
		f.t.Fatal(err)
	}
	var b bytes.Buffer
	if err := e.Write(f.t.Context(), &b); err != nil {
		f.t.Fatal(err)
	}
	var doc struct {
		Format, PersonID string
		Sections         []struct {
			Name, Holds string
			Items       []map[string]any
		}
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		f.t.Fatalf("%v in %s", err, b.Bytes())
	}
	out := exported{}
	for _, s := range doc.Sections {
		if s.Holds == "" || out[s.Name] != nil {
			f.t.Errorf("the section %q is there twice, or does not say what it holds", s.Name)
		}
		out[s.Name] = s.Items
	}
	return b.String(), out
}

// exportedNowhere are the columns in which a person may stand that no section gives, and
// why not.
var exportedNowhere = map[string]string{
	"forgetting.user_id":      "of an account that is no person's any more",
	"forgetting.requested_by": "the history has who deleted an account",
	"audit.key_id":            "the entries are those of the key's owner, and have the key",
}

// personColumns gives the columns of the schema in which a person may stand: all that
// refer to an account, and those that hold one otherwise.
func (f *fixture) personColumns() []string {
	f.t.Helper()
	rows, err := f.pool.Query(f.t.Context(), `
		SELECT c.conrelid::regclass || '.' || a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
		WHERE c.confrelid IN ('users'::regclass, 'second_factors'::regclass) AND c.contype = 'f'
		UNION SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND (column_name ~ '(^|_)(user|actor|author|person|owner|email)(_id)?$' OR table_name = 'audit' AND column_name ~ 'key_id|object')
			AND table_name NOT LIKE 'river%'`)
	if err != nil {
		f.t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		f.t.Fatal(err)
	}
	return append(out, "sessions.data")
}

// besides are columns that the rule above finds, which their row's own column covers.
var besides = map[string]string{"audit.actor": "audit.actor_id", "users.email": "users.id", "invitations.email": "invitations.user_id"}

// TestExportHasEveryPlaceOfAPerson compares what is exported with the schema: a new column
// in which a person stands has to be exported, or named above with the reason.
func TestExportHasEveryPlaceOfAPerson(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	covered := map[string]bool{}
	for _, s := range store.PersonSections() {
		for _, c := range s.Columns {
			covered[c] = true
		}
	}
	there := f.personColumns()
	for _, c := range there {
		if !covered[c] && exportedNowhere[c] == "" && !covered[besides[c]] {
			t.Errorf("%s may hold a person, and no section of the export gives it", c)
		}
	}
	for c := range maps.Keys(exportedNowhere) {
		if !slices.Contains(there, c) {
			t.Errorf("%s is excused from the export and is not in the schema", c)
		}
	}
}

// TestExportGivesEveryRowOfAPerson makes everything there is a person's and looks for it
// in the export.
func TestExportGivesEveryRowOfAPerson(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier, gazette)
	f.add(s.ID, herald)
	who := f.joined(auth.Editor)
	f.busy(who, s)
	for _, sec := range store.PersonSections() {
		for _, c := range sec.Columns {
			if table, col, _ := strings.Cut(c, "."); col != "data" && col != "object" && table != "users" && table != "revisions" {
				f.exec("UPDATE "+table+" SET "+col+" = $1 WHERE ctid = (SELECT max(ctid) FROM "+table+") AND NOT EXISTS (SELECT FROM "+table+" WHERE "+col+" = $1)", who.UserID)
			}
		}
	}
	doc, got := f.export(who, who.UserID)
	for _, sec := range store.PersonSections() {
		for _, c := range sec.Columns {
			table, col, _ := strings.Cut(c, ".")
			if col == "data" || col == "object" || sec.Name == "events" || sec.Name == "webhook_deliveries" || sec.Name == "recovery_codes" {
				continue
			}
			if want := f.count("SELECT count(*) FROM "+table+" WHERE "+col+" = $1", who.UserID); len(got[sec.Name]) < want {
				t.Errorf("%s: %d items, and %s has %d rows", sec.Name, len(got[sec.Name]), c, want)
			}
		}
	}
	for _, name := range []string{"account", "api_keys", "sessions", "reviews", "assignments", "history", "saved_searches", "webhooks", "articles", "events", "finding_events"} {
		if len(got[name]) == 0 {
			t.Errorf("the section %s is empty", name)
		}
	}
	for _, word := range []string{fullName, address, "Snorvel laptop", "Called both desks", "snorvelbridge"} {
		if !strings.Contains(doc, word) {
			t.Errorf("the export lacks %q", word)
		}
	}
	for _, secret := range []string{"argon2", "_hash\"", "secret\"", "\\\\x", "fingerprint"} {
		if strings.Contains(doc, secret) {
			t.Errorf("the export holds %s", secret)
		}
	}
	again, _ := f.export(who, who.UserID)
	if again != doc {
		t.Error("the same data gives another document")
	}
}

func TestWhoMayExport(t *testing.T) {
	t.Parallel()
	f := started(t)
	who, other := f.named("wilma", auth.Reader), f.named("otto", auth.Editor)
	_, err := f.ExportPerson(t.Context(), other, who.UserID)
	wantKind(t, err, claims.Forbidden)
	_, err = f.ExportPerson(t.Context(), app.Actor{}, who.UserID)
	wantKind(t, err, claims.Unauthenticated)
	_, err = f.ExportPerson(t.Context(), f.admin, "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11")
	wantKind(t, err, claims.NotFound)
	f.export(f.admin, who.UserID)
	if n := f.count("SELECT count(*) FROM audit WHERE action = 'user.export' AND object = $1 AND actor_id = $2", who.UserID, f.admin.UserID); n != 1 {
		t.Errorf("%d entries tell of the export", n)
	}
}

// TestExportKeepsBlindAnswersClosed exports somebody who has answered in a blind review
// that is open.
func TestExportKeepsBlindAnswersClosed(t *testing.T) {
	t.Parallel()
	a := askedFor(t, gazette, courier)
	a.answer(a.anna, "agree")
	if doc, own := a.export(a.anna, a.anna.UserID); own["blind_answers"][0]["verdict"] != "agree" || !strings.Contains(doc, "Read twice.") {
		t.Errorf("one's own answer is %v", own["blind_answers"])
	}
	doc, others := a.export(a.admin, a.anna.UserID)
	if len(others["blind_answers"]) != 1 || others["blind_answers"][0]["verdict"] != nil || strings.Contains(doc, "Read twice.") {
		t.Errorf("a closed answer is told: %v", others["blind_answers"])
	}
	a.answer(a.bert, "agree")
	if _, others = a.export(a.admin, a.anna.UserID); others["blind_answers"][0]["verdict"] != "agree" || len(others["reviews"]) != 1 {
		t.Errorf("a revealed answer is not told: %v", others["blind_answers"])
	}
}
