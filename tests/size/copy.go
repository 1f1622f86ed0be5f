package size

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"corroborate/internal/claims"
)

// setUp moves what the service stored into a schema of its own, of which copies are made.
// A copy lies k days before it, has letters of its own in place of the marks, and stands
// before newer copies. People are in the news for fifty copies.
const setUp = `
CREATE SCHEMA pattern;
CREATE TABLE pattern.kept_ids AS SELECT id FROM users UNION ALL SELECT id FROM sources UNION ALL SELECT id FROM api_keys;
CREATE TABLE pattern.every_copy (k integer PRIMARY KEY, newer integer NOT NULL, rare text NOT NULL, often text NOT NULL);
CREATE TABLE pattern.made_marks (k integer, article_id uuid, marks integer[], PRIMARY KEY (k, article_id));
CREATE FUNCTION pattern.letters(n integer) RETURNS text IMMUTABLE LANGUAGE sql AS $$
	SELECT chr(97 + n / 676 % 26) || chr(97 + n / 26 % 26) || chr(97 + n % 26) $$;
CREATE FUNCTION pattern.words(s text, c pattern.every_copy) RETURNS text IMMUTABLE LANGUAGE sql AS $$
	SELECT replace(replace(s, 'RARE', c.rare), 'OFTEN', c.often) $$;
CREATE FUNCTION pattern.moved(id uuid, k integer) RETURNS uuid IMMUTABLE LANGUAGE sql AS $$
	SELECT (lpad(to_hex((('x' || left(id::text, 8) || substr(id::text, 10, 4))::bit(48)::bigint - k::bigint * 86400000) & 281474976710655), 12, '0')
		|| substr(id::text, 15))::uuid $$;
CREATE FUNCTION pattern.refs(s text, k integer) RETURNS text STABLE LANGUAGE plpgsql AS $$
<<refs>>
DECLARE id text;
BEGIN
	FOR id IN SELECT DISTINCT m[1] FROM regexp_matches(s, 'ID', 'g') m LOOP
		IF NOT EXISTS (SELECT FROM pattern.kept_ids x WHERE x.id = refs.id::uuid) THEN
			s := replace(s, id, pattern.moved(id::uuid, k)::text);
		END IF;
	END LOOP;
	RETURN s;
END $$;
INSERT INTO pattern.every_copy SELECT k, @copies - 1 - k, pattern.letters(k), pattern.letters(10000 + k / 50) FROM generate_series(0, @copies - 1) k`

// copier makes an archive out of a pattern in the same database.
type copier struct {
	pool   *pgxpool.Pool
	copies int
	tables []string
}

// copyPattern makes so many copies of all that a pattern's service has stored.
func copyPattern(ctx context.Context, pool *pgxpool.Pool, copies int) error {
	c := copier{pool: pool, copies: copies}
	var err error
	if c.tables, err = growing(ctx, pool); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{c.setUp, c.mark, c.fill, c.finish} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (c copier) exec(ctx context.Context, statements ...string) error {
	for _, sql := range statements {
		if _, err := c.pool.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%.120s: %w", sql, err)
		}
	}
	return nil
}

// setUp puts the pattern aside and empties its tables.
func (c copier) setUp(ctx context.Context) error {
	sql := strings.NewReplacer("RARE", rareMark, "OFTEN", oftenMark, "'ID'", "'("+idPattern+")'",
		"@copies", fmt.Sprint(c.copies)).Replace(setUp)
	if err := c.exec(ctx, sql); err != nil {
		return err
	}
	all := append(slices.Clone(c.tables), "terms", "copy_marks")
	for _, t := range all {
		if err := c.exec(ctx, "CREATE TABLE pattern."+t+" AS TABLE public."+t); err != nil {
			return err
		}
	}
	return c.exec(ctx, "CREATE INDEX ON pattern.revisions (id)", "CREATE INDEX ON pattern.articles (id)", "CREATE INDEX ON pattern.texts (revision_id)",
		"TRUNCATE "+strings.Join(all, ", ")+" CASCADE", "ANALYZE")
}

// mark works out by which marks each copy is found as a copy, as the engine does.
func (c copier) mark(ctx context.Context) error {
	type row struct {
		ArticleID string
		Body      string
		Spans     []byte
	}
	rows, err := c.pool.Query(ctx, `SELECT DISTINCT ON (a.id) a.id::text AS article_id, t.body, t.spans FROM pattern.copy_sketches k
		JOIN pattern.articles a ON a.id = k.article_id JOIN pattern.texts t ON t.revision_id = a.revision_id ORDER BY a.id, t.id DESC`)
	if err != nil {
		return err
	}
	texts, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return err
	}
	i := -1
	_, err = c.pool.CopyFrom(ctx, pgx.Identifier{"pattern", "made_marks"}, []string{"k", "article_id", "marks"}, pgx.CopyFromFunc(func() ([]any, error) {
		if i++; i == c.copies*len(texts) {
			return nil, nil
		}
		k, t := i/len(texts), texts[i%len(texts)]
		text := claims.Text{Body: strings.NewReplacer(rareMark, letters(k), oftenMark, letters(10_000+k/50)).Replace(t.Body)}
		err := json.Unmarshal(t.Spans, &text.Spans)
		return []any{k, t.ArticleID, claims.NewCopyText(text).Marks()}, err
	}))
	return err
}

