package main

import (
	"strings"
	"testing"

	"corroborate/internal/claims/nlp/lexicon"
	"github.com/google/go-cmp/cmp"
)

func TestHeadline(t *testing.T) {
	t.Parallel()
	words, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	row := silver{
		Words: strings.Fields("The court denied an appeal and the man was freed ."),
		Tags:  strings.Fields("DT NN VBD DT NN CC DT NN VBD VBN ."),
		Heads: []int32{1, 2, 2, 4, 2, 2, 7, 9, 9, 2, 2},
		Deps:  strings.Fields("det nsubj ROOT det dobj cc det nsubjpass auxpass conj punct"),
		Ents:  strings.Fields("B-ORG I-ORG O O O O O O O O O"),
	}
	got, ok := headline(row, words)
	got.capitalise()
	want := silver{
		Source: "headline",
		Words:  strings.Fields("Court Denies Appeal and Man Freed"),
		Tags:   strings.Fields("NN VBZ NN CC NN VBN"),
		Heads:  []int32{1, 1, 1, 1, 5, 1},
		Deps:   strings.Fields("nsubj ROOT dobj cc nsubjpass conj"),
		Ents:   strings.Fields("B-ORG O O O O O"),
	}
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Error(ok, diff)
	}
	if row.Words[2] != "denied" {
		t.Error("the sentence itself was changed")
	}
}

func TestPresent(t *testing.T) {
	t.Parallel()
	for verb, want := range map[string]string{"deny": "denies", "say": "says", "go": "goes", "fix": "fixes", "have": "has", "be": "is", "reach": "reaches", "sign": "signs"} {
		if got := present(verb, "VBZ"); got != want {
			t.Errorf("present(%q) = %q, want %q", verb, got, want)
		}
	}
}
