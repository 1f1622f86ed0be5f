package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/nlp/syntax"
)

// silver is a sentence as silver.py writes it.
type silver struct {
	Source string   `json:"source"`
	Words  []string `json:"words"`
	Tags   []string `json:"tags"`
	Heads  []int32  `json:"heads"`
	Deps   []string `json:"deps"`
	Ents   []string `json:"ents"`
}

// example is a sentence with the classes that its words should get.
type example struct {
	source   string
	words    []syntax.Word
	tags     []uint8
	heads    []int32
	labels   []uint8
	entities []uint8

	// Tags and roles by models that did not see the sentence.
	guessed, roles []uint8
}

// role gives the role of word i.
func (e *example) role(i int) uint8 { return syntax.RoleClass(e.labels[i], int(e.heads[i]) > i) }

// corpus is the training sentences and the held-out ones, with the names of
// their classes.
type corpus struct {
	train, held         []*example
	tags, labels, types []string
}

// otherTypes are entity types that news claims have no use for.
var otherTypes = []string{"LANGUAGE"}

// readCorpus reads silver sentences and holds out one in twenty, by the hash of
// its words.
func readCorpus(path string) (*corpus, error) {
	rows, err := readSilver(path)
	if err != nil {
		return nil, err
	}
	c := &corpus{}
	c.name(rows)
	var train, held []silver
	for _, row := range rows {
		h := fnv.New32a()
		io.WriteString(h, strings.ToLower(strings.Join(row.Words, "")))
		if h.Sum32()%20 == 0 {
			held = append(held, row)
		} else {
			train = append(train, row)
		}
	}
	if c.train, err = c.examples(train); err != nil {
		return nil, err
	}
	c.held, err = c.examples(held)
	return c, err
}

func (c *corpus) examples(rows []silver) ([]*example, error) {
	rows, err := withHeadlines(rows)
	if err != nil {
		return nil, fmt.Errorf("make headlines: %w", err)
	}
	var out []*example
	for _, row := range rows {
		out = append(out, c.example(row))
	}
	return out, nil
}

func readSilver(path string) ([]silver, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read silver data: %w", err)
	}
	defer f.Close()
	var rows []silver
	for dec := json.NewDecoder(bufio.NewReader(f)); ; {
		var row silver
		if err := dec.Decode(&row); err == io.EOF {
			return rows, nil
		} else if err != nil {
			return nil, fmt.Errorf("read silver data: %w", err)
		}
		rows = append(rows, row)
	}
}

// name collects the classes in alphabetical order.
func (c *corpus) name(rows []silver) {
	tags, labels, types := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, row := range rows {
		for i := range row.Words {
			tags[row.Tags[i]], labels[row.Deps[i]] = true, true
			if _, kind, ok := strings.Cut(row.Ents[i], "-"); ok && !slices.Contains(otherTypes, kind) {
				types[kind] = true
			}
		}
	}
	c.tags, c.labels, c.types = sorted(tags), sorted(labels), sorted(types)
}

func sorted(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (c *corpus) example(row silver) *example {
	e := &example{source: row.Source, heads: row.Heads}
	for i, w := range row.Words {
		e.words = append(e.words, syntax.Word{Text: w, Norm: nlp.Normal(w)})
		e.tags = append(e.tags, place(c.tags, row.Tags[i]))
		e.labels = append(e.labels, place(c.labels, row.Deps[i]))
		e.entities = append(e.entities, c.entity(row.Ents, i))
	}
	return e
}

// entity gives the class of word i, whose neighbours tell where the entity ends.
func (c *corpus) entity(ents []string, i int) uint8 {
	side, kind, ok := strings.Cut(ents[i], "-")
	if !ok || slices.Contains(otherTypes, kind) {
		return syntax.Outside
	}
	begins, ends := side == "B", i+1 == len(ents) || !strings.HasPrefix(ents[i+1], "I-")
	position := uint8(syntax.Inside)
	switch {
	case begins && ends:
		position = syntax.Unit
	case begins:
		position = syntax.Begin
	case ends:
		position = syntax.Last
	}
	return syntax.EntityClass(place(c.types, kind), position)
}

func place(names []string, name string) uint8 {
	i, _ := slices.BinarySearch(names, name)
	return uint8(i)
}

// readClusters reads the words, clusters and classes that clusters.py writes.
func readClusters(path string) (*syntax.Clusters, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read clusters: %w", err)
	}
	words, class := map[string]uint16{}, []uint8{}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) != 3 {
			return nil, fmt.Errorf("read clusters: line %q", line)
		}
		id, err1 := strconv.ParseUint(f[1], 10, 12)
		group, err2 := strconv.ParseUint(f[2], 10, 7)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("read clusters: line %q", line)
		}
		for len(class) <= int(id) {
			class = append(class, 0)
		}
		words[f[0]], class[id] = uint16(id), uint8(group)
	}
	return syntax.NewClusters(words, class), nil
}
