// Command clientgen writes package client's types and calls out of the OpenAPI
// document. Run it at the root of the repository, as make generate does.
//
// It knows the part of OpenAPI that the document uses, and fails on anything else, so
// that the client never lacks what the document has.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// specFile is the committed document, relative to the root.
const specFile = "internal/api/testdata/openapi.json"

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "clientgen:", err)
		os.Exit(1)
	}
}

// run writes the files below the root of the repository.
func run(root string) error {
	spec, err := os.ReadFile(filepath.Join(root, specFile))
	if err != nil {
		return err
	}
	files, err := generate(spec)
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, "client", name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
