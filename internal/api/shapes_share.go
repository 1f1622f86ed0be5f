package api

import (
	"time"

	"corroborate/internal/app"
)

type share struct {
	ID         string     `json:"id" doc:"The share's id." example:"01977d90-1a2b-7c3d-8e4f-5a6b7c8d9e0f"`
	FindingID  string     `json:"finding_id" doc:"The finding that the card shows. It follows when the finding is merged into another." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Summary    string     `json:"summary" doc:"What the finding is about." example:"The bridge was closed on Thursday"`
	Name       string     `json:"name" doc:"What the share is for; empty where that was not said." example:"Bridge explainer, 28 March"`
	CreatedBy  string     `json:"created_by" doc:"Who made it; for a key, its owner." example:"Ana Reyes"`
	CreatedAt  time.Time  `json:"created_at" doc:"When it was made." example:"2025-03-28T08:00:00Z"`
	ExpiresAt  *time.Time `json:"expires_at" doc:"When it ends by itself; null for never." example:"2025-06-28T08:00:00Z"`
	RevokedAt  *time.Time `json:"revoked_at" doc:"When somebody ended it; null where nobody did." example:"2025-04-01T08:00:00Z"`
	Uses       int        `json:"uses" minimum:"0" doc:"How often its card was asked for. Browsers ask again after a minute; of calls at the same moment one is counted." example:"318"`
	LastUsedAt *time.Time `json:"last_used_at" doc:"When its card was last asked for; null when it never was." example:"2025-03-28T09:00:00Z"`
}

func newShare(s app.Share) share {
	return share{ID: s.ID, FindingID: s.FindingID, Summary: s.Summary, Name: s.Name, CreatedBy: s.CreatedBy, CreatedAt: s.CreatedAt,
		ExpiresAt: s.ExpiresAt, RevokedAt: s.RevokedAt, Uses: s.Uses, LastUsedAt: s.LastUsedAt}
}

// ShareFields are the fields that a share has in lists too.
type ShareFields = share

type madeShare struct {
	ShareFields
	Address *string `json:"address" doc:"The card's address. Whoever has it sees the card. It is shown here and never again; null in an answer that is repeated." example:"https://news.example.org/cards/kq3vjt0a4q1rc2yz8m5x7w9e4d"`
}

type shareBody struct {
	Name      string     `json:"name,omitempty" maxLength:"200" doc:"What the share is for." example:"Bridge explainer, 28 March"`
	ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"When it ends by itself; left out for never." example:"2099-06-28T08:00:00Z"`
}

type createShareInput struct {
	IDPath
	IdempotencyKey
	Body shareBody
}

type listSharesInput struct {
	IDPath
	PageQuery
}

type listAllSharesInput struct {
	PageQuery
}
