package docs

import (
	"fmt"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Markdown writes what the document says of its calls, by tag: for each its address,
// who may make it, what it does, and a command for a service at base.
func Markdown(doc *huma.OpenAPI, base string) string {
	var b strings.Builder
	for _, g := range groups(doc, base) {
		fmt.Fprintf(&b, "### %s\n\n%s\n", g.Name, g.About)
		for _, c := range g.Calls {
			fmt.Fprintf(&b, "\n`%s %s`\n\n%s\n\n```sh\n%s\n```\n", c.Method, c.Path, strings.Join(c.About, "\n\n"), c.Curl)
		}
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
