package store

import (
	"slices"

	"corroborate/internal/claims"
)

// findingConditions are what a choice of findings f asks for, by the facet that it
// belongs to. What is not asked for is not in the statement, so that an index serves
// what is.
type findingConditions struct {
	verdict, kind, source, rest conditions
	args                        named
}

// conditions gives the conditions of a choice, of all stories where it names none.
func (q Queries) conditions(c FindingChoice) findingConditions {
	on := findingConditions{args: named{"viewer": q.viewer}}
	on.ask(&on.verdict, len(c.Verdicts) > 0, "f.stands = ANY (@verdicts::text[])", argument{"verdicts", c.Verdicts})
	if kind, ok := c.oneKind(); ok {
		on.kind.add(true, "'"+string(kind)+"' = ANY (f.kinds)")
	} else {
		on.ask(&on.kind, len(c.Kinds) > 0, "f.kinds && @kinds::text[]", argument{"kinds", c.Kinds})
	}
	on.ask(&on.source, len(c.Sources) > 0, `EXISTS (
		SELECT FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id JOIN articles a ON a.id = c.article_id
		JOIN sources s ON s.id = a.source_id
		WHERE fc.finding_id = f.id AND (s.id::text = ANY (@sources) OR s.name_key = ANY (@sources)))`, argument{"sources", c.Sources})
	on.ask(&on.rest, c.StoryID != "", "f.story_id = @story::uuid", argument{"story", c.StoryID})
	on.ask(&on.rest, c.MinOrigins > 0, "f.origins >= @origins", argument{"origins", c.MinOrigins})
	on.ask(&on.rest, c.Corroborated != nil, "f.corroborated = @corroborated", argument{"corroborated", c.Corroborated})
	on.ask(&on.rest, c.Reviewed != nil, "f.reviewed = @reviewed", argument{"reviewed", c.Reviewed})
	on.ask(&on.rest, len(c.Outcomes) > 0, "coalesce(f.outcome, '') = ANY (@outcomes::text[])", argument{"outcomes", c.Outcomes})
	on.rest.add(c.Second != "", secondConditions[c.Second])
	on.rest.add(c.Open, "(f.stands = 'diverge' AND NOT f.reviewed OR f.stale_review)")
	on.bound("f.score", "score", c.Score)
	on.bound("f.closeness", "alignment", c.Alignment)
	on.ask(&on.rest, !c.UpdatedSince.IsZero(), "f.touched_at >= @since", argument{"since", c.UpdatedSince})
	on.ask(&on.rest, c.Text != "", `(strpos(lower(f.summary), lower(@text)) > 0 OR EXISTS (
		SELECT FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id
		WHERE fc.finding_id = f.id AND strpos(lower(c.exact), lower(@text)) > 0))`, argument{"text", c.Text})
	return on
}

// oneKind gives the kind that is asked for where it is one that there is. It stands in the
// statement itself, as each kind has an index of its own.
func (c FindingChoice) oneKind() (claims.Kind, bool) {
	if len(c.Kinds) != 1 || !slices.Contains(claims.Kinds(), c.Kinds[0]) {
		return "", false
	}
	return c.Kinds[0], true
}

// argument is a value of a statement with its name there.
type argument struct {
	name  string
	value any
}

// ask adds a condition that takes an argument to one of the facets.
func (on *findingConditions) ask(facet *conditions, wanted bool, condition string, with argument) {
	facet.add(wanted, condition)
	if wanted {
		on.args[with.name] = with.value
	}
}

func (on *findingConditions) bound(column, name string, b Bounds) {
	on.ask(&on.rest, b.Min != nil, column+" >= @min_"+name, argument{"min_" + name, b.Min})
	on.ask(&on.rest, b.Max != nil, column+" <= @max_"+name, argument{"max_" + name, b.Max})
}

// all are the conditions of all facets.
func (on findingConditions) all() conditions {
	return slices.Concat(on.rest, on.verdict, on.kind, on.source)
}
