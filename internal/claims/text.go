package claims

// ExtractorVersion names the rules of [ReadText]. A text is kept for each
// version that read it.
const ExtractorVersion = "plain/1"

// ReadText makes the text that the engine reads out of plain text as it was
// received.
func ReadText(raw, title string) Text {
	return Text{Extractor: ExtractorVersion, Body: raw, Spans: []Span{}, Credits: []Credit{}, Language: "en"}
}
