package lexicon

import "testing"

func TestIsA(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	tests := []struct {
		word, class string
		want        bool
	}{
		{"colonel", "person", true},
		{"ministers", "person", true},
		{"gunman", "person", true},
		{"prime_minister", "person", true},
		{"ship", "artifact", true},
		{"bank", "organization", true},
		{"police", "organization", true},
		{"army", "organisation", true},
		{"team", "group", true},
		{"colombia", "location", true},
		{"city", "location", true},
		{"hospital", "place", true},
		{"airport", "place", true},
		{"monday", "time", true},
		{"year", "time", true},
		{"midnight", "time", true},
		{"war", "event", true},
		{"earthquake", "event", true},
		{"meeting", "event", true},
		{"attack", "act", true},
		{"dollar", "unit", true},
		{"kilometers", "unit", true},
		{"percent", "measure", true},
		{"statement", "communication", true},
		{"anger", "feeling", true},
		{"oil", "substance", true},
		{"colonel", "officer", true}, // a class by its own name
		{"tax", "levy", true},
		{"colonel", "artifact", false},
		{"ship", "person", false},
		{"bank", "person", false},
		{"colombia", "person", false},
		{"hospital", "person", false},
		{"monday", "location", false},
		{"anger", "unit", false},
		{"dollar", "event", false},
		{"agreement", "artifact", false},
		{"zzxq", "person", false},
		{"colonel", "zzxq", false},
		{"", "person", false},
	}
	for _, tt := range tests {
		if got := l.IsA(tt.word, tt.class); got != tt.want {
			t.Errorf("IsA(%q, %q) = %v", tt.word, tt.class, got)
		}
	}
}

// Every named class stands for synsets that exist.
func TestClassesExist(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	for class, names := range classes {
		for _, name := range names {
			if l.part(Noun).sense(name.lemma, name.sense) < 0 {
				t.Errorf("%s: no sense %d of %s", class, name.sense, name.lemma)
			}
		}
	}
}

func TestVerbClass(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	tests := []struct{ word, want string }{
		{"say", "communication"},
		{"announced", "communication"},
		{"denied", "communication"},
		{"signed", "communication"},
		{"went", "motion"},
		{"travel", "motion"},
		{"deport", "social"},
		{"buy", "possession"},
		{"gave", "possession"},
		{"increase", "change"},
		{"die", "change"},
		{"elect", "social"},
		{"resigned", "social"},
		{"think", "cognition"},
		{"know", "cognition"},
		{"build", "creation"},
		{"attack", "competition"},
		{"hit", "contact"},
		{"see", "perception"},
		{"fear", "emotion"},
		{"be", "stative"},
		{"eat", "consumption"},
		{"rain", "weather"},
		{"wear", "body"},
		{"agreement", ""},
		{"zzxq", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := l.VerbClass(tt.word); got != tt.want {
			t.Errorf("VerbClass(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func BenchmarkIsA(b *testing.B) {
	l := mustLoad(b)
	for b.Loop() {
		l.IsA("colonel", "person")
	}
}
