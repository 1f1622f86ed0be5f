package gazetteer

import (
	"io/fs"
	"slices"
	"strings"
)

type titleIndex struct {
	ranks map[string]string
	// acronyms hold the ranks of forms that count only in capitals.
	acronyms  map[string]string
	modifiers map[string]bool
	// degrees hold the words that make another rank of the one behind them:
	// "vice", "deputy".
	degrees map[string]string
	// links are small words that stand in no title but in front of what it is
	// of: "of", "for".
	links map[string]bool
}

// Title gives the rank of a title or role as it stands before or after a name:
// "Sen." and "senator" have one rank, "colonel" and "general" two. The words
// may hold modifiers and what the title is of: "former U.S. Homeland Security
// Secretary" and "secretary of homeland security" have the rank "secretary",
// "deputy prime minister" and "prime minister" two.
func (g *Gazetteer) Title(words string) (rank string, ok bool) {
	return g.titles.rank(words)
}

// TitleModifier tells whether a word says that a title is or was held in
// another way: "former", "ex-", "acting", "then-", "-elect".
func (g *Gazetteer) TitleModifier(word string) bool {
	return g.titles.modifiers[strings.Trim(fold(word), " ")]
}

// maxTitleWords is the length of the longest run of words read as a title.
const maxTitleWords = 9

func (x *titleIndex) rank(words string) (string, bool) {
	all := strings.Fields(fold(x.spellOut(trim(words))))
	all = slices.DeleteFunc(all, func(w string) bool { return x.modifiers[w] })
	if len(all) == 0 || len(all) > maxTitleWords {
		return "", false
	}
	// A title with its office behind it may be listed whole: "chief of staff".
	for end := len(all); end > 0; end-- {
		if end < len(all) && !x.links[all[end]] {
			continue
		}
		if rank, ok := x.ending(all[:end]); ok {
			return rank, true
		}
	}
	return "", false
}

// spellOut puts the ranks in the place of their acronyms.
func (x *titleIndex) spellOut(words string) string {
	all := strings.Fields(words)
	for i, w := range all {
		if rank, ok := x.acronyms[undot.Replace(w)]; ok {
			all[i] = rank
		}
	}
	return strings.Join(all, " ")
}

// ending gives the rank of the longest title at the end of words.
func (x *titleIndex) ending(words []string) (string, bool) {
	for i := range words {
		rank, ok := x.ranks[strings.Join(words[i:], " ")]
		if !ok {
			continue
		}
		if slices.ContainsFunc(words[:i], func(w string) bool { return x.links[w] }) {
			return "", false
		}
		for j := i - 1; j >= 0; j-- {
			if degree := x.degrees[words[j]]; degree != "" {
				rank = degree + " " + rank
			}
		}
		return rank, true
	}
	return "", false
}

// Fields: rank | other forms. Three records are lists of their own: "+modifiers",
// "+degrees" and "+links".
func (x *titleIndex) read(files fs.FS) error {
	records, err := readRecords(files, "titles.txt", 2)
	if err != nil {
		return err
	}
	x.ranks, x.modifiers, x.links = map[string]string{}, map[string]bool{}, map[string]bool{}
	x.acronyms, x.degrees = map[string]string{}, map[string]string{}
	for _, r := range records {
		switch r.fields[0] {
		case "+modifiers":
			fill(x.modifiers, r.list(1))
		case "+links":
			fill(x.links, r.list(1))
		case "+degrees":
			for _, d := range r.list(1) {
				form, degree, _ := strings.Cut(d, "=")
				x.degrees[form] = degree
			}
		default:
			if err := x.add(r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *titleIndex) add(r record) error {
	for _, form := range append([]string{r.fields[0]}, r.list(1)...) {
		if isAcronym(form) {
			x.acronyms[form] = r.fields[0]
			continue
		}
		form = fold(form)
		for _, f := range []string{form, plural(form)} {
			if old := x.ranks[f]; old != "" && old != r.fields[0] {
				return r.errorf("%q already has the rank %q", f, old)
			}
			x.ranks[f] = r.fields[0]
		}
	}
	return nil
}

func fill(set map[string]bool, words []string) {
	for _, w := range words {
		set[w] = true
	}
}

// minPlural is the length from which a form has a plural of its own; shorter
// ones are abbreviations ("Mr", "Ms").
const minPlural = 4

// plural gives the regular plural of a title, also of one with an office behind
// it: "secretaries of state".
func plural(s string) string {
	head, tail := s, ""
	if i := strings.Index(s, " of "); i > 0 {
		head, tail = s[:i], s[i:]
	}
	switch {
	case len(head) < minPlural:
		return s
	case strings.HasSuffix(head, "man"):
		return strings.TrimSuffix(head, "man") + "men" + tail
	case strings.HasSuffix(head, "y") && !strings.HasSuffix(head, "ey"):
		return strings.TrimSuffix(head, "y") + "ies" + tail
	case strings.HasSuffix(head, "person"):
		return strings.TrimSuffix(head, "person") + "people" + tail
	case strings.HasSuffix(head, "s") || strings.HasSuffix(head, "ch"):
		return head + "es" + tail
	}
	return head + "s" + tail
}
