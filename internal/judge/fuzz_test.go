package judge

import (
	"testing"
	"time"
)

// FuzzCompletion reads what an endpoint may answer: what it says that it took is bounded.
func FuzzCompletion(f *testing.F) {
	f.Add([]byte(`{"choices": [{"message": {"content": "{}"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 7, "completion_tokens": 2}}`))
	f.Add([]byte(`{"choices": [], "usage": {"prompt_tokens": -9, "completion_tokens": 9999999999}}`))
	f.Add([]byte(`{"choices": [{"message": {"refusal": "no"}}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var use Usage
		text, err := readCompletion(body, &use)
		if use.In < 0 || use.Out < 0 || use.In > maxTokens || use.Out > maxTokens {
			t.Errorf("%q took %+v", body, use)
		}
		if err != nil && text != "" {
			t.Errorf("%q gives both %q and %v", body, text, err)
		}
	})
}

// FuzzRetryAfter reads how long an endpoint asks to be left alone: never less than
// nothing, never more than a day.
func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"", "7", "1e300", "NaN", "-Inf", "Fri, 28 Mar 2025 09:00:00 GMT"} {
		f.Add(s)
	}
	now := time.Date(2025, 3, 28, 9, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		if d := retryAfter(s, now); d < 0 || d > maxRetryAfter {
			t.Errorf("%q gives %v", s, d)
		}
	})
}
