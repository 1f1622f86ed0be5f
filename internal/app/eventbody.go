package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"corroborate/internal/store"
	"corroborate/internal/webhook"
)

// body gives an event as it is sent, for the viewer that it was read for. hook is the
// webhook that it is sent to, empty for none.
func (a *App) eventBody(e store.Event, hook string) any {
	head := webhook.Envelope{ID: e.ID, Type: e.Type, Version: webhook.Version, Timestamp: e.At.UTC()}
	switch e.Type {
	case webhook.ArticleReady, webhook.ArticleFailed, webhook.ArticleNotAnalysed, webhook.ArticleChanged:
		return webhook.Event[webhook.ArticleData]{Envelope: head, Data: a.articleData(e)}
	case webhook.FindingNew, webhook.VerdictChanged, webhook.FindingMerged:
		return webhook.Event[webhook.FindingData]{Envelope: head, Data: a.findingData(e)}
	case webhook.ReviewCreated, webhook.ReviewWithdrawn, webhook.ReviewStale:
		return webhook.Event[webhook.ReviewData]{Envelope: head, Data: a.reviewData(e)}
	case webhook.Ping:
		return webhook.Event[webhook.PingData]{Envelope: head, Data: webhook.PingData{WebhookID: hook, Links: a.links("webhooks", hook)}}
	}
	data := webhook.StoryData{StoryID: e.StoryID, Links: a.links("stories", e.StoryID)}
	if e.Type == webhook.StoryMerged {
		data.SuccessorID, data.Links = some(e.NowIs), a.links("stories", e.NowIs)
	}
	return webhook.Event[webhook.StoryData]{Envelope: head, Data: data}
}

// eventJSON gives an event as the bytes that are sent.
func (a *App) eventJSON(e store.Event, hook string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(a.eventBody(e, hook)); err != nil {
		return nil, fmt.Errorf("app: write an event: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func (a *App) articleData(e store.Event) webhook.ArticleData {
	d := webhook.ArticleData{ArticleID: e.ArticleID, StoryID: some(e.StoryID), Links: a.links("articles", e.ArticleID)}
	if e.Type != webhook.ArticleChanged {
		d.Reason = e.NowIs
	} else if n, err := strconv.Atoi(e.NowIs); err == nil {
		d.Revision = &n
	}
	return d
}

func (a *App) findingData(e store.Event) webhook.FindingData {
	d := webhook.FindingData{FindingID: e.FindingID, StoryID: e.StoryID, Veiled: e.Veiled, Links: a.links("findings", e.FindingID)}
	switch {
	case e.Type == webhook.FindingMerged:
		d.SuccessorID, d.Links = some(e.NowIs), a.links("findings", e.NowIs)
	case !e.Veiled:
		d.Verdict, d.VerdictBefore = some(e.NowIs), some(e.Was)
	}
	return d
}

func (a *App) reviewData(e store.Event) webhook.ReviewData {
	d := webhook.ReviewData{ReviewID: some(e.ReviewID), FindingID: some(e.FindingID), StoryID: e.StoryID, Links: a.links("findings", e.FindingID)}
	if e.FindingID == "" {
		d.Links = a.links("stories", e.StoryID)
	}
	if e.Type == webhook.ReviewCreated {
		d.Outcome = some(e.Outcome)
	}
	return d
}

// apiPrefix is the path under which the API lies.
const apiPrefix = "/api/v1"

// links lead to a thing of a kind.
func (a *App) links(kind, id string) webhook.Links {
	path := "/" + kind + "/" + id
	return webhook.Links{API: a.publicURL + apiPrefix + path, Page: a.publicURL + path}
}

// some gives a text, nil for an empty one.
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
