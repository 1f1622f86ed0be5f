package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/search"
)

// find runs a search for somebody.
func (f *fixture) find(who app.Actor, query string) app.SearchResult {
	f.t.Helper()
	r, err := f.Search(f.t.Context(), who, app.SearchInput{Query: query})
	if err != nil {
		f.t.Fatalf("%s: %v", query, err)
	}
	return r
}

// found gives the hits of a type.
func found(r app.SearchResult, t search.Type) []app.SearchHit {
	for _, g := range r.Groups {
		if g.Type == t {
			return g.Hits
		}
	}
	return nil
}

// counts writes how much was found of each type, as "finding 2, claim 3".
func counts(r app.SearchResult) string {
	var out []string
	for _, g := range r.Groups {
		out = append(out, fmt.Sprint(g.Type, " ", g.Total))
	}
	return strings.Join(out, ", ")
}

func TestSearchFinds(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	f.add(s.ID, app.ArticleInput{Source: "Le Monde Élysée", Title: "Ça va à Bogotá", Text: "The US envoy García Márquez left Bogotá for Marrow. He will not return."})
	for _, c := range []struct{ query, want string }{
		{"flooded", "story 1, finding 1, article 2, claim 2"},
		{"FLOODS", "story 1, finding 1, article 2, claim 2"},
		{"rescuers evacuated", "finding 1, article 3, claim 3"},
		{`"from the town"`, "finding 1, article 2, claim 2"},
		{`"the from town"`, ""},
		{"evacuated -boats", "finding 1, article 2, claim 3"},
		{"boats OR bridge", "finding 2, article 2, claim 2"},
		{"the boats", "finding 1, article 1, claim 1"},
		{"1,200", "finding 1, article 2, claim 2"},
		{"bogota garcia", "finding 1, article 1, claim 1"},
		{"Bogotá", "finding 1, article 1, claim 1"},
		{"US envoy", "finding 1, article 1, claim 1"},
		{"gazette", "source 1"},
		{"gazete marrow", "source 1"},
		{"kind:number", "finding 1, claim 3"},
		{"kind:number,quote verdict:diverge", "finding 1, claim 3"},
		{"verdict:diverge boats", ""},
		{"evacuated source:\"the herald\"", "finding 1, article 1, claim 1"},
		{"min_origins:3", "finding 1, claim 3"},
		{"reviewed:yes", ""},
		{"evacuated after:2025-04-03", "finding 1, article 1, claim 1"},
		{"evacuated before:2025-04-03", "finding 1, article 2, claim 2"},
		{"boats story:" + s.ID, "finding 1, article 1, claim 1"},
		{"boats story:marrow", "finding 1, article 1, claim 1"},
		{"is:article evacuated", "article 3"},
		{"is:article,claim evacuated", "article 3, claim 3"},
		{"", ""},
		{"-boats is:article", "article 3"},
	} {
		r := f.find(f.admin, c.query)
		if got := counts(r); got != c.want || r.Corrected != "" || len(r.Problems) > 0 {
			t.Errorf("%s finds %q, want %q; corrected %q, problems %v", c.query, got, c.want, r.Corrected, r.Problems)
		}
	}
}

func TestSearchRanksAndMarks(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	f.add(s.ID, app.ArticleInput{Source: "The Wire", Title: "Markets", Text: "Boats were sold in Tarn. The flood in Marrow was named at the end."})
	articles := found(f.find(f.admin, "flood marrow is:article"), search.Article)
	if len(articles) != 3 || search.Plain(articles[0].Title) != gazette.Title {
		t.Errorf("the first article is %+v", articles)
	}
	if !strings.Contains(articles[0].Title, search.MarkStart+"Flood"+search.MarkEnd) {
		t.Errorf("the title is marked as %q", articles[0].Title)
	}
	findings := found(f.find(f.admin, "marrow is:finding"), search.Finding)
	if len(findings) < 2 || findings[0].SourceCount < 2 {
		t.Errorf("what two tell is not first: %+v", findings)
	}
	hit := found(f.find(f.admin, "evacuated"), search.Finding)[0]
	if hit.Verdict != claims.Diverge || !slices.Equal(hit.Kinds, []claims.Kind{claims.KindNumber}) || len(hit.Sources) != 3 ||
		!strings.Contains(hit.Text, search.MarkStart+"evacuated"+search.MarkEnd) || hit.StoryID != s.ID {
		t.Errorf("the finding is %+v", hit)
	}
	newest, err := f.Search(t.Context(), f.admin, app.SearchInput{Query: "marrow is:article", Newest: true})
	if err != nil || search.Plain(found(newest, search.Article)[0].Title) != "Markets" {
		t.Errorf("the newest article is %+v, %v", newest.Groups, err)
	}
}

func TestSearchHelpsWhereNothingIsFound(t *testing.T) {
	t.Parallel()
	f := started(t)
	f.story(gazette, courier, herald)
	r := f.find(f.admin, "rescuers evacauted kind:number")
	if r.Corrected != "rescuers evacuate kind:number" || len(found(r, search.Finding)) != 1 {
		t.Errorf("a typing error gives %q, %s", r.Corrected, counts(r))
	}
	if r := f.find(f.admin, "zzzyxq"); !r.Empty() || r.Corrected != "" {
		t.Errorf("nonsense gives %q, %s", r.Corrected, counts(r))
	}
	if r := f.find(f.admin, "flood boats"); !r.Empty() || r.Corrected != "" {
		t.Errorf("words that are nowhere together give %q, %s", r.Corrected, counts(r))
	}
	for query, want := range map[string]string{
		"flood source:herold":   `Did you mean source:"The Herald"?`,
		"flood story:xylophone": "No story's title has",
		"flood kind:numbr":      "knows no “numbr”",
	} {
		r := f.find(f.admin, query)
		if len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Message, want) {
			t.Errorf("%s: problems %v, want %q", query, r.Problems, want)
		}
		if named := strings.Contains(query, "kind:"); r.Empty() == named {
			t.Errorf("%s finds %s", query, counts(r))
		}
	}
}

