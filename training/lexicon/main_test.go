package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// miniature is a dictionary of a few words in WordNet's format.
const miniature = `
-- data.noun --
  1 Lines that begin with a space hold the licence.
00000001 03 n 01 entity 0 002 ~ 00000002 n 0000 ~ 00000003 n 0000 | what there is
00000002 04 n 02 act 0 Human_Action 0 002 @ 00000001 n 0000 ~ 00000004 n 0000 | a deed
00000003 14 n 01 taxonomic_group 0 002 @ 00000001 n 0000 ~ 00000005 n 0000 | a class of biology
00000004 04 n 01 signing 0 002 @ 00000002 n 0000 + 00000001 v 0101 | writing one's name
00000005 05 n 01 genus_Felis 0 001 @ 00000003 n 0000 | cats
-- index.noun --
act n 1 2 @ ~ 1 0 00000002
entity n 1 1 ~ 1 0 00000001
genus_felis n 1 1 @ 1 0 00000005
human_action n 1 2 @ ~ 1 0 00000002
signing n 1 2 @ + 1 1 00000004
taxonomic_group n 1 2 @ ~ 1 0 00000003
-- noun.exc --
signinges signing
felises genus_felis
-- data.verb --
00000001 32 v 01 sign 0 002 + 00000004 n 0101 ! 00000002 v 0101 01 + 08 00 | write one's name
00000002 32 v 01 unsign 0 001 ! 00000001 v 0101 01 + 08 00 | strike one's name
-- index.verb --
sign v 1 2 + ! 1 1 00000001
unsign v 1 1 ! 1 0 00000002
-- verb.exc --
-- data.adj --
00000001 00 a 01 signed(p) 0 001 < 00000001 v 0101 | with a name
-- index.adj --
signed a 1 1 < 1 0 00000001
-- adj.exc --
-- data.adv --
-- index.adv --
-- adv.exc --
-- cntlist.rev --
sign%2:32:00:: 1 7
signing%1:04:00:: 1 3
`

// writeMiniature writes the miniature dictionary, with the files in changes in
// place of its own, and gives its folder.
func writeMiniature(t *testing.T, changes map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(miniature)).Files {
		text := string(f.Data)
		if changed, ok := changes[f.Name]; ok {
			text = changed
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestReadDatabase(t *testing.T) {
	t.Parallel()
	db, err := readDatabase(writeMiniature(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	db.dropTaxonomy()
	nouns, verbs := db.parts[noun], db.parts[verb]

	var lemmas []string
	for _, w := range nouns.words {
		lemmas = append(lemmas, w.lemma)
	}
	if diff := cmp.Diff([]string{"act", "entity", "human_action", "signing"}, lemmas); diff != "" {
		t.Errorf("nouns: %s", diff)
	}
	if got := verbs.byLemma["sign"].counts; !cmp.Equal(got, []int{7}) {
		t.Errorf("counts of sign: %v", got)
	}
	narrow := db.narrowness(nouns)
	if narrow[0] >= narrow[1] || narrow[2] != 255 {
		t.Errorf("narrowness of entity, act, signing: %v", narrow)
	}

	derived := db.derived()
	names := func(links []link) (out []string) {
		for _, l := range links {
			out = append(out, partNames[l.part]+":"+l.word.lemma)
		}
		return out
	}
	want := []string{"noun:signing", "adj:signed"}
	if diff := cmp.Diff(want, names(derived[verbs.byLemma["sign"]])); diff != "" {
		t.Errorf("derived from sign: %s", diff)
	}
	want = []string{"verb:sign"}
	if diff := cmp.Diff(want, names(derived[nouns.byLemma["signing"]])); diff != "" {
		t.Errorf("derived from signing: %s", diff)
	}
}

func TestRunGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	dir := writeMiniature(t, nil)
	var files [2][]byte
	for i := range files {
		out := filepath.Join(t.TempDir(), "wordnet.bin")
		if err := run(dir, out); err != nil {
			t.Fatal(err)
		}
		var err error
		if files[i], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two runs give different bytes")
	}
	if !bytes.HasPrefix(files[0], []byte(magic)) {
		t.Errorf("the file begins with %q", files[0][:8])
	}
}

func TestRunRefusesBadDictionary(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, text string }{
		{"a synset line that ends early", "data.verb", "00000001 32 v 02 sign 0\n"},
		{"a synset line without numbers", "data.verb", "00000001 xx v 01 sign 0 000\n"},
		{"a word of an unknown synset", "index.verb", "sign v 1 0 1 1 99999999\n"},
		{"an exception without a base form", "verb.exc", "signed\n"},
		{"a count without a number", "cntlist.rev", "sign%2:32:00:: 1 many\n"},
		{"a count without a sense key", "cntlist.rev", "sign 1 7\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := writeMiniature(t, map[string]string{tt.file: tt.text})
			if err := run(dir, filepath.Join(t.TempDir(), "out")); err == nil {
				t.Error("no error")
			}
		})
	}
	t.Run("no folder", func(t *testing.T) {
		t.Parallel()
		if err := run(filepath.Join(t.TempDir(), "none"), filepath.Join(t.TempDir(), "out")); err == nil {
			t.Error("no error")
		}
	})
}
