package main

import (
	"corroborate/internal/claims/nlp/syntax"
)

// oracle knows which actions lose no arc of a tree that can still be reached,
// after Goldberg and Nivre, "Training deterministic parsers with
// non-deterministic oracles" (2013).
type oracle struct {
	heads      []int32
	labels     []uint8
	dependents [][]int32
}

func newOracle(e *example) *oracle {
	o := &oracle{heads: e.heads, labels: e.labels, dependents: make([][]int32, len(e.heads))}
	for i, h := range e.heads {
		if int(h) != i {
			o.dependents[h] = append(o.dependents[h], int32(i))
		}
	}
	return o
}

// costs counts the arcs that each kind of action would put out of reach. An
// action that is not open costs impossible.
type costs struct{ shift, left, right int }

const impossible = 1 << 20

func (o *oracle) costs(st *syntax.State) costs {
	c := costs{impossible, impossible, impossible}
	if st.CanShift() {
		c.shift = o.shiftCost(st)
	}
	top := st.Top(0)
	if top < 0 {
		return c
	}
	ahead := 0 // dependents of the top that are still to come
	for _, d := range o.dependents[top] {
		if int(d) >= st.Next {
			ahead++
		}
	}
	head := int(o.heads[top])
	if st.CanLeft() {
		c.left = ahead
		if head == top || head == st.Top(1) || head > st.Next {
			c.left++
		}
	}
	if st.CanRight() {
		c.right = ahead
		if head == top || head >= st.Next {
			c.right++
		}
	}
	return c
}

// shiftCost counts the arcs between the next word and the stack that shifting
// it makes impossible.
func (o *oracle) shiftCost(st *syntax.State) int {
	cost, next := 0, int32(st.Next)
	for i := len(st.Stack) - 1; i >= 0; i-- {
		w := st.Stack[i]
		if o.heads[w] == next {
			cost++
		}
		if i < len(st.Stack)-1 && o.heads[next] == w {
			cost++
		}
	}
	return cost
}

// best gives the cheapest actions: the true label for an arc of the tree, and
// any label (any) for an arc that is not in it.
func (o *oracle) best(st *syntax.State, scores *syntax.Scores, classes int) syntax.Action {
	c := o.costs(st)
	least := min(c.shift, c.left, c.right)
	top, at := int32(-1<<31), syntax.Shift
	try := func(a syntax.Action) {
		if scores[a] > top {
			top, at = scores[a], a
		}
	}
	if c.shift == least {
		try(syntax.Shift)
	}
	child := st.Top(0)
	arc := func(head int, first int, make func(uint8) syntax.Action) {
		if int(o.heads[child]) == head {
			try(make(o.labels[child]))
			return
		}
		for a := first; a < classes; a += 2 {
			try(syntax.Action(a))
		}
	}
	if c.left == least {
		arc(st.Next, 1, syntax.LeftArc)
	}
	if c.right == least {
		arc(st.Top(1), 2, syntax.RightArc)
	}
	return at
}

// right tells whether an action is one of the cheapest.
func (o *oracle) right(st *syntax.State, a syntax.Action) bool {
	c := o.costs(st)
	least := min(c.shift, c.left, c.right)
	child := st.Top(0)
	switch {
	case a == syntax.Shift:
		return c.shift == least
	case a.IsLeft():
		return c.left == least && (int(o.heads[child]) != st.Next || a.Label() == o.labels[child])
	}
	return c.right == least && (int(o.heads[child]) != st.Top(1) || a.Label() == o.labels[child])
}
