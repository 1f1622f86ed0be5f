package report

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"time"

	"corroborate/internal/claims"
)

// Linked is a report as linked data (JSON-LD 1.1): a schema.org Dataset of findings.
// Each finding is a Collection of schema.org Claims, one for each way in which sources
// tell a fact, with the articles in which it appears; Web Annotations tie claims to
// passages. What neither vocabulary has is named in [Vocabulary]. All of it can be read
// without fetching anything. Nothing says what is true.
type Linked struct {
	claims.Report
	// Base is scheme and host of the service, which begin the names of things; empty for
	// a report that is stored nowhere, whose things have names of their own.
	Base string
	// AsOf is when it was found so, zero where that is not told.
	AsOf time.Time
	// Around has the words before and after passages by their claims' ids. A report
	// with the texts of its articles does without.
	Around map[string][2]string
}

// WriteJSONLD writes a report that is stored nowhere as linked data.
func WriteJSONLD(w io.Writer, r claims.Report) error { return Linked{Report: r}.WriteStory(w) }

//go:embed context.json
var linkedContext []byte

// WriteStory writes the whole report.
func (l Linked) WriteStory(w io.Writer) error {
	b := l.builder()
	out := storyNode{Context: linkedContext, ID: b.name("stories", l.Story.ID), Type: []string{"Dataset", "Story"},
		URL: b.page("stories", l.Story.ID), Identifier: l.Story.ID, Name: l.Story.Title,
		About:     "What sources report on one event, in which words, and where they agree or diverge. It does not say what is true.",
		Technique: fmt.Sprintf("Corroborate engine %s (%s)", l.Engine.Version, l.Engine.Hash), made: l.made(),
		Findings: []findingNode{}, Articles: []articleNode{}, Cleared: []pairNode{}}
	for _, f := range l.Findings {
		out.Findings = append(out.Findings, b.finding(f))
	}
	for _, a := range l.Articles {
		out.Articles = append(out.Articles, b.article(a))
	}
	for _, p := range l.Cleared {
		out.Cleared = append(out.Cleared, pairNode{ID: b.name("cleared", p.ID), Type: "ClearedPair", Kind: string(p.Kind),
			Reason: p.Reason, Sides: [2]aside{b.side(p.Claims[0], ""), b.side(p.Claims[1], "")}})
	}
	return writeNode(w, out)
}

// WriteFinding writes one finding, the first of the report, with its articles.
func (l Linked) WriteFinding(w io.Writer) error {
	b := l.builder()
	out := findingAlone{Context: linkedContext, findingNode: b.finding(l.Findings[0]), made: l.made(), Articles: []articleNode{},
		Story: storyHead{ID: b.name("stories", l.Story.ID), Type: []string{"Dataset", "Story"}, URL: b.page("stories", l.Story.ID), Name: l.Story.Title}}
	for _, a := range l.Articles {
		out.Articles = append(out.Articles, b.article(a))
	}
	return writeNode(w, out)
}

// writeNode writes a document. Signs that mean something in HTML are escaped, so that
// it can stand in a page as it is.
func writeNode(w io.Writer, node any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	return enc.Encode(node)
}

func (l Linked) made() made {
	out := made{EngineVersion: l.Engine.Version, EngineHash: l.Engine.Hash}
	if !l.AsOf.IsZero() {
		out.DateModified = l.AsOf.UTC().Format(time.RFC3339)
	}
	return out
}

// linker makes the nodes of one report.
type linker struct {
	Linked
	index
	// passage and held are the names of each claim's passage and of the schema.org Claim
	// that it belongs to.
	passage, held map[string]string
}

func (l Linked) builder() linker {
	b := linker{Linked: l, index: newIndex(l.Report), passage: map[string]string{}, held: map[string]string{}}
	for _, f := range l.Findings {
		for _, g := range groups(f) {
			for _, c := range g.claims {
				b.passage[c.ID], b.held[c.ID] = b.name("findings", f.ID)+"#claim-"+url.PathEscape(c.ID), b.claimName(f, g)
			}
		}
	}
	return b
}

// name gives the name of a thing of a kind: its address, where it has one.
func (l Linked) name(kind, id string) string {
	if l.Base == "" {
		return "urn:corroborate:" + kind + ":" + url.PathEscape(id)
	}
	return l.Base + "/" + kind + "/" + url.PathEscape(id)
}

// page gives the address of a thing's page, empty where it has none.
func (l Linked) page(kind, id string) string {
	if l.Base == "" {
		return ""
	}
	return l.name(kind, id)
}

// claimName names the Claim that stands for a group of a finding.
func (l Linked) claimName(f claims.Finding, g group) string {
	return l.name("findings", f.ID) + "#" + url.PathEscape(g.name)
}

func (b linker) article(a claims.ReportArticle) articleNode {
	out := articleNode{ID: b.name("articles", a.ID), Type: "NewsArticle", Identifier: a.ID, Headline: a.Title,
		Publisher: publisherNode{Type: "Organization", Name: a.Source}, Published: a.PublishedAt, Origin: a.Origin,
		OriginKnown: a.OriginKnown, Claims: []ref{}}
	if u, err := url.Parse(a.URL); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		out.URL = u.String() // as a name has to be written
	}
	seen := map[string]bool{}
	for _, c := range a.Claims {
		if held := b.held[c.ID]; held != "" && !seen[held] {
			seen[held] = true
			out.Claims = append(out.Claims, ref{held})
		}
	}
	return out
}
