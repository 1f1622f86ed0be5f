package claims

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check says which promises of the report's format a report breaks, nil when it
// keeps them all.
func (r Report) Check() error {
	c := contract{report: r, ids: map[string]bool{}, articleOf: map[string]string{}, findingOf: map[string]string{}}
	if r.Articles == nil || r.Findings == nil || r.Cleared == nil {
		c.broken("a list of the report is null")
	}
	for _, a := range r.Articles {
		c.article(a)
	}
	for _, f := range r.Findings {
		c.finding(f)
	}
	for _, p := range r.Cleared {
		c.unique(p.ID)
		c.known(p.Claims[:])
	}
	for _, a := range r.Articles {
		for _, x := range a.Claims {
			if c.findingOf[x.ID] == "" {
				c.broken("claim %q is in no finding", x.Exact)
			}
		}
	}
	return errors.Join(c.errs...)
}

// contract collects what a report breaks.
type contract struct {
	report Report
	errs   []error
	ids    map[string]bool
	// articleOf and findingOf give the article and the finding of a claim.
	articleOf, findingOf map[string]string
}

func (c *contract) broken(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(format, args...))
}

func (c *contract) unique(id string) {
	if id == "" || c.ids[id] {
		c.broken("id %q is empty or used twice", id)
	}
	c.ids[id] = true
}

// known asserts that the claims are those of some article.
func (c *contract) known(claims []string) {
	for _, id := range claims {
		if c.articleOf[id] == "" {
			c.broken("claim %q is in no article", id)
		}
	}
}

// article asserts that claims are exact, short and each on its own span.
func (c *contract) article(a ReportArticle) {
	if a.Spans == nil || a.Claims == nil {
		c.broken("a list of article %s is null", a.ID)
	}
	body := []rune(a.Text)
	spans := map[[2]int]bool{}
	for _, x := range a.Claims {
		c.unique(x.ID)
		c.articleOf[x.ID] = a.ID
		span := [2]int{x.Start, x.End}
		switch {
		case x.Start < 0 || x.End > len(body) || x.Start >= x.End || string(body[x.Start:x.End]) != x.Exact:
			c.broken("claim %q is not the text at %v", x.Exact, span)
		case strings.TrimSpace(x.Exact) != x.Exact:
			c.broken("claim %q has space around it", x.Exact)
		case len(strings.Fields(x.Exact)) > maxWords:
			c.broken("claim %q has %d words", x.Exact, len(strings.Fields(x.Exact)))
		case spans[span]:
			c.broken("two claims stand at %v", span)
		case x.Text == "":
			c.broken("claim %q has no text", x.Exact)
		case x.Checkable != (x.Reason == "") || x.Worth < 0 || x.Worth > 1 || x.WorthReasons == nil:
			c.broken("claim %q: checkable %v, reason %q, worth %v for %q", x.Exact, x.Checkable, x.Reason, x.Worth, x.WorthReasons)
		}
		spans[span] = true
	}
}

// finding asserts that a claim is in one finding, and that the verdict follows
// from the differences.
func (c *contract) finding(f Finding) {
	c.unique(f.ID)
	if len(f.Claims) == 0 || f.Positions == nil || f.Differences == nil {
		c.broken("finding %s has no claims or a null list", f.ID)
	}
	if f.RestsOn == nil || (f.Alignment == nil) != (len(f.Claims) == 1) || f.Alignment != nil && (*f.Alignment < 0 || *f.Alignment > 1) {
		c.broken("finding %s of %d claims: alignment %v rests on %q", f.ID, len(f.Claims), f.Alignment, f.RestsOn)
	}
	members := map[string]bool{}
	for _, x := range f.Claims {
		if c.articleOf[x.ID] != x.ArticleID || c.findingOf[x.ID] != "" {
			c.broken("claim %q of finding %s is not of article %s or in two findings", x.ID, f.ID, x.ArticleID)
		}
		c.findingOf[x.ID] = f.ID
		members[x.ID] = true
	}
	for _, p := range f.Positions {
		if p.Claims == nil || slices.ContainsFunc(p.Claims, func(id string) bool { return !members[id] }) {
			c.broken("position %s of finding %s has claims of others", p.ID, f.ID)
		}
	}
	material := false
	for _, d := range f.Differences {
		c.unique(d.ID)
		if !members[d.Claims[0]] || !members[d.Claims[1]] || d.Material != d.Kind.Material() || d.Rule.Asks() == "" {
			c.broken("difference %+v of finding %s", d, f.ID)
		}
		material = material || d.Material && !d.Internal && d.Between == BetweenSources
	}
	if diverges := f.Verdict == Diverge; diverges != material || diverges != (len(f.Positions) > 1) || (f.Verdict == Single) != (f.Sources == 1) {
		c.broken("finding %s: %s with %d sources, %d positions, a material difference: %v", f.ID, f.Verdict, f.Sources, len(f.Positions), material)
	}
}
