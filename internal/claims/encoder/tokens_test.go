package encoder

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// sharedDir holds the texts of the reference. It is not part of the project.
const sharedDir = "../../../../shared/data"

// checksum is that of training/judge/tokens.py.
func checksum(ids []int32) uint32 {
	var b []byte
	for _, id := range ids {
		b = binary.LittleEndian.AppendUint32(b, uint32(id))
	}
	return crc32.ChecksumIEEE(b)
}

// checksums reads a file of checksums.
func checksums(t *testing.T, name string) []uint32 {
	t.Helper()
	b := read(t, filepath.Join("testdata", name))
	sums := make([]uint32, len(b)/4)
	for i := range sums {
		sums[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return sums
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestCases compares odd texts with what the reference makes of them.
func TestCases(t *testing.T) {
	v := model(t).vocabulary
	for line := range bytes.Lines(read(t, "testdata/tokens.jsonl")) {
		var c struct {
			Texts      []string
			IDs, Types []int32
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		if len(c.Texts) == 1 {
			if got := v.single(c.Texts[0], 128); !slices.Equal(got, c.IDs) {
				t.Errorf("%q gives\n%v, not\n%v", c.Texts[0], got, c.IDs)
			}
			continue
		}
		got, second := v.pair(c.Texts[0], c.Texts[1], 128)
		if !slices.Equal(got, c.IDs) || second != slices.Index(c.Types, 1) {
			t.Errorf("%.40q gives\n%v %d, not\n%v", c.Texts, got, second, c.IDs)
		}
	}
}

// TestEveryRune compares each character of Unicode, alone and inside a word.
func TestEveryRune(t *testing.T) {
	v := model(t).vocabulary
	const block = 1024
	for n, want := range checksums(t, "runes.crc") {
		var ids []int32
		for r := rune(n * block); r < rune(n+1)*block; r++ {
			if utf8.ValidRune(r) {
				ids = append(ids, v.single("a"+string(r)+"b "+string(r), 128)...)
			}
		}
		if checksum(ids) != want {
			t.Errorf("%U to %U differ", n*block, (n+1)*block-1)
		}
	}
}

// TestSentences compares what news, captions and pages of many languages give.
func TestSentences(t *testing.T) {
	v := model(t).vocabulary
	if _, err := os.Stat(sharedDir); err != nil {
		t.Skipf("SKIPPED: the sentences are not at %s", sharedDir)
	}
	want, n := checksums(t, "sentences.crc"), 0
	for s := range sentences(t) {
		if n >= len(want) || checksum(v.single(s, 128)) != want[n] {
			t.Fatalf("sentence %d differs: %q", n, s)
		}
		n++
	}
	if n != len(want) || n < 10_000 {
		t.Fatalf("%d sentences were compared, not %d", n, len(want))
	}
}

// sentences yields the texts in the order of training/judge/tokens.py.
func sentences(t *testing.T) func(func(string) bool) {
	var all []string
	all = append(all, pool(t)...)
	all = append(all, tokenised(t)...)
	paths, err := filepath.Glob(filepath.Join(sharedDir, "attribution/dev/text/*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		all = append(all, filled(string(read(t, path)))...)
	}
	var pages map[string]struct{ ArticleBody string }
	if err := json.Unmarshal(read(t, filepath.Join(sharedDir, "html/ground-truth.json")), &pages); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all = append(all, filled(pages[name].ArticleBody)...)
	}
	return slices.Values(all)
}

// filled gives the lines that hold something.
func filled(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return line == "" })
}

// pool gives the sentences of every fortieth pair of the labelled ones.
func pool(t *testing.T) (all []string) {
	packed, err := gzip.NewReader(bytes.NewReader(read(t, filepath.Join(sharedDir, "nli/train.jsonl.gz"))))
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(packed)
	for n := 0; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return all
		}
		var row struct{ Premise, Hypothesis string }
		if n%40 != 0 {
			continue
		}
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row.Premise, row.Hypothesis)
	}
}

// tokenised gives the news sentences that come a token a line.
func tokenised(t *testing.T) (all []string) {
	var words []string
	for line := range strings.SplitSeq(string(read(t, filepath.Join(sharedDir, "coreference/dev_text.txt"))), "\n") {
		if line != "" {
			words = append(words, strings.Split(line, "\t")[3])
		} else if words != nil {
			all, words = append(all, strings.Join(words, " ")), nil
		}
	}
	return all
}

// FuzzPieces asserts that no text breaks the tokeniser or passes its limits.
func FuzzPieces(f *testing.F) {
	v := model(f).vocabulary
	f.Add("The council's vote — 3:2", "e\u0301 日本\xff\x00", uint8(20))
	f.Add(strings.Repeat("x", 200), "##ing [SEP]", uint8(8))
	f.Fuzz(func(t *testing.T, a, b string, most uint8) {
		limit := max(int(most), 8)
		ids, second := v.pair(a, b, limit)
		alone := v.single(a, limit)
		if len(ids) > limit || len(alone) > limit || second < 2 || second >= len(ids) {
			t.Fatalf("%d and %d pieces, the second text from %d, of at most %d", len(ids), len(alone), second, limit)
		}
		for _, id := range slices.Concat(ids, alone) {
			if id < 0 || int(id) >= v.size {
				t.Fatalf("piece %d of %d", id, v.size)
			}
		}
	})
}
