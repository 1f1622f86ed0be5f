// Package static holds the files that pages load and serves them under names
// that change with their content, so that browsers may keep them for ever.
package static

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed *.css app.js icon.svg
var files embed.FS

// styles are the parts of the style sheet, in the order in which they are joined:
// the first one names the layers.
var styles = []string{"base.css", "parts.css", "pages.css", "finding.css", "narrow.css"}

// Prefix is the path under which [Assets] serves.
const Prefix = "/static/"

// Assets are the files by their hashed name.
type Assets struct {
	content map[string][]byte
	names   map[string]string
}

// New reads the files. It fails only when the binary is damaged.
func New() (*Assets, error) {
	a := &Assets{content: map[string][]byte{}, names: map[string]string{}}
	var css bytes.Buffer
	for _, name := range styles {
		part, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("static: %w", err)
		}
		css.Write(part)
	}
	a.add("app.css", css.Bytes())
	for _, name := range []string{"app.js", "icon.svg"} {
		content, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("static: %w", err)
		}
		a.add(name, content)
	}
	return a, nil
}

func (a *Assets) add(name string, content []byte) {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:6]) + ext
	a.content[hashed] = content
	a.names[name] = hashed
}

// URL gives the address of a file by its plain name, such as "app.css".
func (a *Assets) URL(name string) string { return Prefix + a.names[name] }

// ServeHTTP serves a file by its hashed name. Any other name is not found: an old
// page asks for files of an old program, which are not these.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Prefix)
	content, ok := a.content[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
