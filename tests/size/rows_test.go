package size

import (
	"os"
	"testing"
)

// small are the sizes of the archives that every run of the tests makes, out of a pattern
// of smallPattern articles.
const smallPattern = 60

var small = []int{300, 3000}

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

// TestNothingGrows looks at the plans of all that is read, in two small archives.
func TestNothingGrows(t *testing.T) {
	c, tails := here(t), map[string][]string{}
	var archives []*archive
	for _, n := range small {
		archives = append(archives, openArchive(t, c.archive(n, smallPattern), n, tails, true))
	}
	measureReads(t, archives)
	rows(t, archives[0].Pool)
}
