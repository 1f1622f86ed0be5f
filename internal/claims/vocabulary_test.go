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

func TestChangedWordsOfAQuotationLieInAPassageOrOutside(t *testing.T) {
	t.Parallel()
	s := &statement{draft: draft{from: 5, to: 10}}
	for mark, want := range map[[2]int]bool{{2, 5}: true, {10, 12}: true, {4, 6}: false, {9, 11}: false, {6, 8}: false} {
		if outside(s, mark) != want {
			t.Errorf("%v outside of tokens 5 to 10: %v", mark, !want)
		}
	}
}

func TestPhrasesAndNeighbours(t *testing.T) {
	t.Parallel()
	v, all, s := wordsIn(t,
		"The ferry, which was built in Gdansk, was carrying 300 passengers. Divers searched the harbour.",
		"It was carrying 300 passengers. Police divers searched it for hours.")
	var ferry, built, carrying int
	for i, x := range all {
		switch {
		case x.art != all[0].art && v.rareWords(i, 0) > 0:
			carrying = i
		case x.Exact == "which was built in Gdansk":
			built = i
		}
	}
	// What the relative clause tells is its own, and not the ferry's.
	if got, want := v.rareWords(ferry, carrying), 3.0; got != want {
		t.Errorf("%q and %q share %v rare words, want %v: carry, 300 and passenger", all[ferry].Exact, all[carrying].Exact, got, want)
	}
	if built == 0 || v.rareWords(ferry, built) != 0 {
		t.Errorf("%q shares %v rare words with %q, which it holds", all[ferry].Exact, v.rareWords(ferry, built), all[built].Exact)
	}
	// carry+300, carry+passenger and 300+passenger.
	if got, want := v.rarePhrases(ferry, carrying), 3.0; got != want {
		t.Errorf("they share %v phrases, want %v", got, want)
	}
	// Next to both stands who searched: diver and search.
	if got, want := v.rareAround(s.sentence[ferry], s.sentence[carrying]), 2.0; got != want {
		t.Errorf("the sentences next to them share %v rare words, want %v", got, want)
	}
}
