package api

import (
	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// claim is a claim of one article with the finding that it stands in.
type claim struct {
	ClaimFields
	FindingID       *string  `json:"finding_id" doc:"The finding that it stands in; null until the story was compared." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Verdict         *string  `json:"verdict" enum:"agree,diverge,single" doc:"The finding's verdict; null until the story was compared." example:"diverge"`
	ReviewedVerdict *string  `json:"reviewed_verdict" enum:"agree,diverge,single" doc:"The verdict that a person gave; null when nobody did." example:"diverge"`
	Corroborated    bool     `json:"corroborated" doc:"True when the sources that agree have two or more origins." example:"true"`
	Sources         int      `json:"sources" minimum:"0" doc:"How many sources tell it; 0 until the story was compared." example:"3"`
	Origins         int      `json:"origins" minimum:"0" doc:"How many origins stand behind them." example:"2"`
	Kinds           []string `json:"kinds" doc:"The kinds of the differences that this claim takes part in, the most important first." example:"[\"number\"]"`
}

// ClaimFields are the fields that a claim has in reports too.
type ClaimFields = articleClaim

func kindName(k claims.Kind) string { return string(k) }

func newClaim(c app.ArticleClaim) claim {
	return claim{
		ClaimFields: newArticleClaim(c.Claim), FindingID: orNull(c.FindingID), Verdict: orNull(string(c.Verdict)),
		ReviewedVerdict: (*string)(c.ReviewedVerdict), Corroborated: c.Corroborated, Sources: c.Sources, Origins: c.Origins,
		Kinds: mapped(c.Kinds, kindName),
	}
}
