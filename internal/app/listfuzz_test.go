package app

import (
	"strings"
	"testing"

	"corroborate/internal/claims"
)

// FuzzListCursor reads cursors that somebody made up: each is refused or gives a place
// that the database can take.
func FuzzListCursor(f *testing.F) {
	for _, o := range []string{`{"o":"title","t":"a","i":"0199f0a0-0000-7000-8000-00000000000a"}`, `{"o":"updated","a":"2025-01-01T00:00:00Z","i":"x"}`, `null`, `"x"`, `{"n":99999999999}`} {
		f.Add(encodeCursor(o), "title")
	}
	f.Add("bnVsbA", "updated")
	f.Fuzz(func(t *testing.T, cursor, order string) {
		stories, err := StoryFilter{Order: StoryOrder(order), Page: Page{Cursor: cursor}}.choice()
		if err == nil && stories.After != nil {
			if _, err := knownID(stories.After.ID); err != nil || stories.After.Order != stories.Order || strings.ContainsRune(stories.After.Title, 0) {
				t.Errorf("%q gives the place %+v", cursor, *stories.After)
			}
		}
		articles, err2 := ArticleFilter{Order: ArticleOrder(order), Page: Page{Cursor: cursor}}.choice()
		if err2 == nil && articles.After != nil {
			if _, err := knownID(articles.After.ID); err != nil || articles.After.Order != articles.Order {
				t.Errorf("%q gives the place %+v", cursor, *articles.After)
			}
		}
		for _, err := range []error{err, err2} {
			if err != nil && claims.KindOf(err) != claims.Invalid {
				t.Errorf("%q: %v", cursor, err)
			}
		}
	})
}
