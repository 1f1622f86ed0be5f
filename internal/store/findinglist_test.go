package store_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/claims"
	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
	"corroborate/internal/store/storetest/made"
)

// madeStory gives a database with a made-up story of 120 findings in 12 articles.
func madeStory(t *testing.T) (*pgxpool.Pool, *store.DB, string) {
	t.Helper()
	pool := storetest.New(t)
	id := made.Story(t, pool, made.Size{Articles: 12, Findings: 120})
	return pool, store.New(pool), id
}

// walk lists all findings of a choice part by part; between is called after each.
func walk(t *testing.T, q store.Queries, c store.FindingChoice, between func()) []store.Finding {
	t.Helper()
	var out []store.Finding
	for c.Limit = 7; ; {
		part, err := q.Findings(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, part...)
		if len(part) < c.Limit {
			return out
		}
		last := part[len(part)-1].Place
		if c.ByKind && last.Kind() != firstKind(part[len(part)-1]) {
			t.Fatalf("the place %+v is not of the kind %q", last, firstKind(part[len(part)-1]))
		}
		if !last.Fits(c.Order, c.ByKind) {
			t.Fatalf("the place %+v does not fit its own list", last)
		}
		c.After = &last
		between()
	}
}

// orders says for each order which of two findings comes first, as far as the order
// has an opinion.
var orders = map[store.FindingOrder]func(a, b store.Finding) int{
	store.ByVerdict: func(a, b store.Finding) int { return cmp.Or(cmp.Compare(rankOf(a), rankOf(b)), b.Sources-a.Sources) },
	store.MostDivided: func(a, b store.Finding) int {
		return cmp.Or(cmp.Compare(rankOf(a), rankOf(b)), cmp.Compare(b.Divided(), a.Divided()), b.Sources-a.Sources)
	},
	store.MostTold:     func(a, b store.Finding) int { return cmp.Or(b.Sources-a.Sources, b.Origins-a.Origins) },
	store.ToldAlone:    func(a, b store.Finding) int { return cmp.Or(a.Origins-b.Origins, a.Sources-b.Sources) },
	store.LeastCertain: func(a, b store.Finding) int { return cmp.Compare(certainty(a), certainty(b)) },
}

func certainty(f store.Finding) float64 {
	if f.Alignment == nil {
		return math.Inf(1)
	}
	return *f.Alignment
}

func rankOf(f store.Finding) int {
	return slices.Index([]claims.Verdict{claims.Diverge, claims.Agree, claims.Single}, f.Verdict)
}

func TestOrdersOfFindings(t *testing.T) {
	t.Parallel()
	_, db, story := madeStory(t)
	for order, before := range orders {
		for _, byKind := range []bool{false, true} {
			all := walk(t, db.Queries, store.FindingChoice{StoryID: story, Order: order, ByKind: byKind}, func() {})
			if len(all) != 120 {
				t.Errorf("%s: %d findings, want 120", order, len(all))
			}
			if !slices.IsSortedFunc(all, func(a, b store.Finding) int { return cmp.Or(groupOf(a, byKind)-groupOf(b, byKind), before(a, b)) }) {
				t.Errorf("%q, by kind %v: not in its order", order, byKind)
			}
			if n := len(distinct(all)); n != len(all) {
				t.Errorf("%q: %d findings come twice", order, len(all)-n)
			}
		}
	}
}

// groupOf gives the place of a finding's group.
func groupOf(f store.Finding, byKind bool) int {
	switch {
	case !byKind:
		return 0
	case len(f.Differences) == 0:
		return 99
	}
	return slices.Index(claims.Kinds(), f.Differences[0].Kind)
}

func distinct(all []store.Finding) map[string]bool {
	seen := map[string]bool{}
	for _, f := range all {
		seen[f.ID] = true
	}
	return seen
}

