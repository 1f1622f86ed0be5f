package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/webhook"
)

// eventShapes gives the shape of each type of event.
func eventShapes() map[webhook.Type]reflect.Type {
	out := map[webhook.Type]reflect.Type{webhook.Ping: reflect.TypeFor[webhook.Event[webhook.PingData]]()}
	for _, t := range webhook.Types() {
		switch kind, _, _ := strings.Cut(string(t), "."); kind {
		case "article":
			out[t] = reflect.TypeFor[webhook.Event[webhook.ArticleData]]()
		case "finding":
			out[t] = reflect.TypeFor[webhook.Event[webhook.FindingData]]()
		case "review":
			out[t] = reflect.TypeFor[webhook.Event[webhook.ReviewData]]()
		default:
			out[t] = reflect.TypeFor[webhook.Event[webhook.StoryData]]()
		}
	}
	return out
}

// describeEvents adds to the OpenAPI document what receivers of webhooks are sent.
func (a *API) describeEvents() {
	doc := a.huma.OpenAPI()
	doc.Webhooks = map[string]*huma.PathItem{}
	shapes := eventShapes()
	for _, t := range append(webhook.Types(), webhook.Ping) {
		schema := doc.Components.Schemas.Schema(shapes[t], true, "")
		doc.Webhooks[string(t)] = &huma.PathItem{Post: &huma.Operation{
			OperationID: "on-" + strings.NewReplacer(".", "-", "_", "-").Replace(string(t)),
			Tags:        []string{"Webhooks"},
			Summary:     string(t),
			Description: t.About() + " Answer with a status from 200 to 299 within 10 seconds, once the event is safe with you, and work on it afterwards. " +
				"410 ends the webhook; redirects are not followed.",
			Parameters:  signatureHeaders(),
			RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{jsonMedia: {Schema: schema, Example: eventExample(t)}}},
			Responses:   map[string]*huma.Response{"2XX": {Description: "The event was taken."}, "410": {Description: "The webhook is not wanted any more."}},
			Security:    []map[string][]string{{}},
		}}
	}
}

// signatureHeaders describes the headers of a call.
func signatureHeaders() []*huma.Param {
	header := func(name, about, example string) *huma.Param {
		return &huma.Param{Name: name, In: "header", Required: true, Description: about,
			Schema: &huma.Schema{Type: huma.TypeString, Examples: []any{example}}}
	}
	return []*huma.Param{
		header(webhook.HeaderID, "The event's id, the same in every try.", exampleEvent),
		header(webhook.HeaderTimestamp, "When it was sent, in seconds since 1970. Refuse what is older than five minutes.", "1743149700"),
		header(webhook.HeaderSignature, "Signatures, parted by spaces: v1, a comma, and base64 of the HMAC-SHA256 of id, timestamp and body, joined by dots. One of them has to be right.",
			"v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="),
	}
}

// The ids of the examples.
const (
	exampleEvent   = "7c1f3f0e-5a0c-4e55-9a43-0d9c2f1b7e60"
	exampleStory   = "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"
	exampleArticle = "01977d5e-9a01-7c11-8a2b-3c4d5e6f7081"
	exampleFinding = "01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"
	exampleReview  = "01977d61-0000-7a4e-8d1b-2d9d9a4a7c05"
	exampleHook    = "01977d90-1111-7c3d-8e4f-5a6b7c8d9e0f"
	exampleTook    = "01977d60-2f00-7a4e-8d1b-2d9d9a4a7c04"
	exampleSite    = "https://news.example.org"
)

// eventExample gives an event as it is sent.
func eventExample(t webhook.Type) any {
	data := map[string]any{}
	kind, _, _ := strings.Cut(string(t), ".")
	link := func(part, id string) {
		data["links"] = map[string]string{"api": exampleSite + Prefix + "/" + part + "/" + id, "page": exampleSite + "/" + part + "/" + id}
	}
	switch kind {
	case "article":
		data["article_id"], data["story_id"], data["revision"], data["reason"] = exampleArticle, exampleStory, nil, ""
		link("articles", exampleArticle)
	case "finding":
		data["finding_id"], data["story_id"], data["verdict"], data["verdict_before"] = exampleFinding, exampleStory, "diverge", nil
		data["veiled"], data["successor_id"] = false, nil
		link("findings", exampleFinding)
	case "review":
		data["review_id"], data["finding_id"], data["story_id"], data["outcome"] = exampleReview, exampleFinding, exampleStory, nil
		link("findings", exampleFinding)
	case "story":
		data["story_id"], data["successor_id"] = exampleStory, nil
		link("stories", exampleStory)
	default:
		data["webhook_id"] = exampleHook
		link("webhooks", exampleHook)
	}
	exampleOf(t, data, link)
	return map[string]any{"id": exampleEvent, "type": string(t), "version": webhook.Version, "timestamp": "2025-03-28T08:15:00Z", "data": data}
}

// exampleOf sets what is another in the events of one type.
func exampleOf(t webhook.Type, data map[string]any, link func(part, id string)) {
	switch t {
	case webhook.ArticleChanged:
		data["revision"] = 2
	case webhook.ArticleFailed:
		data["reason"] = "it failed 5 times for an internal reason; the log of the server has it"
	case webhook.ArticleNotAnalysed:
		data["reason"], data["story_id"] = "its language is not read", nil
	case webhook.VerdictChanged:
		data["verdict_before"] = "agree"
	case webhook.FindingMerged:
		data["verdict"], data["successor_id"] = nil, exampleTook
		link("findings", exampleTook)
	case webhook.ReviewCreated:
		data["outcome"] = "confirmed"
	case webhook.ReviewStale:
		data["review_id"] = nil
	case webhook.StoryMerged:
		data["successor_id"] = exampleTook
		link("stories", exampleTook)
	}
}
