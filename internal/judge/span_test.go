package judge_test

import (
	"log/slog"
	"maps"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"corroborate/internal/judge"
	"corroborate/internal/judge/judgetest"
	"corroborate/internal/tracing"
	"corroborate/internal/tracing/tracetest"
)

// TestSpansOfQuestions asserts what is told of a question: that it was put, the status, and a
// word on how it failed. The passages, the answer, the key and the address are not, and the
// endpoint is told of no trace.
func TestSpansOfQuestions(t *testing.T) {
	t.Parallel()
	const reason = "zzplantedzz tells another number."
	gone := judgetest.New(t, nil)
	gone.Close()
	var told atomic.Bool
	hears := func(answer judgetest.Answer) *judgetest.Server {
		return judgetest.New(t, func(w http.ResponseWriter, r *http.Request, c judgetest.Call) {
			if r.Header.Get("Traceparent")+r.Header.Get("Tracestate")+r.Header.Get("Baggage") != "" {
				told.Store(true)
			}
			answer(w, r, c)
		})
	}
	for name, tt := range map[string]struct {
		at    *judgetest.Server
		notes map[string]string
	}{
		"answered": {hears(judgetest.Opinion("diverge", "number", reason)), map[string]string{"http.response.status_code": "int_value:200"}},
		"refused":  {hears(judgetest.Status(401)), map[string]string{"http.response.status_code": "int_value:401", "error.type": string(judge.WrongKey)}},
		"broken":   {hears(judgetest.Status(500)), map[string]string{"http.response.status_code": "int_value:500", "error.type": string(judge.ServerFault)}},
		"half":     {hears(judgetest.Half()), map[string]string{"http.response.status_code": "int_value:200", "error.type": string(judge.Network)}},
		"hangs":    {hears(judgetest.Hang()), map[string]string{"error.type": string(judge.Timeout)}},
		"gone":     {gone, map[string]string{"error.type": string(judge.Network)}},
	} {
		c := tracetest.New(t)
		tr, err := tracing.New(t.Context(), tracing.Config{Endpoint: c.URL + "/v1/traces", Service: "test", Log: slog.New(slog.DiscardHandler), Delay: time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		ctx, root := tr.Begin(t.Context(), "outer")
		_, _, _ = client(t, tt.at).Ask(ctx, question(t))
		root.End()
		tr.Stop(t.Context())
		outer, s := c.Named(t, "outer"), c.Named(t, "second judge")
		if len(c.Spans()) != 2 || s.Parent != outer.ID || s.Trace != outer.Trace || s.Kind != "client" || s.Failed != (tt.notes["error.type"] != "") || !maps.Equal(s.Notes, tt.notes) {
			t.Errorf("%s: %+v within %+v, want the notes %v", name, s, outer, tt.notes)
		}
		for _, private := range []string{"zzplantedzz", "Rescuers", "1,200", judgetest.Key, judgetest.Model, "127.0.0.1", "chat/completions"} {
			if c.Holds(private) {
				t.Errorf("%s: a span holds %q: %+v", name, private, c.Spans())
			}
		}
	}
	if told.Load() {
		t.Error("the endpoint was told of the trace")
	}
}
