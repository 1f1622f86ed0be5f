package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// call runs the program in this process and gives what it wrote and its status.
func call(t *testing.T, vars map[string]string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	return execute(t, environment{vars: vars, stdin: strings.NewReader("")}, args)
}

// execute runs the program in a world of which it gives what was written.
func execute(t *testing.T, env environment, args []string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	env.stdout, env.stderr = &out, &errs
	status = run(t.Context(), env, args)
	return out.String(), errs.String(), status
}

func TestCalls(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args           []string
		stdout, stderr string // what each contains
		status         int
	}{
		{[]string{"help"}, "Usage: server [COMMAND]", "", 0},
		{[]string{"--help"}, "migrate", "", 0},
		{[]string{"-h"}, "healthcheck", "", 0},
		{[]string{"help", "serve"}, "PUBLIC_READ", "", 0},
		{[]string{"serve", "--help"}, "PUBLIC_READ", "", 0},
		{[]string{"migrate", "-h"}, "DATABASE_URL", "", 0},
		{[]string{"help", "migrat"}, "", `did you mean "migrate"?`, 2},
		{[]string{"serv"}, "", `unknown command "serv": did you mean "serve"?`, 2},
		{[]string{"frobnicate"}, "", "see server help", 2},
		{[]string{"migrate", "now"}, "", "want 0 arguments, got 1", 2},
		{[]string{"migrate", "--fast"}, "", "-fast", 2},
		{[]string{"--fast"}, "", "-fast", 2},
		{[]string{"version"}, "corroborate ", "", 0},
		{[]string{"help", "key", "create"}, "-scopes", "", 0},
		{[]string{"key", "create", "-h"}, "-expires", "", 0},
		{[]string{"key"}, "", "want one of: key create, key list, key revoke", 2},
		{[]string{"help", "key"}, "", "want one of: key create", 2},
		{[]string{"key", "revok"}, "", "want one of: key create", 2},
		{[]string{"key", "revoke"}, "", "want 1 arguments, got 0: server key revoke ID", 2},
		{[]string{"key", "create"}, "", "--email is missing", 2},
		{[]string{"key", "create", "--email", "a@b.example", "--expires", "soon"}, "", "--expires: want days such as 90d", 2},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			t.Parallel()
			stdout, stderr, status := call(t, nil, tt.args...)
			if status != tt.status {
				t.Errorf("status %d, want %d", status, tt.status)
			}
			if !strings.Contains(stdout, tt.stdout) || (tt.stdout == "") != (stdout == "") {
				t.Errorf("stdout %q, want %q in it", stdout, tt.stdout)
			}
			if !strings.Contains(stderr, tt.stderr) || (tt.stderr == "") != (stderr == "") {
				t.Errorf("stderr %q, want %q in it", stderr, tt.stderr)
			}
		})
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	t.Parallel()
	for _, c := range commands() {
		if c.summary == "" || c.help == "" || c.setup == nil {
			t.Errorf("command %q lacks a summary, a help or its work", c.name)
		}
		stdout, _, status := call(t, nil, "help", c.name)
		if status != 0 || !strings.Contains(stdout, "Usage: server "+c.name) {
			t.Errorf("help %s: status %d, %q", c.name, status, stdout)
		}
	}
}

func TestFlagsMayStandAnywhere(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args       []string
		format     string
		positional []string
	}{
		{[]string{"a", "b"}, "json", []string{"a", "b"}},
		{[]string{"--format", "md", "a"}, "md", []string{"a"}},
		{[]string{"a", "--format=md", "b"}, "md", []string{"a", "b"}},
		{[]string{"a", "b", "-format", "md"}, "md", []string{"a", "b"}},
		{[]string{"--", "--format"}, "json", []string{"--format"}},
		{[]string{"a", "-"}, "json", []string{"a", "-"}},
		{nil, "json", nil},
	}
	for _, tt := range tests {
		flags := flag.NewFlagSet("test", flag.ContinueOnError)
		format := flags.String("format", "json", "")
		got, err := parseArgs(flags, tt.args)
		if err != nil {
			t.Errorf("%q: %v", tt.args, err)
		}
		if diff := cmp.Diff(tt.positional, got); diff != "" || *format != tt.format {
			t.Errorf("%q: format %q, want %q; positional (-want +got):\n%s", tt.args, *format, tt.format, diff)
		}
	}
}

func TestExitStatus(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("broken"), 1},
		{usageErrorf("wrong"), 2},
		{&exitError{code: 3, err: errors.New("other")}, 3},
	}
	for _, tt := range tests {
		c := command{name: "test", setup: func(*flag.FlagSet) runner {
			return func(context.Context, environment, []string) error { return tt.err }
		}}
		var stderr bytes.Buffer
		env := environment{stderr: &stderr}
		if got := exitStatus(env, c.name, c.call(t.Context(), env, nil)); got != tt.want {
			t.Errorf("%v: status %d, want %d", tt.err, got, tt.want)
		}
		if (tt.err != nil) != (strings.Count(stderr.String(), "\n") == 1) {
			t.Errorf("%v: wrote %q, want a line for an error alone", tt.err, stderr.String())
		}
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"serve", "serve", 0}, {"serv", "serve", 1}, {"srve", "serve", 1}, {"", "abc", 3}, {"analyse", "analyze", 1}, {"kitten", "sitting", 3},
	}
	for _, tt := range tests {
		if got := distance(tt.a, tt.b); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
