package gazetteer

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed data/*.txt
var data embed.FS

// Gazetteer answers questions about names. It is immutable and safe for
// concurrent use.
type Gazetteer struct {
	places        placeIndex
	organisations aliases
	outlets       outletIndex
	titles        titleIndex
	given         givenIndex
}

var load = sync.OnceValues(func() (*Gazetteer, error) {
	g, err := parse(Files())
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	return g, nil
})

// Load gives the gazetteer that is embedded in the binary, read once. It fails
// only when the binary is damaged.
func Load() (*Gazetteer, error) { return load() }

// Files gives the data files, so that an engine can say by a hash which data
// it answers with.
func Files() fs.FS {
	files, err := fs.Sub(data, "data")
	if err != nil {
		return data // not reached: "data" is a valid path
	}
	return files
}

func parse(files fs.FS) (*Gazetteer, error) {
	g := &Gazetteer{}
	for _, part := range []struct {
		name string
		read func(fs.FS) error
	}{
		{"places", g.places.read},
		{"organisations", g.readOrganisations},
		{"outlets", g.outlets.read},
		{"titles", g.titles.read},
		{"given names", g.given.read},
	} {
		if err := part.read(files); err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return g, nil
}
