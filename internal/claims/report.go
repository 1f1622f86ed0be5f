package claims

// Verdict says how the sources of a finding stand to one another.
type Verdict string

// The verdicts. Only a material difference between different sources makes a
// finding diverge.
const (
	Agree   Verdict = "agree"
	Diverge Verdict = "diverge"
	Single  Verdict = "single"
)

// Kind names what differs between two claims of a finding.
type Kind string

// The kinds of difference.
const (
	KindNumber      Kind = "number"
	KindTime        Kind = "time"
	KindPlace       Kind = "place"
	KindName        Kind = "name"
	KindAction      Kind = "action"
	KindNegation    Kind = "negation"
	KindCertainty   Kind = "certainty"
	KindCause       Kind = "cause"
	KindScope       Kind = "scope"
	KindQuote       Kind = "quote"
	KindTerm        Kind = "term"
	KindAttribution Kind = "attribution"
)

// Kinds lists every kind, the most important first: the order in which the
// differences of a finding are told.
func Kinds() []Kind {
	return []Kind{KindNegation, KindAction, KindCertainty, KindNumber, KindTime, KindPlace,
		KindName, KindQuote, KindCause, KindScope, KindTerm, KindAttribution}
}

// Material tells whether a difference of this kind makes sources diverge.
func (k Kind) Material() bool { return k != KindTerm && k != KindAttribution }

// Attribution is the ladder of who vouches for a claim, the strongest first:
// quoted words, a named speaker's words retold, unnamed officials, the
// article's own voice.
type Attribution string

// The rungs of the ladder.
const (
	Quoted      Attribution = "quoted"
	Paraphrased Attribution = "paraphrased"
	Officials   Attribution = "officials"
	OwnVoice    Attribution = "own"
)

// Certainty says in which way a claim holds that something is so.
type Certainty string

// The certainties.
const (
	Happened    Certainty = "happened"
	Planned     Certainty = "planned"
	Alleged     Certainty = "alleged"
	Possible    Certainty = "possible"
	Conditional Certainty = "conditional"
	Denied      Certainty = "denied"
)

// Report is the story report: one format for the command line, the API and the
// scoring scripts. Arrays are never nil; ids are unique in a report.
type Report struct {
	Story    ReportStory     `json:"story"`
	Engine   EngineInfo      `json:"engine"`
	Articles []ReportArticle `json:"articles"`
	Findings []Finding       `json:"findings"`
	Cleared  []ClearedPair   `json:"cleared"`
}

