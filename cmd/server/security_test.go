package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// testFuncs are the names of all tests and fuzz targets of the program.
func testFuncs(t *testing.T) map[string]bool {
	t.Helper()
	named := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	found := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range named.FindAllSubmatch(b, -1) {
			found[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestSecurityNamesTestsThatThereAre holds docs/security.md against the code: each test
// that it names is there, and each fuzz target is in its table.
func TestSecurityNamesTestsThatThereAre(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	there, told := testFuncs(t), map[string]bool{}
	for _, name := range regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w+`).FindAllString(string(doc), -1) {
		told[name] = true
		if !there[name] {
			t.Errorf("docs/security.md names %s, and there is no such test", name)
		}
	}
	for name := range there {
		if strings.HasPrefix(name, "Fuzz") && !told[name] {
			t.Errorf("docs/security.md does not tell what %s reads", name)
		}
	}
}
