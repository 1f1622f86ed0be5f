package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// editOf makes an edit of "id:start-end" passages of the text "text".
func editOf(id string, kind store.EditKind, before, after string) store.ClaimEdit {
	read := func(s string) (out []store.EditPassage) {
		for f := range strings.FieldsSeq(s) {
			var p store.EditPassage
			name, place, _ := strings.Cut(f, ":")
			_, _ = fmt.Sscanf(place, "%d-%d", &p.Start, &p.End)
			p.ClaimID, p.FindingID, p.Exact = name, "f"+name, strings.Repeat("x", p.End-p.Start)
			out = append(out, p)
		}
		return out
	}
	return store.ClaimEdit{ID: id, TextID: "text", Kind: kind, Before: read(before), After: read(after)}
}

func undone(e store.ClaimEdit) store.ClaimEdit {
	at := time.Unix(0, 0)
	e.UndoneAt = &at
	return e
}

// told writes what edits come to: "+made -dropped ~dropped by its place alone".
func told(t editedText) string {
	var out []string
	for _, m := range t.Made {
		out = append(out, fmt.Sprintf("+%d-%d", m.Start, m.End))
	}
	for _, d := range t.Dropped {
		sign := "~"
		if d.Read {
			sign = "-"
		}
		out = append(out, fmt.Sprintf("%s%d-%d", sign, d.Start, d.End))
	}
	for _, j := range t.Judged {
		out = append(out, fmt.Sprintf("?%d-%d=%s", j.Start, j.End, j.Reason))
	}
	for _, p := range inText(func(yield func(claims.Passage) bool) {
		for p := range t.ids {
			if !yield(p) {
				return
			}
		}
	}) {
		out = append(out, fmt.Sprintf("%s@%d-%d", t.ids[p], p.Start, p.End))
	}
	return strings.Join(out, " ")
}

func TestFoldEdits(t *testing.T) {
	t.Parallel()
	add := editOf("1", store.EditAdd, "", "a:0-9")
	adjust := editOf("2", store.EditAdjust, "b:10-20", "b:12-20")
	again := editOf("3", store.EditAdjust, "b:12-20", "b:12-18")
	split := editOf("4", store.EditSplit, "c:30-50", "c:30-44 d:45-50")
	merge := editOf("5", store.EditMerge, "c:30-44 d:45-50", "c:30-50")
	drop := editOf("6", store.EditDrop, "b:10-20", "")
	judge := editOf("7", store.EditJudge, "b:10-20", "")
	judge.Reason = "opinion"
	for _, c := range []struct {
		name  string
		edits []store.ClaimEdit
		want  string
	}{
		{"none", nil, ""},
		{"added", []store.ClaimEdit{add}, "+0-9 a@0-9"},
		{"added, and undone", []store.ClaimEdit{undone(add)}, ""},
		{"adjusted", []store.ClaimEdit{adjust}, "+12-20 -10-20 b@12-20"},
		{"adjusted twice", []store.ClaimEdit{adjust, again}, "+12-18 -10-20 ~12-20 b@12-18"},
		{"the second undone", []store.ClaimEdit{adjust, undone(again)}, "+12-20 -10-20 b@12-20"},
		{"both undone", []store.ClaimEdit{undone(adjust), undone(again)}, "b@10-20 b@12-20"},
		{"split", []store.ClaimEdit{split}, "+30-44 +45-50 -30-50 c@30-44 d@45-50"},
		{"split and merged again", []store.ClaimEdit{split, merge}, "+30-50 ~30-44 ~45-50 c@30-50"},
		{"dropped", []store.ClaimEdit{drop}, "-10-20"},
		{"dropped and restored", []store.ClaimEdit{undone(drop)}, "b@10-20"},
		{"judged", []store.ClaimEdit{judge}, "?10-20=opinion b@10-20"},
		{"judged, then adjusted", []store.ClaimEdit{judge, adjust}, "+12-20 -10-20 ?12-20=opinion b@12-20"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := foldEdits(c.edits, map[string]*claims.CarryOver{"text": claims.NewCarryOver("x", "x")})
			if told(got) != c.want {
				t.Errorf("%q, want %q", told(got), c.want)
			}
		})
	}
	merged := foldEdits([]store.ClaimEdit{split, merge}, map[string]*claims.CarryOver{"text": claims.NewCarryOver("x", "x")})
	if merged.successor("d") != "c" || merged.successor("c") != "c" {
		t.Errorf("d leads to %q, c to %q; want c", merged.successor("d"), merged.successor("c"))
	}
	lost := foldEdits([]store.ClaimEdit{add}, map[string]*claims.CarryOver{"text": claims.NewCarryOver("It rained.", "It snowed.")})
	if told(lost) != "" || !lost.lost["1"] {
		t.Errorf("in another text: %q, lost %v", told(lost), lost.lost)
	}
	if foldEdits([]store.ClaimEdit{add}, nil); len(lost.Made) != 0 {
		t.Error("an edit of an unknown text applies")
	}
}

