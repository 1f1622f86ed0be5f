package api

import (
	"time"

	"corroborate/internal/app"
)

// sessions are the places where a person is signed in.
type sessions struct {
	Items []session `json:"items" doc:"The sessions, the one that was used last first."`
	More  int       `json:"more" minimum:"0" doc:"How many there are besides." example:"0"`
}

type session struct {
	ID        string     `json:"id" doc:"The session's id. It opens nothing." example:"5f0c2f3e-6a51-4e0b-9a57-0f6f6a3a9c11"`
	BeganAt   *time.Time `json:"began_at" doc:"When the person signed in; null where that was not noted yet." example:"2025-03-28T07:45:00Z"`
	UsedAt    *time.Time `json:"used_at" doc:"When it was last used, to five minutes; null where that was not noted yet." example:"2025-03-28T09:10:00Z"`
	ExpiresAt time.Time  `json:"expires_at" doc:"When it ends unless it is used before." example:"2025-03-29T09:10:00Z"`
	Address   *string    `json:"address" doc:"The address of the client at the last use, as the server saw it; null where it is not known." example:"203.0.113.7"`
	Browser   *string    `json:"browser" doc:"The browser at the last use, as it called itself; null where it is not known." example:"Firefox on Linux"`
}

func newSession(s app.Session) session {
	return session{ID: s.ID, BeganAt: s.BeganAt, UsedAt: s.UsedAt, ExpiresAt: s.ExpiresAt, Address: orNull(s.Address), Browser: orNull(s.Browser)}
}
