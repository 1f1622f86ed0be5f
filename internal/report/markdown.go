package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"corroborate/internal/claims"
)

// WriteMarkdown writes a whole report as a text to read.
func WriteMarkdown(w io.Writer, r claims.Report) error {
	return Dossier{Report: r, Choice: Choice{Alone: true}}.WriteMarkdown(w)
}

// WriteMarkdown writes a dossier as a text to read: divergences with their passages
// side by side, then what sources agree on, then the pairs that only look in conflict.
// What one source tells alone is listed last.
func (d Dossier) WriteMarkdown(w io.Writer) error {
	var b bytes.Buffer
	x := newIndex(d.Report)
	fmt.Fprintf(&b, "# %s\n\n", line(d.Story.Title))
	if !d.Made.IsZero() {
		fmt.Fprintf(&b, "Made on %s.\n\n", d.Made.UTC().Format("2 January 2006, 15:04 MST"))
	}
	x.sources(&b, d.Report)
	x.section(&b, d, claims.Diverge, "Where sources diverge")
	x.section(&b, d, claims.Agree, "Where sources agree")
	x.cleared(&b, d.Pairs())
	x.section(&b, d, claims.Single, "Told by one source")
	if n := d.Veiled(); n > 0 {
		fmt.Fprintf(&b, "Left out, as you review them blind: %d.\n\n", n)
	}
	fmt.Fprintf(&b, "Engine %s, %s.\n", line(d.Engine.Version), line(d.Engine.Hash))
	_, err := w.Write(b.Bytes())
	return err
}

func (x index) sources(b *bytes.Buffer, r claims.Report) {
	b.WriteString("| Source | Origin | Published | Address |\n|---|---|---|---|\n")
	for _, a := range r.Articles {
		origin := a.Origin
		if !a.OriginKnown {
			origin += " (not stated)"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", cell(a.Source), cell(origin), cell(a.PublishedAt), cell(a.URL))
	}
	b.WriteString("\n")
}

func (x index) section(b *bytes.Buffer, d Dossier, v claims.Verdict, title string) {
	open := false
	for _, f := range d.Of(v) {
		if !open {
			fmt.Fprintf(b, "## %s\n\n", title)
			open = true
		}
		if v == claims.Single {
			fmt.Fprintf(b, "- %s: “%s”\n", line(f.Claims[0].Source), line(f.Claims[0].Exact))
			continue
		}
		x.finding(b, d, f)
	}
	if open && v == claims.Single {
		b.WriteString("\n")
	}
}

func (x index) finding(b *bytes.Buffer, d Dossier, f claims.Finding) {
	fmt.Fprintf(b, "### %s\n\n", line(f.Summary))
	fmt.Fprintf(b, "%d sources, %d origins", f.Sources, f.Origins)
	if Stands(f) == claims.Agree && !f.Corroborated {
		b.WriteString(" (one origin: not corroborated)")
	}
	if f.ReviewedVerdict != nil {
		fmt.Fprintf(b, "; reviewed: %s, the machine says %s", *f.ReviewedVerdict, f.Verdict)
	}
	b.WriteString("\n\n")
	for _, c := range f.Claims {
		fmt.Fprintf(b, "- %s%s: “%s”\n", line(c.Source), inPosition(f, c.ID), line(c.Exact))
	}
	for _, d := range f.Differences {
		fmt.Fprintf(b, "\n**%s**%s: %s\n", d.Kind, labels(d), line(d.Explanation))
	}
	for _, r := range d.Reviews[f.ID] {
		writeReview(b, r)
	}
	if address := d.Address(f.ID); address != "" {
		fmt.Fprintf(b, "\n<%s>\n", address)
	}
	b.WriteString("\n")
}

// inPosition names the position of a claim, nothing where all tell it alike.
func inPosition(f claims.Finding, claim string) string {
	if len(f.Positions) < 2 {
		return ""
	}
	return " (" + positionOf(f, claim) + ")"
}

func writeReview(b *bytes.Buffer, r Review) {
	fmt.Fprintf(b, "\nReviewed by %s, %s", line(r.Author), r.At.UTC().Format("2 January 2006"))
	if len(r.Decisions) > 0 {
		b.WriteString(": " + line(strings.Join(r.Decisions, ", ")))
	}
	if r.Stale {
		b.WriteString(" (stale: a passage has changed)")
	}
	b.WriteString("\n")
	if r.Note != "" {
		fmt.Fprintf(b, "\n> %s\n", line(r.Note))
	}
}

// labels tells what a difference's kind does not.
func labels(d claims.Difference) string {
	var out []string
	if !d.Material {
		out = append(out, "not material")
	}
	if d.Internal {
		out = append(out, "inside one source")
	}
	if d.Between == claims.BetweenSpeakers {
		out = append(out, "between speakers")
	}
	if d.Superseded {
		out = append(out, "changed since")
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, ", ") + ")"
}

func (x index) cleared(b *bytes.Buffer, pairs []claims.ClearedPair) {
	if len(pairs) == 0 {
		return
	}
	b.WriteString("## Looks like a conflict, is not\n\n")
	for _, c := range pairs {
		fmt.Fprintf(b, "- %s: “%s” / “%s”: %s\n", c.Kind, line(x.claims[c.Claims[0]].Exact), line(x.claims[c.Claims[1]].Exact), line(c.Reason))
	}
	b.WriteString("\n")
}

var escape = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "&lt;", ">", "&gt;", "#", "\\#")

// line makes foreign text one line that Markdown leaves as it is.
func line(s string) string { return escape.Replace(strings.Join(strings.Fields(s), " ")) }

// cell is a line inside a table.
func cell(s string) string { return strings.ReplaceAll(line(s), "|", "\\|") }
