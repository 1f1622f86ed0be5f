package jobs

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

type causeKey struct{}

// CausedBy notes in a context which request makes jobs necessary. The line in the log of
// each, and of those that they enqueue in turn, names it.
func CausedBy(ctx context.Context, requestID string) context.Context {
	return context.WithValue(ctx, causeKey{}, requestID)
}

// causeOf gives the id of the request that a context belongs to, empty for none.
func causeOf(ctx context.Context) string {
	id, _ := ctx.Value(causeKey{}).(string)
	return id
}

// causeField is where a job's metadata hold the id of the request.
const causeField = "request_id"

// causes keeps with a job which request has made it necessary.
type causes struct{ river.MiddlewareDefaults }

// InsertMany adds the request to jobs that are enqueued.
func (*causes) InsertMany(ctx context.Context, all []*rivertype.JobInsertParams, insert func(context.Context) ([]*rivertype.JobInsertResult, error)) ([]*rivertype.JobInsertResult, error) {
	if id := causeOf(ctx); id != "" {
		for _, p := range all {
			var err error
			if p.Metadata, err = withField(p.Metadata, causeField, id); err != nil {
				return nil, err
			}
		}
	}
	return insert(ctx)
}

// Work gives a job the request that it was made necessary by.
func (*causes) Work(ctx context.Context, job *rivertype.JobRow, do func(context.Context) error) error {
	if id := field(job.Metadata, causeField); id != "" {
		ctx = CausedBy(ctx, id)
	}
	return do(ctx)
}

// withField sets a field of a job's metadata.
func withField(metadata []byte, name, value string) ([]byte, error) {
	fields := map[string]json.RawMessage{}
	if len(metadata) > 0 {
		if err := json.Unmarshal(metadata, &fields); err != nil {
			return nil, fmt.Errorf("jobs: read metadata: %w", err)
		}
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("jobs: write metadata: %w", err)
	}
	fields[name] = text
	return json.Marshal(fields)
}

// field reads a field of a job's metadata, empty where it is not there.
func field(metadata []byte, name string) string {
	var fields map[string]json.RawMessage
	var value string
	if json.Unmarshal(metadata, &fields) != nil || json.Unmarshal(fields[name], &value) != nil {
		return ""
	}
	return value
}
