package store

import "strings"

// conditions joins what has to hold.
type conditions []string

func (c *conditions) add(wanted bool, condition string) {
	if wanted {
		*c = append(*c, condition)
	}
}

func (c conditions) sql() string {
	if len(c) == 0 {
		return "true"
	}
	return strings.Join(c, "\n AND ")
}

// isVeiled holds for a finding f that is veiled from the viewer. What is veiled
// fulfils no filter that would tell of it.
const isVeiled = "f.id = ANY(@veiled::uuid[])"

// changed is when a finding f changed last, as far as the viewer may know.
const changed = "CASE WHEN " + isVeiled + " THEN f.created_at ELSE f.updated_at END"

// published is when an article a was published, or else came.
const published = "coalesce(a.published_at, a.created_at)"

// ofFinding gives what has to hold for a finding f.
func (c SearchChoice) ofFinding() conditions {
	var out conditions
	out.add(len(c.Verdicts) > 0, "f.stands = ANY(@verdicts::text[]) AND NOT "+isVeiled)
	out.add(len(c.Kinds) > 0, "f.kinds && @kinds::text[] AND NOT "+isVeiled)
	out.add(c.Reviewed != nil, "(f.reviewed AND NOT "+isVeiled+") = @reviewed::boolean")
	out.add(c.MinOrigins > 0, "f.origins >= @origins")
	out.add(c.StoryIDs != nil, "f.story_id = ANY(@stories::uuid[])")
	out.add(!c.Since.IsZero(), "f.updated_at > @since AND "+changed+" > @since")
	return out
}

// ofTeller gives what has to hold for an article a that tells something.
func (c SearchChoice) ofTeller() conditions {
	out := conditions{"a.deleted_at IS NULL"}
	out.add(c.SourceIDs != nil, "a.source_id = ANY(@sources::uuid[])")
	out.add(c.dated(), published+" >= @after AND "+published+" < @before")
	return out
}

// dated tells whether times are chosen.
func (c SearchChoice) dated() bool { return !c.After.IsZero() || !c.Before.IsZero() }

// hasTeller tells whether it matters who told something, or when.
func (c SearchChoice) hasTeller() bool { return c.SourceIDs != nil || c.dated() }

// score orders hits of one type: by how much of what was looked for is in them,
// which counts twice for what is new and once for what is old. told and at are
// columns.
const score = `CASE WHEN @newest THEN extract(epoch FROM at)::float8
	ELSE told * (1 + 1 / (1 + greatest(extract(epoch FROM @now::timestamptz - at)::float8, 0) / 2592000)) END DESC, at DESC, id DESC`

// told is how much of what was looked for is in some words.
func told(words string) string {
	return "ts_rank_cd(" + words + ", @match::tsquery) + ts_rank(" + words + ", @any::tsquery)"
}

// marked gives a text with what was looked for marked, in the way that options say.
func marked(text, options string) string {
	return "ts_headline('news', translate(" + text + ", @marks, ''), @any::tsquery, @" + options + ")"
}

// plain gives a text without marks.
func plain(text string) string { return "translate(" + text + ", @marks, '')" }

// shown is marked, or plain where no words are looked for.
func (c SearchChoice) shown(text, options string) string {
	if c.Text.Match == "" {
		return plain(text)
	}
	return marked(text, options)
}