// letters is pattern.letters.
func letters(n int) string {
	return string([]byte{byte(97 + n/676%26), byte(97 + n/26%26), byte(97 + n%26)})
}

// atOnce is how many tables are filled at the same time.
const atOnce = 2

// fill makes the copies. Indexes that are no keys are left out meanwhile, as are
// triggers and foreign keys.
func (c copier) fill(ctx context.Context) error {
	indexes, err := names(ctx, c.pool, `SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
		WHERE (t.relname = ANY($1) OR t.relname = 'terms') AND t.relnamespace = 'public'::regnamespace AND NOT i.indisunique
		ORDER BY pg_relation_size(t.oid) DESC`, c.tables)
	if err != nil {
		return err
	}
	for _, def := range indexes {
		name := strings.Fields(strings.TrimPrefix(def, "CREATE INDEX "))[0]
		if err := c.exec(ctx, "DROP INDEX "+name); err != nil {
			return err
		}
	}
	if err := c.each(ctx, append(slices.Clone(c.tables), "terms"), c.fillTable); err != nil {
		return err
	}
	if err := c.fillMarks(ctx); err != nil {
		return err
	}
	return c.each(ctx, indexes, func(ctx context.Context, def string) error { return c.asReplica(ctx, def) })
}

// each does something to many, a few at a time.
func (c copier) each(ctx context.Context, all []string, do func(context.Context, string) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for _, x := range all {
		g.Go(func() error { return do(ctx, x) })
	}
	return g.Wait()
}

// asReplica runs a statement without triggers and foreign keys.
func (c copier) asReplica(ctx context.Context, sql string) error {
	return pgx.BeginFunc(ctx, c.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL work_mem = '256MB'"); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%.300s: %w", sql, err)
		}
		return nil
	})
}

// fillTable copies a table, the oldest copies first, as the service would have stored
// them.
func (c copier) fillTable(ctx context.Context, table string) error {
	if table == "terms" {
		return c.fillTerms(ctx)
	}
	all, err := columns(ctx, c.pool, table)
	if err != nil {
		return err
	}
	var to, from []string
	for _, col := range all {
		to, from = append(to, pgx.Identifier{col.Name}.Sanitize()), append(from, col.value())
	}
	return c.asReplica(ctx, "INSERT INTO public."+table+" ("+strings.Join(to, ", ")+") OVERRIDING SYSTEM VALUE SELECT "+strings.Join(from, ", ")+
		" FROM (SELECT * FROM pattern.every_copy ORDER BY k DESC) c CROSS JOIN LATERAL (SELECT * FROM pattern."+table+" OFFSET 0) o")
}

// fillTerms counts words for all copies together.
func (c copier) fillTerms(ctx context.Context) error {
	return c.asReplica(ctx, `INSERT INTO terms (term, articles) SELECT pattern.words(o.term, c), sum(o.articles)
		FROM pattern.terms o CROSS JOIN pattern.every_copy c GROUP BY 1`)
}

// fillMarks does what a trigger of copy_sketches does for each row. The key is made
// afterwards, as its order is by marks.
func (c copier) fillMarks(ctx context.Context) error {
	return c.asReplica(ctx, `ALTER TABLE copy_marks DROP CONSTRAINT copy_marks_pkey;
		INSERT INTO copy_marks (mark, number) SELECT DISTINCT m, number FROM copy_sketches, unnest(marks) m;
		ALTER TABLE copy_marks ADD PRIMARY KEY (mark, number)`)
}

// finish has what comes next numbered behind the copies, and the planner know what is
// there.
func (c copier) finish(ctx context.Context) error {
	counters, err := names(ctx, c.pool, `SELECT format('SELECT setval(%L, (SELECT coalesce(max(%I), 1) FROM %I))',
			pg_get_serial_sequence(t.relname, a.attname), a.attname, t.relname)
		FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid WHERE t.relname = ANY($1) AND a.attidentity <> ''`, c.tables)
	if err != nil {
		return err
	}
	return c.exec(ctx, append(counters, "TRUNCATE sums, sum_changes", "SELECT mend_sums()", "SELECT fold_sums(1000000)", "UPDATE event_places SET last = (SELECT coalesce(max(seq), 0) FROM events)",
		"DROP SCHEMA pattern CASCADE", "VACUUM (ANALYZE)")...)
}
