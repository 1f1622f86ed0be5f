package eval

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corroborate/internal/claims"
)

const (
	caseDir = "../testdata/cases"
	// knownFile lists the cases that the engine fails, with the reason: "NAME reason".
	knownFile = caseDir + "/known-failures.txt"
	// leastCases is the number of differing and of agreeing cases of each kind.
	leastCases = 20
)

func allCases(t *testing.T) []Case {
	t.Helper()
	var out []Case
	names := map[string]bool{}
	for _, k := range claims.Kinds() {
		f, err := os.Open(filepath.Join(caseDir, string(k)+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		cases, err := ReadCases(f, k)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		differ := 0
		for _, c := range cases {
			if names[c.Name()] {
				t.Errorf("%s stands twice", c.Name())
			}
			names[c.Name()] = true
			if c.Want == "differ" {
				differ++
			}
		}
		if differ < leastCases || len(cases)-differ < leastCases {
			t.Errorf("%s: %d differing and %d other cases, want %d of each", k, differ, len(cases)-differ, leastCases)
		}
		out = append(out, cases...)
	}
	return out
}

// TestCases demands every case but those that are known to fail, and these to
// fail: the list stays honest.
func TestCases(t *testing.T) {
	t.Parallel()
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	known := knownFailures(t)
	var list bytes.Buffer
	for _, c := range allCases(t) {
		fault, err := c.Judge(engine)
		if err != nil {
			t.Fatal(err)
		}
		reason, listed := known[c.Name()]
		delete(known, c.Name())
		switch {
		case fault != "":
			fmt.Fprintf(&list, "%s %s\n", c.Name(), fault)
			if !listed && !*update {
				t.Errorf("%s: %s\n\t%s\n\t%s", c.Name(), fault, c.Articles[0].Text.Body, c.Articles[1].Text.Body)
			}
		case listed && !*update:
			t.Errorf("%s passes: take it off the list (%s)", c.Name(), reason)
		}
	}
	if *update {
		if err := os.WriteFile(knownFile, list.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name := range known {
		t.Errorf("%s is no case", name)
	}
}

func knownFailures(t *testing.T) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(knownFile)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		name, reason, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			t.Fatalf("%s: no reason in %q", knownFile, line)
		}
		out[name] = reason
	}
	return out
}

// caseFigures measures the shares of the agreeing and differing cases that pass,
// and logs them by kind.
func caseFigures(t *testing.T, engine *claims.Engine, out *bytes.Buffer) {
	t.Helper()
	passed, all := map[string]float64{}, map[string]float64{}
	for _, c := range allCases(t) {
		side := "agree"
		if c.Want == "differ" {
			side = "differ"
		}
		fault, err := c.Judge(engine)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{side, side + " " + string(c.Kind)} {
			all[key]++
			if fault == "" {
				passed[key]++
			}
		}
	}
	for _, k := range claims.Kinds() {
		for _, side := range []string{"agree", "differ"} {
			key := side + " " + string(k)
			fmt.Fprintf(out, "cases/%s_%s %v\n", k, side, round(passed[key]/all[key]))
		}
	}
	for _, side := range []string{"agree", "differ"} {
		fmt.Fprintf(out, "cases/%s %v\n", side, round(passed[side]/all[side]))
	}
}

// TestJudgeCanFail asserts that a case with a wrong answer does not pass.
func TestJudgeCanFail(t *testing.T) {
	t.Parallel()
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	raw := "%s x\nThe crash injured 14 people in Halvorsen Bay.\nThe crash injured %s people in Halvorsen Bay.\n"
	for _, c := range []struct{ want, number, fault string }{
		{"differ", "41", ""}, {"differ", "14", "no difference told"}, {"agree", "fourteen", ""}, {"agree", "41", "told as number"},
		{"apart", "14", "joined as one fact"},
	} {
		cases, err := ReadCases(strings.NewReader(fmt.Sprintf(raw, c.want, c.number)), claims.KindNumber)
		if err != nil || len(cases) != 1 {
			t.Fatal(cases, err)
		}
		if got, err := cases[0].Judge(engine); err != nil || got != c.fault {
			t.Errorf("%s %s: %q (%v), want %q", c.want, c.number, got, err, c.fault)
		}
	}
}
