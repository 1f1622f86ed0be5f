package eval

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"corroborate/internal/claims"
)

// gold is what people say of a story.
type gold struct {
	Findings []fact `json:"findings"`
	// Apart are pairs of passages that look alike and tell two facts.
	Apart []struct {
		A place `json:"a"`
		B place `json:"b"`
	} `json:"apart"`
	NotClaims []place `json:"not_claims"`
}

// fact is one fact with the verdicts and kinds that are right for it.
type fact struct {
	ID      string   `json:"id"`
	Verdict []string `json:"verdict"`
	Kinds   []string `json:"kinds"`
	Members []place  `json:"members"`
}

// place is a passage of an article.
type place struct {
	Article string `json:"article"`
	Quote   string `json:"quote"`
}

// allows tells whether a verdict is right for the fact.
func (f fact) allows(v claims.Verdict) bool { return slices.Contains(f.Verdict, string(v)) }

// only tells whether v is the one right verdict.
func (f fact) only(v claims.Verdict) bool { return len(f.Verdict) == 1 && f.allows(v) }

// names tells whether one of the kinds is right for the fact. A fact without
// kinds names any.
func (f fact) names(kinds []claims.Kind) bool {
	return len(f.Kinds) == 0 || slices.ContainsFunc(kinds, func(k claims.Kind) bool { return slices.Contains(f.Kinds, string(k)) })
}

// loadStory reads a story and its gold from a folder.
func loadStory(dir fs.FS) (claims.Story, gold, error) {
	var in struct {
		Title    string `json:"title"`
		Articles []struct {
			ID, File, Source, Title, URL string
			PublishedAt                  string `json:"published_at"`
		} `json:"articles"`
	}
	var g gold
	for name, into := range map[string]any{"articles.json": &in, "gold.json": &g} {
		raw, err := fs.ReadFile(dir, name)
		if err == nil {
			err = json.Unmarshal(raw, into)
		}
		if err != nil {
			return claims.Story{}, g, fmt.Errorf("eval: %s: %w", name, err)
		}
	}
	s := claims.Story{ID: "story", Title: in.Title}
	for _, a := range in.Articles {
		raw, err := fs.ReadFile(dir, a.File)
		if err != nil {
			return s, g, fmt.Errorf("eval: %w", err)
		}
		published, err := claims.ParsePublished(a.PublishedAt)
		if err != nil {
			return s, g, fmt.Errorf("eval: %s: %w", a.ID, err)
		}
		s.Articles = append(s.Articles, claims.Article{ID: a.ID, Source: a.Source, Title: a.Title, URL: a.URL,
			Published: published, Text: claims.ReadText(string(raw), a.Title)})
	}
	return s, g, nil
}

var straight = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "\u00a0", " ")

// flat is the form in which passages are looked up: straight quotes, one space.
func flat(s string) string { return strings.Join(strings.Fields(straight.Replace(s)), " ") }

// span is a stretch of a flat text.
type span [2]int

// find gives every place of part in a flat text.
func find(text, part string) []span {
	part = flat(part)
	var out []span
	for from := 0; part != ""; {
		i := strings.Index(text[from:], part)
		if i < 0 {
			break
		}
		out = append(out, span{from + i, from + i + len(part)})
		from += i + 1
	}
	return out
}

func shared(a, b span) int { return max(0, min(a[1], b[1])-max(a[0], b[0])) }

// covers tells whether two spans are about the same words: half of the shorter,
// a sixth of the longer.
func covers(a, b span) bool {
	o, la, lb := float64(shared(a, b)), float64(a[1]-a[0]), float64(b[1]-b[0])
	return o >= 0.5*min(la, lb) && o >= 0.15*max(la, lb)
}

// fits tells whether two spans are the same passage but for its edges.
func fits(a, b span) bool {
	o := shared(a, b)
	return 2*o >= a[1]-a[0]+b[1]-b[0]-o
}

func any2(xs, ys []span, ok func(a, b span) bool) bool {
	return slices.ContainsFunc(xs, func(x span) bool {
		return slices.ContainsFunc(ys, func(y span) bool { return ok(x, y) })
	})
}
