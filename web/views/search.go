package views

import (
	"net/url"
	"strconv"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/search"
)

// SearchPage is a search with what it found.
type SearchPage struct {
	Query  string
	Newest bool
	// Groups is what was found, by type.
	Groups []SearchGroup
	// Problems say what of the query was left out.
	Problems []string
	// Corrected is the query that the groups are for, where there was nothing for the
	// one that was asked for.
	Corrected string
	// Empty is true where nothing was asked for yet.
	Empty bool
	// One is true where a single type was asked for, All the query for all types.
	One bool
	All string
	// Page counts from 1 up to Pages.
	Page, Pages int
	// Saved is the saved search that this is, nil for none.
	Saved *SavedSearch
	// CanSave offers to keep the search.
	CanSave bool
}

// SearchGroup is what was found of one type.
type SearchGroup struct {
	Type search.Type
	Hits []SearchHit
	// Total counts them, More is true where there are still more.
	Total int
	More  bool
	// Query is the query for this type alone.
	Query string
}

// SearchHit is something that was found. Title and Text have marks, see
// [search.Parts].
type SearchHit struct {
	Type      search.Type
	Address   string
	Title     string
	Text      string
	Story     string
	StoryID   string
	Source    string
	Sources   []string
	Origins   int
	Articles  int
	Published claims.Published
	At        time.Time
	Verdict   claims.Verdict
	Veiled    bool
	OneOrigin bool
	Reviewed  bool
	Kinds     []claims.Kind
	// New marks what came or changed since a saved search was looked at last.
	New bool
}

// SavedSearch is a saved search.
type SavedSearch struct {
	ID    string
	Name  string
	Query string
	// Seen is when it was looked at last.
	Seen    time.Time
	HasFeed bool
	Version int
	// Type is what is counted, New how much of it is new.
	Type search.Type
	New  int
	More bool
}

// SearchSuggestions are what a search may be meant for, while it is being typed.
type SearchSuggestions struct {
	Query  string
	Groups []SearchGroup
}

// SavedSearchesPage lists a person's saved searches.
type SavedSearchesPage struct{ Searches []SavedSearch }

// SavedSearchPage is the form of a saved search as it was filled in.
type SavedSearchPage struct {
	SavedSearch
	Errors Errors
	// FeedAddress is the address of a feed that was just made, shown once.
	FeedAddress string
}

// typeWords names a type of results, for one and for several.
func typeWords(t search.Type) (one, many string) {
	if t == search.Story {
		return "story", "stories"
	}
	return string(t), string(t) + "s"
}

// typeTitle heads the results of a type.
func typeTitle(t search.Type) string {
	_, many := typeWords(t)
	return string(many[0]-'a'+'A') + many[1:]
}

// passage is what is shown below the title, empty where that says it already.
func (h SearchHit) passage() string {
	if h.Type == search.Claim || h.Type == search.Source || search.Plain(h.Text) == search.Plain(h.Title) {
		return ""
	}
	return h.Text
}

// counted writes a number of results.
func (g SearchGroup) counted() string { return countedHits(g.Total, g.More, g.Type) }

func countedHits(n int, more bool, t search.Type) string {
	one, many := typeWords(t)
	if n == 1 && !more {
		return "1 " + one
	}
	if more {
		return "more than " + strconv.Itoa(n) + " " + many
	}
	return strconv.Itoa(n) + " " + many
}

// rest tells whether there are more results than are shown.
func (g SearchGroup) rest() bool { return g.Total > len(g.Hits) }

// searchAddress is the page of a search.
func searchAddress(query string, newest bool, page int) string {
	v := url.Values{"q": {query}}
	if newest {
		v.Set("sort", "newest")
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return "/search?" + v.Encode()
}

// pageAddress is another part of the results.
func (p SearchPage) pageAddress(page int) string {
	if p.Saved != nil {
		return p.Saved.Address() + "&page=" + strconv.Itoa(page)
	}
	return searchAddress(p.Query, p.Newest, page)
}

// title heads the page.
func (p SearchPage) title() string {
	if p.Saved != nil {
		return p.Saved.Name
	}
	return "Search"
}

// Address is where the results of a saved search are.
func (s SavedSearch) Address() string { return "/search?saved=" + url.QueryEscape(s.ID) }

// address is one of the pages of a saved search.
func (s SavedSearch) address(of string) string { return "/filters/" + s.ID + of }

// news says how much is new.
func (s SavedSearch) news() string {
	if s.New == 0 {
		return "nothing new"
	}
	return countedHits(s.New, s.More, s.Type) + " new"
}

// filterHelp explains the filters, each with an example.
var filterHelp = []struct{ Example, Meaning string }{
	{`ferry pier`, "both words, in any form: “pier” also finds “piers”"},
	{`"north pier"`, "these words together, as they stand"},
	{`ferry OR boat`, "one of the two"},
	{`ferry -storm`, "without this word"},
	{`verdict:diverge`, "findings by verdict: agree, diverge or single; several with commas"},
	{`kind:number,time`, "findings with a difference of this kind"},
	{`source:"The Wire"`, "what this source tells"},
	{`min_origins:2`, "findings that come from at least so many origins"},
	{`reviewed:no`, "findings that nobody has reviewed yet; or yes"},
	{`story:"ferry accident"`, "what is in stories with these words in their title"},
	{`after:2025-03-01`, "published on that day or later"},
	{`before:2025-04`, "published earlier than that day, month or year"},
	{`is:finding`, "one type: story, finding, claim, article, source or correction"},
}

// action is where the form is sent.
func (p SavedSearchPage) action() string {
	if p.ID == "" {
		return "/filters"
	}
	return p.address("/edit")
}
