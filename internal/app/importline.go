package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"corroborate/internal/claims"
)

// importLine is an article as a line of an import has it.
type importLine struct {
	Text        string `json:"text"`
	HTML        string `json:"html"`
	Source      string `json:"source"`
	URL         string `json:"url"`
	Title       string `json:"title"`
	Byline      string `json:"byline"`
	PublishedAt string `json:"published_at"`
	StoryID     string `json:"story_id"`
	ExternalID  string `json:"external_id"`
	// ID is what the command line calls the external id.
	ID string `json:"id"`
}

// htmlMedia is the media type of a page that stands in JSON.
const htmlMedia = "text/html; charset=utf-8"

// parseLine reads one line of an import. Its error says what is wrong in words for
// who wrote the line.
func parseLine(line []byte) (ArticleInput, error) {
	if bytes.Equal(line, tooLong) {
		return ArticleInput{}, fmt.Errorf("is no JSON object, or has more than %d bytes", MaxImportLine)
	}
	if at := claims.InvalidUTF8(line); at >= 0 {
		return ArticleInput{}, fmt.Errorf("byte %d is not UTF-8: save the file as UTF-8", at)
	}
	if err := oneValue(line); err != nil {
		return ArticleInput{}, fmt.Errorf("is no JSON object on one line: %s", plainJSON(err))
	}
	var in importLine
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return ArticleInput{}, errors.New(plainJSON(err))
	}
	if in.ExternalID == "" {
		in.ExternalID = in.ID
	}
	out := ArticleInput{Text: in.Text, Source: in.Source, URL: in.URL, Title: in.Title, Byline: in.Byline,
		PublishedAt: in.PublishedAt, StoryID: in.StoryID, ExternalID: in.ExternalID}
	if in.HTML != "" && in.Text != "" {
		return ArticleInput{}, errors.New("html is given beside text: give one of them")
	}
	if in.HTML != "" {
		out.Page = &PageInput{Raw: []byte(in.HTML), Media: htmlMedia}
	}
	return out, nil
}

// oneValue says what is wrong with a line that is not one value of JSON. The standard
// decoder silently mends lone surrogates and takes the last of two fields with one
// name; texts are kept as evidence.
func oneValue(line []byte) error {
	dec := jsontext.NewDecoder(bytes.NewReader(line))
	if _, err := dec.ReadValue(); err != nil {
		return err
	}
	if _, err := dec.ReadToken(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("something follows it at byte %d", dec.InputOffset())
	}
	return nil
}

// plainJSON words an error of a decoder without the decoder's name.
func plainJSON(err error) string {
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return fmt.Sprintf("byte %d: %s", syntax.ByteOffset, strings.TrimPrefix(syntax.Err.Error(), "jsontext: "))
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if kind.Field == "" {
			return "is a JSON " + kind.Value + ", not an object"
		}
		return fmt.Sprintf("%s is a JSON %s, not a %s", kind.Field, kind.Value, jsonName(kind.Type))
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return strings.Trim(name, `"`) + " is not a field that an article has"
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the JSON ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

func jsonName(t reflect.Type) string {
	if t.Kind() == reflect.Struct {
		return "JSON object"
	}
	return t.Kind().String()
}
