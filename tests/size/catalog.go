package size

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// column is a column of a table that is copied, with what its values are made of.
type column struct {
	Table, Name, Type string
	// Counts names the column of numbers, given one after the other, that it is or refers
	// to; it is empty for all other columns.
	Counts string
	// Fixed is true for ids of what is not copied, such as people and sources.
	Fixed bool
	// Marked is true where made-up names stand in it, Refers where ids stand in a text.
	Marked, Refers bool
}

// roots are the tables that begin what is copied, with all that leads to them by
// foreign keys.
var roots = []string{"stories", "articles", "imports", "desk_actions", "events", "audit"}

// growing gives the tables that grow with the archive.
func growing(ctx context.Context, pool *pgxpool.Pool) ([]string, error) {
	return names(ctx, pool, `
		WITH RECURSIVE grown (oid) AS (
			SELECT r::regclass::oid FROM unnest($1::text[]) r
			UNION
			SELECT c.conrelid FROM pg_constraint c JOIN grown g ON c.confrelid = g.oid WHERE c.contype = 'f')
		SELECT c.relname FROM grown g JOIN pg_class c ON c.oid = g.oid ORDER BY 1`, roots)
}

// columns gives the columns of a table that was copied into the schema pattern.
func columns(ctx context.Context, pool *pgxpool.Pool, table string) ([]column, error) {
	rows, err := pool.Query(ctx, `
		SELECT $1::text AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type,
		       CASE WHEN a.atttypid NOT IN ('int4'::regtype, 'int8'::regtype) THEN ''
		            WHEN a.attidentity <> '' OR EXISTS (
		                SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indkey::text = a.attnum::text)
		            THEN $1 || '.' || a.attname
		            ELSE coalesce((SELECT o.attrelid::regclass || '.' || o.attname
		                FROM pg_constraint k JOIN pg_attribute o ON o.attrelid = k.confrelid AND o.attnum = k.confkey[1]
		                WHERE k.contype = 'f' AND k.conrelid = a.attrelid AND k.conkey = ARRAY [a.attnum] AND o.attidentity <> ''), '')
		       END AS counts,
		       false AS fixed, false AS marked, false AS refers
		FROM pg_attribute a WHERE a.attrelid = ('public.' || $1)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		ORDER BY a.attnum`, table)
	if err != nil {
		return nil, err
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByName[column])
	if err != nil {
		return nil, err
	}
	return out, look(ctx, pool, table, out)
}

// look finds out what the values of columns are made of.
func look(ctx context.Context, pool *pgxpool.Pool, table string, all []column) error {
	var facts []string
	var into []any
	for i := range all {
		c := &all[i]
		name := pgx.Identifier{c.Name}.Sanitize()
		ask := func(condition string, to *bool) {
			facts, into = append(facts, "coalesce(bool_or("+condition+"), false)"), append(into, to)
		}
		switch c.Type {
		case "uuid":
			ask(name+" IN (SELECT id FROM pattern.kept_ids)", &c.Fixed)
		case "text", "jsonb", "text[]":
			ask(fmt.Sprintf("%s::text LIKE '%%%s%%' OR %s::text LIKE '%%%s%%'", name, rareMark, name, oftenMark), &c.Marked)
			ask(name+"::text ~ '"+idPattern+"'", &c.Refers)
		}
	}
	if len(facts) == 0 {
		return nil
	}
	return pool.QueryRow(ctx, "SELECT "+strings.Join(facts, ", ")+" FROM pattern."+table).Scan(into...)
}

// idPattern matches the ids that the service gives.
const idPattern = "[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"

// derived are the columns that are worked out of others. In them o is the row that is
// copied and c the copy.
var derived = map[string]string{
	"revisions.raw":         "convert_to(pattern.words(convert_from(o.raw, 'UTF8'), c), 'UTF8')",
	"revisions.sha256":      "sha256(convert_to(pattern.words(convert_from(o.raw, 'UTF8'), c), 'UTF8'))",
	"articles.content_hash": "(SELECT sha256(convert_to(pattern.words(convert_from(r.raw, 'UTF8'), c), 'UTF8')) FROM pattern.revisions r WHERE r.id = o.revision_id)",
	"claims.hash":           "sha256(convert_to(pattern.words(o.exact, c), 'UTF8'))",
	"article_words.words": `(SELECT words_of(pattern.words(a.title, c), pattern.words(t.body, c)) FROM pattern.articles a
		JOIN pattern.texts t ON t.revision_id = a.revision_id WHERE a.id = o.article_id ORDER BY t.id DESC LIMIT 1)`,
	"copy_sketches.marks": "(SELECT m.marks FROM pattern.made_marks m WHERE m.k = c.k AND m.article_id = o.article_id)",
}

// value gives the expression of a column in a copy.
func (c column) value() string {
	name := "o." + pgx.Identifier{c.Name}.Sanitize()
	if sql, ok := derived[c.Table+"."+c.Name]; ok {
		return sql
	}
	switch {
	case c.Fixed:
		return name
	case c.Counts != "":
		table, counted, _ := strings.Cut(c.Counts, ".")
		return fmt.Sprintf("%s + c.newer * (SELECT max(%s) FROM pattern.%s)", name, counted, table)
	case c.Type == "uuid":
		return "pattern.moved(" + name + ", c.k)"
	case c.Type == "uuid[]":
		return "ARRAY (SELECT pattern.moved(u, c.k) FROM unnest(" + name + ") WITH ORDINALITY x (u, n) ORDER BY n)"
	case c.Type == "timestamp with time zone":
		return name + " - c.k * interval '1 day'"
	case c.Type == "date":
		return name + " - c.k"
	}
	out := name + "::text"
	if c.Refers {
		out = "pattern.refs(" + out + ", c.k)"
	}
	if c.Marked {
		out = "pattern.words(" + out + ", c)"
	}
	if !c.Marked && !c.Refers {
		return name
	}
	return out + "::" + c.Type
}

// names gives what a statement finds.
func names(ctx context.Context, pool *pgxpool.Pool, sql string, args ...any) ([]string, error) {
	rows, err := pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
