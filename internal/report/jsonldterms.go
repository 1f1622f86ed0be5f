package report

// Vocabulary begins the names of the terms in linked data that are neither schema.org's
// nor of the Web Annotation vocabulary. It is the same for every service, so that what
// comes from two of them can be read together.
const Vocabulary = "urn:corroborate:ns#"

// Term is a term of [Vocabulary].
type Term struct {
	Name string
	// Class is true for a type, false for a property.
	Class bool
	// Of says on what a property stands.
	Of string
	// About is what it means.
	About string
}

// Terms gives the terms of [Vocabulary], the types first.
func Terms() []Term {
	class := func(name, about string) Term { return Term{Name: name, Class: true, About: about} }
	return []Term{
		class("Story", "The articles on one event, with what was found in them. It is a schema.org Dataset."),
		class("Finding", "The claims of a story that are about one fact, with a verdict on how their sources stand to one another. It is a schema.org Collection of Claims: one for each way in which sources tell the fact. None of them is the norm."),
		class("Difference", "What differs between two passages of a finding."),
		class("Side", "One of the two passages of a difference or a cleared pair."),
		class("ClearedPair", "Two passages that look in conflict and are not."),
		{Name: "verdict", Of: "Finding", About: "What the machine says: agree (two or more sources tell it and nothing material differs), diverge (something material differs between sources) or single (one source tells it). It is missing while the reader reviews the finding blind."},
		{Name: "reviewedVerdict", Of: "Finding", About: "The verdict that a person gave: agree, diverge or single. It goes before the machine's. It is missing where nobody gave one."},
		{Name: "corroborated", Of: "Finding", About: "True when the sources that agree have two or more origins."},
		{Name: "sources", Of: "Finding, Claim", About: "How many sources tell it. Two articles of one source count as one source."},
		{Name: "origins", Of: "Finding, Claim", About: "How many origins stand behind these sources: copies of one agency's report have one origin."},
		{Name: "difference", Of: "Finding", About: "A list of differences, the most important first."},
		{Name: "position", Of: "Claim", About: "The letter of the position: A is told by most sources. It is missing where all sources tell the fact in one way."},
		{Name: "value", Of: "Claim, Side", About: "What the position, or the passage, holds in few words."},
		{Name: "passage", Of: "Claim, Side", About: "A Web Annotation that ties a claim to one passage of an article. Its positions count Unicode code points, from 0, in the text of the article that this service read; GET /api/v1/articles/{id} gives that text."},
		{Name: "attribution", Of: "Annotation", About: "Who vouches for the passage: own (the source's own voice), quoted, paraphrased, or officials (unnamed)."},
		{Name: "speaker", Of: "Annotation", About: "Whom the source cites; missing where it cites nobody."},
		{Name: "certainty", Of: "Annotation", About: "In which way the passage holds that it is so: happened, planned, alleged, possible, conditional or denied."},
		{Name: "checkable", Of: "Annotation", About: "False for opinion, questions, promotion and the like."},
		{Name: "reason", Of: "Annotation, ClearedPair", About: "Why a passage is not checkable, or why two are not in conflict."},
		{Name: "kind", Of: "Difference, ClearedPair", About: "What differs, or looks to differ: number, time, place, name, action, negation, certainty, cause, scope, quote, term or attribution."},
		{Name: "material", Of: "Difference", About: "True when a difference of this kind makes sources diverge; false for term and attribution."},
		{Name: "internal", Of: "Difference", About: "True when both passages stand in articles of one source. Such a difference never sets the verdict."},
		{Name: "superseded", Of: "Difference", About: "True where the later article could know more: changed since."},
		{Name: "between", Of: "Difference", About: "Whose statements differ: sources, or speakers whom the sources cite."},
		{Name: "explanation", Of: "Difference", About: "The difference in one plain sentence."},
		{Name: "side", Of: "Difference, ClearedPair", About: "A list of the two passages."},
		{Name: "clearedPair", Of: "Story", About: "A pair of passages that looks in conflict and is not."},
		{Name: "origin", Of: "NewsArticle", About: "Who the report really comes from: an agency, another outlet, or the source itself."},
		{Name: "originKnown", Of: "NewsArticle", About: "False where nothing in the text says where it comes from, and the origin is the source itself."},
		{Name: "engineVersion", Of: "Story, Finding", About: "The version of the engine that made the findings."},
		{Name: "engineHash", Of: "Story, Finding", About: "Covers the engine's rules, data and model: results with one hash were made the same way."},
	}
}
