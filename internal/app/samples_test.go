package app_test

import (
	"slices"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// next gives what somebody is asked about next, failing where there is nothing.
func (f *fixture) next(who app.Actor) *app.SampleItem {
	f.t.Helper()
	item, err := f.NextSample(f.t.Context(), who)
	if err != nil || item == nil {
		f.t.Fatalf("next: %v, %v", item, err)
	}
	return item
}

// judge answers an item.
func (f *fixture) judge(who app.Actor, id string, j app.Judgement) {
	f.t.Helper()
	if err := f.JudgeSample(f.t.Context(), who, id, j); err != nil {
		f.t.Fatalf("judge: %v", err)
	}
}

// accuracy gives the figures as somebody sees them.
func (f *fixture) accuracy(who app.Actor) app.Accuracy {
	f.t.Helper()
	a, err := f.Accuracy(f.t.Context(), who, "")
	if err != nil {
		f.t.Fatal(err)
	}
	return a
}

// all counts what there is, was drawn and was judged.
func all(a app.Accuracy) (size, drawn, judged int) {
	for _, p := range []app.Precision{a.AllKinds, a.AllVerdicts, a.Cleared} {
		size, drawn, judged = size+p.Size, drawn+p.Drawn, judged+p.Judged
	}
	return size, drawn, judged
}

func TestEverythingIsDrawnOnceAndCounted(t *testing.T) {
	t.Parallel()
	f := started(t)
	story := f.story(gazette, courier, herald)
	checker := f.person(auth.Checker)
	seen, strata := map[string]bool{}, map[app.Stratum]int{}
	for {
		item, err := f.NextSample(t.Context(), checker)
		if err != nil {
			t.Fatal(err)
		}
		if item == nil {
			break
		}
		if seen[item.ID] || item.StoryID != story.ID || len(item.Members) == 0 || len(item.Members) == 1 && item.Stratum != "single" {
			t.Fatalf("item %d: %+v", len(seen), item)
		}
		if app.IsKind(item.Stratum) && (len(item.Differences) != 1 || string(item.Differences[0].Kind) != string(item.Stratum)) {
			t.Errorf("%s shows %+v", item.Stratum, item.Differences)
		}
		seen[item.ID] = true
		strata[item.Stratum]++
		answer := app.Judgement{Answer: store.Right}
		if len(seen) == 1 {
			answer = app.Judgement{Answer: store.Unclear}
		}
		f.judge(checker, item.ID, answer)
		if err := f.JudgeSample(t.Context(), checker, item.ID, answer); claims.KindOf(err) != claims.Conflict {
			t.Errorf("judging twice: %v", err)
		}
	}
	size, drawn, judged := all(f.accuracy(checker))
	if size != len(seen) || drawn != len(seen) || judged != len(seen)-1 {
		t.Errorf("%d are there, %d drawn, %d judged; %d were asked about", size, drawn, judged, len(seen))
	}
	found := map[app.Stratum]int{}
	for _, x := range f.findings(story.ID) {
		found[app.Stratum(x.Verdict)]++
		for _, d := range x.Differences {
			found[app.Stratum(d.Kind)]++
		}
	}
	for stratum, n := range found {
		if strata[stratum] != n {
			t.Errorf("%s: asked about %d of %d", stratum, strata[stratum], n)
		}
	}
}

func TestDrawDoesNotDependOnWhoAsks(t *testing.T) {
	t.Parallel()
	f := started(t)
	f.story(gazette, courier, herald)
	one, two := f.person(auth.Checker), f.person(auth.Editor)
	first := f.next(one)
	if second := f.next(two); second.ID != first.ID {
		t.Error("another person is asked about another thing")
	}
	// Who passes it on is asked about something else, and the other still about this.
	f.judge(one, first.ID, app.Judgement{Answer: store.Passed, Really: "not_my_field"})
	if again := f.next(one); again.ID == first.ID {
		t.Error("what was passed on came again")
	}
	if second := f.next(two); second.ID != first.ID {
		t.Error("what one passed on was lost for the other")
	}
	f.judge(two, first.ID, app.Judgement{Answer: store.Right})
	if _, _, judged := all(f.accuracy(two)); judged != 1 {
		t.Errorf("%d judged, want 1", judged)
	}
}

func TestJudgementsAreChecked(t *testing.T) {
	t.Parallel()
	f := started(t)
	f.story(gazette, courier, herald)
	item := f.next(f.admin)
	for name, j := range map[string]app.Judgement{
		"no answer":              {},
		"wrong, and no word why": {Answer: store.Wrong},
		"wrong as itself":        {Answer: store.Wrong, Really: string(item.Stratum)},
		"right, and yet another": {Answer: store.Right, Really: app.NotOneFact},
		"passed without reason":  {Answer: store.Passed},
		"a note that is no text": {Answer: store.Right, Note: "\xff"},
	} {
		if err := f.JudgeSample(t.Context(), f.admin, item.ID, j); claims.KindOf(err) != claims.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := f.JudgeSample(t.Context(), f.person(auth.Reader), item.ID, app.Judgement{Answer: store.Right}); claims.KindOf(err) != claims.Forbidden {
		t.Errorf("a reader judged: %v", err)
	}
}

func TestLastAnswerCanBeTakenBack(t *testing.T) {
	t.Parallel()
	f := started(t)
	f.story(gazette, courier, herald)
	first := f.next(f.admin)
	f.judge(f.admin, first.ID, app.Judgement{Answer: store.Right})
	second := f.next(f.admin)
	if second.Last == nil || second.Last.SampleID != first.ID || second.Last.Answer != store.Right {
		t.Fatalf("the last answer is shown as %+v", second.Last)
	}
	if err := f.TakeBackJudgement(t.Context(), f.person(auth.Checker), first.ID); claims.KindOf(err) != claims.Conflict {
		t.Errorf("another person took it back: %v", err)
	}
	if err := f.TakeBackJudgement(t.Context(), f.admin, first.ID); err != nil {
		t.Fatal(err)
	}
	if again, err := f.Sample(t.Context(), f.admin, first.ID); err != nil || again.ID != first.ID {
		t.Errorf("it cannot be answered anew: %v", err)
	}
	if _, _, judged := all(f.accuracy(f.admin)); judged != 0 {
		t.Errorf("%d judged, want none", judged)
	}
}

func TestWhatChangedIsDroppedAndCounted(t *testing.T) {
	t.Parallel()
	f := started(t)
	story := f.story(gazette, courier, herald)
	item := f.next(f.admin)
	f.exec("UPDATE findings SET verdict = 'single' WHERE verdict = 'agree'")
	f.exec("UPDATE differences SET value_a = value_a || ' and more'")
	f.exec("DELETE FROM cleared_pairs")
	if _, err := f.Sample(t.Context(), f.admin, item.ID); item.Stratum != "single" && item.Stratum != "diverge" && claims.KindOf(err) != claims.Conflict {
		t.Errorf("%s can still be judged: %v", item.Stratum, err)
	}
	for { // go through all, so that each is looked at
		item, err := f.NextSample(t.Context(), f.admin)
		if err != nil {
			t.Fatal(err)
		}
		if item == nil {
			break
		}
		if item.Stratum != "single" && item.Stratum != "diverge" {
			t.Errorf("still asks about %s", item.Stratum)
		}
		f.judge(f.admin, item.ID, app.Judgement{Answer: store.Right})
	}
	a := f.accuracy(f.admin)
	if a.Changed == 0 {
		t.Errorf("dropped: %d gone, %d changed, %d binned", a.Gone, a.Changed, a.Binned)
	}
	if _, err := f.Story(t.Context(), f.admin, story.ID); err != nil {
		t.Fatal(err)
	}
}

func TestBlindReviewersAreNotAskedAndSeeNoCount(t *testing.T) {
	t.Parallel()
	f := started(t)
	story := f.story(gazette, courier, herald).ID
	open := f.withNumber(story)
	other := f.person(auth.Checker)
	f.next(other)
	before := f.accuracy(f.admin)
	f.blind(open.ID)
	after, others := f.accuracy(f.admin), f.accuracy(other)
	if after.AllVerdicts.Size != before.AllVerdicts.Size-1 || after.AllKinds.Size != before.AllKinds.Size-len(open.Differences) ||
		others.AllKinds.Size != before.AllKinds.Size {
		t.Errorf("counts %d and %d, were %d and %d; another sees %d", after.AllVerdicts.Size, after.AllKinds.Size,
			before.AllVerdicts.Size, before.AllKinds.Size, others.AllKinds.Size)
	}
	for {
		item, err := f.NextSample(t.Context(), f.admin)
		if err != nil {
			t.Fatal(err)
		}
		if item == nil {
			break
		}
		for _, m := range item.Members {
			for _, c := range open.Claims {
				if m.ID == c.ID {
					t.Fatalf("asked about %s of the veiled finding", item.Stratum)
				}
			}
		}
		f.judge(f.admin, item.ID, app.Judgement{Answer: store.Unclear})
	}
	if item := f.next(other); item == nil {
		t.Error("nothing is left for others")
	}
	for _, path := range []func() (int, int){
		func() (int, int) { return f.overviewCounts(f.admin), f.overviewCounts(other) },
		func() (int, int) { return f.recordCounts(f.admin), f.recordCounts(other) },
	} {
		if mine, theirs := path(); mine >= theirs {
			t.Errorf("the blind reviewer counts %d, others %d", mine, theirs)
		}
	}
}

// overviewCounts counts the differences and divergences that an overview shows.
func (f *fixture) overviewCounts(who app.Actor) int {
	f.t.Helper()
	o, err := f.Overview(f.t.Context(), who)
	if err != nil {
		f.t.Fatal(err)
	}
	n := o.Diverge
	for _, k := range o.Kinds {
		n += k.Count
	}
	return n
}

// recordCounts counts the divergences that the records of sources show.
func (f *fixture) recordCounts(who app.Actor) int {
	f.t.Helper()
	list, err := f.SourceRecords(f.t.Context(), who, app.RecordFilter{})
	if err != nil {
		f.t.Fatal(err)
	}
	n := 0
	for _, s := range list.Items {
		n += s.Diverge
	}
	return n
}

func TestSharesNeedEnoughJudgements(t *testing.T) {
	t.Parallel()
	clock := newClock()
	f := newFixture(t, func(c *app.Config) { c.Now = clock.now })
	engine := f.EngineInfo()
	f.exec(`INSERT INTO stories (id, title, created_at, updated_at) VALUES ('0199f0a0-0000-7000-8000-00000000000a', 'A storm', now(), now())`)
	f.exec(`INSERT INTO accuracy_frames SELECT $1, $2, s, n, $3::timestamptz FROM (VALUES ('number', 900), ('time', 100)) v (s, n)`, engine.Version, engine.Hash, clock.now())
	put := func(stratum string, n int, answer, really string) {
		f.exec(`WITH drawn AS (
				INSERT INTO accuracy_samples (id, engine_version, engine_hash, stratum, item_id, story_id, lot, digest, state, drawn_at, closed_at)
				SELECT gen_random_uuid(), $1, $2, $3, gen_random_uuid(), '0199f0a0-0000-7000-8000-00000000000a', i, '', 'judged', $5::timestamptz, $5::timestamptz
				FROM generate_series(1, $4::int) i RETURNING id)
			INSERT INTO accuracy_answers (sample_id, user_id, answer, really, created_at)
			SELECT id, $6::uuid, $7, $8, $5::timestamptz FROM drawn`, engine.Version, engine.Hash, stratum, n, clock.now().Format(time.RFC3339), f.admin.UserID, answer, really)
	}
	put("number", 19, "right", "")
	number := func(a app.Accuracy) app.StratumPrecision {
		return a.Kinds[slices.IndexFunc(a.Kinds, func(p app.StratumPrecision) bool { return p.Stratum == "number" })]
	}
	a := f.accuracy(f.admin)
	if p := number(a); p.Share != nil || p.Judged != 19 {
		t.Errorf("19 judged: %+v", p)
	}
	put("number", 1, "wrong", app.NotOneFact)
	put("time", 20, "wrong", "place")
	a = f.accuracy(f.admin)
	if p := number(a); p.Share == nil || p.Share.Estimate != 0.95 || p.Right != 19 {
		t.Errorf("20 judged: %+v", p)
	}
	// 0.9 of the statements are right at 0.95, the rest at 0.
	if s := a.AllKinds.Share; s == nil || s.Estimate < 0.8549 || s.Estimate > 0.8551 || s.Covered != 1 || s.Low > 0.855 || s.High < 0.855 {
		t.Errorf("all kinds: %+v", s)
	}
}
