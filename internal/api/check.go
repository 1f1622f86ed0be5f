package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

type checkInput struct {
	Body draftBody
}

// Resolve adds what the service itself finds wrong to what the library found, so that a
// caller learns everything at once.
func (in *checkInput) Resolve(huma.Context) []error {
	return inBody(in.Body.input().Validate(), "body.")
}

type compareInput struct {
	Body statements
}

// Resolve adds what the service itself finds wrong.
func (in *compareInput) Resolve(huma.Context) []error {
	return inBody(app.ValidateStatements(in.Body.pair()), "body.")
}

type comparePairsInput struct {
	Body statementPairs
}

// Resolve adds what the service itself finds wrong.
func (in *comparePairsInput) Resolve(huma.Context) []error {
	return inBody(app.ValidatePairs(in.Body.pairs()), "body.pairs")
}

// inBody gives what is wrong with fields of the body as the library's errors.
func inBody(wrong map[string]string, prefix string) []error {
	var errs []error
	for name, message := range wrong {
		errs = append(errs, &huma.ErrorDetail{Location: prefix + name, Message: message})
	}
	return errs
}

const (
	// draftPage is the limit of a body with a draft: JSON may write a letter of two bytes
	// as six.
	draftPage = app.MaxDraftPage*3/2 + smallBody
	// pairsBody is the limit of a body with pairs of statements.
	pairsBody = 12*app.MaxPairsText + smallBody
)

// oneAtATime is said of calls that take a processor to themselves.
const oneAtATime = " Only so many are worked on at once; where too many wait, the answer is 429 with Retry-After."

func (a *API) registerChecks() {
	register(a, operation{
		id: "check-draft", method: http.MethodPost, path: "/check", tag: "Checks", needs: app.ReadTexts,
		summary: "Check a draft",
		about: "Holds an unpublished text against one story, or against those that fit it, and says of each of its claims who else tells it, " +
			"where it diverges from whom, where you dropped who says so, and what only you say; then what the stories have and the draft does not. " +
			"Its claims are joined and compared by the rules by which articles are. Nothing of the draft is stored or logged, " +
			"and no Idempotency-Key is taken: the call may be repeated. A draft that is not in English has analysed: false. " +
			"A draft of 800 words takes a second or two; what takes more than 22 seconds is answered 503." + oneAtATime,
		status: http.StatusOK, maxBody: draftPage,
	}, a.checkDraft)
	register(a, operation{
		id: "compare", method: http.MethodPost, path: "/compare", tag: "Checks", needs: app.ReadTexts,
		summary: "Compare two statements",
		about:   "Says how two statements in English stand to one another; each may hold several sentences. One of 12 words or more in another language is refused; of shorter ones the language cannot be told. Nothing is stored." + oneAtATime,
		status:  http.StatusOK, maxBody: smallBody * 2,
	}, a.compare)
	register(a, operation{
		id: "compare-pairs", method: http.MethodPost, path: "/compare/pairs", tag: "Checks", needs: app.ReadTexts,
		summary: "Compare several pairs of statements",
		about:   "Compares up to 100 pairs, each by itself, with 100,000 characters together. The answers come in the order of the pairs. Nothing is stored." + oneAtATime,
		status:  http.StatusOK, maxBody: pairsBody,
	}, a.comparePairs)
}

func (a *API) checkDraft(ctx context.Context, in *checkInput) (*plain[draftReport], error) {
	r, err := a.app.CheckDraft(ctx, actorOf(ctx), in.Body.input())
	if err != nil {
		return nil, err
	}
	return &plain[draftReport]{Body: newDraftReport(r)}, nil
}

func (a *API) compare(ctx context.Context, in *compareInput) (*plain[comparison], error) {
	c, err := a.app.CompareStatements(ctx, actorOf(ctx), in.Body.pair())
	if err != nil {
		return nil, err
	}
	return &plain[comparison]{Body: newComparison(c)}, nil
}

func (a *API) comparePairs(ctx context.Context, in *comparePairsInput) (*plain[pairComparisons], error) {
	all, err := a.app.ComparePairs(ctx, actorOf(ctx), in.Body.pairs())
	if err != nil {
		return nil, err
	}
	out := pairComparisons{Items: make([]pairComparison, len(all))}
	for i, c := range all {
		out.Items[i] = pairComparison{ID: in.Body.Pairs[i].ID, ComparisonFields: newComparison(c)}
	}
	return &plain[pairComparisons]{Body: out}, nil
}

func newComparison(c claims.Comparison) comparison {
	return comparison{Relation: string(c.Relation), Direction: c.Direction, Score: c.Score, Differences: mapped(c.Differences, newPairDifference)}
}
