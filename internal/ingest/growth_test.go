package ingest

import (
	"testing"

	"corroborate/internal/growthtest"
)

// TestHostileDocumentsCostNoMoreThanTheirLength reads documents that are built to cost
// much by every reader of foreign bytes but that of pages, which TestHostilePages times.
func TestHostileDocumentsCostNoMoreThanTheirLength(t *testing.T) {
	for name, read := range map[string]func([]byte){
		"charset": func(b []byte) { ToUTF8(b, "text/html") },
		"robots":  func(b []byte) { parseRobots(b) },
		"OPML":    func(b []byte) { _, _ = ReadOPML(b) }, // most are refused, at whatever cost
		"RSS": func(b []byte) {
			_, _ = ParseFeed([]byte(`<rss version="2.0"><channel><title>`+string(b)+`</title><item><title>x</title><description>`+string(b)+`</description></item></channel></rss>`), "https://a.example/")
		},
		"a JSON feed": func(b []byte) {
			_, _ = ParseFeed(append([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[`), b...), "https://a.example/")
		},
		"a date":    func(b []byte) { parseMoment(string(b)) },
		"an answer": func(b []byte) { AnswerText(b) },
	} {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 512<<10, func(text string) { read([]byte(text)) })
		})
	}
}
