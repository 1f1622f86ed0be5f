package api

import (
	"time"

	"corroborate/internal/app"
)

type historyEntry struct {
	ID     string                  `json:"id" doc:"The entry's id." example:"01977d70-3a11-7c20-9f1e-8b2c3d4e5f60"`
	At     time.Time               `json:"at" doc:"When it was done." example:"2025-03-28T09:00:00Z"`
	UserID *string                 `json:"user_id" doc:"Who did it; null where the service did it by itself, or somebody on its command line." example:"01977d00-0000-7000-8000-0123456789ab"`
	User   string                  `json:"user" doc:"The name of who did it, as it was then." example:"Ana Reyes"`
	KeyID  *string                 `json:"key_id" doc:"The API key that it was done with; null where it was done in a browser." example:"01977d80-1a2b-7c3d-8e4f-5a6b7c8d9e0f"`
	Action string                  `json:"action" doc:"What was done: the kind of thing, a dot, and the deed." example:"story.merge"`
	Object nullable[historyObject] `json:"object" doc:"What it was done to, as it is now; null where that is gone for good or has no name."`
	Detail map[string]string       `json:"detail" doc:"What was noted besides, by name: ids, names before and after, numbers. Further names may come." example:"{\"from\":\"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e12\",\"title\":\"Ferry strikes wall\"}"`
}

type historyObject struct {
	Kind    string `json:"kind" enum:"story,article,finding,feed,import,user,key,invitation" doc:"What kind of thing it is." example:"story"`
	ID      string `json:"id" doc:"Its id now; another one than in the entry where it was merged." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Name    string `json:"name" doc:"What it is called now." example:"Harbour bridge closed"`
	Deleted bool   `json:"deleted" doc:"True where it is in the bin." example:"false"`
}

// newHistory gives the entries of a part of the history.
func newHistory(h app.History) []historyEntry {
	return mapped(h.Items, func(e app.AuditEntry) historyEntry {
		out := historyEntry{ID: e.ID, At: e.At, UserID: orNull(e.ActorID), User: e.Actor, KeyID: orNull(e.KeyID), Action: e.Action, Detail: e.Detail}
		if out.Detail == nil {
			out.Detail = map[string]string{}
		}
		if o, ok := h.Objects[e.Object]; ok {
			out.Object.value = &historyObject{Kind: string(o.Kind), ID: o.At, Name: o.Name, Deleted: o.Deleted}
		}
		return out
	})
}
