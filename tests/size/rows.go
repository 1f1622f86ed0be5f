package size

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
)

// rows checks that what was copied is what the service itself would have stored: that
// nothing leads nowhere, and that all that triggers, functions and the engine work out of
// other rows comes out the same when they do it again.
func rows(t testing.TB, pool *pgxpool.Pool) {
	t.Helper()
	check := func(what, sql string) {
		t.Helper()
		n, err := tell[int](t.Context(), pool, "SELECT count(*) FROM ("+sql+") x")
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if n > 0 {
			t.Errorf("%d rows: %s", n, what)
		}
	}
	keys, err := names(t.Context(), pool, `SELECT format('SELECT 1 FROM %s c WHERE %s AND NOT EXISTS (SELECT FROM %s p WHERE %s)', k.conrelid::regclass,
		(SELECT string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ') FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)),
		k.confrelid::regclass, (SELECT string_agg(format('p.%I = c.%I', o.attname, a.attname), ' AND ')
			FROM unnest(k.conkey, k.confkey) x (mine, other) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.mine
			JOIN pg_attribute o ON o.attrelid = k.confrelid AND o.attnum = x.other))
		FROM pg_constraint k WHERE k.contype = 'f'`)
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range keys {
		check("lead nowhere: "+sql, sql)
	}
	for what, sql := range sames {
		check(what, sql)
	}
	kept(t, pool)
}

// sames are statements that find what is other than it is worked out to be.
var sames = map[string]string{
	"words of articles": `SELECT w.article_id FROM article_words w JOIN articles a ON a.id = w.article_id
		WHERE w.words <> words_of(a.title, coalesce((SELECT body FROM texts WHERE revision_id = a.revision_id ORDER BY id DESC LIMIT 1), ''))`,
	"counts of words": `(SELECT term, articles FROM terms EXCEPT SELECT t, count(*) FROM (
			SELECT jsonb_object_keys(fingerprint -> 'terms') AS t FROM articles WHERE fingerprint IS NOT NULL
			UNION ALL SELECT '' FROM articles WHERE fingerprint IS NOT NULL) x GROUP BY t)`,
	"hashes of what was received": "SELECT id FROM revisions WHERE sha256 <> sha256(raw)",
	"hashes of articles":          "SELECT a.id FROM articles a JOIN revisions r ON r.id = a.revision_id WHERE a.content_hash <> r.sha256",
	"hashes of claims":            "SELECT id FROM claims WHERE hash <> sha256(convert_to(exact, 'UTF8'))",
	"claims that are not there": `SELECT c.id FROM claims c JOIN texts t ON t.id = c.text_id
		WHERE substr(t.body, c.start_at + 1, c.end_at - c.start_at) <> c.exact`,
	"marks of no text":       "(SELECT mark, number FROM copy_marks) EXCEPT (SELECT m, number FROM copy_sketches, unnest(marks) m)",
	"texts without marks":    "(SELECT m, number FROM copy_sketches, unnest(marks) m) EXCEPT (SELECT mark, number FROM copy_marks)",
	"tallies of stories":     "(SELECT * FROM story_tallies) EXCEPT (SELECT * FROM count_stories(NULL, ARRAY (SELECT id FROM stories)))",
	"kinds of stories":       "(SELECT * FROM story_kinds) EXCEPT (SELECT * FROM count_story_kinds(NULL, ARRAY (SELECT id FROM stories)))",
	"tallies of sources":     "(SELECT * FROM source_tallies) EXCEPT (SELECT * FROM count_sources(NULL, ARRAY (SELECT id FROM stories)))",
	"kinds of sources":       "(SELECT * FROM source_kinds) EXCEPT (SELECT * FROM count_source_kinds(NULL, ARRAY (SELECT id FROM stories)))",
	"figures of the archive": `SELECT * FROM sums_counted c FULL JOIN sums_now s USING (part, about, key) WHERE c.n IS DISTINCT FROM s.n`,
	"frames of stories":      "(SELECT * FROM story_frames) EXCEPT (SELECT * FROM count_frames(ARRAY (SELECT id FROM stories)))",
	"decisions in stories":   "(SELECT * FROM story_decisions) EXCEPT (SELECT * FROM count_decisions(NULL, ARRAY (SELECT id FROM stories)))",
	"articles without an event": `SELECT a.id FROM articles a WHERE a.status = 'ready'
		AND NOT EXISTS (SELECT FROM events e WHERE e.article_id = a.id AND e.type = 'article.ready')`,
	"findings without an event": `SELECT f.id FROM findings f WHERE NOT EXISTS (SELECT FROM events e WHERE e.finding_id = f.id AND e.type = 'finding.new')`,
	"events out of order":       "SELECT e.n FROM events e JOIN events o ON o.seq = e.seq + 1 WHERE o.at < e.at - interval '1 hour'",
}

// kept checks that a row's triggers change nothing of what was copied.
func kept(t testing.TB, pool *pgxpool.Pool) {
	t.Helper()
	before, err := tell[string](t.Context(), pool, "SELECT md5(string_agg(mark || '/' || number, ' ' ORDER BY mark, number)) FROM copy_marks")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "UPDATE copy_sketches SET marks = marks"); err != nil {
		t.Fatal(err)
	}
	after, err := tell[string](t.Context(), pool, "SELECT md5(string_agg(mark || '/' || number, ' ' ORDER BY mark, number)) FROM copy_marks")
	if err != nil || after != before {
		t.Errorf("the trigger makes other marks of the copies, %v", err)
	}
}