func TestEditsThatBuildOnOthers(t *testing.T) {
	t.Parallel()
	adjust, again := editOf("1", store.EditAdjust, "b:10-20", "b:12-20"), editOf("2", store.EditAdjust, "b:12-20", "b:12-18")
	drop := editOf("3", store.EditDrop, "z:0-4", "")
	all := []store.ClaimEdit{adjust, again, drop}
	if e := blocking(all, adjust); e == nil || e.ID != "2" {
		t.Errorf("the first is held up by %+v, want the second", e)
	}
	if e := blocking(all, again); e != nil {
		t.Errorf("the second is held up by %+v", e)
	}
	if e := blocking([]store.ClaimEdit{adjust, undone(again)}, adjust); e != nil {
		t.Errorf("what was undone holds up: %+v", e)
	}
}

// FuzzFoldEdits asserts that any edits in any order come to passages that are made or
// dropped, never both, each once.
func FuzzFoldEdits(f *testing.F) {
	f.Add([]byte{0, 1, 5, 9, 1, 2, 5, 30, 2, 1, 9, 9})
	f.Add([]byte{4, 4, 4, 4, 3, 3, 3, 200, 5, 0, 0, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		kinds := []store.EditKind{store.EditAdd, store.EditAdjust, store.EditSplit, store.EditMerge, store.EditDrop, store.EditJudge}
		var edits []store.ClaimEdit
		for i := 0; i+3 < len(data) && i < 200; i += 4 {
			at := func(n byte) string { return fmt.Sprintf("%c:%d-%d", 'a'+n%5, n%20, n%20+1+n%7) }
			one, two := at(data[i+1]), at(data[i+2])
			sides := map[store.EditKind][2]string{store.EditAdd: {"", one}, store.EditAdjust: {one, two}, store.EditSplit: {one, one + " " + two},
				store.EditMerge: {one + " " + two, one}, store.EditDrop: {one, ""}, store.EditJudge: {one, ""}}
			kind := kinds[int(data[i])%len(kinds)]
			e := editOf(fmt.Sprintf("%03d", i), kind, sides[kind][0], sides[kind][1])
			if data[i+3]%3 == 0 {
				e = undone(e)
			}
			edits = append(edits, e)
		}
		got := foldEdits(edits, map[string]*claims.CarryOver{"text": claims.NewCarryOver("x", "x")})
		seen := map[claims.Mark]bool{}
		for _, m := range got.Made {
			if seen[m] {
				t.Fatalf("%v is made twice", m)
			}
			seen[m] = true
		}
		for _, d := range got.Dropped {
			if seen[d.Mark] {
				t.Fatalf("%v is made and dropped", d.Mark)
			}
			seen[d.Mark] = true
		}
		for _, e := range edits {
			if blocking(edits, e) == nil && e.UndoneAt == nil {
				foldEdits(append(slices.Clone(edits), undone(e)), nil)
			}
		}
		got.over([]ArticleClaim{{Claim: claims.Claim{ID: "a", Passage: claims.Passage{Exact: "x", Start: 0, End: 1}}}}, edits, true)
		if id := got.successor("a"); id == "" {
			t.Fatal("a claim leads nowhere")
		}
	})
}
