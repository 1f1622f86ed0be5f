package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"corroborate/internal/app"
)

func importCommand() command {
	return command{
		name: "import", args: []string{"FILE"},
		summary: "send articles to a running service",
		help: `Reads articles from FILE, or from standard input for "-", one JSON object a line
({"text", "source", "external_id", "url", "title", "byline", "published_at",
"story_id"}), sends them to the service and waits until all are stored. It goes
through the service's REST API, because a private database belongs to the server
that runs it, and so that it can be run on another machine too.

It needs API_KEY, a key with the scope write (or ADMIN_API_KEY). A broken line is
named on standard error, the others are stored; the exit status is then 1. What was
cut off can be run again: lines that were taken before are recognised.`,
		setup: func(flags *flag.FlagSet) runner {
			url := flags.String("url", "", "where the service is reached (default: PUBLIC_URL, else ADDR on this machine)")
			return func(ctx context.Context, env environment, args []string) error {
				return importFile(ctx, env, args[0], *url)
			}
		},
	}
}

// importFile sends a file in as many imports as its length needs.
func importFile(ctx context.Context, env environment, path, url string) error {
	cfg, err := loadConfig(env.vars)
	if err != nil {
		return err
	}
	key := cmp.Or(cfg.APIKey, cfg.AdminAPIKey)
	if key == "" {
		return usageErrorf("API_KEY is not set: make a key with the scope write on the page of your account")
	}
	in, name := env.stdin, ""
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return usageErrorf("%w", err)
		}
		defer file.Close()
		in, name = file, filepath.Base(path)
	}
	i := importer{env: env, name: name, service: newServiceClient(cmp.Or(url, cfg.PublicURL, "http://"+reachable(cfg.Addr)), key),
		lines: lineSource{in: bufio.NewReaderSize(in, 1<<16)}, progress: newProgress(env.stderr, "lines")}
	return i.run(ctx)
}

// importer sends lines and tells what became of them.
type importer struct {
	env      environment
	name     string
	service  *serviceClient
	lines    lineSource
	progress *progress
	total    importCounts
}

// errBrokenArticles ends a run in which some lines were not stored; they have been
// named.
var errBrokenArticles = errors.New("some lines could not be stored")

func (i *importer) run(ctx context.Context) error {
	for !i.lines.ended {
		if err := i.part(ctx); err != nil {
			return fmt.Errorf("%w; run it again to go on: what was stored is recognised", err)
		}
	}
	t := i.total
	fmt.Fprintf(i.env.stdout, "%d lines: %d created, %d known, %d revised, %d failed\n", t.Lines, t.Created, t.Known, t.Revised, t.Failed)
	if t.Failed > 0 {
		return errBrokenArticles
	}
	return nil
}

// part sends as many lines as one import takes, and follows it to its end.
func (i *importer) part(ctx context.Context) error {
	before := i.lines.read
	part, err := i.lines.part()
	if err != nil || part.count == 0 {
		return err
	}
	made, err := i.service.send(ctx, i.name, &part.body)
	if err != nil {
		return err
	}
	for made.Status == "running" {
		i.progress.show(made.Done, made.Lines)
		if err := pause(ctx); err != nil {
			return err
		}
		if made, err = i.service.look(ctx, made.ID); err != nil {
			return err
		}
	}
	i.progress.show(made.Done, made.Lines)
	i.progress.end()
	if made.Status == "failed" {
		return errors.New("the service gave up: " + made.Reason)
	}
	i.total.add(made.importCounts)
	if made.Failed == 0 {
		return nil
	}
	return i.service.failures(ctx, made.ID, func(line int, problem string) {
		fmt.Fprintf(i.env.stderr, "line %d: %s\n", before+line, problem)
	})
}

// lookEvery is the time between two looks at an import that runs.
const lookEvery = 500 * time.Millisecond

func pause(ctx context.Context) error {
	select {
	case <-time.After(lookEvery):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// lineSource cuts a stream of lines into parts that one import takes.
type lineSource struct {
	in *bufio.Reader
	// held is a line that did not fit into the last part.
	held  []byte
	read  int // the lines that were given, empty ones too
	ended bool
}

// linePart is lines for one import; count leaves out empty ones.
type linePart struct {
	body  bytes.Buffer
	count int
}

// partBytes leaves a part below the limit of an import.
const partBytes = app.MaxImportBytes - 1<<10

func (s *lineSource) part() (linePart, error) {
	var p linePart
	for p.count < app.MaxImportLines {
		line := s.held
		if s.held = nil; line == nil {
			var err error
			line, err = readLine(s.in)
			s.ended = errors.Is(err, io.EOF)
			if err != nil && !s.ended {
				return p, err
			}
			line = fitting(line)
		}
		if p.body.Len()+len(line) > partBytes {
			s.held, s.ended = line, false
			break
		}
		if len(line) > 0 {
			s.read++
		}
		p.body.Write(line)
		if len(bytes.TrimSpace(line)) > 0 {
			p.count++
		}
		if s.ended {
			break
		}
	}
	return p, nil
}

// fitting gives a line that is longer than the service takes as one that it names as
// broken in those words.
func fitting(line []byte) []byte {
	if len(line) <= app.MaxImportLine {
		return line
	}
	return []byte("null\n")
}
