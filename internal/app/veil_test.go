package app_test

import (
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// blind opens a blind review of a finding by the fixture's administrator.
func (f *fixture) blind(findingID string) {
	f.t.Helper()
	f.exec(`INSERT INTO blind_reviews (id, story_id, finding_id, asked_by, created_at)
		SELECT gen_random_uuid(), story_id, id, $2::uuid, now() FROM findings WHERE id = $1`, findingID, f.admin.UserID)
	f.exec(`INSERT INTO blind_reviewers (blind_id, user_id) SELECT id, asked_by FROM blind_reviews`)
}

func TestBlindReviewersSeeNothingOfTheVerdict(t *testing.T) {
	t.Parallel()
	f := started(t)
	story := f.story(gazette, courier, herald).ID
	open := f.withNumber(story)
	other := f.detail(open.ID)
	before, _ := f.Story(t.Context(), f.admin, story)
	f.blind(open.ID)

	d := f.detail(open.ID)
	if !d.Veiled || d.Verdict != "" || len(d.Positions)+len(d.Differences)+len(d.Cleared)+len(d.Corrections) != 0 || d.Corroborated {
		t.Errorf("the veiled finding shows %+v", d.Finding)
	}
	if len(d.Members) != len(other.Members) {
		t.Errorf("the veiled finding has %d passages, want %d", len(d.Members), len(other.Members))
	}
	for _, m := range d.Members {
		if m.Position != "" {
			t.Errorf("the passage of %s has the position %s", m.Source, m.Position)
		}
	}
	if first := f.findings(story)[0]; first.ID != open.ID {
		t.Errorf("the veiled finding does not come first: %q does", first.Summary)
	}
	after, _ := f.Story(t.Context(), f.admin, story)
	if after.Diverge != before.Diverge-1 || after.Open != before.Open-1 {
		t.Errorf("%d diverge and %d are open, of %d and %d", after.Diverge, after.Open, before.Diverge, before.Open)
	}
	for _, filter := range []app.FindingFilter{{Verdicts: []claims.Verdict{claims.Diverge}}, {Kinds: []claims.Kind{claims.KindNumber}}} {
		filter.StoryID = story
		list, err := f.Findings(t.Context(), f.admin, filter)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range list.Items {
			if x.ID == open.ID {
				t.Errorf("the filter %+v finds the veiled finding", filter)
			}
		}
	}
	for _, x := range f.report(story).Findings {
		if x.ID == open.ID && (x.Verdict != "" || len(x.Differences) != 0) {
			t.Errorf("the report shows %+v", x)
		}
	}
	for _, m := range d.Members {
		list, err := f.ArticleClaims(t.Context(), f.admin, m.ArticleID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if c.FindingID == open.ID && (c.Verdict != "" || len(c.Kinds) != 0) {
				t.Errorf("the article's claim shows %+v", c)
			}
		}
	}

	f.exec("UPDATE blind_reviews SET revealed_at = now()")
	if d := f.detail(open.ID); d.Veiled || d.Verdict != other.Verdict || len(d.Differences) != len(other.Differences) {
		t.Errorf("the revealed finding shows %+v", d.Finding)
	}
}

func TestStrangersSeeNothingOfABlindReview(t *testing.T) {
	t.Parallel()
	f := started(t, func(c *app.Config) { c.PublicRead = true })
	open := f.withNumber(f.story(gazette, courier).ID)
	f.blind(open.ID)
	for name, who := range map[string]app.Actor{"stranger": f.Anonymous(), "checker": f.person(auth.Checker)} {
		d, err := f.Finding(t.Context(), who, open.ID)
		if err != nil {
			t.Fatal(err)
		}
		if want := name == "stranger"; d.Veiled != want {
			t.Errorf("veiled from a %s who does not review it: %v, want %v", name, d.Veiled, want)
		}
	}
}
