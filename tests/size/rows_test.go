package size

import (
	"os"
	"testing"
)

// here gives the cluster of the tests.
func here(t *testing.T) cluster {
	t.Helper()
	at := os.Getenv("TEST_DATABASE_URL")
	if at == "" {
		t.Skip("TEST_DATABASE_URL is not set: run make test")
	}
	return cluster{t: t, url: at}
}

func TestTry(t *testing.T) {
	c := here(t)
	c.archive(600, 60)
}