// ReportStory names the story of a report.
type ReportStory struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// EngineInfo says which engine made a result. Hash covers rules, data and
// model: two results with one hash were made the same way.
type EngineInfo struct {
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

// ReportArticle is one article of a report with its claims in the order of the
// text.
type ReportArticle struct {
	ID     string `json:"id"`
	Source string `json:"source"`
	Title  string `json:"title"`
	URL    string `json:"url"`
	// PublishedAt is a date or an RFC 3339 time as it was given, empty if unknown.
	PublishedAt string `json:"published_at"`
	// Origin names who the report comes from. OriginKnown is false when nothing in
	// the text says so and the origin is the source itself.
	Origin      string  `json:"origin"`
	OriginKnown bool    `json:"origin_known"`
	Text        string  `json:"text"`
	Spans       []Span  `json:"spans"`
	Claims      []Claim `json:"claims"`
}

// Claim is one atomic checkable statement, tied to one exact, contiguous
// passage of its article's text.
type Claim struct {
	ID string `json:"id"`
	Passage
	// Text is the claim made self-contained; words that are not the source's
	// stand in brackets.
	Text string `json:"text"`
	// Checkable is false for opinion, questions and promotion; Reason says which
	// ("opinion", "question", "promotion", "prediction", "rhetoric"), else empty.
	Checkable bool   `json:"checkable"`
	Reason    string `json:"reason"`
	// Worth is the probability that a fact-checker would pick the claim, 0 where it
	// is not checkable. WorthReasons tell what moved it most, each with "for: " or
	// "against: " before it.
	Worth        float64     `json:"worth"`
	WorthReasons []string    `json:"worth_reasons"`
	Speaker      *string     `json:"speaker"`
	Attribution  Attribution `json:"attribution"`
	Certainty    Certainty   `json:"certainty"`
}

// Passage is a stretch of an article's text. Start and End count Unicode code
// points, so text[Start:End] equals Exact (W3C Web Annotation selectors).
type Passage struct {
	Exact string `json:"exact"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Finding holds the claims of a story that are about one fact, and how their
// sources stand to one another.
type Finding struct {
	ID      string  `json:"id"`
	Summary string  `json:"summary"`
	Verdict Verdict `json:"verdict"`
	// Score is the calibrated probability that a person would confirm the verdict; nil
	// for a single source.
	Score *float64 `json:"score"`
	// Alignment is how near the claims are to one another, from 0 to 1: the closeness
	// of the weakest of the links that hold them together. It is no probability; nil for
	// a single claim. RestsOn says what the joining rests on.
	Alignment *float64 `json:"alignment"`
	RestsOn   []string `json:"rests_on"`
	// Corroborated is true when the sources that agree have two or more origins.
	Corroborated    bool           `json:"corroborated"`
	Sources         int            `json:"sources"`
	Origins         int            `json:"origins"`
	ReviewedVerdict *Verdict       `json:"reviewed_verdict"`
	Claims          []FindingClaim `json:"claims"`
	Positions       []Position     `json:"positions"`
	Differences     []Difference   `json:"differences"`
	// Doubt is where the language model reads two of the claims otherwise than the
	// verdict, nil where it does not.
	Doubt *Doubt `json:"doubt"`
}

// FindingClaim is a claim as a member of a finding.
type FindingClaim struct {
	ID        string `json:"id"`
	ArticleID string `json:"article_id"`
	Source    string `json:"source"`
	// Origin names who this claim comes from: the article's origin, or the outlet
	// that the article has this claim from, or whose words it copies. OriginKnown is
	// false where nothing says so.
	Origin      string `json:"origin"`
	OriginKnown bool   `json:"origin_known"`
	Passage
}

// Position is a group of sources inside a finding that tell it the same way.
type Position struct {
	// ID is "A", "B", ... in the order of the number of sources.
	ID string `json:"id"`
	// Value is what this position holds, in few words.
	Value   string   `json:"value"`
	Claims  []string `json:"claims"`
	Sources int      `json:"sources"`
	Origins int      `json:"origins"`
}

// Between says whose statements a difference stands between: two sources in
// their own voice, or two speakers whom the sources cite.
type Between string

// The two holders of statements.
const (
	BetweenSources  Between = "sources"
	BetweenSpeakers Between = "speakers"
)

// Difference is a typed, explained difference between two claims of a finding.
type Difference struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Rule is the rule that found it, empty for a difference of before rules were kept.
	Rule     Rule `json:"rule"`
	Material bool `json:"material"`
	// Claims are the two claims' ids, Values what each tells, in their order.
	Claims [2]string `json:"claims"`
	Values [2]string `json:"values"`
	// Marks are the words in each claim's passage that carry the values: spans of
	// the article's text in code points, in the order of Claims.
	Marks   [2][]Mark `json:"marks"`
	Between Between   `json:"between"`
	// Internal is true when both claims stand in one article, or in two articles of
	// one source.
	Internal bool `json:"internal"`
	// Superseded is true where the later article could know more: "changed since".
	Superseded  bool   `json:"superseded"`
	Explanation string `json:"explanation"`
}

// Mark is a stretch of an article's text in code points.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// ClearedPair is two claims that look in conflict and are not, with the reason.
type ClearedPair struct {
	ID     string    `json:"id"`
	Claims [2]string `json:"claims"`
	Kind   Kind      `json:"kind"`
	Reason string    `json:"reason"`
}
