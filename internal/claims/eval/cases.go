package eval

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"corroborate/internal/claims"
)

// Case is a pair of short passages from two sources, with what a fair reader
// finds between them.
type Case struct {
	// Kind is the kind of difference that the case is about, ID its name.
	Kind claims.Kind
	ID   string
	// Want is "differ": they tell one fact and differ in Kind and in no other
	// material kind; "agree": they look as if they differed in Kind and do not; or
	// "apart": they tell two facts.
	Want string
	// Superseded is true where the later source could know more.
	Superseded bool
	Articles   [2]claims.Article
}

// Name is the case's name among those of all kinds.
func (c Case) Name() string { return string(c.Kind) + "/" + c.Want + "/" + c.ID }

// ReadCases reads the cases of one kind. Each is three lines, with an empty one
// behind: "WANT ID [PUBLISHED PUBLISHED [superseded]]" and the two passages. A line
// that begins with "#" is a remark.
func ReadCases(r io.Reader, kind claims.Kind) ([]Case, error) {
	var out []Case
	var lines []string
	flush := func() error {
		if len(lines) == 0 {
			return nil
		}
		c, err := newCase(kind, lines)
		out, lines = append(out, c), nil
		return err
	}
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		line := strings.TrimSpace(sc.Text())
		switch {
		case strings.HasPrefix(line, "#"):
		case line != "":
			lines = append(lines, line)
		default:
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	return out, flush()
}

func newCase(kind claims.Kind, lines []string) (Case, error) {
	head := strings.Fields(lines[0])
	if len(lines) != 3 || len(head) < 2 || !slices.Contains([]string{"differ", "agree", "apart"}, head[0]) {
		return Case{}, fmt.Errorf("%s: no case: %q", kind, lines)
	}
	c := Case{Kind: kind, Want: head[0], ID: head[1], Superseded: slices.Contains(head[2:], "superseded")}
	for i, source := range []string{"Post", "Ledger"} {
		c.Articles[i] = claims.Article{ID: strings.ToLower(source), Source: source, Text: claims.ReadText(lines[1+i], "")}
		if len(head) < 4 {
			continue
		}
		published, err := claims.ParsePublished(head[2+i])
		if err != nil {
			return Case{}, fmt.Errorf("%s: %w", c.Name(), err)
		}
		c.Articles[i].Published = published
	}
	return c, nil
}

// Judge runs the engine over a case and says what is wrong with the answer, empty
// when nothing is.
func (c Case) Judge(e *claims.Engine) (string, error) {
	r, err := e.Analyze(context.Background(), claims.Story{ID: "case", Articles: c.Articles[:]}, nil)
	if err != nil {
		return "", err
	}
	var told told
	for _, f := range r.Findings {
		told.add(f, c.Kind)
	}
	if fault := told.fault; fault != "" {
		return fault, nil
	}
	switch c.Want {
	case "differ":
		return c.judgeDiffer(told), nil
	case "apart":
		if told.joined {
			return "joined as one fact", nil
		}
	}
	return c.judgeAgree(told, r.Cleared), nil
}

func (c Case) judgeDiffer(t told) string {
	switch {
	case !t.joined:
		return "not joined"
	case !t.kind && len(t.material) == 0:
		return "no difference told"
	case !t.kind:
		return "told as " + strings.Join(t.material, " and ")
	case !c.Kind.Material() && len(t.material) > 0, c.Kind.Material() && len(t.material) > 1:
		return "also told: " + strings.Join(slices.DeleteFunc(t.material, func(k string) bool { return k == string(c.Kind) }), " and ")
	case c.Superseded && !t.superseded:
		return "not told as changed since"
	case t.superseded && !c.Superseded:
		return "told as changed since"
	}
	return ""
}

func (c Case) judgeAgree(t told, cleared []claims.ClearedPair) string {
	switch {
	case len(t.material) > 0:
		return "told as " + strings.Join(t.material, " and ")
	case !c.Kind.Material() && t.kind:
		return "told as " + string(c.Kind)
	case c.Want == "agree" && !t.joined && !slices.ContainsFunc(cleared, func(p claims.ClearedPair) bool { return p.Kind == c.Kind }):
		return "not joined"
	}
	return ""
}

// told is what the findings of a case say of its two sources.
type told struct {
	joined, kind, superseded bool
	// material are the material kinds that set a verdict, once each.
	material []string
	// fault is what is wrong with the form of a finding.
	fault string
}

func (t *told) add(f claims.Finding, k claims.Kind) {
	if f.Sources < 2 {
		return
	}
	t.joined = true
	for _, d := range f.Differences {
		if d.Internal || d.Between == claims.BetweenSpeakers {
			continue
		}
		if d.Kind == k {
			t.kind, t.superseded = true, d.Superseded
		}
		if d.Material && !slices.Contains(t.material, string(d.Kind)) {
			t.material = append(t.material, string(d.Kind))
		}
		if d.Values == [2]string{} || strings.Count(d.Explanation, ". ") > 1 || !strings.HasSuffix(d.Explanation, ".") {
			t.fault = fmt.Sprintf("a difference without values or an explanation: %+v", d)
		}
		if d.Material && (f.Verdict != claims.Diverge || len(f.Positions) < 2) {
			t.fault = "a material difference without two positions"
		}
	}
}
