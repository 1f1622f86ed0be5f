package api

// The shapes of the story report. They hold what the types of the package claims
// hold, under the same names, with a description and an example for each field; a
// test compares the two.

type storyReport struct {
	Story    reportStory     `json:"story" doc:"The story that the report is about."`
	Engine   engineInfo      `json:"engine" doc:"The engine that made the findings."`
	Articles []reportArticle `json:"articles" doc:"The story's articles that are analysed, in the order in which they arrived."`
	Findings []finding       `json:"findings" doc:"Every finding of the story, the most important first."`
	Cleared  []clearedPair   `json:"cleared" doc:"Pairs of claims that look in conflict and are not."`
}

type reportStory struct {
	ID    string `json:"id" doc:"The story's id." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Title string `json:"title" doc:"The story's title." example:"Harbour bridge closed"`
}

type engineInfo struct {
	Version string `json:"version" doc:"The engine's version." example:"0.1.0"`
	Hash    string `json:"hash" doc:"Covers the engine's rules, data and model: results with one hash were made the same way." example:"3f0c5b9a7e21d846"`
}

type reportArticle struct {
	ID           string         `json:"id" doc:"The article's id." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Source       string         `json:"source" doc:"Name of the publisher." example:"Harbour Post"`
	Title        string         `json:"title" doc:"The headline; empty where none was given." example:"Bridge shut after crack is found"`
	URL          string         `json:"url" doc:"Address of the article; empty where none was given." example:"https://harbourpost.example/bridge"`
	PublishedAt  string         `json:"published_at" doc:"When it was published, as it was given: a date or an RFC 3339 time; empty when unknown." example:"2025-03-27T09:30:00-05:00"`
	Origin       string         `json:"origin" doc:"Who the report really comes from: an agency, another outlet, or the source itself." example:"Coast Agency"`
	OriginKnown  bool           `json:"origin_known" doc:"False when nothing in the text says where it comes from and the origin is the source itself." example:"true"`
	Text         string         `json:"text" doc:"The text that the engine read. Offsets count its Unicode code points. Empty where text_withheld is true." example:"The bridge was closed on Thursday."`
	TextWithheld bool           `json:"text_withheld" doc:"True when the text is left out because the call carried no key: anybody may read passages, not publishers' whole texts." example:"false"`
	Spans        []span         `json:"spans" doc:"Stretches of the text that are page furniture or structure, in order; empty where text_withheld is true."`
	Claims       []articleClaim `json:"claims" doc:"The article's claims in the order of the text."`
}

type span struct {
	Kind  string `json:"kind" doc:"What the stretch is. No claim is taken from any but a headline." enum:"headline,heading,dateline,byline,caption,credit,tags,control,repeat,promo" example:"caption"`
	Start int    `json:"start" minimum:"0" doc:"First code point of the stretch, counted from 0." example:"120"`
	End   int    `json:"end" minimum:"0" doc:"Code point after the last of the stretch." example:"164"`
}

type articleClaim struct {
	ID           string   `json:"id" doc:"The claim's id." example:"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21"`
	Exact        string   `json:"exact" doc:"The passage as the source wrote it: text[start:end] of the article." example:"The bridge was closed on Thursday"`
	Start        int      `json:"start" minimum:"0" doc:"First code point of the passage in the article's text, counted from 0." example:"0"`
	End          int      `json:"end" minimum:"0" doc:"Code point after the last of the passage." example:"33"`
	Text         string   `json:"text" doc:"The claim made self-contained; words that are not the source's stand in brackets." example:"The [harbour] bridge was closed on Thursday"`
	Checkable    bool     `json:"checkable" doc:"False for opinion, questions, promotion and the like." example:"true"`
	Reason       string   `json:"reason" doc:"Why the claim is not checkable: opinion, question, promotion, prediction or rhetoric; empty when it is." example:""`
	Worth        float64  `json:"worth" minimum:"0" maximum:"1" doc:"How much the claim deserves a check: the probability that a fact-checker would pick it, 0 where it is not checkable." example:"0.7"`
	WorthReasons []string `json:"worth_reasons" doc:"What moved the worth most, each after \"for: \" or \"against: \"." example:"[\"for: a figure\"]"`
	Speaker      *string  `json:"speaker" doc:"Who says it, where the source cites somebody; else null." example:"Mayor Ana Reyes"`
	Attribution  string   `json:"attribution" enum:"own,quoted,paraphrased,officials" doc:"Who vouches: the source's own voice, quoted words, a named speaker's words retold, unnamed officials." example:"paraphrased"`
	Certainty    string   `json:"certainty" enum:"happened,planned,alleged,possible,conditional,denied" doc:"In which way the claim holds that it is so." example:"happened"`
}

