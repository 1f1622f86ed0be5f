package encoder

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// chunkTokens is how many tokens pass through the model together. Each weight is
// read once for all of them; with more, their rows no longer fit the second cache.
const chunkTokens = 240

// scratch is the room that a goroutine computes in. It is kept for the next one.
type scratch struct {
	quantised
	x, y, wide []float32 // rows of tokens; wide is three or four times as wide

	// One head of attention: keys turned, shares of each key, their totals, and
	// what is taken by them.
	keys, shares, totals, taken []float32
}

func newScratch(s sizes) *scratch {
	// A kernel reads and writes whole blocks of rows, also behind the last one.
	rows := roundUp(max(chunkTokens, s.most), blockRows) + blockRows
	most := roundUp(s.most, panelWidth)
	width := s.hidden / s.heads
	return &scratch{
		quantised: quantised{
			numbers: make([]int16, rows*max(s.hidden, s.inner)),
			scales:  make([]float32, rows),
			sums:    make([]int32, mostPanels*rows*panelWidth),
		},
		x: make([]float32, rows*s.hidden), y: make([]float32, rows*s.hidden),
		wide:   make([]float32, rows*max(3*s.hidden, s.inner)),
		keys:   make([]float32, width*most),
		shares: make([]float32, (most+outerRows)*most),
		totals: make([]float32, most),
		taken:  make([]float32, (most+outerRows)*width),
	}
}

// each computes n sequences: read gives one, use gets its rows of the last layer.
// Both are called from several goroutines, once for each number.
//
// As many goroutines as there are processors take sequences in their order, until
// the next one would not fit the tokens that are computed together. A request
// holds that room only, however long it is.
func (m *Model) each(n int, read func(i int) sequence, use func(i int, rows []float32)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers < 1 {
		return
	}
	q := &queue{n: n, share: (n + workers - 1) / workers, read: read}
	var done sync.WaitGroup
	for range workers - 1 {
		done.Go(func() { m.work(q, use) })
	}
	m.work(q, use)
	done.Wait()
}

// queue hands out sequences.
type queue struct {
	n, share int // share is at most how many a goroutine computes together
	next     atomic.Int64
	read     func(i int) sequence
}

// chunk is what passes through the model together.
type chunk struct {
	sequences []sequence
	numbers   []int // of the sequences in the request
	held      bool  // one more was taken than had room: it is the first of the next chunk
}

// fill takes sequences for as many tokens as there is room; it says whether there
// are any.
func (c *chunk) fill(q *queue, room int) bool {
	last := len(c.sequences)
	if c.held {
		last--
	}
	c.sequences, c.numbers, c.held = append(c.sequences[:0], c.sequences[last:]...), append(c.numbers[:0], c.numbers[last:]...), false
	for _, s := range c.sequences {
		room -= len(s.pieces)
	}
	for len(c.sequences) < q.share {
		i := int(q.next.Add(1)) - 1
		if i >= q.n {
			break
		}
		s := q.read(i)
		c.sequences, c.numbers = append(c.sequences, s), append(c.numbers, i)
		if room -= len(s.pieces); room < 0 {
			c.held = true
			break
		}
	}
	return len(c.sequences) > 0
}

// work computes sequences until the queue is empty.
func (m *Model) work(q *queue, use func(i int, rows []float32)) {
	s := m.scratches.Get().(*scratch)
	defer m.scratches.Put(s)
	room := max(chunkTokens, m.most)
	for c := (chunk{}); c.fill(q, room); {
		now := c.sequences
		if c.held {
			now = now[:len(now)-1]
		}
		m.forward(s, now)
		rows := s.x
		for at, sequence := range now {
			n := len(sequence.pieces) * m.hidden
			use(c.numbers[at], rows[:n])
			rows = rows[n:]
		}
	}
}
