package lexicon

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// relation is a case of a symmetric relation between two words.
type relation struct {
	a, b string
	pos  POS
	want bool
}

func testRelation(t *testing.T, holds func(a, b string, pos POS) bool, tests []relation) {
	t.Helper()
	for _, tt := range tests {
		if got := holds(tt.a, tt.b, tt.pos); got != tt.want {
			t.Errorf("%s / %s (%c) = %v", tt.a, tt.b, tt.pos, got)
		}
		if holds(tt.a, tt.b, tt.pos) != holds(tt.b, tt.a, tt.pos) {
			t.Errorf("%s / %s (%c) is not symmetric", tt.a, tt.b, tt.pos)
		}
	}
}

func TestSynonyms(t *testing.T) {
	t.Parallel()
	testRelation(t, mustLoad(t).Synonyms, []relation{
		{"sign", "sign", Verb, true},
		{"signed", "signing", Verb, true},
		{"begin", "start", Verb, true},
		{"said", "stated", Verb, true},
		{"sacked", "fired", Verb, true},
		{"step_down", "quit", Verb, true},
		{"stepped down", "resigned", Verb, true},
		{"halted", "suspended", Verb, true},
		{"bolster", "enhance", Verb, true},
		{"combat", "tackle", Verb, true},
		{"aim", "intend", Verb, true},
		{"announce", "declare", Verb, true},
		{"accord", "pact", Noun, true},
		{"deal", "agreement", Noun, true},
		{"officials", "authorities", Noun, true},
		{"police", "officers", Noun, true},
		{"troops", "soldiers", Noun, true},
		{"quake", "earthquake", Noun, true},
		{"talks", "negotiations", Noun, true},
		{"big", "large", Adjective, true},
		{"scheduled", "slated", Adjective, true},
		{"injured", "wounded", Adjective, true},
		{"quickly", "rapidly", Adverb, true},
		{"zzxq", "zzxq", Noun, true},
		{"meet", "sign", Verb, false},
		{"rise", "fall", Verb, false},
		{"kill", "die", Verb, false}, // one event, other roles
		{"kill", "injure", Verb, false},
		{"sign", "ratify", Verb, false}, // WordNet's, weakened by synonyms.txt
		{"say", "deny", Verb, false},
		{"arrest", "convict", Verb, false},
		{"agreement", "meeting", Noun, false},
		{"man", "woman", Noun, false},
		{"guilty", "innocent", Adjective, false},
		{"quickly", "slowly", Adverb, false},
		{"zzxq", "sign", Verb, false},
	})
}

func TestAntonyms(t *testing.T) {
	t.Parallel()
	testRelation(t, mustLoad(t).Antonyms, []relation{
		{"rise", "fall", Verb, true},
		{"rose", "dropped", Verb, true},
		{"increase", "decrease", Verb, true},
		{"accept", "reject", Verb, true},
		{"begin", "end", Verb, true},
		{"sign", "reject", Verb, true},
		{"signed", "vetoed", Verb, true},
		{"hire", "sack", Verb, true},
		{"ask", "answer", Verb, true},
		{"kill", "injure", Verb, true},
		{"victory", "defeat", Noun, true},
		{"man", "woman", Noun, true}, // WordNet's, no conflict
		{"increase", "drop", Noun, true},
		{"hot", "cold", Adjective, true},
		{"dead", "alive", Adjective, true},
		{"arid", "wet", Adjective, true}, // through a similar adjective
		{"east", "west", Adjective, true},
		{"legal", "illegal", Adjective, true},
		{"quickly", "slowly", Adverb, true},
		{"publicly", "privately", Adverb, true},
		{"sign", "sign", Verb, false},
		{"sign", "meet", Verb, false},
		{"sack", "fire", Verb, false},
		{"rise", "increase", Verb, false},
		{"kill", "murder", Verb, false},
		{"parched", "damp", Adjective, false}, // two steps
		{"big", "large", Adjective, false},
		{"agreement", "treaty", Noun, false},
		{"monday", "tuesday", Noun, false},
		{"zzxq", "sign", Verb, false},
		{"", "sign", Verb, false},
	})
}

