package app

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

func passage(start int, exact string) claims.Passage {
	return claims.Passage{Exact: exact, Start: start, End: start + len(exact)}
}

func storedClaim(id string, start int, exact string) store.Claim {
	return store.Claim{Claim: claims.Claim{ID: id, Passage: passage(start, exact)}, ArticleID: "art", TextID: "text", Received: "rev"}
}

func TestKeepClaims(t *testing.T) {
	t.Parallel()
	// Passages are sentences of their own: offsets are those of the body.
	const before = "It rained. A b c. It snowed. D e f. It rained. End."
	old := []store.Claim{storedClaim("one", 0, "It rained."), storedClaim("two", 18, "It snowed."), storedClaim("three", 36, "It rained.")}
	for _, c := range []struct {
		name  string
		after string
		found []claims.Passage
		want  []string // "" for a new id
		gone  []string
	}{
		{"the same again", before, []claims.Passage{passage(0, "It rained."), passage(18, "It snowed."), passage(36, "It rained.")},
			[]string{"one", "two", "three"}, nil},
		{"in another order", before, []claims.Passage{passage(36, "It rained."), passage(0, "It rained.")},
			[]string{"three", "one"}, []string{"two"}},
		{"other words at the same place", before, []claims.Passage{passage(0, "It hailed."), passage(18, "It snowed.")},
			[]string{"", "two"}, []string{"one", "three"}},
		{"the same words at another place", before, []claims.Passage{passage(5, "It rained."), passage(36, "It rained.")},
			[]string{"", "three"}, []string{"one", "two"}},
		{"nothing", before, nil, []string{}, []string{"one", "two", "three"}},
		{"moved down by a line", "New.\n\n" + before, []claims.Passage{passage(6, "It rained."), passage(24, "It snowed."), passage(42, "It rained.")},
			[]string{"", "two", "three"}, []string{"one"}},
		{"one of two alike is gone", "A b c. It snowed. D e f. It rained. End.", []claims.Passage{passage(7, "It snowed."), passage(25, "It rained.")},
			[]string{"two", "three"}, []string{"one"}},
		{"another text with the words", "It rained. X. It snowed.", []claims.Passage{passage(0, "It rained."), passage(14, "It snowed.")},
			[]string{"", ""}, []string{"one", "two", "three"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found := make([]claims.Claim, len(c.found))
			for i, p := range c.found {
				found[i].Passage = p
			}
			in := readInto{article: "art", text: "text", carry: map[string]*claims.CarryOver{"text": claims.NewCarryOver(before, c.after)}}
			if c.after != before {
				in.text = "later"
			}
			change, ids := keepClaims(old, in, found)
			minted := 0
			for i, id := range ids {
				if _, err := knownID(id); err == nil {
					ids[i] = ""
					minted++
				}
			}
			if diff := cmp.Diff(c.want, ids); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.gone, change.Gone); diff != "" {
				t.Errorf("gone (-want +got):\n%s", diff)
			}
			if len(change.Kept)+len(change.Added) != len(found) || len(change.Added) != minted {
				t.Errorf("%d kept and %d added of %d with %d new ids", len(change.Kept), len(change.Added), len(found), minted)
			}
		})
	}
}

// TestClaimsReadOtherwiseAreOthers keeps a claim's words and place, and changes what
// they mean.
func TestClaimsReadOtherwiseAreOthers(t *testing.T) {
	t.Parallel()
	mayor, governor := "The mayor", "The governor"
	was := storedClaim("one", 0, "He resigned.")
	was.Text, was.Speaker, was.Certainty = "[The mayor] resigned.", &mayor, claims.Happened
	for name, other := range map[string]func(*claims.Claim){
		"somebody else":   func(c *claims.Claim) { c.Text = "[The governor] resigned." },
		"another speaker": func(c *claims.Claim) { c.Speaker = &governor },
		"no speaker":      func(c *claims.Claim) { c.Speaker = nil },
		"another force":   func(c *claims.Claim) { c.Certainty = claims.Alleged },
		"another voucher": func(c *claims.Claim) { c.Attribution = claims.Quoted },
	} {
		is := was.Claim
		other(&is)
		in := readInto{text: "later", carry: map[string]*claims.CarryOver{"text": claims.NewCarryOver("x", "x")}}
		if change, _ := keepClaims([]store.Claim{was}, in, []claims.Claim{is}); len(change.Kept) != 0 || len(change.Gone) != 1 {
			t.Errorf("%s: the claim was carried over", name)
		}
	}
}

