package api

import "corroborate/internal/app"

// userErasure is what goes and what stays when an account is deleted for good.
type userErasure struct {
	ID     string        `json:"id" doc:"The account's id, which stays." example:"01977d00-0000-7000-8000-0123456789ab"`
	Name   string        `json:"name" doc:"The name as it is shown: the pseudonym, once the account is deleted." example:"Former member 3"`
	State  string        `json:"state" enum:"kept,deleting,deleted" doc:"kept: nothing was asked. deleting: the account is nobody's any more, and what others wrote is gone through. deleted: nothing is left." example:"kept"`
	Looked int           `json:"looked_at" minimum:"0" doc:"How many entries of the history were gone through so far; 0 unless state is deleting." example:"0"`
	Goes   userGoes      `json:"goes" doc:"What goes; 0 everywhere once it has gone. Assignments and blind reviews are counted up to 10,000: 10,001 stands for more."`
	Stays  userRemainder `json:"stays" doc:"What stays under the pseudonym, each counted up to 10,000: 10,001 stands for more."`
}

type userGoes struct {
	Sessions int `json:"sessions" minimum:"0" doc:"How many sessions end." example:"1"`
	Keys     int `json:"keys" minimum:"0" doc:"How many API keys go, good or not." example:"2"`
	Searches int `json:"saved_searches" minimum:"0" doc:"How many saved searches go." example:"3"`
	Webhooks int `json:"webhooks" minimum:"0" doc:"How many webhooks go, with their deliveries." example:"1"`
	Assigned int `json:"assignments" minimum:"0" doc:"How many findings that were given to the person are handed back." example:"4"`
	Asked    int `json:"blind_reviews" minimum:"0" doc:"How many blind reviews that wait for the person's answer go on without it: one with two or more others left does, one with a single other is called off." example:"1"`
}

type userRemainder struct {
	Reviews    int `json:"reviews" minimum:"0" doc:"Reviews, with their notes." example:"120"`
	Judgements int `json:"judgements" minimum:"0" doc:"Judgements of the random sample." example:"40"`
	Edits      int `json:"claim_edits" minimum:"0" doc:"Edits of claims." example:"12"`
	Entries    int `json:"history" minimum:"0" doc:"Entries of the history." example:"950"`
}

func newUserErasure(e app.PersonErasure) userErasure {
	state := "kept"
	switch {
	case e.Running:
		state = "deleting"
	case e.ForgottenAt != nil:
		state = "deleted"
	}
	return userErasure{ID: e.ID, Name: e.Name, State: state, Looked: e.Looked,
		Goes:  userGoes{Sessions: e.Sessions, Keys: e.Keys, Searches: e.Searches, Webhooks: e.Webhooks, Assigned: e.Assigned, Asked: e.Asked},
		Stays: userRemainder{Reviews: e.Reviews, Judgements: e.Judgements, Edits: e.Edits, Entries: e.Entries}}
}
