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

//go:embed *.css *.js icon.svg
var files embed.FS

// styles are the parts of the style sheet, in the order in which they are joined:
// the first one names the layers.
var styles = []string{"base.css", "parts.css", "pages.css", "matrix.css", "finding.css", "reader.css", "review.css", "charts.css", "accounts.css", "search.css", "check.css", "webhooks.css", "secondjudge.css", "narrow.css", "print.css"}

// scripts are the parts of the script, which are joined in this order. Each stands
// in a scope of its own and does nothing on pages that lack what it is for.
var scripts = []string{"strict.js", "app.js", "finding.js", "print.js", "reader.js", "review.js", "judge.js", "search.js", "matrix.js"}

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
	for name, parts := range map[string][]string{"app.css": styles, "app.js": scripts, "icon.svg": {"icon.svg"}} {
		content, err := joined(parts)
		if err != nil {
			return nil, err
		}
		a.add(name, content)
	}
	return a, nil
}

// joined gives the parts of a file one after the other. Parts of a script are blocks,
// so that no name of one is seen by another; its first part makes all of it strict,
// without which functions would leave their blocks.
func joined(parts []string) ([]byte, error) {
	var out bytes.Buffer
	for _, name := range parts {
		part, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("static: %w", err)
		}
		if path.Ext(name) == ".js" && name != scripts[0] {
			part = fmt.Appendf(nil, "{\n%s}\n", part)
		}
		out.Write(part)
	}
	return out.Bytes(), nil
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