func TestConflict(t *testing.T) {
	t.Parallel()
	testRelation(t, mustLoad(t).Conflict, []relation{
		{"sign", "reject", Verb, true},
		{"signed", "vetoed", Verb, true},
		{"rose", "fell", Verb, true},
		{"increased", "cut", Verb, true},
		{"resigned", "be_dismissed", Verb, true},
		{"resigned", "fired", Verb, true},
		{"step_down", "be_fired", Verb, true}, // through a synonym
		{"win", "lose", Verb, true},
		{"approve", "reject", Verb, true},
		{"arrest", "release", Verb, true},
		{"nabbed", "released", Verb, true}, // through a synonym
		{"attack", "defend", Verb, true},
		{"confirm", "deny", Verb, true},
		{"open", "close", Verb, true},
		{"buy", "sell", Verb, true},
		{"acquit", "convict", Verb, true},
		{"survive", "die", Verb, true},
		{"arrive", "leave", Verb, true},
		{"halt", "resume", Verb, true},
		{"suspend", "reinstate", Verb, true},
		{"extend", "shorten", Verb, true},
		{"postpone", "go_ahead", Verb, true},
		{"ban", "allow", Verb, true},
		{"praise", "criticise", Verb, true},
		{"increase", "drop", Noun, true},
		{"guilty", "innocent", Adjective, true},
		{"publicly", "secretly", Adverb, true},
		{"sign", "sign", Verb, false},
		{"sign", "meet", Verb, false},
		{"ask", "answer", Verb, false},
		{"give", "receive", Verb, false},
		{"kill", "injure", Verb, false},
		{"resign", "step_down", Verb, false},
		{"say", "announce", Verb, false},
		{"meet", "visit", Verb, false},
		{"man", "woman", Noun, false},
		{"war", "peace", Noun, false},
		{"morning", "evening", Noun, false},
		{"eastern", "western", Adjective, false},
		{"zzxq", "sign", Verb, false},
	})
}

func TestDerived(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	tests := []struct {
		word     string
		from, to POS
		first    string // "" when there are none
	}{
		{"meeting", Noun, Verb, "meet"},
		{"agreement", Noun, Verb, "agree"},
		{"signing", Noun, Verb, "sign"},
		{"resignation", Noun, Verb, "resign"},
		{"announcement", Noun, Verb, "announce"},
		{"deportations", Noun, Verb, "deport"},
		{"attack", Noun, Verb, "attack"},
		{"killing", Noun, Verb, "kill"},
		{"arrest", Noun, Verb, "arrest"},
		{"decision", Noun, Verb, "decide"},
		{"injury", Noun, Verb, "injure"},
		{"explosion", Noun, Verb, "explode"},
		{"refusal", Noun, Verb, "refuse"},
		{"cooperation", Noun, Verb, "cooperate"},
		{"resign", Verb, Noun, "resignation"},
		{"signed", Verb, Noun, "signature"},
		{"colombian", Adjective, Noun, "colombia"},
		{"presidential", Adjective, Noun, "president"},
		{"colombia", Noun, Adjective, "colombian"},
		{"quickly", Adverb, Adjective, "quick"},
		{"illegally", Adverb, Adjective, "illegal"},
		{"table", Noun, Adverb, ""},
		{"monday", Noun, Verb, ""},
		{"zzxq", Noun, Verb, ""},
		{"", Noun, Verb, ""},
	}
	for _, tt := range tests {
		got := l.Derived(tt.word, tt.from, tt.to)
		if tt.first == "" && got != nil || tt.first != "" && !slices.Contains(got[:min(2, len(got))], tt.first) {
			t.Errorf("Derived(%q, %c, %c) = %q, want %q first or second", tt.word, tt.from, tt.to, got, tt.first)
		}
	}
	if diff := cmp.Diff([]string{"resign"}, l.Derived("resignations", Noun, Verb)); diff != "" {
		t.Errorf("Derived(resignations): %s", diff)
	}
}

// FuzzRelations asserts that no two words break anything and that their likeness
// does not depend on their order.
func FuzzRelations(f *testing.F) {
	f.Add("sign", "reject")
	f.Add("step down", "_")
	f.Add("\xff", "prime_ministers")
	l := mustLoad(f)
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, pos := range []POS{Noun, Verb, Adjective, Adverb} {
			s := l.Similarity(a, b, pos)
			if s < 0 || s > 1 || s != l.Similarity(b, a, pos) {
				t.Errorf("Similarity(%q, %q, %c) = %v, swapped %v", a, b, pos, s, l.Similarity(b, a, pos))
			}
			if l.Synonyms(a, b, pos) != l.Synonyms(b, a, pos) || l.Antonyms(a, b, pos) != l.Antonyms(b, a, pos) || l.Conflict(a, b, pos) != l.Conflict(b, a, pos) {
				t.Errorf("relations of %q and %q (%c) depend on their order", a, b, pos)
			}
			l.Derived(a, pos, Noun)
			l.Akin(a, b, pos)
		}
		l.IsA(a, b)
		l.VerbClass(a)
	})
}

func BenchmarkSynonyms(b *testing.B) {
	l := mustLoad(b)
	for b.Loop() {
		l.Synonyms("begin", "start", Verb)
	}
}

func BenchmarkAntonyms(b *testing.B) {
	l := mustLoad(b)
	for b.Loop() {
		l.Antonyms("hot", "cold", Adjective)
	}
}

func BenchmarkConflict(b *testing.B) {
	l := mustLoad(b)
	for b.Loop() {
		l.Conflict("sign", "reject", Verb)
	}
}
