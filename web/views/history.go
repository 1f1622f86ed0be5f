package views

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"corroborate/web/views/ui"
)

// HistoryPage tells who did what.
type HistoryPage struct {
	Filter  HistoryFilter
	Entries []HistoryEntry
	Next    string
	// First is true on the first part of the list.
	First bool
	// All is true for those who see the whole history.
	All bool
	// About is the object whose history it is; its name is empty where it is that of
	// all.
	About HistoryObject
	// People are those to choose from.
	People []ui.Choice
	Errors Errors
}

// HistoryFilter is what was asked for, as it was entered.
type HistoryFilter struct {
	Person string
	Action string
	Object string
	Day    string
}

// query gives the filter as a query that leads to a part of the list.
func (f HistoryFilter) query(cursor string) string {
	q := url.Values{}
	for name, value := range map[string]string{"person": f.Person, "action": f.Action, "object": f.Object, "day": f.Day, "cursor": cursor} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// asked tells whether anything but an object is asked for.
func (f HistoryFilter) asked() bool { return f.Person != "" || f.Action != "" || f.Day != "" }

// HistoryObject is what something was done to.
type HistoryObject struct {
	// Kind is "story", "article", "finding" and the like.
	Kind string
	Name string
	// Address is empty where there is no page for the viewer.
	Address string
	// Deleted is true for what is in the bin.
	Deleted bool
}

// HistoryEntry is one thing that somebody did.
type HistoryEntry struct {
	At    time.Time
	Actor string
	// ByKey is true where a program did it with an API key.
	ByKey bool
	Parts []HistoryPart
}

// HistoryPart is a piece of the sentence that tells it: words of ours, or a name.
type HistoryPart struct {
	Text    string
	Name    bool
	Address string
}

// HistoryDeed is what was noted of something that was done.
type HistoryDeed struct {
	Action string
	Object string
	Detail map[string]string
	// Review says what a review means, empty where that is not to be told.
	Review ReviewSubject
}

// ReviewSubject is what a review means for the word of the machine.
type ReviewSubject string

// What reviews mean.
const (
	ReviewApart      ReviewSubject = "apart"
	ReviewConfirms   ReviewSubject = "confirmed"
	ReviewRejects    ReviewSubject = "rejected"
	ReviewChanges    ReviewSubject = "changed"
	ReviewLeavesOpen ReviewSubject = "note"
)

// reviewPhrases say what a review means, and never which verdict it gives.
var reviewPhrases = map[ReviewSubject]string{
	ReviewApart:      "found that the claims of {object} are not about one fact",
	ReviewConfirms:   "confirmed what the machine says of {object}",
	ReviewRejects:    "rejected what the machine says of {object}",
	ReviewChanges:    "changed the verdict of {object}",
	ReviewLeavesOpen: "left a note on {object}",
}

// Sentence tells in words what was done; objects are by id.
func Sentence(d HistoryDeed, objects map[string]HistoryObject) []HistoryPart {
	phrase := reviewPhrases[d.Review]
	if d.Action != "finding.review" || phrase == "" {
		phrase = phraseOf(d.Action)
	}
	var out []HistoryPart
	for phrase != "" {
		before, rest, found := strings.Cut(phrase, "[")
		out = append(out, partsOf(before, d, objects)...)
		if !found {
			break
		}
		optional, after, _ := strings.Cut(rest, "]")
		if parts := partsOf(optional, d, objects); !slices.Contains(parts, HistoryPart{}) {
			out = append(out, parts...)
		}
		phrase = after
	}
	return slices.DeleteFunc(out, func(p HistoryPart) bool { return p.Text == "" })
}

// phraseOf gives the phrase of an action, words made of its name where it has none.
func phraseOf(action string) string {
	if p := phrases[action]; p != "" {
		return p
	}
	kind, did, _ := strings.Cut(action, ".")
	return kind + " {object}: " + strings.ReplaceAll(did, "_", " ")
}

// partsOf fills the names of a phrase in. What was not noted becomes an empty part.
func partsOf(phrase string, d HistoryDeed, objects map[string]HistoryObject) []HistoryPart {
	var out []HistoryPart
	for phrase != "" {
		words, rest, found := strings.Cut(phrase, "{")
		if words != "" {
			out = append(out, HistoryPart{Text: words})
		}
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		if name == "object" {
			out = append(out, objectParts(d, objects)...)
		} else {
			out = append(out, detailPart(d.Detail[name], objects))
		}
		phrase = after
	}
	return out
}

// objectParts names what something was done to.
func objectParts(d HistoryDeed, objects map[string]HistoryObject) []HistoryPart {
	o, known := objects[d.Object]
	if !known {
		for _, name := range []string{"title", "name", "url"} {
			if d.Detail[name] != "" {
				return []HistoryPart{{Text: d.Detail[name], Name: true}}
			}
		}
		return []HistoryPart{{Text: "that is gone for good"}}
	}
	if o.Name == "" {
		o.Name = "without a name"
	}
	out := []HistoryPart{{Text: o.Name, Name: true, Address: o.Address}}
	if o.Deleted && !strings.HasSuffix(d.Action, ".delete") {
		out = append(out, HistoryPart{Text: " (in the bin)"})
	}
	return out
}

// detailPart gives something that was noted: an object's name for its id, else as it
// is. An id that names nothing any more is left out.
func detailPart(value string, objects map[string]HistoryObject) HistoryPart {
	if o, ok := objects[value]; ok {
		return HistoryPart{Text: o.Name, Name: true, Address: o.Address}
	}
	if looksLikeID(value) {
		return HistoryPart{}
	}
	return HistoryPart{Text: value, Name: value != ""}
}

// looksLikeID tells whether a text is an id, which says nothing to a reader.
func looksLikeID(s string) bool {
	return len(s) == 36 && strings.Count(s, "-") == 4 && strings.Trim(strings.ToLower(s), "0123456789abcdef-") == ""
}

// actionGroup is a group of choices of the filter.
type actionGroup struct {
	Name    string
	Choices []ui.Choice
}

// actionChoices lists what can be asked for: all of a group, or one action.
func actionChoices() []actionGroup {
	var out []actionGroup
	for _, g := range actionGroups {
		group := actionGroup{Name: g.name, Choices: []ui.Choice{{Value: g.prefix, Label: g.name + ": everything"}}}
		for _, a := range slices.Sorted(maps.Keys(phrases)) {
			if strings.HasPrefix(a, g.prefix+".") {
				group.Choices = append(group.Choices, ui.Choice{Value: a, Label: actionLabel(a)})
			}
		}
		out = append(out, group)
	}
	return out
}

// actionLabel is an action's phrase without the names.
func actionLabel(action string) string {
	label, _, _ := strings.Cut(phrases[action], "[")
	for _, cut := range []string{" “{title}” into {object}", " to {to}", " the article {article}", " {findings}", " {articles} of its articles off", " {articles}", " of {object}", " from {url}", " of {name}", " {name}", " {object}"} {
		label = strings.ReplaceAll(label, cut, "")
	}
	return strings.TrimSpace(label)
}
