// Command lexicon builds internal/claims/nlp/lexicon/wordnet.bin, the word data
// of the engine, from the database files of WordNet 3.0.
//
//	go run ./training/lexicon -dict /usr/share/wordnet -out internal/claims/nlp/lexicon/wordnet.bin
//
// The same dictionary gives the same bytes. README.md beside this file records
// the origin, the licence and the hash of what is committed.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	dict := flag.String("dict", "/usr/share/wordnet", "folder with WordNet's data, index and exception files")
	out := flag.String("out", "internal/claims/nlp/lexicon/wordnet.bin", "file to write")
	flag.Parse()
	if err := run(*dict, *out); err != nil {
		fmt.Fprintln(os.Stderr, "lexicon:", err)
		os.Exit(1)
	}
}

// run reads the dictionary in dict and writes the binary form to out.
func run(dict, out string) error {
	db, err := readDatabase(dict)
	if err != nil {
		return fmt.Errorf("read dictionary: %w", err)
	}
	db.dropTaxonomy()
	data, err := encode(db)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	if err := os.WriteFile(out, data, 0o644); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	for _, p := range db.parts {
		fmt.Printf("%-5s %6d words %6d synsets\n", p.name, len(p.words), len(p.synsets))
	}
	fmt.Printf("%d bytes\n", len(data))
	return nil
}
