package faults

// rule is what has to hold in the database: its SQL counts what breaks it.
type rule struct{ broken, sql string }

// notDone are the states of jobs that wait or run.
const notDone = `('available', 'pending', 'running', 'retryable', 'scheduled')`

// always are the rules that hold in every state of the database, whatever goes on.
var always = []rule{
	{"articles whose revision is missing",
		"SELECT count(*) FROM articles a LEFT JOIN revisions r ON r.id = a.revision_id AND r.article_id = a.id WHERE r.id IS NULL"},
	{"articles with a gap in their revisions",
		"SELECT count(*) FROM (SELECT FROM revisions GROUP BY article_id HAVING count(*) <> max(number) OR min(number) <> 1) x"},
	{"revisions that are not what was received", "SELECT count(*) FROM revisions WHERE sha256(raw) <> sha256"},
	{"articles with one external id",
		"SELECT count(*) FROM (SELECT FROM articles WHERE external_id <> '' AND deleted_at IS NULL GROUP BY external_id HAVING count(*) > 1) x"},
	{"articles that are ready without a text or a story",
		`SELECT count(*) FROM articles a WHERE status = 'ready' AND deleted_at IS NULL
		 AND (story_id IS NULL OR NOT EXISTS (SELECT FROM texts t WHERE t.revision_id = a.revision_id))`},
	{"articles that wait for a job that is missing",
		`SELECT count(*) FROM articles a WHERE status = 'pending' AND deleted_at IS NULL AND NOT EXISTS (SELECT FROM river_job j
		 WHERE j.kind = 'analyze_article' AND j.args ->> 'article_id' = a.id::text AND j.state IN ` + notDone + `)`},
	{"stories that wait for a comparison that is missing",
		`SELECT count(*) FROM stories s WHERE changes <> compared AND failure = '' AND deleted_at IS NULL
		 AND NOT EXISTS (SELECT FROM articles a WHERE a.story_id = s.id AND a.status = 'pending') AND NOT EXISTS (SELECT FROM river_job j WHERE j.kind = 'compare_story' AND j.args ->> 'story_id' = s.id::text AND j.state IN ` + notDone + `)`},
	{"imports that wait for a job that is missing",
		`SELECT count(*) FROM imports i WHERE state = 'running' AND NOT EXISTS (SELECT FROM river_job j
		 WHERE j.kind = 'import_articles' AND j.args ->> 'import_id' = i.id::text AND j.state IN ` + notDone + `)`},
	{"imports whose counts are not those of their results",
		`SELECT count(*) FROM imports i WHERE state IN ('running', 'done') AND created + known + revised + failed
		 <> (SELECT count(*) FROM import_results r WHERE r.import_id = i.id)`},
	{"results of articles that are not there",
		"SELECT count(*) FROM import_results r WHERE article_id IS NOT NULL AND NOT EXISTS (SELECT FROM articles a WHERE a.id = r.article_id)"},
	{"findings without a claim", "SELECT count(*) FROM findings f WHERE NOT EXISTS (SELECT FROM finding_claims c WHERE c.finding_id = f.id)"},
	{"claims in the finding of another story",
		`SELECT count(*) FROM finding_claims x JOIN findings f ON f.id = x.finding_id JOIN claims c ON c.id = x.claim_id
		 JOIN articles a ON a.id = c.article_id JOIN stories s ON s.id = f.story_id
		 WHERE a.story_id IS DISTINCT FROM f.story_id AND s.changes = s.compared`},
	{"figures of the archive that are other than counted",
		"SELECT count(*) FROM sums_counted c FULL JOIN sums_now s USING (part, about, key) WHERE c.n IS DISTINCT FROM s.n"},
	{"reviews without a word in the history",
		`SELECT count(*) FROM reviews r WHERE NOT EXISTS (SELECT FROM audit a WHERE a.action = 'finding.review' AND a.detail ->> 'review' = r.id::text)`},
}

// atRest are the rules that hold when nobody writes and the queue is empty.
var atRest = []rule{
	{"jobs that are not done", "SELECT count(*) FROM river_job WHERE state IN ('available', 'pending', 'running', 'retryable')"},
	{"jobs that were given up", "SELECT count(*) FROM river_job WHERE state IN ('discarded', 'cancelled') AND kind IN ('analyze_article', 'compare_story', 'import_articles')"},
	{"articles that are not ready", "SELECT count(*) FROM articles WHERE status <> 'ready' AND deleted_at IS NULL"},
	{"ready articles without a claim", "SELECT count(*) FROM articles a WHERE status = 'ready' AND NOT EXISTS (SELECT FROM claims c WHERE c.article_id = a.id)"},
	{"claims of another text than the one that is read",
		`SELECT count(*) FROM claims c JOIN texts t ON t.id = c.text_id JOIN articles a ON a.id = c.article_id WHERE t.revision_id <> a.revision_id`},
	{"claims in no finding", "SELECT count(*) FROM claims c WHERE NOT EXISTS (SELECT FROM finding_claims f WHERE f.claim_id = c.id)"},
	{"stories that are not compared to date", "SELECT count(*) FROM stories WHERE changes <> compared OR failure <> ''"},
	{"imports that are not done", "SELECT count(*) FROM imports WHERE state IN ('running', 'failed') OR state = 'done' AND lines <> created + known + revised"},
	{"batches of imports that are left", "SELECT count(*) FROM import_batches b JOIN imports i ON i.id = b.import_id WHERE i.state <> 'receiving'"},
	{"calls that still run", "SELECT count(*) FROM idempotency WHERE state = 'running'"},
	{"events that are not published", "SELECT count(*) FROM events WHERE seq IS NULL"},
	{"counts of stories that are wrong", differ("story_tallies", "count_stories")},
	{"counts of kinds that are wrong", differ("story_kinds", "count_story_kinds")},
	{"counts of sources that are wrong", differ("source_tallies", "count_sources")},
}

// differ compares a table of counts with what the counts should be, for stories that have
// something to count.
func differ(table, counted string) string {
	const stories = "SELECT story_id FROM findings"
	now := "SELECT * FROM " + table + " WHERE story_id IN (" + stories + ")"
	want := "SELECT * FROM " + counted + "(NULL, ARRAY (" + stories + "))"
	return "SELECT count(*) FROM ((" + now + " EXCEPT ALL " + want + ") UNION ALL (" + want + " EXCEPT ALL " + now + ")) x"
}
