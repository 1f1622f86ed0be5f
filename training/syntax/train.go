package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"

	"corroborate/internal/claims/nlp/syntax"
)

// Settings of the training. Limits are in weights, of which a table keeps those
// that matter most; all are lowered alike until the artefact holds maxBytes.
const (
	seed         = 3
	maxBytes     = 8_000_000
	folds        = 4
	taggerRounds = 5
	foldRounds   = 2
	roleRounds   = 5
	parserRounds = 6
	entityRounds = 5

	taggerLimit = 350_000
	roleLimit   = 400_000
	parserLimit = 1_250_000
	entityLimit = 350_000

	// How often a feature must be met to be learned.
	taggerLeast = 4
	roleLeast   = 5
	parserLeast = 8
	entityLeast = 4

	// exploring is how often the parser follows its own errors in training.
	exploring = 0.9
)

// trainer learns the three parts from a corpus.
type trainer struct {
	corpus *corpus
	model  *syntax.Model
	log    func(format string, args ...any)
}

// train gives the artefact.
func (t *trainer) train() []byte {
	tagger := t.tagger(t.corpus.train, taggerRounds, true)
	t.unseen(t.guessTags)
	roles := t.roles(t.corpus.train, roleRounds)
	t.unseen(t.guessRoles)
	var parser, entities *perceptron
	var both sync.WaitGroup
	both.Go(func() { entities = t.entities() })
	both.Go(func() { parser = t.parser() })
	both.Wait()
	return t.encode([4][]average{tagger.averages(), roles.averages(), parser.averages(), entities.averages()})
}

// encode writes the artefact with as many weights as maxBytes holds.
func (t *trainer) encode(averages [4][]average) []byte {
	for share := 1.0; ; share *= 0.97 {
		var tables [4]map[uint32][]syntax.Entry
		entries := 0
		for i, limit := range [...]float64{taggerLimit, roleLimit, parserLimit, entityLimit} {
			tables[i] = table(averages[i], int(limit*share))
			for _, row := range tables[i] {
				entries += len(row)
			}
		}
		if data := t.model.Encode(tables); len(data) <= maxBytes {
			t.log("artefact: %d weights", entries)
			return data
		}
	}
}

// each calls f for every example in a random order, rounds times over.
func each(examples []*example, rounds int, f func(round int, e *example)) {
	rng := rand.New(rand.NewPCG(seed, uint64(len(examples))))
	order := append([]*example(nil), examples...)
	for round := range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, e := range order {
			f(round, e)
		}
	}
}

// tagger learns the tags of the examples.
func (t *trainer) tagger(examples []*example, rounds int, report bool) *perceptron {
	p := newPerceptron(taggerLeast)
	var s syntax.Sentence
	for _, e := range examples {
		s.Reset(e.words, t.model.Clusters)
		for i, tag := range e.tags {
			p.count(s.TagFeatures(i))
			s.SetTag(i, tag)
		}
	}
	wrong, of, last := 0, 0, 0
	each(examples, rounds, func(round int, e *example) {
		if round != last && report {
			t.log("tagger round %d: %.2f%% right in training", last+1, 100-100*float64(wrong)/float64(of))
			wrong, of, last = 0, 0, round
		}
		s.Reset(e.words, t.model.Clusters)
		for i, want := range e.tags {
			var scores syntax.Scores
			features := s.TagFeatures(i)
			p.Score(features, &scores)
			got := syntax.Best(&scores, t.model.Tagger.Classes)
			p.step++
			of++
			if got != want {
				wrong++
				p.update(features, want, got)
			}
			s.SetTag(i, got)
		}
	})
	return p
}

// unseen calls guess for parts of the corpus, each with the sentences outside
// it: what a model says of sentences that it did not see has the errors that the
// next model will meet.
func (t *trainer) unseen(guess func(part, others []*example)) {
	parts := make([][]*example, folds)
	for i, e := range t.corpus.train {
		parts[i%folds] = append(parts[i%folds], e)
	}
	var wg sync.WaitGroup
	turn := make(chan struct{}, 2) // the machine's cores
	for fold, part := range parts {
		wg.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			var others []*example
			for i := range parts {
				if i != fold {
					others = append(others, parts[i]...)
				}
			}
			guess(part, others)
		})
	}
	wg.Wait()
}

// guessTags tags sentences with a tagger that learned from others.
func (t *trainer) guessTags(part, others []*example) {
	p := t.tagger(others, foldRounds, false)
	tagger := syntax.Tagger{Classes: t.model.Tagger.Classes, Scorer: frozen(table(p.averages(), taggerLimit))}
	var s syntax.Sentence
	var score ratio
	for _, e := range part {
		s.Reset(e.words, t.model.Clusters)
		tagger.Tag(&s)
		e.guessed = slices.Clone(s.Tags)
		for i, tag := range s.Tags {
			score.add(tag == e.tags[i])
		}
	}
	t.log("tags of an unseen fold: %.2f%% right", score.percent())
}