func TestSearchGoesOnByPages(t *testing.T) {
	t.Parallel()
	f := started(t)
	var text strings.Builder
	for i := range 45 {
		fmt.Fprintf(&text, "Ferry number %d sank in the harbour of Port%d on Monday.\n\n", i+100, i)
	}
	f.story(app.ArticleInput{Source: "The Wire", Title: "Ferries", Text: text.String()})
	seen := map[string]bool{}
	pages := 0
	for page := 1; ; page++ {
		r, err := f.Search(t.Context(), f.admin, app.SearchInput{Query: "is:claim ferry", Page: page})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range found(r, search.Claim) {
			if seen[h.ID] {
				t.Errorf("%s comes twice", h.Text)
			}
			seen[h.ID] = true
		}
		if pages = r.Pages; page >= pages {
			break
		}
	}
	if pages != 3 || len(seen) < 45 {
		t.Errorf("%d claims on %d pages", len(seen), pages)
	}
}

func TestWhatIsDeletedIsNotFound(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	if f.find(f.admin, "flood").Empty() {
		t.Fatal("nothing is found")
	}
	if err := f.DeleteStory(t.Context(), f.admin, s.ID, 0); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"flood", "marrow", "gazette", "verdict:diverge", "is:claim"} {
		if r := f.find(f.admin, q); !r.Empty() {
			t.Errorf("%s finds %s", q, counts(r))
		}
	}
}

func TestRevisionsAreFoundByWhatTheySayNow(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette)
	if f.find(f.admin, "bridge is:article").Empty() {
		t.Fatal("nothing is found")
	}
	changed := gazette
	changed.Text = strings.Replace(gazette.Text, "closed the bridge", "opened the tunnel", 1)
	changed.Title = "Flood over"
	f.add(s.ID, changed)
	for q, want := range map[string]bool{"tunnel": true, "bridge": false, "over": true} {
		if got := !f.find(f.admin, q+" is:article").Empty(); got != want {
			t.Errorf("%s is found: %v, want %v", q, got, want)
		}
	}
}

func TestStrangersFindNoTexts(t *testing.T) {
	t.Parallel()
	f := started(t, func(c *app.Config) { c.PublicRead = true })
	f.story(gazette, courier)
	nobody := f.Anonymous()
	if got := counts(f.find(nobody, "school")); got != "finding 1, claim 1" {
		t.Errorf("a stranger finds %q by a passage", got)
	}
	articles := found(f.find(nobody, "banks is:article"), search.Article)
	if len(articles) != 1 || articles[0].Text != "" {
		t.Errorf("a stranger finds %+v by a title", articles)
	}
	private := started(t)
	_, err := private.Search(t.Context(), private.Anonymous(), app.SearchInput{Query: "flood"})
	wantKind(t, err, claims.Unauthenticated)
	_, err = private.Suggest(t.Context(), private.Anonymous(), "flood")
	wantKind(t, err, claims.Unauthenticated)
}

func TestSearchTellsNothingOfAVeiledFinding(t *testing.T) {
	t.Parallel()
	f := started(t)
	open := f.withNumber(f.story(gazette, courier, herald).ID)
	checker := f.person(auth.Checker)
	saved, err := f.SaveSearch(t.Context(), f.admin, app.SavedSearchInput{Name: "x", Query: "verdict:diverge"})
	if err != nil {
		t.Fatal(err)
	}
	secret, err := f.MakeSearchFeed(t.Context(), f.admin, saved.ID)
	if err != nil {
		t.Fatal(err)
	}
	hasIt := func(who app.Actor, query string) bool {
		r := f.find(who, query)
		return slices.ContainsFunc(slices.Concat(found(r, search.Finding), found(r, search.Claim)),
			func(h app.SearchHit) bool { return h.FindingID == open.ID })
	}
	tells := []string{"verdict:diverge", "kind:number", "verdict:diverge evacuated", "kind:number is:claim", "reviewed:yes evacuated", "verdict:agree,diverge,single evacuated"}
	f.review(open.ID, app.ReviewInput{Alignment: app.Confirmed})
	for _, q := range tells {
		if !hasIt(f.admin, q) {
			t.Errorf("before: %s does not find it", q)
		}
	}
	f.blind(open.ID)
	for _, q := range tells {
		if hasIt(f.admin, q) || !hasIt(checker, q) {
			t.Errorf("%s finds it for who reviews it: %v, for another: %v", q, hasIt(f.admin, q), hasIt(checker, q))
		}
	}
	for _, q := range []string{"evacuated", "reviewed:no", "min_origins:3"} {
		if !hasIt(f.admin, q) {
			t.Errorf("%s does not find it", q)
		}
	}
	for _, h := range found(f.find(f.admin, "evacuated"), search.Finding) {
		if h.ID == open.ID && (!h.Veiled || h.Verdict != "" || len(h.Kinds) > 0 || h.Reviewed || !h.Changed.Equal(h.At)) {
			t.Errorf("it is shown as %+v", h)
		}
	}
	feed, err := f.SearchFeed(t.Context(), secret)
	if err != nil || len(feed.Hits) != 0 {
		t.Errorf("the feed has %+v, %v", feed.Hits, err)
	}
}
