package claims

import "context"

// Story is a story as the engine takes it: its articles in the order in which
// they arrived.
type Story struct {
	ID       string
	Title    string
	Articles []Article
	// Pins are the members of findings that a person has reviewed.
	Pins []Pin
}

// Pin holds claims together that a person's review put or left in one finding:
// the engine keeps them in one finding and adds none to it.
type Pin struct {
	Claims []Anchor
}

// Anchor names a claim by its article and its passage, in code points.
type Anchor struct {
	ArticleID string
	Start     int
	End       int
}

// Relation is how two bare statements stand to one another.
type Relation string

// The relations of two statements: a tells b and nothing conflicts, they
// conflict, or a does not tell b.
const (
	RelAgree     Relation = "agree"
	RelDiverge   Relation = "diverge"
	RelUnrelated Relation = "unrelated"
)

// Comparison is what [Engine.Compare] says of two statements.
type Comparison struct {
	Relation Relation `json:"relation"`
	// Direction is "both", "a_tells_b", "b_tells_a" or "none".
	Direction string `json:"direction"`
	// Score is the engine's confidence in the relation from 0 to 1, not calibrated.
	Score       float64          `json:"score"`
	Differences []PairDifference `json:"differences"`
}

// PairDifference is a difference between two bare statements.
type PairDifference struct {
	Kind        Kind      `json:"kind"`
	Material    bool      `json:"material"`
	Values      [2]string `json:"values"`
	Explanation string    `json:"explanation"`
}

// Version is the engine's version: it goes up when rules change what is found.
const Version = "0.1.0"

// Engine reads, splits and compares. It is immutable and safe for concurrent
// use.
type Engine struct {
	info EngineInfo
}

// NewEngine loads the engine's data from the binary. It fails only when the
// binary is damaged.
func NewEngine() (*Engine, error) {
	return &Engine{info: EngineInfo{Version: Version}}, nil
}

// Info says which engine this is.
func (e *Engine) Info() EngineInfo { return e.info }

// Extract gives the claims of one article in the order of its text. Their ids
// are made by hashing (article id, span, exact).
func (e *Engine) Extract(a Article) []Claim {
	return []Claim{}
}

// Progress is told how many of total steps of an analysis are done.
type Progress func(done, total int)

// Analyze gives the whole report of a story. progress may be nil. It stops with
// ctx's error when ctx ends.
func (e *Engine) Analyze(ctx context.Context, s Story, progress Progress) (Report, error) {
	return Report{Story: ReportStory{ID: s.ID, Title: s.Title}, Engine: e.info}, ctx.Err()
}

// Compare says how two bare statements stand to one another.
func (e *Engine) Compare(a, b string) Comparison {
	return Comparison{Relation: RelUnrelated, Direction: "none", Differences: []PairDifference{}}
}
