package size

import (
	"fmt"
	"os"
	"regexp"
	"testing"
)

// small are the sizes of the archives that every run of the tests makes, out of a pattern
// of smallPattern articles.
const smallPattern = 30

var small = []int{300, 3000}

// steady are the calls that are looked at in small archives: those that everybody makes
// all the time. make size looks at all.
var steady = regexp.MustCompile(`^(/|/stories/\{stories\}|/findings/\{findings\}|/articles/\{articles\})$|` +
	`^/api/v1/(stories|articles)(/\{[a-z]+\})?(\?(order|status|locked|created_until|language)=.*)?$|^/api/v1/findings(/\{findings\}|\?kind=.*)$|` +
	`^/(overview|sources(/\{sources\}(/delete)?)?|accuracy)$|^/api/v1/(overview|accuracy|sources(/\{sources\}|\?sort=.*)?|work/(open|model)|history\?action=.*|accuracy/samples/next)$`)

// here gives the cluster of the tests.
func here(t *testing.T) cluster {
	t.Helper()
	at := os.Getenv("TEST_DATABASE_URL")
	switch {
	case at != "":
		return cluster{t: t, url: at}
	case os.Getenv("CI") != "":
		t.Fatal("TEST_DATABASE_URL is not set")
	}
	t.Skip("TEST_DATABASE_URL is not set: run make test")
	return cluster{}
}

// TestCopiesAreWhatTheServiceStores makes a small archive and looks at its rows.
func TestCopiesAreWhatTheServiceStores(t *testing.T) {
	c := here(t)
	c.archive(small[0], smallPattern)
	rows(t, c.open(fmt.Sprintf("size_%d", small[0])))
}

// TestWhatIsReadMostStaysFlat looks at the plans of what is read most, in two small
// archives.
func TestWhatIsReadMostStaysFlat(t *testing.T) {
	c, tails := here(t), map[string][]string{}
	var archives []*archive
	for _, n := range small {
		archives = append(archives, openArchive(t, c.archive(n, smallPattern), n, tails, true))
	}
	conclude(t, archives, measureReads(t, archives, steady))
}
