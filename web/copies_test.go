package web_test

import (
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/server/servertest"
)

// TestArticleShowsItsCopies opens the sample's article that prints an agency's report.
func TestArticleShowsItsCopies(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	story := s.get(s.loadSample()).want(http.StatusOK)
	links := 0
	for _, a := range story.all(".articles li > a") {
		for _, at := range a.Attr {
			if at.Key != "href" {
				continue
			}
			p := s.get(at.Val).want(http.StatusOK)
			text := p.text(".facts")
			switch {
			case strings.Contains(text, "Coastal Courier"):
				p.shows(".copies li a", "Ferry hits pier in Nova Scotia town").shows(".copies li", "Northwire").shows(".copies li", "% of this article stands there")
				links++
			case strings.HasPrefix(text, "SourceNorthwire"):
				p.shows(".copies li", "Coastal Courier")
				links++
			default:
				p.lacks(".copies")
			}
		}
	}
	if links != 2 {
		t.Errorf("%d articles show a copy, want 2", links)
	}
}
