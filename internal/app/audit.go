package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/store"
)

// HistoryFilter chooses what was done; empty fields choose all.
type HistoryFilter struct {
	// Person is the id of who did it, [ByService] for what the service did by itself.
	Person  string
	Actions []string
	// Action is one action, "story.merge", or the part of several before the dot.
	Action string
	// Object is the id of what it was done to. A story's history is also that of its
	// articles and findings.
	Object string
	// Key is the id of the API key that it was done with.
	Key string
	// From and To bound when it was done; To is not within.
	From, To time.Time
	Page
}

// ByService stands for the service in [HistoryFilter.Person].
const ByService = "service"

// What an entry of the history is about; see the store for the fields.
type (
	Object     = store.Object
	ObjectKind = store.ObjectKind
	Judged     = store.Judged
)

// The kinds of object.
const (
	StoryObject      = store.StoryObject
	ArticleObject    = store.ArticleObject
	FindingObject    = store.FindingObject
	FeedObject       = store.FeedObject
	ImportObject     = store.ImportObject
	UserObject       = store.UserObject
	KeyObject        = store.KeyObject
	InvitationObject = store.InvitationObject
	SourceObject     = store.SourceObject
)

// History is a part of what was done, the newest first, with what its entries are
// about.
type History struct {
	List[AuditEntry]
	// About is the object that was asked for, nil where none was.
	About *Object
	// Objects are by id; what is gone for good is not there.
	Objects map[string]Object
	// Reviews says by id what reviews decided on, of those that the actor may see.
	Reviews map[string]Judged
}

// ofEditors are the kinds of object whose history editors see.
var ofEditors = []ObjectKind{StoryObject, ArticleObject, FindingObject, FeedObject, ImportObject}

// History tells who did what: to administrators all of it, to editors what was done
// to one story, article, finding, feed or import.
func (a *App) History(ctx context.Context, who Actor, f HistoryFilter) (History, error) {
	if err := who.require(WriteArticles); err != nil {
		return History{}, err
	}
	if f.Object == "" && !who.Can(Administer) {
		return History{}, who.require(Administer)
	}
	choice, about, err := a.historyChoice(ctx, who, f)
	if err != nil {
		return History{}, err
	}
	list, err := byID(f.Page, func(before string, limit int) ([]AuditEntry, error) {
		choice.Before, choice.Limit = before, limit
		return a.db.History(ctx, choice)
	}, func(e AuditEntry) string { return e.ID })
	if err != nil {
		return History{}, err
	}
	return a.withObjects(ctx, who, History{List: list, About: about})
}

// historyChoice turns a filter into what the store reads, with the object that it
// asks for.
func (a *App) historyChoice(ctx context.Context, who Actor, f HistoryFilter) (store.HistoryChoice, *Object, error) {
	out := store.HistoryChoice{Actions: f.Actions, Action: f.Action, From: f.From, To: f.To}
	var err error
	if out.KeyID, err = filterID("key_id", f.Key); err != nil {
		return out, nil, err
	}
	if f.Person == ByService {
		out.Service = true
	} else if out.ActorID, err = filterID("person", f.Person); err != nil {
		return out, nil, err
	}
	if f.Object == "" {
		return out, nil, nil
	}
	id, err := knownID(f.Object)
	if err != nil {
		return out, nil, err
	}
	found, err := a.db.Objects(ctx, []string{id})
	if err != nil {
		return out, nil, err
	}
	if len(found) == 0 || !who.Can(Administer) && !slices.Contains(ofEditors, found[0].Kind) {
		return out, nil, errGone
	}
	about := found[0]
	if about.Kind == StoryObject {
		out.Objects, err = a.db.WithinStory(ctx, about.At)
	} else {
		out.Objects = distinct([]string{id, about.At})
	}
	return out, &about, err
}

// withObjects completes a part of the history with what its entries are about.
func (a *App) withObjects(ctx context.Context, who Actor, h History) (History, error) {
	var ids, reviews []string
	for _, e := range h.Items {
		for _, kept := range answers {
			delete(e.Detail, kept) // what somebody judged is for the figures, not for colleagues
		}
		for _, id := range []string{e.Object, e.Detail["from"], e.Detail["to"], e.Detail["article"]} {
			if known, err := knownID(id); err == nil {
				ids = append(ids, known)
			}
		}
		if id, err := knownID(e.Detail["review"]); err == nil {
			reviews = append(reviews, id)
		}
	}
	objects, err := a.db.Objects(ctx, ids)
	if err != nil {
		return History{}, err
	}
	judged, err := a.seen(who).Judged(ctx, reviews)
	if err != nil {
		return History{}, err
	}
	h.Objects, h.Reviews = make(map[string]Object, len(objects)), make(map[string]Judged, len(judged))
	for _, o := range objects {
		h.Objects[o.ID] = o
	}
	for _, j := range judged {
		h.Reviews[j.ID] = j
	}
	return h, nil
}

// answers are the details of judgements of the random sample that nobody is told.
var answers = []string{"answer", "really"}

// maxPeople is the most people that are offered to choose from.
const maxPeople = 500

// People lists everybody who has or had an account, by name.
func (a *App) People(ctx context.Context, who Actor) ([]User, error) {
	if err := who.require(Administer); err != nil {
		return nil, err
	}
	return a.db.People(ctx, maxPeople)
}
