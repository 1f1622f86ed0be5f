package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"io"

	"corroborate/internal/claims"
	"corroborate/internal/report"
)

func analyzeCommand() command {
	return command{
		name:    "analyze",
		args:    []string{"FILE"},
		summary: "write the report of a story",
		help: `Reads {"title", "articles": [{"id", "file", "text" or "html", "source", "title",
"url", "published_at"}]} from FILE (files lie relative to it; one that ends in .html
is a page) and writes the story report to standard output. Of a page the article is
taken, with its title, source, address and time where they are not given. Needs no
database. Exit status 2 where FILE cannot be
read; the message names the place and the field.`,
		setup: func(flags *flag.FlagSet) runner {
			format := flags.String("format", "json", "json, md, csv or jsonld")
			return func(ctx context.Context, env environment, args []string) error {
				return analyze(ctx, env, args[0], *format)
			}
		},
	}
}

func analyze(ctx context.Context, env environment, path, format string) error {
	write, ok := reportFormats[format]
	if !ok {
		return usageErrorf("--format: %q is none of json, md, csv, jsonld", format)
	}
	story, err := readStory(path)
	if err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	engine, err := claims.NewEngine()
	if err != nil {
		return err
	}
	bar := newProgress(env.stderr, "articles")
	r, err := engine.Analyze(ctx, story, bar.show)
	bar.end()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(env.stdout)
	if err := write(out, r); err != nil {
		return err
	}
	return out.Flush()
}

var reportFormats = map[string]func(io.Writer, claims.Report) error{
	"json": func(w io.Writer, r claims.Report) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		return enc.Encode(r)
	},
	"csv":    report.WriteCSV,
	"md":     report.WriteMarkdown,
	"jsonld": report.WriteJSONLD,
}
