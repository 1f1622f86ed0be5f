package main

import "corroborate/internal/claims/nlp/syntax"

// perceptron learns weights. Its score is of the current ones; the artefact
// holds their averages over all steps.
//
// A round looks up some hundred million weights, and nearly all the time goes
// into waiting for memory. So the table is flat, and what scoring reads lies
// apart from what only an update needs.
type perceptron struct {
	counts []uint8 // how often a feature was met, by the top bits of its hash
	least  uint8   // features met less often are not learned

	slots []slot // open addressing by the feature's hash
	used  int
	rows  []span
	now   []weight
	past  []history // of the weights in now
	found []uint32  // rows of the features in hand
	step  int64
}

// slot leads from a feature to its row; row 0 is none.
type slot struct{ key, row uint32 }

// span is where the weights of a row lie.
type span struct {
	at    uint32
	n, of uint8
}

type weight struct {
	value int32
	class uint8
}

// history is the sum of a weight's values up to a step.
type history struct{ sum, step int64 }

const countBits = 28

func newPerceptron(least uint8) *perceptron {
	return &perceptron{
		counts: make([]uint8, 1<<countBits), least: least,
		slots: make([]slot, 1<<16), rows: make([]span, 1), step: 1,
	}
}

// count notes that the features of a true decision were met.
func (p *perceptron) count(features []uint32) {
	for _, f := range features {
		if c := &p.counts[f>>(32-countBits)]; *c < 255 {
			*c++
		}
	}
}

func (p *perceptron) seen(feature uint32) uint8 { return p.counts[feature>>(32-countBits)] }

// Score adds the current weights of the features.
func (p *perceptron) Score(features []uint32, scores *syntax.Scores) {
	p.found = p.found[:0]
	for _, f := range features {
		p.found = append(p.found, p.row(f))
	}
	for _, r := range p.found {
		s := p.rows[r]
		for _, w := range p.now[s.at : s.at+uint32(s.n)] {
			scores[w.class] += w.value
		}
	}
}

// row gives the row of a feature, 0 for none.
func (p *perceptron) row(feature uint32) uint32 {
	mask := uint32(len(p.slots) - 1)
	for i := feature & mask; ; i = (i + 1) & mask {
		if s := p.slots[i]; s.row == 0 || s.key == feature {
			return s.row
		}
	}
}

// update moves the weights of the features towards the class wanted and away
// from the one that was chosen.
func (p *perceptron) update(features []uint32, want, got uint8) {
	for _, f := range features {
		if p.seen(f) < p.least {
			continue
		}
		r := p.row(f)
		if r == 0 {
			r = p.insert(f)
		}
		p.add(r, want, 1)
		p.add(r, got, -1)
	}
}

// insert makes a row for a feature that has none.
func (p *perceptron) insert(feature uint32) uint32 {
	if p.used*2 >= len(p.slots) {
		p.grow()
	}
	r := uint32(len(p.rows))
	p.rows = append(p.rows, span{})
	p.place(slot{feature, r})
	p.used++
	return r
}

func (p *perceptron) grow() {
	old := p.slots
	p.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.row != 0 {
			p.place(s)
		}
	}
}

func (p *perceptron) place(s slot) {
	mask := uint32(len(p.slots) - 1)
	i := s.key & mask
	for p.slots[i].row != 0 {
		i = (i + 1) & mask
	}
	p.slots[i] = s
}

// add changes a weight of a row.
func (p *perceptron) add(r uint32, class uint8, change int32) {
	s := p.rows[r]
	for i := s.at; i < s.at+uint32(s.n); i++ {
		if p.now[i].class == class {
			p.settle(i)
			p.now[i].value += change
			return
		}
	}
	if s.n == s.of {
		s = p.move(s)
	}
	i := s.at + uint32(s.n)
	p.now[i], p.past[i] = weight{change, class}, history{0, p.step}
	s.n++
	p.rows[r] = s
}

// settle brings the sum of weight i up to the current step.
func (p *perceptron) settle(i uint32) {
	h := &p.past[i]
	h.sum += int64(p.now[i].value) * (p.step - h.step)
	h.step = p.step
}

// move puts a row that is full at the end, with room for twice as many weights.
func (p *perceptron) move(s span) span {
	to := span{at: uint32(len(p.now)), n: s.n, of: uint8(min(2*int(s.of)+2, 255))}
	p.now = append(p.now, make([]weight, to.of)...)
	p.past = append(p.past, make([]history, to.of)...)
	copy(p.now[to.at:], p.now[s.at:s.at+uint32(s.n)])
	copy(p.past[to.at:], p.past[s.at:s.at+uint32(s.n)])
	return to
}
