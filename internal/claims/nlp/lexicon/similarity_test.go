package lexicon

import (
	"strings"
	"testing"
)

func TestSimilarity(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	tests := []struct {
		a, b     string
		pos      POS
		min, max float64
	}{
		{"signed", "sign", Verb, 1, 1},
		{"zzxq", "zzxq", Noun, 1, 1},
		{"begin", "start", Verb, 0.9, 0.9},
		{"sack", "dismiss", Verb, 0.9, 0.9},
		{"kill", "die", Verb, 0.8, 0.8},
		{"met", "talk", Verb, 0.5, 0.7},
		{"meet", "visit", Verb, 0.5, 0.7},
		{"announce", "say", Verb, 0.5, 0.7},
		{"climb", "rise", Verb, 0.7, 1},
		{"warn", "threaten", Verb, 0.5, 0.75},
		{"murder", "kill", Verb, 0.5, 0.9},
		{"attack", "invade", Verb, 0.5, 0.75},
		{"agreement", "accord", Noun, 0.8, 1},
		{"deal", "agreement", Noun, 0.8, 1},
		{"bombing", "attack", Noun, 0.55, 0.8},
		{"city", "town", Noun, 0.4, 1},
		{"monday", "tuesday", Noun, 0.45, 0.6},
		{"hospital", "clinic", Noun, 0.4, 0.8},
		{"colonel", "general", Noun, 0.3, 0.6},
		{"big", "large", Adjective, 0.9, 0.9},
		{"rapidly", "quickly", Adverb, 0.8, 1},
		{"meet", "sign", Verb, 0, 0.2},
		{"travel", "vote", Verb, 0, 0.2},
		{"walk", "increase", Verb, 0, 0.2},
		{"destroy", "announce", Verb, 0, 0.2},
		{"rise", "fall", Verb, 0, 0},
		{"sign", "reject", Verb, 0, 0},
		{"man", "woman", Noun, 0, 0},
		{"ship", "colonel", Noun, 0, 0},
		{"agreement", "colonel", Noun, 0, 0},
		{"child", "woman", Noun, 0, 0.3},
		{"dead", "alive", Adjective, 0, 0},
		{"quickly", "slowly", Adverb, 0, 0},
		{"zzxq", "sign", Verb, 0, 0},
		{"", "sign", Verb, 0, 0},
	}
	for _, tt := range tests {
		got, back := l.Similarity(tt.a, tt.b, tt.pos), l.Similarity(tt.b, tt.a, tt.pos)
		if got < tt.min || got > tt.max {
			t.Errorf("Similarity(%s, %s, %c) = %.2f, want %.2f to %.2f", tt.a, tt.b, tt.pos, got, tt.min, tt.max)
		}
		if got != back {
			t.Errorf("Similarity(%s, %s, %c) is %.2f and %.2f", tt.a, tt.b, tt.pos, got, back)
		}
	}
}

// unrelatedVerbs were drawn at random from 169 verbs that are frequent in news;
// pairs that a reader would call related were taken out.
const unrelatedVerbs = `
accuse remain, allow fear, answer work, apologize produce, approve survive, arrive teach,
ask keep, ask release, ban continue, beat write, believe promise, bring drive, burn want,
buy injure, call fund, call lose, cancel bring, cancel collapse, carry agree,
collapse visit, comply acquit, comply start, crash meet, cut arrest, cut meet,
damage treat, destroy fall, destroy meet, destroy read, discuss rescue, elect improve,
elect walk, elect write, fail deny, fail keep, fail plan, fear pay, fly run, host share,
impose attack, join seize, keep open, know criticize, know give, make appoint, march bomb,
mourn want, move praise, need collapse, need fight, need strengthen, negotiate close,
negotiate move, negotiate read, open damage, oppose share, play cut, play say,
postpone beat, postpone host, postpone join, produce cut, produce flood, protect hope,
protect remain, publish sing, raise deport, remain burn, remain win, report survive,
resign teach, return vaccinate, rise arrest, say begin, say destroy, seize buy,
seize lift, share deport, show donate, stop celebrate, stop surrender, strike drive,
strike think, study appoint, study make, study need, study vaccinate, test produce,
test work, think allow, think bomb, think fail, think protect, think start,
threaten pay, threaten strengthen, travel begin, travel negotiate, travel play,
violate host`

func TestUnrelatedVerbsAreNotAlike(t *testing.T) {
	t.Parallel()
	l := mustLoad(t)
	pairs := strings.Split(unrelatedVerbs, ",")
	if len(pairs) != 100 {
		t.Fatalf("%d pairs, want 100", len(pairs))
	}
	var alike []string
	for _, pair := range pairs {
		words := strings.Fields(pair)
		if l.Similarity(words[0], words[1], Verb) >= 0.5 {
			alike = append(alike, pair)
		}
	}
	if len(alike) > 3 {
		t.Errorf("%d of %d unrelated pairs are alike: %q", len(alike), len(pairs), alike)
	}
}

func BenchmarkSimilarity(b *testing.B) {
	l := mustLoad(b)
	words := []struct {
		name, a, b string
		pos        POS
	}{
		{"listed", "sack", "fire", Verb},
		{"verbs", "meet", "sign", Verb},
		{"nouns", "colonel", "general", Noun},
		{"adjectives", "big", "strong", Adjective},
	}
	for _, w := range words {
		b.Run(w.name, func(b *testing.B) {
			for b.Loop() {
				l.Similarity(w.a, w.b, w.pos)
			}
		})
	}
}
