package eval

import (
	"slices"

	"corroborate/internal/claims"
)

// Figures are the measures of one story, each from 0 to 1 unless it is a count.
type Figures struct {
	// ClaimRecall is the share of gold passages that some claim covers.
	ClaimRecall float64
	// AtomicRecall is the share of gold passages that some claim fits.
	AtomicRecall float64
	// PairF1 is the harmonic mean of how many pairs of articles that tell a fact are
	// joined and how many joined pairs of claims tell one fact.
	PairF1 float64
	// VerdictScore is the share of facts told by two or more articles that are found
	// with a verdict that gold allows.
	VerdictScore float64
	// DivergeF1 is the harmonic mean of precision and recall of the findings called
	// diverge, with a kind that gold names.
	DivergeF1 float64
	// Diverging counts the findings called diverge, DivergingRight those of them that
	// lie on a fact gold lets diverge with a kind gold names, FalseDiverge the facts
	// that only agree and are called diverge, Agreeing the facts that only agree.
	Diverging, DivergingRight, FalseDiverge, Agreeing int
	// ApartBroken counts look-alike pairs that share a finding, Boilerplate
	// passages without a claim from which a checkable claim was taken.
	ApartBroken, Boilerplate int
}

// scorer holds a report beside its gold.
type scorer struct {
	gold  gold
	texts map[string]string
	where map[string]located
	// on gives the facts that a claim tells, home the finding it is in.
	on      map[string][]int
	home    map[string]int
	tellers []map[string][]string
	report  claims.Report
}

type located struct {
	article string
	spans   []span
	claim   claims.Claim
}

// Score measures a report against the gold of its story.
func Score(r claims.Report, g gold) Figures {
	s := newScorer(r, g)
	var f Figures
	f.ClaimRecall, f.AtomicRecall = s.passages(covers), s.passages(fits)
	f.PairF1 = harmonic(s.pairRecall(), s.pairPrecision())
	var recall float64
	f.VerdictScore, recall = s.verdicts()
	f.DivergingRight, f.Diverging = s.diverging()
	f.DivergeF1 = harmonic(recall, share(f.DivergingRight, f.Diverging))
	f.FalseDiverge, f.Agreeing = s.falselyDiverging()
	for _, p := range g.Apart {
		if s.together(p.A, p.B) {
			f.ApartBroken++
		}
	}
	for _, p := range g.NotClaims {
		if s.claimed(p) {
			f.Boilerplate++
		}
	}
	return f
}

func newScorer(r claims.Report, g gold) *scorer {
	s := &scorer{gold: g, report: r, texts: map[string]string{}, where: map[string]located{},
		on: map[string][]int{}, home: map[string]int{}}
	for _, a := range r.Articles {
		s.texts[a.ID] = flat(a.Text)
		for _, c := range a.Claims {
			s.where[c.ID] = located{a.ID, find(s.texts[a.ID], c.Exact), c}
		}
	}
	for i, f := range r.Findings {
		for _, c := range f.Claims {
			s.home[c.ID] = i
		}
	}
	for i, f := range g.Findings {
		t := map[string][]string{}
		for _, m := range f.Members {
			t[m.Article] = append(t[m.Article], s.at(m, covers)...)
		}
		for _, ids := range t {
			for _, id := range ids {
				if !slices.Contains(s.on[id], i) {
					s.on[id] = append(s.on[id], i)
				}
			}
		}
		s.tellers = append(s.tellers, t)
	}
	return s
}

// at gives the claims at a passage.
func (s *scorer) at(p place, ok func(a, b span) bool) []string {
	there := find(s.texts[p.Article], p.Quote)
	var out []string
	for _, a := range s.report.Articles {
		for _, c := range a.Claims {
			if a.ID == p.Article && any2(s.where[c.ID].spans, there, ok) {
				out = append(out, c.ID)
			}
		}
	}
	return out
}

// passages gives the share of gold passages that some claim covers, or fits.
func (s *scorer) passages(met func(a, b span) bool) float64 {
	fit, all := 0, 0
	for _, f := range s.gold.Findings {
		for _, m := range f.Members {
			all++
			if len(s.at(m, met)) > 0 {
				fit++
			}
		}
	}
	return share(fit, all)
}

// joined tells whether claims of two lists share a finding.
func (s *scorer) joined(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if s.home[x] == s.home[y] {
				return true
			}
		}
	}
	return false
}

