package claims

import (
	"context"
	"math"
	"testing"
)

// wordsIn gives the vocabulary of a story of one article for each text, with its
// statements.
func wordsIn(t *testing.T, texts ...string) (*vocabulary, []*statement, *surroundings) {
	t.Helper()
	e := testEngine(t)
	var all []*statement
	for i, text := range texts {
		all = append(all, e.read(context.Background(), Article{ID: string(rune('a' + i)), Source: string(rune('A' + i)), Text: ReadText(text, "")}).claims...)
	}
	al, err := e.newAligner(context.Background(), all)
	if err != nil {
		t.Fatal(err)
	}
	return al.surroundings.words, all, al.surroundings
}

func TestRareWordsTellOneFact(t *testing.T) {
	t.Parallel()
	v, all, s := wordsIn(t,
		"Minister Claire Whitcombe ordered an inquiry. Whitcombe visited the harbour. The harbour was closed.",
		"An inquiry was ordered by Minister Claire Whitcombe. Divers searched the harbour.")
	if len(all) != 5 {
		t.Fatalf("%d statements, want 5", len(all))
	}
	// "order" and "inquiry" stand in these two sentences alone, as do "Minister" and
	// "Claire"; "Whitcombe" stands in three. The name is one thing in three words.
	if got, want := v.rareWords(0, 3), 1+1+(1+1+0.5)/3; math.Abs(got-want) > 1e-9 {
		t.Errorf("rare words of the inquiry: %v, want %v", got, want)
	}
	// A name in full and its last word share that name: the larger share counts.
	if got, want := v.rareWords(1, 3), 0.5; math.Abs(got-want) > 1e-9 {
		t.Errorf("rare words of two deeds of one minister: %v, want %v", got, want)
	}
	if got := v.rareWords(2, 3); got != 0 {
		t.Errorf("rare words of two facts: %v", got)
	}
	// "harbour" stands in three sentences of five.
	if got, want := v.rareWords(2, 4), 0.5; math.Abs(got-want) > 1e-9 {
		t.Errorf("rare words of the harbour: %v, want %v", got, want)
	}
	if got := v.told(0, s.sentence[3]); got != 1 {
		t.Errorf("the sentence tells %v of the claim, want all", got)
	}
	if got := v.told(2, s.sentence[3]); got != 0 {
		t.Errorf("another sentence tells %v of the claim", got)
	}
	// One of two words, the commoner.
	if got := v.told(2, s.sentence[4]); got <= 0 || got >= 0.5 {
		t.Errorf("a sentence with the harbour tells %v of its closing", got)
	}
}

// TestPairsAreWeighedAlikeInEitherOrder holds that it does not matter which article came
// first.
func TestPairsAreWeighedAlikeInEitherOrder(t *testing.T) {
	t.Parallel()
	one := "The council approved a loan of $4 million for the bridge on Monday. Mayor Ana Pohl called it overdue."
	other := "Councillors voted on Monday to lend the bridge company 4 million dollars. The vote was unanimous, Pohl said."
	_, first, s := wordsIn(t, one, other)
	_, _, r := wordsIn(t, other, one)
	n, m := 0, len(first)
	for first[n].art == first[0].art {
		n++
	}
	for i := range n {
		for j := n; j < m; j++ {
			// The statements of the second story stand the other way round.
			a, b := s.weigh(i, j), r.weigh(j-n, m-n+i)
			if p, q := weighing.probability(a), weighing.probability(b); math.Abs(p-q) > 1e-9 {
				t.Errorf("%q and %q: %v, the other way round %v", first[i].Text, first[j].Text, p, q)
			}
		}
	}
}