type finding struct {
	ID              string          `json:"id" doc:"The finding's id. It stays when articles are added or analysed again." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Summary         string          `json:"summary" doc:"What the finding is about, in a source's words." example:"The bridge was closed on Thursday"`
	Verdict         *string         `json:"verdict" enum:"agree,diverge,single" doc:"agree: two or more sources tell it and nothing material differs. diverge: something material differs between sources. single: one source tells it. null: you review the finding blind, and see nothing of how its sources part until all reviewers have answered." example:"diverge"`
	Score           *float64        `json:"score" minimum:"0" maximum:"1" doc:"Probability that a person would confirm the verdict; null for a single source, and for findings of before it was calibrated." example:"0.87"`
	Alignment       *float64        `json:"alignment" minimum:"0" maximum:"1" doc:"How near the claims are to one another: the closeness of the weakest link between them. It orders findings and is no probability; null for a single claim." example:"0.83"`
	RestsOn         []string        `json:"rests_on" doc:"What the joining of the claims rests on." example:"[\"same number: 1,700\"]"`
	Corroborated    bool            `json:"corroborated" doc:"True when the sources that agree have two or more origins." example:"true"`
	Sources         int             `json:"sources" minimum:"1" doc:"How many sources tell it." example:"3"`
	Origins         int             `json:"origins" minimum:"1" doc:"How many origins stand behind these sources." example:"2"`
	ReviewedVerdict *string         `json:"reviewed_verdict" enum:"agree,diverge,single" doc:"The verdict that a person gave; null when nobody did." example:"diverge"`
	Claims          []findingClaim  `json:"claims" doc:"The claims that are about this fact."`
	Positions       []position      `json:"positions" doc:"The ways in which sources tell it; a diverging finding has two or more, none of them the norm."`
	Differences     []difference    `json:"differences" doc:"What differs, the most important first."`
	Doubt           nullable[doubt] `json:"doubt" doc:"Where the language model reads two of the claims otherwise than the verdict; null where it does not, and where veiled. It never changes the verdict."`
}

type doubt struct {
	Claims      [2]string `json:"claims" doc:"Ids of the two claims." example:"[\"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21\",\"01977d60-01ab-7c33-8a10-1d2e3f405162\"]"`
	Relation    string    `json:"relation" enum:"agree,diverge" doc:"What the model says of the two." example:"diverge"`
	Probability float64   `json:"probability" minimum:"0" maximum:"1" doc:"How likely the model holds that, not calibrated." example:"0.91"`
}

type findingClaim struct {
	ID          string `json:"id" doc:"The claim's id." example:"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21"`
	ArticleID   string `json:"article_id" doc:"The article that it stands in." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Source      string `json:"source" doc:"Name of the publisher." example:"Harbour Post"`
	Origin      string `json:"origin" doc:"Who this claim comes from: the article's origin, or the outlet that the article has this claim from or whose words it copies." example:"Coast Agency"`
	OriginKnown bool   `json:"origin_known" doc:"False when nothing says where it comes from." example:"true"`
	Exact       string `json:"exact" doc:"The passage as the source wrote it." example:"The bridge was closed on Thursday"`
	Start       int    `json:"start" minimum:"0" doc:"First code point of the passage in the article's text, counted from 0." example:"0"`
	End         int    `json:"end" minimum:"0" doc:"Code point after the last of the passage." example:"33"`
}

type position struct {
	ID      string   `json:"id" doc:"A, B and so on, by the number of sources." example:"A"`
	Value   string   `json:"value" doc:"What this position holds, in few words." example:"closed on Thursday"`
	Claims  []string `json:"claims" doc:"Ids of the claims that hold it." example:"[\"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21\"]"`
	Sources int      `json:"sources" minimum:"0" doc:"How many sources hold it." example:"2"`
	Origins int      `json:"origins" minimum:"0" doc:"How many origins stand behind them." example:"1"`
}

type difference struct {
	ID          string    `json:"id" doc:"The difference's id." example:"01977d60-3b7c-7d52-9c7e-8e1f0a2b3c4d"`
	Kind        string    `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What differs." example:"number"`
	Rule        string    `json:"rule" enum:"quotation,negation,denied_noun,opposites,certainty,quantities,times,places,names,causes,scopes,reworded,terms,attribution,repeated," doc:"The rule that found it; empty for a difference of before rules were kept." example:"quantities"`
	Material    bool      `json:"material" doc:"True when a difference of this kind makes sources diverge; false for term and attribution." example:"true"`
	Claims      [2]string `json:"claims" doc:"Ids of the two claims." example:"[\"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21\",\"01977d60-01ab-7c33-8a10-1d2e3f405162\"]"`
	Values      [2]string `json:"values" doc:"What each of the two tells, in their order." example:"[\"1,700\",\"2,000\"]"`
	Marks       [2][]mark `json:"marks" doc:"The words in each claim's article that carry the values, in the order of claims."`
	Between     string    `json:"between" enum:"sources,speakers" doc:"Whose statements differ: the sources' own, or those of speakers whom they cite." example:"sources"`
	Internal    bool      `json:"internal" doc:"True when both claims stand in articles of one source; such a difference never sets the verdict." example:"false"`
	Superseded  bool      `json:"superseded" doc:"True where the later article could know more: changed since." example:"false"`
	Explanation string    `json:"explanation" doc:"The difference in one plain sentence." example:"Harbour Post counts 1,700 cars, Coast Daily 2,000."`
}

type mark struct {
	Start int `json:"start" minimum:"0" doc:"First code point in the article's text, counted from 0." example:"14"`
	End   int `json:"end" minimum:"0" doc:"Code point after the last." example:"19"`
}

type clearedPair struct {
	ID     string    `json:"id" doc:"The pair's id." example:"01977d60-4d21-7e0f-8b6a-7c8d9e0f1a2b"`
	Claims [2]string `json:"claims" doc:"Ids of the two claims." example:"[\"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21\",\"01977d60-01ab-7c33-8a10-1d2e3f405162\"]"`
	Kind   string    `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What looks to differ." example:"time"`
	Reason string    `json:"reason" doc:"Why the two are not in conflict." example:"a weekday and a date of an unknown year"`
}
