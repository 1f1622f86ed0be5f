package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"corroborate/internal/claims"
)

// WriteMarkdown writes a report as a text to read: divergences with their
// passages side by side, then what sources agree on, then the pairs that only
// look in conflict. What one source tells alone is listed last.
func WriteMarkdown(w io.Writer, r claims.Report) error {
	var b bytes.Buffer
	x := newIndex(r)
	fmt.Fprintf(&b, "# %s\n\n", line(r.Story.Title))
	x.sources(&b, r)
	x.section(&b, r, claims.Diverge, "Where sources diverge")
	x.section(&b, r, claims.Agree, "Where sources agree")
	x.cleared(&b, r)
	x.section(&b, r, claims.Single, "Told by one source")
	fmt.Fprintf(&b, "Engine %s, %s.\n", r.Engine.Version, r.Engine.Hash)
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

func (x index) section(b *bytes.Buffer, r claims.Report, v claims.Verdict, title string) {
	open := false
	for _, f := range r.Findings {
		if f.Verdict != v {
			continue
		}
		if !open {
			fmt.Fprintf(b, "## %s\n\n", title)
			open = true
		}
		if v == claims.Single {
			fmt.Fprintf(b, "- %s: “%s”\n", line(f.Claims[0].Source), line(f.Claims[0].Exact))
			continue
		}
		x.finding(b, f)
	}
	if open && v == claims.Single {
		b.WriteString("\n")
	}
}

func (x index) finding(b *bytes.Buffer, f claims.Finding) {
	fmt.Fprintf(b, "### %s\n\n", line(f.Summary))
	fmt.Fprintf(b, "%d sources, %d origins", f.Sources, f.Origins)
	if !f.Corroborated {
		b.WriteString(" (one origin: not corroborated)")
	}
	b.WriteString("\n\n")
	for _, c := range f.Claims {
		fmt.Fprintf(b, "- %s (%s): “%s”\n", line(c.Source), positionOf(f, c.ID), line(c.Exact))
	}
	for _, d := range f.Differences {
		fmt.Fprintf(b, "\n**%s**%s: %s\n", d.Kind, labels(d), line(d.Explanation))
	}
	b.WriteString("\n")
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

func (x index) cleared(b *bytes.Buffer, r claims.Report) {
	if len(r.Cleared) == 0 {
		return
	}
	b.WriteString("## Looks like a conflict, is not\n\n")
	for _, c := range r.Cleared {
		fmt.Fprintf(b, "- %s: “%s” / “%s”: %s\n", c.Kind, line(x.claims[c.Claims[0]].Exact), line(x.claims[c.Claims[1]].Exact), line(c.Reason))
	}
	b.WriteString("\n")
}

var escape = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "&lt;", ">", "&gt;", "#", "\\#")

// line makes foreign text one line that Markdown leaves as it is.
func line(s string) string { return escape.Replace(strings.Join(strings.Fields(s), " ")) }

// cell is a line inside a table.
func cell(s string) string { return strings.ReplaceAll(line(s), "|", "\\|") }
