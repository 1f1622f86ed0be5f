package lexicon

import (
	"strings"
	"testing"
)

func mustLoad(t testing.TB) *Lexicon {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLoadRefusesDamagedFile(t *testing.T) {
	t.Parallel()
	flipped := []byte(wordnetFile)
	flipped[len(flipped)/2] ^= 1
	tests := []struct{ name, file string }{
		{"empty", ""},
		{"only the magic word", magic},
		{"another magic word", "X" + wordnetFile[1:]},
		{"cut short", wordnetFile[:len(wordnetFile)-1]},
		{"a bit flipped", string(flipped)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := parse(tt.file, synonymsFile, oppositesFile); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestLoadRefusesBadLines(t *testing.T) {
	t.Parallel()
	const good = "v = sack, fire\n"
	tests := []struct{ name, synonyms, opposites, want string }{
		{"unknown part of speech", good + "x = a, b", "", "synonyms.txt: line 2"},
		{"no mark", "v sack", "", "synonyms.txt: line 1"},
		{"unknown mark", "v ? sack, fire", "", "synonyms.txt: line 1"},
		{"one word", "v = sack", "", "synonyms.txt: line 1"},
		{"empty word", "v = sack,, fire", "", "synonyms.txt: line 1"},
		{"a space in a word", "v = step down, quit", "", "synonyms.txt: line 1"},
		{"synonyms with two sides", "v = sack / fire", "", "synonyms.txt: line 1"},
		{"opposites with one side", good, "# head\nv ! sign, reject", "opposites.txt: line 2"},
		{"opposites with the mark of synonyms", good, "v = sign / reject", "opposites.txt: line 1"},
		{"a word against itself", good, "v ! sign / signed", "opposites.txt: line 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := parse(wordnetFile, tt.synonyms, tt.opposites)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

// A pair cannot be listed both as meaning the same and as opposed.
func TestNewsListsDoNotContradict(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	listed, err := readOpposites(oppositesFile, l.Lemma, groups{})
	if err != nil {
		t.Fatal(err)
	}
	for p := range listed.pairs {
		if s := l.news.similarity(p.a, p.b, p.pos); s >= sameEvent {
			t.Errorf("%c %s / %s: listed as opposites and with similarity %.1f", p.pos, p.a, p.b, s)
		}
	}
}

func TestUnknownPartOfSpeech(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	const none POS = 'x'
	if got := l.Lemma("signed", none); got != "signed" {
		t.Errorf("Lemma = %q", got)
	}
	if l.Known("sign", none) || l.Synonyms("sign", "ink", none) || l.Antonyms("rise", "fall", none) ||
		l.Conflict("rise", "fall", none) || l.Similarity("sign", "ink", none) != 0 ||
		l.Derived("sign", none, Verb) != nil || l.Derived("sign", Verb, none) != nil {
		t.Error("an unknown part of speech has words")
	}
}
