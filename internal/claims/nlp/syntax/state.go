package syntax

// Action is a transition of the parser: shift, or an arc with a label.
//
// The parser moves words from the front of the sentence onto a stack (shift),
// makes the stack's top a dependent of the next word (left arc) or of the word
// under it (right arc), and drops it from the stack. This is the arc-hybrid
// system of Kuhlmann, Gómez-Rodríguez and Satta.
type Action uint8

// Shift is the only action without a label.
const Shift Action = 0

// LeftArc makes the stack's top a dependent of the next word.
func LeftArc(label uint8) Action { return Action(1 + 2*label) }

// RightArc makes the stack's top a dependent of the word under it.
func RightArc(label uint8) Action { return Action(2 + 2*label) }

// IsLeft tells a left arc, IsRight a right arc.
func (a Action) IsLeft() bool { return a != Shift && a&1 == 1 }

// IsRight tells a right arc.
func (a Action) IsRight() bool { return a != Shift && a&1 == 0 }

// Label gives the label of an arc.
func (a Action) Label() uint8 { return uint8(a-1) / 2 }

// none stands for a word that is not there.
const none = -1

// node is what the parser knows of a word's dependents so far.
type node struct {
	left, left2   int32 // the outermost dependents on the left
	right, right2 int32 // and on the right
	lefts, rights uint8
	label         uint8 // of the word's own arc, once made
}

// State is a parse under way. Stack holds words, the top last; Next is the first
// word that has not been shifted.
type State struct {
	Stack []int32
	Next  int

	s     *Sentence
	nodes []node // one a word and, last, an empty one
	seen  view   // reused by every call of Features
}

// Begin starts a parse of the sentence, whose tags and roles are known.
func (s *Sentence) Begin() *State {
	st := &s.state
	st.s, st.Next = s, 0
	st.Stack = st.Stack[:0]
	st.nodes = resize(st.nodes, s.n+1)
	for i := range st.nodes {
		st.nodes[i] = node{left: none, left2: none, right: none, right2: none, label: 0xff}
	}
	return st
}

// Done tells that every word but the root has a head.
func (st *State) Done() bool { return st.Next == st.s.n && len(st.Stack) <= 1 }

// CanShift, CanLeft and CanRight tell which actions are open.
func (st *State) CanShift() bool { return st.Next < st.s.n }

// CanLeft tells whether a left arc is open.
func (st *State) CanLeft() bool { return st.Next < st.s.n && len(st.Stack) > 0 }

// CanRight tells whether a right arc is open.
func (st *State) CanRight() bool { return len(st.Stack) > 1 }

// Top gives the n-th word of the stack from its top, counted from 0, or -1.
func (st *State) Top(n int) int {
	if n >= len(st.Stack) {
		return none
	}
	return int(st.Stack[len(st.Stack)-1-n])
}

// Apply carries out an action that is open.
func (st *State) Apply(a Action) {
	if a == Shift {
		st.Stack = append(st.Stack, int32(st.Next))
		st.Next++
		return
	}
	child := st.Top(0)
	head := st.Top(1)
	if a.IsLeft() {
		head = st.Next
	}
	st.Stack = st.Stack[:len(st.Stack)-1]
	st.attach(child, head, a.Label())
}

func (st *State) attach(child, head int, label uint8) {
	st.s.Heads[child], st.s.Labels[child] = int32(head), label
	st.nodes[child].label = label
	h := &st.nodes[head]
	if child < head {
		h.left, h.left2 = int32(child), h.left
		h.lefts++
	} else {
		h.right, h.right2 = int32(child), h.right
		h.rights++
	}
}

// finish makes the word that is left the root.
func (st *State) finish(root uint8) {
	if len(st.Stack) == 1 {
		r := st.Stack[0]
		st.s.Heads[r], st.s.Labels[r] = r, root
	}
}

// node gives what is known of word i's dependents.
func (st *State) node(i int) *node {
	if i < 0 || i >= st.s.n {
		i = st.s.n
	}
	return &st.nodes[i]
}