// roles learns the roles of words, from tags that were guessed.
func (t *trainer) roles(examples []*example, rounds int) *perceptron {
	p := newPerceptron(roleLeast)
	var s syntax.Sentence
	for _, e := range examples {
		t.begin(&s, e)
		for i := len(e.words) - 1; i >= 0; i-- {
			p.count(s.RoleFeatures(i))
			s.SetRole(i, e.role(i))
		}
	}
	each(examples, rounds, func(_ int, e *example) {
		t.begin(&s, e)
		for i := len(e.words) - 1; i >= 0; i-- {
			var scores syntax.Scores
			features := s.RoleFeatures(i)
			p.Score(features, &scores)
			want, got := e.role(i), syntax.Best(&scores, t.model.Roles.Classes)
			p.step++
			if got != want {
				p.update(features, want, got)
			}
			s.SetRole(i, got)
		}
	})
	return p
}

// guessRoles gives sentences the roles that a model of others finds.
func (t *trainer) guessRoles(part, others []*example) {
	p := t.roles(others, foldRounds)
	roles := syntax.Roles{Classes: t.model.Roles.Classes, Scorer: frozen(table(p.averages(), roleLimit))}
	var s syntax.Sentence
	var score ratio
	for _, e := range part {
		t.begin(&s, e)
		roles.Guess(&s)
		e.roles = slices.Clone(s.Roles)
		for i, role := range s.Roles {
			score.add(role == e.role(i))
		}
	}
	t.log("roles of an unseen fold: %.2f%% right", score.percent())
}

// begin readies s with an example's guessed tags and roles.
func (t *trainer) begin(s *syntax.Sentence, e *example) {
	s.Reset(e.words, t.model.Clusters)
	for i, tag := range e.guessed {
		s.SetTag(i, tag)
	}
	s.Count(&t.model.IsVerb)
	for i, role := range e.roles {
		s.SetRole(i, role)
	}
}

// parser learns the trees of the corpus.
func (t *trainer) parser() *perceptron {
	p := newPerceptron(parserLeast)
	t.countParses(p)
	t.log("parser: features counted")
	rng := rand.New(rand.NewPCG(seed, 1))
	var s syntax.Sentence
	wrong, of, last := 0, 0, 0
	each(t.corpus.train, parserRounds, func(round int, e *example) {
		if round != last {
			t.log("parser round %d: %.2f%% of actions right, %d features", last+1, 100-100*float64(wrong)/float64(of), p.used)
			wrong, of, last = 0, 0, round
		}
		t.begin(&s, e)
		o, classes := newOracle(e), t.model.Parser.Classes
		for st := s.Begin(); !st.Done(); {
			var scores syntax.Scores
			features := st.Features()
			p.Score(features, &scores)
			got := st.Best(&scores, classes)
			p.step++
			of++
			next := got
			if !o.right(st, got) {
				want := o.best(st, &scores, classes)
				wrong++
				p.update(features, uint8(want), uint8(got))
				if round == 0 || rng.Float64() > exploring {
					next = want
				}
			}
			st.Apply(next)
		}
	})
	return p
}

// countParses counts the features along the true actions.
func (t *trainer) countParses(p *perceptron) {
	var s syntax.Sentence
	for _, e := range t.corpus.train {
		t.begin(&s, e)
		o := newOracle(e)
		for st := s.Begin(); !st.Done(); {
			p.count(st.Features())
			st.Apply(o.best(st, &syntax.Scores{}, t.model.Parser.Classes))
		}
	}
}

// entities learns the entities of the corpus, on the trees of the teacher.
func (t *trainer) entities() *perceptron {
	p := newPerceptron(entityLeast)
	var s syntax.Sentence
	ready := func(e *example) {
		t.begin(&s, e)
		copy(s.Heads, e.heads)
		copy(s.Labels, e.labels)
	}
	for _, e := range t.corpus.train {
		ready(e)
		copy(s.Entities, e.entities)
		for i := range e.words {
			p.count(s.EntityFeatures(i))
		}
	}
	each(t.corpus.train, entityRounds, func(_ int, e *example) {
		ready(e)
		for i, want := range e.entities {
			var scores syntax.Scores
			features := s.EntityFeatures(i)
			p.Score(features, &scores)
			got := s.BestEntity(i, &scores, t.model.Recogniser.Classes)
			p.step++
			if got != want {
				p.update(features, want, got)
			}
			// The true entity leads on: a wrong start would leave no right
			// class for the words behind it.
			s.Entities[i] = want
		}
	})
	t.log("entities: %d features", p.used)
	return p
}

func newTrainer(c *corpus, clusters *syntax.Clusters, log func(string, ...any)) *trainer {
	m := &syntax.Model{Tags: c.tags, Labels: c.labels, Types: c.types, Clusters: clusters}
	m.Link()
	words := 0
	for _, e := range c.train {
		words += len(e.words)
	}
	log("%d sentences, %d words; %d held out; %s", len(c.train), words, len(c.held),
		fmt.Sprintf("%d tags, %d labels, %d types", len(c.tags), len(c.labels), len(c.types)))
	return &trainer{corpus: c, model: m, log: log}
}
