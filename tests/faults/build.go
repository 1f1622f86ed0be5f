package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// errShallow says that the version before cannot be had.
var errShallow = errors.New("the history does not reach back to the version before the newest migration")

// run runs a program in a folder and gives what it wrote to standard output.
func run(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, bytes.TrimSpace(errs.Bytes()))
	}
	return strings.TrimSpace(out.String()), nil
}

// root gives the folder of the repository.
func root(ctx context.Context) (string, error) {
	mod, err := run(ctx, "", "go", "env", "GOMOD")
	return filepath.Dir(mod), err
}

// build builds the server of a tree.
func build(ctx context.Context, top, program string, flags ...string) (string, error) {
	args := append([]string{"build", "-buildvcs=false", "-o", program}, append(flags, "./cmd/server")...)
	_, err := run(ctx, top, "go", args...)
	return program, err
}

// BuildBefore builds the server as it was right before the newest migration came, into
// dir, and gives the program's path and the commit.
func BuildBefore(ctx context.Context, dir string) (program, commit string, err error) {
	top, err := root(ctx)
	if err != nil {
		return "", "", err
	}
	if commit, err = before(ctx, top); err != nil {
		return "", "", err
	}
	tree := filepath.Join(dir, "before")
	if err := os.MkdirAll(tree, 0o755); err != nil {
		return "", "", err
	}
	archive := filepath.Join(dir, "before.tar")
	if _, err := run(ctx, top, "git", "archive", "--output", archive, commit); err != nil {
		return "", "", err
	}
	if _, err := run(ctx, top, "tar", "-xf", archive, "-C", tree); err != nil {
		return "", "", err
	}
	program, err = build(ctx, tree, filepath.Join(dir, "server-before"))
	return program, commit, err
}

// before gives the newest commit that lacks the newest migration.
func before(ctx context.Context, top string) (string, error) {
	files, err := filepath.Glob(filepath.Join(top, "migrations", "*.sql"))
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("no migrations: %w", err)
	}
	newest, err := filepath.Rel(top, files[len(files)-1]) // Glob sorts
	if err != nil {
		return "", err
	}
	added, err := run(ctx, top, "git", "log", "--diff-filter=A", "--format=%H", "-1", "--", newest)
	if err != nil {
		return "", err
	}
	if added == "" { // it is not committed yet
		return run(ctx, top, "git", "rev-parse", "HEAD")
	}
	commit, err := run(ctx, top, "git", "rev-parse", "--verify", added+"^")
	if err != nil {
		return "", errShallow
	}
	return commit, nil
}
