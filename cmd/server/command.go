package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// command is one subcommand.
type command struct {
	// name is one word, or two where several commands are about the same thing.
	name string
	// args names the positional arguments, each of which is required.
	args    []string
	summary string // half a sentence for the list of commands
	help    string // what it reads, writes and needs
	// setup declares the command's flags and gives what runs once they are parsed.
	setup func(*flag.FlagSet) runner
}

// runner does a command's work. Its error decides the exit status: see
// [exitError].
type runner func(ctx context.Context, env environment, args []string) error

// exitError is an error with an exit status of its own; any other error means 1.
type exitError struct {
	code int
	err  error
}

// Error gives the cause.
func (e *exitError) Error() string { return e.err.Error() }

// Unwrap gives the cause.
func (e *exitError) Unwrap() error { return e.err }

// exitUsage is the status where the call or its input cannot be understood.
const exitUsage = 2

func usageErrorf(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// run carries out one call of the program and gives its exit status.
func run(ctx context.Context, env environment, args []string) int {
	cmds := commands()
	name, rest := cmds[0].name, args
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, rest = named(cmds, args)
	}
	if name == "help" || len(args) > 0 && isHelp(args[0]) {
		return exitStatus(env, "help", printHelp(env.stdout, cmds, rest))
	}
	cmd, err := find(cmds, name)
	if err != nil {
		return exitStatus(env, "", err)
	}
	return exitStatus(env, name, cmd.call(ctx, env, rest))
}

// named takes the name of a command, of one word or two, off the arguments.
func named(cmds []command, args []string) (name string, rest []string) {
	if len(args) > 1 {
		two := args[0] + " " + args[1]
		if slices.ContainsFunc(cmds, func(c command) bool { return c.name == two }) {
			return two, args[2:]
		}
	}
	return args[0], args[1:]
}

func isHelp(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }

// exitStatus tells of an error on stderr and gives the exit status.
func exitStatus(env environment, name string, err error) int {
	if err == nil {
		return 0
	}
	if name != "" {
		name = " " + name
	}
	fmt.Fprintf(env.stderr, "server%s: %v\n", name, err)
	if exit := (*exitError)(nil); errors.As(err, &exit) {
		return exit.code
	}
	return 1
}

// call parses the arguments, in which flags may stand anywhere, and runs.
func (c command) call(ctx context.Context, env environment, args []string) error {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	work := c.setup(flags)
	positional, err := parseArgs(flags, args)
	if errors.Is(err, flag.ErrHelp) {
		return c.printHelp(env.stdout)
	}
	if err != nil {
		return usageErrorf("%w; see server help %s", err, c.name)
	}
	if len(positional) != len(c.args) {
		return usageErrorf("want %d arguments, got %d: %s", len(c.args), len(positional), c.usage())
	}
	return work(ctx, env, positional)
}

// parseArgs parses flags before, between and after the positional arguments,
// which it gives; all that follows "--" is positional.
func parseArgs(flags *flag.FlagSet, args []string) ([]string, error) {
	var positional []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		rest := flags.Args()
		if parsed := len(args) - len(rest); parsed > 0 && args[parsed-1] == "--" {
			return append(positional, rest...), nil
		}
		if len(rest) == 0 {
			return positional, nil
		}
		positional, args = append(positional, rest[0]), rest[1:]
	}
}

func find(cmds []command, name string) (command, error) {
	for _, c := range cmds {
		if c.name == name {
			return c, nil
		}
	}
	if several := beginning(cmds, name); len(several) > 0 {
		return command{}, usageErrorf("want one of: %s", strings.Join(several, ", "))
	}
	best := slices.MinFunc(cmds, func(a, b command) int { return distance(name, a.name) - distance(name, b.name) })
	hint := "see server help"
	if distance(name, best.name) <= len(best.name)/2 {
		hint = fmt.Sprintf("did you mean %q?", best.name)
	}
	return command{}, usageErrorf("unknown command %q: %s", name, hint)
}

// beginning names the commands of two words of which one is the first.
func beginning(cmds []command, word string) []string {
	var out []string
	for _, c := range cmds {
		if strings.HasPrefix(c.name, word+" ") {
			out = append(out, c.name)
		}
	}
	return out
}

// distance counts the letters to insert, drop or replace to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// printHelp writes the list of commands, or the help of the one in args.
func printHelp(w io.Writer, cmds []command, args []string) error {
	if len(args) > 0 && !isHelp(args[0]) {
		name, _ := named(cmds, args)
		c, err := find(cmds, name)
		if err != nil {
			return err
		}
		return c.printHelp(w)
	}
	fmt.Fprint(w, "Corroborate shows where news sources agree and where they diverge.\n\nUsage: server [COMMAND]\n\n")
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for i, c := range cmds {
		summary := c.summary
		if i == 0 {
			summary += " (the default)"
		}
		fmt.Fprintf(table, "  %s\t%s\n", strings.Join(append([]string{c.name}, c.args...), " "), summary)
	}
	fmt.Fprintf(table, "  help [COMMAND]\t%s\n", "explain a command")
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print help: %w", err)
	}
	return nil
}

func (c command) usage() string {
	return "server " + strings.Join(append([]string{c.name}, c.args...), " ")
}

func (c command) printHelp(w io.Writer) error {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	c.setup(flags)
	var options strings.Builder
	flags.SetOutput(&options)
	flags.PrintDefaults()
	usage := "Usage: " + c.usage()
	if options.Len() > 0 {
		usage += " [FLAGS]\n\nFlags:\n" + strings.TrimRight(options.String(), "\n")
	}
	_, err := fmt.Fprintf(w, "%s\n\n%s\n", usage, strings.TrimSpace(c.help))
	if err != nil {
		return fmt.Errorf("print help: %w", err)
	}
	return nil
}
