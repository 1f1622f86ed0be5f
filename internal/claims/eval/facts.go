package eval

import (
	"io/fs"
	"slices"

	"corroborate/internal/claims"
)

// Annotated is a story with what people say of it.
type Annotated struct {
	claims.Story
	gold gold
}

// LoadAnnotated reads a story and what people say of it from a folder.
func LoadAnnotated(dir fs.FS) (Annotated, error) {
	s, g, err := loadStory(dir)
	return Annotated{s, g}, err
}

// Facts gives a function that tells which of the facts that people found, by number, two
// claims of a report of the story, by their ids, both tell.
func (a Annotated) Facts(r claims.Report) func(x, y string) []int {
	on := newScorer(r, a.gold).on
	return func(x, y string) []int {
		return slices.DeleteFunc(slices.Clone(on[x]), func(f int) bool { return !slices.Contains(on[y], f) })
	}
}

// Right gives a function that tells whether the verdict of a finding of a report of the
// story is one that people allow, and whether they speak of it.
func (a Annotated) Right(r claims.Report) func(f claims.Finding) (right, known bool) {
	return newScorer(r, a.gold).rightVerdict
}

// rightVerdict tells whether a finding is about one fact of gold, at least by half, and
// has a verdict that is right for it; known is false where gold speaks of fewer than two
// of its articles' passages.
func (s *scorer) rightVerdict(f claims.Finding) (right, known bool) {
	arts := map[string]bool{}
	for _, c := range f.Claims {
		if len(s.on[c.ID]) > 0 {
			arts[c.ArticleID] = true
		}
	}
	for i, fact := range s.gold.Findings {
		told := 0
		for _, c := range f.Claims {
			if slices.Contains(s.on[c.ID], i) {
				told++
			}
		}
		if s.tellingArticles(i, f) >= 2 && 2*told >= len(f.Claims) && fact.allows(f.Verdict) {
			return true, true
		}
	}
	return false, len(arts) > 1
}
