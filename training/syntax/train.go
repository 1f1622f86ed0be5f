package main

import (
	"fmt"
	"math/rand/v2"
	"sync"

	"corroborate/internal/claims/nlp/syntax"
)

// Settings of the training. Limits are in weights; a weight takes about three
// bytes of the artefact.
const (
	seed         = 3
	folds        = 4
	taggerRounds = 5
	foldRounds   = 3
	parserRounds = 5
	entityRounds = 5

	taggerLimit = 420_000
	parserLimit = 1_550_000
	entityLimit = 380_000

	// leastSeen is how often a feature must be met to be learned.
	leastSeen = 4
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
	t.guessTags()
	var parser, entities *perceptron
	var both sync.WaitGroup
	both.Go(func() { entities = t.entities() })
	both.Go(func() { parser = t.parser() })
	both.Wait()
	return t.model.Encode([3]map[uint32][]syntax.Entry{
		tagger.table(taggerLimit), parser.table(parserLimit), entities.table(entityLimit),
	})
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
	p := newPerceptron()
	var s syntax.Sentence
	for _, e := range examples {
		s.Reset(e.words, t.model.Clusters)
		for i, tag := range e.tags {
			p.count(s.TagFeatures(i))
			s.SetTag(i, tag)
		}
	}
	p.keep(leastSeen)
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

// guessTags tags every training sentence with a tagger that was trained on the
// others, so that the parser learns from tags with the errors it will meet.
func (t *trainer) guessTags() {
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
			t.guess(part, t.tagger(others, foldRounds, false))
		})
	}
	wg.Wait()
}

func (t *trainer) guess(examples []*example, p *perceptron) {
	tagger := syntax.Tagger{Classes: t.model.Tagger.Classes, Scorer: frozen(p.table(taggerLimit))}
	var s syntax.Sentence
	right, of := 0, 0
	for _, e := range examples {
		s.Reset(e.words, t.model.Clusters)
		tagger.Tag(&s)
		e.guessed = append([]uint8(nil), s.Tags...)
		for i, tag := range s.Tags {
			of++
			if tag == e.tags[i] {
				right++
			}
		}
	}
	t.log("tags of an unseen fold: %.2f%% right", 100*float64(right)/float64(of))
}

// frozen scores with a finished table.
type frozen map[uint32][]syntax.Entry

func (f frozen) Score(features []uint32, scores *syntax.Scores) {
	for _, feature := range features {
		for _, e := range f[feature] {
			scores[e.Class] += int32(e.Weight)
		}
	}
}

// begin readies s with an example's guessed tags.
func (t *trainer) begin(s *syntax.Sentence, e *example) {
	s.Reset(e.words, t.model.Clusters)
	for i, tag := range e.guessed {
		s.SetTag(i, tag)
	}
}

// parser learns the trees of the corpus.
func (t *trainer) parser() *perceptron {
	p := newPerceptron()
	t.countParses(p)
	p.keep(leastSeen)
	t.log("parser: %d features", len(p.rows))
	rng := rand.New(rand.NewPCG(seed, 1))
	var s syntax.Sentence
	wrong, of, last := 0, 0, 0
	each(t.corpus.train, parserRounds, func(round int, e *example) {
		if round != last {
			t.log("parser round %d: %.2f%% of actions right", last+1, 100-100*float64(wrong)/float64(of))
			wrong, of, last = 0, 0, round
		}
		t.begin(&s, e)
		o, classes := newOracle(e), t.model.Parser.Classes
		for st := s.Begin(&t.model.Parser.IsVerb); !st.Done(); {
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
		for st := s.Begin(&t.model.Parser.IsVerb); !st.Done(); {
			p.count(st.Features())
			st.Apply(o.best(st, &syntax.Scores{}, t.model.Parser.Classes))
		}
	}
}

// entities learns the entities of the corpus, on the trees of the teacher.
func (t *trainer) entities() *perceptron {
	p := newPerceptron()
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
	p.keep(leastSeen)
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
	t.log("entities: %d features", len(p.rows))
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
