package views

import (
	"net/url"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/report"
)

// DossierPage is a story as a page to print and hand over.
type DossierPage struct {
	StoryID  string
	Title    string
	Choice   report.Choice
	Engine   claims.EngineInfo
	Made     time.Time
	Articles []DossierArticle
	Diverge  []DossierFinding
	Agree    []DossierFinding
	Alone    []DossierFinding
	Cleared  []Cleared
	// Veiled counts what is left out, as the reader reviews it blind.
	Veiled int
	Base   string
}

// DossierArticle is an article of the story, as it is listed.
type DossierArticle struct {
	ArticleLine
	URL string
}

// DossierFinding is a finding with all that the dossier says of it.
type DossierFinding struct {
	ID      string
	Summary string
	// Stands is the verdict that stands; Machine is the machine's where a person says
	// otherwise, else empty.
	Stands, Machine claims.Verdict
	OneOrigin       bool
	Sources         int
	Origins         int
	Reason          string
	Positions       []PositionView
	Differences     []DifferenceView
	Reviews         []report.Review
	Address         string
	// Tellers names the sources, for those told in brief.
	Tellers string
}

// NewDossierPage makes the page of a dossier.
func NewDossierPage(d report.Dossier) DossierPage {
	p := DossierPage{StoryID: d.Story.ID, Title: d.Story.Title, Choice: d.Choice, Engine: d.Engine, Made: d.Made,
		Veiled: d.Veiled(), Base: d.Base}
	known := map[string]Member{}
	for _, a := range d.Articles {
		published, _ := claims.ParsePublished(a.PublishedAt) // what is stored can be read
		p.Articles = append(p.Articles, DossierArticle{URL: a.URL, ArticleLine: ArticleLine{ID: a.ID, Title: a.Title,
			Source: a.Source, Published: published, Origin: a.Origin, OriginKnown: a.OriginKnown}})
		for _, c := range a.Claims {
			known[c.ID] = Member{Claim: c, ArticleID: a.ID, ArticleTitle: a.Title, Source: a.Source, Published: published}
		}
	}
	for v, into := range map[claims.Verdict]*[]DossierFinding{claims.Diverge: &p.Diverge, claims.Agree: &p.Agree, claims.Single: &p.Alone} {
		for _, f := range d.Of(v) {
			*into = append(*into, newDossierFinding(d, f, known))
		}
	}
	for _, c := range d.Pairs() {
		out := Cleared{ID: c.ID, Kind: c.Kind, Reason: c.Reason}
		for i, id := range c.Claims {
			m := known[id]
			out.Sides[i] = Side{ClaimID: id, ArticleID: m.ArticleID, Source: m.Source, Exact: m.Exact}
		}
		p.Cleared = append(p.Cleared, out)
	}
	return p
}

func newDossierFinding(d report.Dossier, f claims.Finding, known map[string]Member) DossierFinding {
	var all []Member
	var names []string
	seen := map[string]bool{}
	for _, c := range f.Claims {
		m := known[c.ID]
		m.Origin, m.OriginKnown = c.Origin, c.OriginKnown
		all = append(all, m)
		if !seen[c.Source] {
			seen[c.Source] = true
			names = append(names, c.Source)
		}
	}
	m := newMembers(f, all)
	out := DossierFinding{ID: f.ID, Summary: f.Summary, Stands: report.Stands(f), OneOrigin: OneOrigin(f), Sources: f.Sources,
		Origins: f.Origins, Reason: reasonOf(f), Positions: m.positions(f, all), Differences: m.differences(f),
		Reviews: d.Reviews[f.ID], Address: d.Address(f.ID), Tellers: strings.Join(names, ", ")}
	if out.Stands != f.Verdict {
		out.Machine = f.Verdict
	}
	return out
}

// query is the choice as the query of an address.
func (p DossierPage) query() string {
	q := url.Values{}
	if p.Choice.Reviewed {
		q.Set("reviewed", "yes")
	}
	if p.Choice.Divergences {
		q.Set("only", "diverge")
	}
	if p.Choice.Alone {
		q.Set("alone", "yes")
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// holds says in words what the dossier holds.
func (p DossierPage) holds() string {
	var out []string
	if p.Choice.Reviewed {
		out = append(out, "only what people have reviewed")
	}
	if p.Choice.Divergences {
		out = append(out, "only divergences")
	}
	if p.Choice.Alone {
		out = append(out, "with what one source tells alone")
	}
	return strings.Join(out, ", ")
}

// empty tells a dossier without a finding.
func (p DossierPage) empty() bool { return len(p.Diverge)+len(p.Agree)+len(p.Alone) == 0 }