// letters gives the letters of each word as ids of claims.
func letters(words ...string) [][]string {
	out := make([][]string, len(words))
	for i, w := range words {
		out[i] = strings.Split(w, "")
	}
	return out
}

func TestMapFindings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		stored string // "1:abc 2:de": findings by id with their claims
		found  []string
		want   mapping
	}{
		{"nothing before", "", []string{"ab", "c"}, mapping{ids: []string{"", ""}}},
		{"all the same", "1:ab 2:c", []string{"ab", "c"}, mapping{ids: []string{"1", "2"}}},
		{"in another order", "1:ab 2:c", []string{"c", "ab"}, mapping{ids: []string{"2", "1"}}},
		{"one grows", "1:ab 2:c", []string{"abx", "c"}, mapping{ids: []string{"1", "2"}}},
		{"one is new", "1:ab", []string{"ab", "x"}, mapping{ids: []string{"1", ""}}},
		{"two merge, the oldest stays", "1:a 2:bcd", []string{"abcd"}, mapping{ids: []string{"1"}, moved: map[string]string{"2": "1"}}},
		{"three merge", "3:c 1:a 2:b", []string{"abc"}, mapping{ids: []string{"1"}, moved: map[string]string{"2": "1", "3": "1"}}},
		{"a split stays with the larger half", "1:abc", []string{"a", "bc"}, mapping{ids: []string{"", "1"}}},
		{"even halves: with the first claim", "1:abcd", []string{"cd", "ab"}, mapping{ids: []string{"", "1"}}},
		{"split and merged", "1:abc 2:d", []string{"ad", "bc"}, mapping{ids: []string{"2", "1"}}},
		{"a claim moves over", "1:ab 2:cd", []string{"a", "bcd"}, mapping{ids: []string{"1", "2"}}},
		{"gone", "1:ab 2:c", []string{"ab"}, mapping{ids: []string{"1"}, gone: []string{"2"}}},
		{"all gone", "1:ab", nil, mapping{ids: []string{}, gone: []string{"1"}}},
		{"one without claims", "1: 2:a", []string{"a"}, mapping{ids: []string{"2"}, gone: []string{"1"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var stored []store.KnownFinding
			for _, f := range strings.Fields(c.stored) {
				id, members, _ := strings.Cut(f, ":")
				stored = append(stored, store.KnownFinding{ID: id, Claims: strings.Split(members, "")})
			}
			got := mapFindings(stored, letters(c.found...))
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(mapping{}), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestPairIDs(t *testing.T) {
	t.Parallel()
	ids := newPairIDs([]store.KnownPair{{ID: "1", Kind: claims.KindNumber, ClaimA: "a", ClaimB: "b"},
		{ID: "2", Kind: claims.KindNumber, ClaimA: "b", ClaimB: "a"}, {ID: "3", Kind: claims.KindTime, ClaimA: "a", ClaimB: "b"}})
	for _, c := range []struct {
		kind claims.Kind
		a, b string
		want string
	}{
		{claims.KindNumber, "b", "a", "1"},
		{claims.KindNumber, "a", "b", "2"},
		{claims.KindNumber, "a", "b", ""},
		{claims.KindTime, "a", "b", "3"},
		{claims.KindTime, "a", "c", ""},
	} {
		got := ids.take(keyOf(c.kind, c.a, c.b))
		if _, err := knownID(got); err == nil {
			got = ""
		}
		if got != c.want {
			t.Errorf("%s of %s and %s: %q, want %q", c.kind, c.a, c.b, got, c.want)
		}
	}
}

func anchor(revision string, start int, exact string) store.Anchor {
	return store.Anchor{ArticleID: "art", Received: revision, Start: start, End: start + len(exact), Hash: hashOf(exact)}
}

// carried gives an anchor of a known claim.
func carried(claim string, a store.Anchor) store.Anchor {
	a.ClaimID = claim
	return a
}

func TestPlaceReviews(t *testing.T) {
	t.Parallel()
	current := indexClaims([]store.Claim{storedClaim("a", 0, "It rained."), storedClaim("b", 20, "It snowed."), storedClaim("c", 40, "It hailed.")},
		map[string]string{"y": "z", "z": "c"})
	finding := map[string]string{"a": "f1", "b": "f1", "c": "f2"}
	rained, snowed, hailed := anchor("rev", 0, "It rained."), anchor("rev", 20, "It snowed."), anchor("rev", 40, "It hailed.")
	for _, c := range []struct {
		name    string
		was     string
		anchors []store.Anchor
		want    store.ReviewPlace
	}{
		{"all is there", "f1", []store.Anchor{rained, snowed}, store.ReviewPlace{FindingID: "f1"}},
		{"goes where its passages are", "f9", []store.Anchor{hailed}, store.ReviewPlace{FindingID: "f2"}},
		{"goes where most are", "f2", []store.Anchor{rained, snowed, hailed}, store.ReviewPlace{FindingID: "f1"}},
		{"a passage has changed", "f1", []store.Anchor{rained, anchor("rev", 20, "It thawed.")}, store.ReviewPlace{FindingID: "f1", Stale: true}},
		{"the same words elsewhere in the revision", "f1", []store.Anchor{anchor("rev", 99, "It rained.")}, store.ReviewPlace{FindingID: "f1", Stale: true}},
		{"the same words in a later revision", "f1", []store.Anchor{anchor("old", 0, "It rained.")}, store.ReviewPlace{FindingID: "f1", Stale: true}},
		{"the claim was carried over", "f9", []store.Anchor{carried("a", anchor("old", 99, "It rained."))}, store.ReviewPlace{FindingID: "f1"}},
		{"people gave the claim other words", "f1", []store.Anchor{carried("a", anchor("old", 0, "It thawed."))}, store.ReviewPlace{FindingID: "f1"}},
		{"people merged the claim", "f9", []store.Anchor{carried("y", anchor("rev", 7, "It froze."))}, store.ReviewPlace{FindingID: "f2"}},
		{"people dropped the claim", "f1", []store.Anchor{carried("x", anchor("rev", 7, "It froze."))}, store.ReviewPlace{FindingID: "f1", Stale: true}},
		{"all is gone, the finding too", "f9", []store.Anchor{anchor("rev", 0, "It froze.")}, store.ReviewPlace{Stale: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.want.ReviewID = "r"
			got := placeReviews([]store.AnchoredReview{{ID: "r", FindingID: c.was, Anchors: c.anchors}}, current, finding)
			if diff := cmp.Diff([]store.ReviewPlace{c.want}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestPins(t *testing.T) {
	t.Parallel()
	current := indexClaims([]store.Claim{storedClaim("a", 0, "It rained."), storedClaim("b", 20, "It snowed.")},
		map[string]string{"y": "b"})
	rained, snowed := anchor("rev", 0, "It rained."), anchor("rev", 20, "It snowed.")
	review := func(id, finding string, alignment Decision, decides bool, anchors ...store.Anchor) store.AnchoredReview {
		return store.AnchoredReview{ID: id, FindingID: finding, Alignment: alignment, Decides: decides, Anchors: anchors}
	}
	for _, c := range []struct {
		name    string
		reviews []store.AnchoredReview // the oldest first
		want    []int                  // the number of claims of each pin
	}{
		{"none", nil, nil},
		{"a decision pins", []store.AnchoredReview{review("1", "f", "", true, rained, snowed)}, []int{2}},
		{"a note does not", []store.AnchoredReview{review("1", "f", "", false, rained)}, nil},
		{"the newest decision counts", []store.AnchoredReview{review("1", "f", Confirmed, true, rained), review("2", "f", Rejected, true, rained)}, nil},
		{"a note after it does not", []store.AnchoredReview{review("1", "f", Confirmed, true, rained), review("2", "f", "", false, rained)}, []int{1}},
		{"a stale one does not pin", []store.AnchoredReview{review("1", "f", Confirmed, true, rained, anchor("rev", 5, "It froze."))}, nil},
		{"a claim is pinned once", []store.AnchoredReview{review("1", "f", Confirmed, true, rained), review("2", "g", Confirmed, true, rained, snowed)}, []int{2}},
		{"people merged claims of two", []store.AnchoredReview{review("1", "f", Confirmed, true, rained, snowed),
			review("2", "g", Confirmed, true, carried("y", anchor("rev", 7, "It froze.")))}, []int{2}},
		{"a claim of two decisions", []store.AnchoredReview{review("1", "f", Confirmed, true, rained), review("2", "g", Confirmed, true, snowed, rained)}, []int{2}},
		{"one shown with no finding", []store.AnchoredReview{review("1", "", Confirmed, true, rained), review("2", "", Confirmed, true, snowed)}, []int{1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []int
			for _, p := range pinsOf(c.reviews, current) {
				got = append(got, len(p.Claims))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("pins of %v claims, want %v", got, c.want)
			}
		})
	}
}
