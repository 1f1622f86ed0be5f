package judge

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// accent is what endpoints of one protocol take differently.
type accent struct {
	// schema has the endpoint hold its model to the form of the answer.
	schema bool
	// newLimit names the bound of the answer as models that think want it, which take no
	// temperature either.
	newLimit bool
}

// accents are tried in this order until one is taken.
var accents = []accent{{schema: true}, {schema: true, newLimit: true}, {}}

// request is a call as it is sent.
type request struct {
	Model               string          `json:"model"`
	Messages            []message       `json:"messages"`
	Temperature         *float64        `json:"temperature,omitempty"`
	MaxTokens           int             `json:"max_tokens,omitempty"`
	MaxCompletionTokens int             `json:"max_completion_tokens,omitempty"`
	ResponseFormat      *responseFormat `json:"response_format,omitempty"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type responseFormat struct {
	Type       string     `json:"type"`
	JSONSchema jsonSchema `json:"json_schema"`
}

type jsonSchema struct {
	Name   string          `json:"name"`
	Strict bool            `json:"strict"`
	Schema json.RawMessage `json:"schema"`
}

// requestFor writes the call that asks a question.
func requestFor(cfg Config, q Question, a accent) []byte {
	r := request{Model: cfg.Model, Messages: []message{{"system", task}, {"user", q.data()}}}
	if a.newLimit {
		r.MaxCompletionTokens = cfg.AnswerTokens
	} else {
		r.MaxTokens, r.Temperature = cfg.AnswerTokens, new(float64)
	}
	if a.schema {
		r.ResponseFormat = &responseFormat{Type: "json_schema", JSONSchema: jsonSchema{Name: "opinion", Strict: true, Schema: schema}}
	}
	return must(json.Marshal(r)) // strings and numbers alone
}

// completion is what is wanted of an answer.
type completion struct {
	Choices []struct {
		FinishReason string `json:"finish_reason"`
		Message      struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		} `json:"message"`
	} `json:"choices"`
	Usage struct {
		PromptTokens     int `json:"prompt_tokens"`
		CompletionTokens int `json:"completion_tokens"`
	} `json:"usage"`
}

// maxTokens bounds what an endpoint may say that a call took.
const maxTokens = 10_000_000

// readCompletion gives the text of an answer, and notes what it took.
func readCompletion(b []byte, use *Usage) (string, error) {
	fault := func(c Cause) error { return &Fault{Cause: c, Status: http.StatusOK} }
	var c completion
	if err := json.Unmarshal(b, &c); err != nil {
		return "", fault(Broken)
	}
	use.In += min(max(c.Usage.PromptTokens, 0), maxTokens)
	use.Out += min(max(c.Usage.CompletionTokens, 0), maxTokens)
	if len(c.Choices) == 0 {
		return "", fault(Broken)
	}
	first := c.Choices[0]
	switch {
	case first.FinishReason == "length":
		return "", fault(CutOff)
	case first.FinishReason == "content_filter" || first.Message.Refusal != "":
		return "", fault(Refused)
	}
	return first.Message.Content, nil
}

// maxRetryAfter is the longest that an endpoint is left alone because it asks for that.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads how long an endpoint asks to be left alone, in seconds or as a time.
func retryAfter(s string, now time.Time) time.Duration {
	d := time.Duration(0)
	if seconds, err := strconv.ParseFloat(s, 64); err == nil && seconds > 0 {
		d = time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second))
	} else if at, err := http.ParseTime(s); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}
