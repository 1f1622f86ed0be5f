package main

import (
	"go/token"
	"strings"
	"unicode"
)

// initialisms are words that Go writes in capitals.
var initialisms = map[string]string{
	"api": "API", "csv": "CSV", "guid": "GUID", "html": "HTML", "http": "HTTP", "id": "ID", "ids": "IDs", "json": "JSON",
	"jsonld": "JSONLD", "md": "Markdown", "opml": "OPML", "sse": "SSE", "url": "URL", "urls": "URLs",
}

// exported turns story_id, list-stories and ListStory into Go's names.
func exported(name string) string {
	var b strings.Builder
	for _, word := range words(name) {
		if upper, ok := initialisms[strings.ToLower(word)]; ok {
			b.WriteString(upper)
			continue
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// local is the name of a parameter of a function.
func local(name string) string {
	long := exported(name)
	if strings.ToUpper(long) == long {
		return strings.ToLower(long)
	}
	short := strings.ToLower(long[:1]) + long[1:]
	if token.IsKeyword(short) {
		return short + "_"
	}
	return short
}

// words splits a name at what is no letter or digit, and before capitals.
func words(name string) []string {
	var out []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			continue
		}
		if unicode.IsUpper(r) {
			end()
		}
		word.WriteRune(r)
	}
	end()
	return out
}

// comment writes a text as a comment of Go, a line for each sentence's worth of words.
func comment(indent, text string) string {
	const width = 90
	var b strings.Builder
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if b.Len() > 0 {
			b.WriteString(indent + "//\n")
		}
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && len(line)+1+len(word) > width {
				b.WriteString(indent + "// " + line + "\n")
				line = ""
			}
			line = strings.TrimLeft(line+" "+word, " ")
		}
		if line != "" {
			b.WriteString(indent + "// " + line + "\n")
		}
	}
	return b.String()
}
