package lexicon

import "testing"

func TestLemma(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	tests := []struct {
		word string
		pos  POS
		want string
	}{
		{"said", Verb, "say"},
		{"signed", Verb, "sign"},
		{"signing", Verb, "sign"},
		{"met", Verb, "meet"},
		{"found", Verb, "find"},
		{"left", Verb, "leave"},
		{"fell", Verb, "fall"},
		{"rose", Verb, "rise"},
		{"singing", Verb, "sing"},
		{"rated", Verb, "rate"},
		{"deporting", Verb, "deport"},
		{"denies", Verb, "deny"},
		{"was", Verb, "be"},
		{"wound", Verb, "wound"},
		{"wounded", Verb, "wound"},
		{"seed", Verb, "seed"},
		{"seeds", Verb, "seed"},
		{"agreed", Verb, "agree"},
		{"dying", Verb, "die"},
		{"stopped", Verb, "stop"},
		{"stepped_down", Verb, "step_down"},
		{"stepped down", Verb, "step_down"},
		{"Signed", Verb, "sign"},
		{"agreements", Noun, "agreement"},
		{"countries", Noun, "country"},
		{"men", Noun, "man"},
		{"leaves", Noun, "leaf"},
		{"prime ministers", Noun, "prime_minister"},
		{"police officers", Noun, "police_officer"},
		{"troops", Noun, "troops"},
		{"police", Noun, "police"},
		{"news", Noun, "news"},
		{"people", Noun, "people"},
		{"gas", Noun, "gas"},
		{"boss", Noun, "boss"},
		{"higher", Adjective, "high"},
		{"largest", Adjective, "large"},
		{"worst", Adjective, "bad"},
		{"quickly", Adverb, "quickly"},
		{"better", Adverb, "well"},
		{"zzxqed", Verb, "zzxqed"},
		{"Zz Xq", Noun, "zz_xq"},
		{"_", Noun, "_"},
		{"", Noun, ""},
	}
	for _, tt := range tests {
		if got := l.Lemma(tt.word, tt.pos); got != tt.want {
			t.Errorf("Lemma(%q, %c) = %q, want %q", tt.word, tt.pos, got, tt.want)
		}
	}
}

func TestKnown(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	tests := []struct {
		word string
		pos  POS
		want bool
	}{
		{"sign", Verb, true},
		{"signed", Verb, true},
		{"deported", Verb, true},
		{"step down", Verb, true},
		{"tell_reporters", Verb, true}, // synonyms.txt
		{"refuse_to_sign", Verb, true}, // opposites.txt
		{"agreement", Noun, true},
		{"agreements", Noun, true},
		{"women", Noun, true},
		{"colombia", Noun, true},
		{"head of state", Noun, true},
		{"big", Adjective, true},
		{"bigger", Adjective, true},
		{"guilty", Adjective, true},
		{"quickly", Adverb, true},
		{"agreement", Verb, false},
		{"colonel", Verb, false},
		{"deport", Noun, false},
		{"quickly", Adjective, false},
		{"guilty", Adverb, false},
		{"zzxq", Noun, false},
		{"zzxqing", Verb, false},
		{"", Noun, false},
	}
	for _, tt := range tests {
		if got := l.Known(tt.word, tt.pos); got != tt.want {
			t.Errorf("Known(%q, %c) = %v", tt.word, tt.pos, got)
		}
	}
}

func FuzzLemma(f *testing.F) {
	for _, word := range []string{"signed", "stepped down", "prime_ministers", "ss", "s", "_", " ", "İ", "\xff", "ed", "men"} {
		f.Add(word)
	}
	l := mustLoad(f)
	f.Fuzz(func(t *testing.T, word string) {
		for _, pos := range []POS{Noun, Verb, Adjective, Adverb} {
			lemma := l.Lemma(word, pos)
			if lemma == "" && word != "" {
				t.Errorf("Lemma(%q, %c) is empty", word, pos)
			}
			if lemma != normal(word) && !l.Known(lemma, pos) {
				t.Errorf("Lemma(%q, %c) = %q is unknown", word, pos, lemma)
			}
			if l.part(pos).words.find(normal(word)) >= 0 && l.part(pos).words.find(lemma) < 0 {
				t.Errorf("the lemma %q of the known word %q is unknown", lemma, word)
			}
		}
	})
}

func BenchmarkLemma(b *testing.B) {
	l := mustLoad(b)
	for b.Loop() {
		l.Lemma("signed", Verb)
	}
}