func (s *scorer) pairRecall() float64 {
	sum, facts := 0.0, 0
	for i, t := range s.tellers {
		arts := s.articles(t)
		hit, all := 0, 0
		for x, a := range arts {
			for _, b := range arts[x+1:] {
				joined := s.joined(t[a], t[b])
				if !joined && s.gold.Findings[i].allows(claims.Single) {
					continue // keeping them apart is right too
				}
				all++
				if joined {
					hit++
				}
			}
		}
		if all > 0 {
			sum += share(hit, all)
			facts++
		}
	}
	return sum / float64(max(facts, 1))
}

// articles gives the articles that tell a fact, in the report's order.
func (s *scorer) articles(t map[string][]string) []string {
	var out []string
	for _, a := range s.report.Articles {
		if _, ok := t[a.ID]; ok {
			out = append(out, a.ID)
		}
	}
	return out
}

func (s *scorer) pairPrecision() float64 {
	right, all := 0, 0
	for _, f := range s.report.Findings {
		for i, a := range f.Claims {
			for _, b := range f.Claims[i+1:] {
				if a.ArticleID == b.ArticleID {
					continue
				}
				all++
				if slices.ContainsFunc(s.on[a.ID], func(x int) bool { return slices.Contains(s.on[b.ID], x) }) {
					right++
				}
			}
		}
	}
	return share(right, all)
}

// found gives the finding that is about a fact: it joins the most of its articles
// and at least half of its claims tell it.
func (s *scorer) found(i int) (claims.Finding, bool) {
	best, size := -1, 1
	for n, f := range s.report.Findings {
		told := 0
		for _, c := range f.Claims {
			if slices.Contains(s.on[c.ID], i) {
				told++
			}
		}
		if k := s.tellingArticles(i, f); k > size && 2*told >= len(f.Claims) {
			best, size = n, k
		}
	}
	if best < 0 {
		return claims.Finding{}, false
	}
	return s.report.Findings[best], true
}

// tellingArticles counts the articles that tell fact i inside a finding.
func (s *scorer) tellingArticles(i int, f claims.Finding) int {
	n := 0
	for _, ids := range s.tellers[i] {
		if slices.ContainsFunc(f.Claims, func(c claims.FindingClaim) bool { return slices.Contains(ids, c.ID) }) {
			n++
		}
	}
	return n
}

// verdicts gives the share of right verdicts and the recall of divergences.
func (s *scorer) verdicts() (score, recall float64) {
	right, all, hit, diverging := 0, 0, 0, 0
	for i, fact := range s.gold.Findings {
		if len(s.tellers[i]) < 2 {
			continue
		}
		all++
		f, ok := s.found(i)
		if ok && fact.allows(f.Verdict) || !ok && fact.allows(claims.Single) {
			right++
		}
		if fact.only(claims.Diverge) {
			diverging++
			if ok && f.Verdict == claims.Diverge && fact.names(kindsOf(f)) {
				hit++
			}
		}
	}
	return share(right, all), share(hit, diverging)
}

// falselyDiverging counts the facts that only agree, and those of them that are
// called diverge.
func (s *scorer) falselyDiverging() (wrong, all int) {
	for i, fact := range s.gold.Findings {
		if len(s.tellers[i]) < 2 || !fact.only(claims.Agree) {
			continue
		}
		all++
		if f, ok := s.found(i); ok && f.Verdict == claims.Diverge {
			wrong++
		}
	}
	return wrong, all
}

// diverging counts the findings called diverge, and those of them that are right.
func (s *scorer) diverging() (right, all int) {
	for _, f := range s.report.Findings {
		if f.Verdict != claims.Diverge {
			continue
		}
		all++
		for i, fact := range s.gold.Findings {
			if fact.allows(claims.Diverge) && s.tellingArticles(i, f) >= 2 && fact.names(kindsOf(f)) {
				right++
				break
			}
		}
	}
	return right, all
}

// kindsOf gives the kinds of a finding's differences between articles.
func kindsOf(f claims.Finding) []claims.Kind {
	var out []claims.Kind
	for _, d := range f.Differences {
		if !d.Internal {
			out = append(out, d.Kind)
		}
	}
	return out
}

func (s *scorer) together(a, b place) bool { return s.joined(s.at(a, covers), s.at(b, covers)) }

// claimed tells whether a checkable claim holds half of a passage.
func (s *scorer) claimed(p place) bool {
	half := func(a, b span) bool { return 2*shared(a, b) >= b[1]-b[0] }
	return slices.ContainsFunc(s.at(p, half), func(id string) bool { return s.where[id].claim.Checkable })
}

func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

func harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}