func TestNewestFindingsComeFirst(t *testing.T) {
	t.Parallel()
	_, db, story := madeStory(t)
	arts, err := db.Articles(t.Context(), store.ArticleChoice{StoryID: story, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	published := map[string]int64{}
	for _, a := range arts {
		published[a.ID] = a.Published.At.Unix()
	}
	newest := func(f store.Finding) (at int64) {
		for _, c := range f.Claims {
			at = max(at, published[c.ArticleID])
		}
		return at
	}
	all := walk(t, db.Queries, store.FindingChoice{StoryID: story, Order: store.Newest}, func() {})
	if newest(all[0]) == newest(all[len(all)-1]) {
		t.Fatal("all are equally new")
	}
	if !slices.IsSortedFunc(all, func(a, b store.Finding) int { return cmp.Compare(newest(b), newest(a)) }) {
		t.Error("what the newest articles tell does not come first")
	}
}

// TestPlacesAreStableUnderInserts has findings come and go between the parts of a
// list: what was there all the while is listed once.
func TestPlacesAreStableUnderInserts(t *testing.T) {
	t.Parallel()
	for _, order := range store.FindingOrders() {
		t.Run("order "+string(order), func(t *testing.T) {
			t.Parallel()
			pool, db, story := madeStory(t)
			want := walk(t, db.Queries, store.FindingChoice{StoryID: story, Order: order}, func() {})
			add := func() {
				if _, err := pool.Exec(t.Context(), `
					INSERT INTO findings (id, story_id, summary, verdict, corroborated, sources, origins, created_at, updated_at, divided, worth)
					SELECT gen_random_uuid(), $1, 'New', v, false, n, n, now(), now(), n, n / 10.0
					FROM unnest(ARRAY['diverge', 'agree', 'single']) v, generate_series(1, 4) n`, story); err != nil {
					t.Fatal(err)
				}
			}
			known := distinct(want)
			var got []string
			for _, f := range walk(t, db.Queries, store.FindingChoice{StoryID: story, Order: order}, add) {
				if known[f.ID] {
					got = append(got, f.ID)
				}
				if len(got) == len(want) {
					break
				}
			}
			for i, f := range want {
				if i >= len(got) || got[i] != f.ID {
					t.Fatalf("finding %d of %d is lost or out of place", i, len(want))
				}
			}
		})
	}
}

func TestPlaceFitsItsListAlone(t *testing.T) {
	t.Parallel()
	keys := []float64{0, 1, 2, 3}
	for _, c := range []struct {
		place  store.FindingPlace
		order  store.FindingOrder
		byKind bool
		want   bool
	}{
		{store.FindingPlace{Rank: 1, Sources: 2}, store.ByVerdict, false, true},
		{store.FindingPlace{Rank: 1, Sources: 2}, store.MostTold, false, false},
		{store.FindingPlace{Rank: 1, Sources: 2}, store.ByVerdict, true, false},
		{store.FindingPlace{Order: store.MostTold, Keys: keys}, store.MostTold, false, true},
		{store.FindingPlace{Order: store.MostTold, Keys: keys[:3]}, store.MostTold, false, false},
		{store.FindingPlace{Order: store.MostTold}, store.MostTold, false, false},
		{store.FindingPlace{Order: store.MostTold, Keys: []float64{0, math.NaN(), 0, 0}}, store.MostTold, false, false},
		{store.FindingPlace{ByKind: true, Keys: keys}, store.ByVerdict, true, true},
		{store.FindingPlace{Keys: keys}, store.ByVerdict, false, false},
	} {
		if got := c.place.Fits(c.order, c.byKind); got != c.want {
			t.Errorf("%+v fits %q, by kind %v: %v, want %v", c.place, c.order, c.byKind, got, c.want)
		}
	}
}

func TestFacets(t *testing.T) {
	t.Parallel()
	_, db, story := madeStory(t)
	all := walk(t, db.Queries, store.FindingChoice{StoryID: story}, func() {})
	for _, c := range []store.FindingChoice{
		{}, {Verdicts: []claims.Verdict{claims.Diverge}}, {Kinds: []claims.Kind{claims.KindNumber}}, {Verdicts: []claims.Verdict{claims.Diverge}, Kinds: []claims.Kind{claims.KindTime}},
		{Sources: []string{"marrow gazette"}}, {Verdicts: []claims.Verdict{claims.Agree}, MinOrigins: 3}, {Text: "MILL lane"}, {Text: "nothing of the kind"},
	} {
		c.StoryID = story
		got, err := db.Facets(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		listed := walk(t, db.Queries, c, func() {})
		if got.All != len(listed) {
			t.Errorf("%+v: %d in all, %d are listed", c, got.All, len(listed))
		}
		told := map[string]bool{}
		groups := map[claims.Kind]int{}
		for _, f := range listed {
			for _, x := range f.Claims {
				told[x.Source] = true
			}
			groups[firstKind(f)]++
		}
		if len(got.Tellers) != len(told) {
			t.Errorf("%+v: %d sources tell of it, want %d", c, len(got.Tellers), len(told))
		}
		for k, n := range groups {
			if got.Groups[k] != n {
				t.Errorf("%+v: %d in the group %q, want %d", c, got.Groups[k], k, n)
			}
		}
		for _, v := range []claims.Verdict{claims.Agree, claims.Diverge, claims.Single} {
			other := c
			other.Verdicts = []claims.Verdict{v}
			if n := len(walk(t, db.Queries, other, func() {})); got.Verdicts[v] != n {
				t.Errorf("%+v: %d %s, want %d", c, got.Verdicts[v], v, n)
			}
		}
		for _, k := range []claims.Kind{claims.KindNumber, claims.KindTime, claims.KindTerm} {
			other := c
			other.Kinds = []claims.Kind{k}
			if n := len(walk(t, db.Queries, other, func() {})); got.Kinds[k] != n {
				t.Errorf("%+v: %d of kind %s, want %d", c, got.Kinds[k], k, n)
			}
		}
		for id, n := range got.Sources {
			other := c
			other.Sources = []string{id}
			if listed := walk(t, db.Queries, other, func() {}); n != len(listed) {
				t.Errorf("%+v: %d of source %s, want %d", c, n, id, len(listed))
			}
		}
	}
	if len(all) != 120 {
		t.Errorf("%d findings, want 120", len(all))
	}
}

func firstKind(f store.Finding) claims.Kind {
	if len(f.Differences) == 0 {
		return ""
	}
	return f.Differences[0].Kind
}

func TestOutlines(t *testing.T) {
	t.Parallel()
	_, db, story := madeStory(t)
	c := store.FindingChoice{StoryID: story, Order: store.MostDivided, Limit: 200}
	whole, err := db.Findings(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.Outlines(t.Context(), c)
	if err != nil || len(rows) != len(whole) {
		t.Fatalf("%d outlines of %d findings, %v", len(rows), len(whole), err)
	}
	opposed := 0
	for i, o := range rows {
		f := whole[i]
		if o.ID != f.ID || len(o.Claims) != len(f.Claims) || len(o.Positions) != len(f.Positions) || !slices.Equal(o.Kinds(), f.Kinds()) ||
			len(o.Differences) != len(f.Kinds()) || !slices.Equal(o.Place.Keys, f.Place.Keys) {
			t.Errorf("the outline %+v is not that of %+v", o, f)
		}
		for k, p := range o.Positions {
			if !slices.Equal(p.Claims, f.Positions[k].Claims) {
				t.Errorf("position %s has the claims %v, want %v", p.ID, p.Claims, f.Positions[k].Claims)
			}
		}
		if firstKind(f) == claims.KindNegation {
			opposed++
			var want []string
			for _, p := range f.Positions[1:] {
				want = append(want, p.Claims...)
			}
			if slices.Sort(o.Opposing); !slices.Equal(o.Opposing, slices.Sorted(slices.Values(want))) {
				t.Errorf("opposing are %v, want %v", o.Opposing, want)
			}
		} else if len(o.Opposing) > 0 {
			t.Errorf("%v oppose in a difference of kind %q", o.Opposing, firstKind(f))
		}
	}
	if opposed == 0 {
		t.Error("no denial was looked at")
	}
}

// TestListsTellBlindReviewersNothing has every divergence reviewed blind: orders,
// groups, filters and counts must not tell them apart from what agrees.
func TestListsTellBlindReviewersNothing(t *testing.T) {
	t.Parallel()
	pool, db, story := madeStory(t)
	if _, err := pool.Exec(t.Context(), `INSERT INTO users (id, email, name, role, password_hash, created_at) VALUES ($1, 'a@b.c', 'A', 'checker', '', now())`, otherID); err != nil {
		t.Fatal(err)
	}
	// Half of all findings, of every verdict, so that what is left tells nothing either.
	if _, err := pool.Exec(t.Context(), `INSERT INTO blind_reviews (id, story_id, finding_id, asked_by, created_at)
		SELECT gen_random_uuid(), story_id, id, $1, now() FROM (SELECT *, row_number() OVER (PARTITION BY verdict ORDER BY id) n FROM findings) f WHERE n % 2 = 0`, otherID); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), `INSERT INTO blind_reviewers (blind_id, user_id) SELECT id, $1 FROM blind_reviews`, otherID); err != nil {
		t.Fatal(err)
	}
	blind := db.For(otherID)
	for _, order := range store.FindingOrders() {
		for _, byKind := range []bool{false, true} {
			c := store.FindingChoice{StoryID: story, Order: order, ByKind: byKind, Limit: 200}
			rows, err := blind.Outlines(t.Context(), c)
			if err != nil || len(rows) != 120 {
				t.Fatalf("%q: %d rows, %v", order, len(rows), err)
			}
			var veiled []store.Outline
			for _, o := range rows {
				if o.Veiled {
					veiled = append(veiled, o)
				}
			}
			if len(veiled) != 60 {
				t.Fatalf("%d veiled rows, want 60", len(veiled))
			}
			for i, o := range veiled {
				if o.Verdict != "" || len(o.Positions)+len(o.Differences)+len(o.Opposing) > 0 {
					t.Errorf("%q shows %+v", order, o)
				}
				if i > 0 {
					p := veiled[i-1]
					if d := cmp.Or(slices.Compare(keysBut(p, order), keysBut(o, order)), cmp.Compare(p.ID, o.ID)); d > 0 {
						t.Errorf("%q: veiled findings are in another order than that of sources, origins and ids", order)
					}
				}
			}
		}
	}
	facets, err := blind.Facets(t.Context(), store.FindingChoice{StoryID: story})
	if err != nil {
		t.Fatal(err)
	}
	if facets.All != 120 || facets.Verdicts[claims.Diverge] != 6 || facets.Verdicts[""] != 60 || facets.Veiled != 60 {
		t.Errorf("counts are %+v", facets)
	}
	kinds := 0
	for _, n := range facets.Kinds {
		kinds += n
	}
	if kinds != 6 {
		t.Errorf("%d findings are counted by kind, want the six that are not veiled", kinds)
	}
}

// keysBut are what an order may tell veiled findings apart by.
func keysBut(o store.Outline, order store.FindingOrder) []int {
	switch order {
	case store.ToldAlone:
		return []int{o.Origins, o.Sources}
	case store.MostTold:
		return []int{-o.Sources, -o.Origins}
	}
	return []int{-o.Sources}
}
