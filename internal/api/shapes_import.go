package api

import (
	"time"

	"corroborate/internal/app"
)

type articleImport struct {
	ID         string     `json:"id" doc:"The import's id." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Name       string     `json:"name" doc:"What its sender calls it; empty where it has no name." example:"2025-03.ndjson"`
	Status     string     `json:"status" enum:"running,done,failed" doc:"How far it is; failed where it could not go on." example:"done"`
	Reason     string     `json:"reason" doc:"Why the status is failed; else empty." example:""`
	Lines      int        `json:"lines" minimum:"0" doc:"How many lines it has, empty ones left out." example:"5000"`
	Done       int        `json:"done" minimum:"0" doc:"How many of them have a result." example:"5000"`
	Created    int        `json:"created" minimum:"0" doc:"How many were stored as new articles." example:"4990"`
	Known      int        `json:"known" minimum:"0" doc:"How many are articles that were stored already and have not changed." example:"7"`
	Revised    int        `json:"revised" minimum:"0" doc:"How many became a new revision of a known article." example:"2"`
	Failed     int        `json:"failed" minimum:"0" doc:"How many could not be taken." example:"1"`
	Waiting    int        `json:"waiting" minimum:"0" doc:"How many of its articles wait for analysis; 0 in lists." example:"120"`
	Bytes      int64      `json:"bytes" minimum:"0" doc:"How long it was." example:"10485760"`
	CreatedBy  string     `json:"created_by" doc:"Who sent it." example:"Ana Reyes"`
	CreatedAt  time.Time  `json:"created_at" doc:"When it was received." example:"2025-03-28T08:15:00Z"`
	FinishedAt *time.Time `json:"finished_at" doc:"When its last line was done; null before." example:"2025-03-28T08:16:12Z"`
}

func newImport(i app.Import) articleImport {
	return articleImport{ID: i.ID, Name: i.Name, Status: string(i.State), Reason: i.Reason, Lines: i.Lines, Done: i.Done(), Created: i.Created,
		Known: i.Known, Revised: i.Revised, Failed: i.Failed, Waiting: i.Waiting, Bytes: i.Bytes, CreatedBy: i.By, CreatedAt: i.CreatedAt,
		FinishedAt: i.FinishedAt}
}

type importResult struct {
	Line      int     `json:"line" minimum:"1" doc:"The number of the line, counted from 1; empty lines count." example:"17"`
	Outcome   string  `json:"outcome" enum:"created,known,revised,failed" doc:"What became of it." example:"failed"`
	ArticleID *string `json:"article_id" doc:"The article; null where the line failed." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Problem   string  `json:"problem" doc:"What is wrong with a line that failed, and how to mend it; else empty." example:"source is missing: give the publisher's name"`
}

func newImportResult(r app.ImportResult) importResult {
	return importResult{Line: r.Line, Outcome: r.Outcome, ArticleID: orNull(r.ArticleID), Problem: r.Problem}
}
