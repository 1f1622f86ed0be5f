package views

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corroborate/web/views/ui"
)

// ErasePage asks whether something is to go for good.
type ErasePage struct {
	// Heading asks; Subject names what it is about.
	Heading string
	Subject string
	// Facts say about it what tells it from others.
	Facts []string
	// Goes and Stays list what goes and what stays, each with its number.
	Goes  []Amount
	Stays []Amount
	// Notes say in sentences what follows from it.
	Notes []string
	// Words have to be typed, What says what they are.
	Words string
	What  string
	// Action takes the form, Button sends it, Back leads away.
	Action string
	Button string
	Back   string
	Errors Errors
	// Undoable says that it can be taken back.
	Undoable bool
	// Version is the version of what was seen, 0 for any.
	Version int
	// Crumb and CrumbAt are the page above.
	Crumb   string
	CrumbAt string
}

// Amount is a number of things.
type Amount struct {
	Count int
	// Most is how far they were counted, 0 for to the end. A count above it says that there
	// are more.
	Most int
	// One and Many name them.
	One, Many string
}

// some leaves out what there is none of.
func some(all []Amount) []Amount {
	var out []Amount
	for _, a := range all {
		if a.Count > 0 {
			out = append(out, a)
		}
	}
	return out
}

func (a Amount) text() string {
	if a.Most > 0 && a.Count > a.Most {
		return "more than " + ui.Counted(a.Most, a.One, a.Many)
	}
	return ui.Counted(a.Count, a.One, a.Many)
}

// longestTyped is the longest text that somebody is asked to type, in letters.
const longestTyped = 40

// TypedWords gives what somebody types who means a thing with this name: the name, its
// first words where it is long, "erase" where it has none.
func TypedWords(name string) string {
	words := strings.Fields(name)
	if plainly(name) == "" {
		return "erase"
	}
	for n := len(words); n > 1; n-- {
		if s := strings.Join(words[:n], " "); utf8.RuneCountInString(s) <= longestTyped && plainly(s) != "" {
			return strings.TrimRightFunc(s, isMark)
		}
	}
	first := []rune(plainly(name))
	return string(first[:min(len(first), longestTyped)])
}

// Typed tells whether what was typed are the words, whatever their case, their spaces and
// the marks that keyboards lack.
func Typed(words, typed string) bool {
	return plainly(words) != "" && plainly(words) == plainly(typed)
}

func plainly(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return unicode.IsSpace(r) || isMark(r) }), " ")
}

// isMark tells of marks between words that need not be typed.
func isMark(r rune) bool { return unicode.IsPunct(r) && r != '@' && r != '.' || unicode.IsControl(r) }
