package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
)

// articleInput is one article as the command line takes it.
type articleInput struct {
	ID          string `json:"id"`
	File        string `json:"file"`
	Text        string `json:"text"`
	HTML        string `json:"html"`
	Source      string `json:"source"`
	Title       string `json:"title"`
	URL         string `json:"url"`
	PublishedAt string `json:"published_at"`
}

// storyInput is what server analyze reads.
type storyInput struct {
	Title    string         `json:"title"`
	Articles []articleInput `json:"articles"`
}

// readStory reads a story's file with the texts that it names. An error says
// where in the file and which field.
func readStory(path string) (claims.Story, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return claims.Story{}, err
	}
	var in storyInput
	if err := decode(raw, &in); err != nil {
		return claims.Story{}, fmt.Errorf("%s:%w", path, err)
	}
	story := claims.Story{ID: "story", Title: claims.CleanName(in.Title)}
	if len(in.Articles) == 0 {
		return story, fmt.Errorf("%s: articles: a story needs at least one article", path)
	}
	seen := map[string]bool{}
	for i, a := range in.Articles {
		art, err := a.article(filepath.Dir(path))
		if err == nil && seen[art.ID] {
			err = fmt.Errorf("id: %q was used before", art.ID)
		}
		if err != nil {
			return story, fmt.Errorf("%s: articles[%d].%w", path, i, err)
		}
		seen[art.ID] = true
		story.Articles = append(story.Articles, art)
	}
	return story, nil
}

// article checks one article and reads its text. Files lie relative to dir. An
// error begins with the field's name.
func (a articleInput) article(dir string) (claims.Article, error) {
	out := claims.Article{ID: a.ID, Source: claims.CleanName(a.Source), Title: claims.CleanName(a.Title), URL: a.URL}
	var err error
	if out.Published, err = claims.ParsePublished(a.PublishedAt); err != nil {
		return out, fmt.Errorf("published_at: %w", err)
	}
	switch {
	case a.ID == "":
		return out, errors.New("id: is missing")
	case given(a.File, a.Text, a.HTML) > 1:
		return out, errors.New("file: give one of file, text and html")
	case given(a.File, a.Text, a.HTML) == 0:
		return out, errors.New("text: give file, text or html")
	case a.HTML != "":
		return fromPage(out, []byte(a.HTML))
	case a.File != "":
		return fromFile(out, filepath.Join(dir, a.File))
	}
	return fromText(out, a.Text)
}

// given counts the values that are not empty.
func given(values ...string) int {
	n := 0
	for _, v := range values {
		if v != "" {
			n++
		}
	}
	return n
}

// fromFile reads an article's file: a page where it is named so, else a text.
func fromFile(out claims.Article, path string) (claims.Article, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return out, fmt.Errorf("file: %w", err)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm", ".xhtml":
		page, _ := ingest.ToUTF8(raw, "text/html")
		return fromPage(out, page)
	}
	if at := claims.InvalidUTF8(raw); at >= 0 {
		return out, fmt.Errorf("file: %s is not UTF-8 at byte %d", filepath.Base(path), at)
	}
	return fromText(out, string(raw))
}

// fromPage takes an article out of a page, with what it says of itself where
// nothing else does.
func fromPage(out claims.Article, page []byte) (claims.Article, error) {
	if len(page) > ingest.MaxPage {
		return out, fmt.Errorf("html: has %d bytes, at most %d are read", len(page), ingest.MaxPage)
	}
	got, err := ingest.Extract(page, out.URL)
	if err != nil {
		return out, fmt.Errorf("html: %w", err)
	}
	out.Title, out.Source = cmp.Or(out.Title, got.Title), cmp.Or(out.Source, got.Site)
	out.URL = cmp.Or(out.URL, got.URL)
	if out.Published.IsZero() {
		out.Published = got.Published
	}
	return fromText(out, got.Text)
}

func fromText(out claims.Article, text string) (claims.Article, error) {
	if len(text) > claims.MaxText {
		return out, fmt.Errorf("text: has %d bytes, at most %d are read", len(text), claims.MaxText)
	}
	out.Text = claims.ReadText(text, out.Title)
	return out, nil
}

// decode reads one JSON value strictly. Its error begins with the line and the
// column.
func decode(raw []byte, into any) error {
	if at := claims.InvalidUTF8(raw); at >= 0 {
		return fmt.Errorf("%s: not UTF-8", position(raw, at))
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	err := dec.Decode(into)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			return fmt.Errorf("%s: something follows the JSON value", position(raw, int(dec.InputOffset())))
		}
		return nil
	}
	at := int(dec.InputOffset())
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		at = int(syntax.Offset) - 1 // it counts the byte that is wrong
	}
	if kind := (*json.UnmarshalTypeError)(nil); errors.As(err, &kind) {
		return fmt.Errorf("%s: %s: must be %s, is a JSON %s", position(raw, int(kind.Offset)), kind.Field, jsonKind(kind.Type), kind.Value)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: the JSON ends too early", position(raw, len(raw)))
	}
	return fmt.Errorf("%s: %s", position(raw, at), strings.TrimPrefix(err.Error(), "json: "))
}

// jsonKind names a Go type as the JSON that fits it.
func jsonKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "a list"
	case reflect.Struct:
		return "an object"
	case reflect.Pointer:
		return jsonKind(t.Elem())
	}
	return "a " + t.Kind().String()
}

// position gives line:column of a byte, both counted from 1.
func position(raw []byte, at int) string {
	at = min(max(at, 0), len(raw))
	before := raw[:at]
	return fmt.Sprintf("%d:%d", 1+bytes.Count(before, []byte("\n")), at-bytes.LastIndexByte(before, '\n'))
}

// maxLine bounds a line of a stream, in bytes.
const maxLine = 16 << 20

// errBrokenLines tells that some lines of a stream were not answered.
var errBrokenLines = errors.New("some lines were not read; each is named above")

// eachLine gives the lines of a JSONL stream to handle, which answers it or says
// what is wrong with it. A broken line is named on stderr and the next one read.
func eachLine(env environment, handle func(line []byte) error) error {
	in := bufio.NewReaderSize(env.stdin, 1<<16)
	broken := false
	for n := 1; ; n++ {
		line, err := readLine(in)
		if len(bytes.TrimSpace(line)) > 0 {
			if bad := handleLine(line, handle); bad != nil {
				if out := (*writeError)(nil); errors.As(bad, &out) {
					return out.err
				}
				broken = true
				fmt.Fprintf(env.stderr, "line %d: %v\n", n, bad)
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if broken {
		return errBrokenLines
	}
	return nil
}

func handleLine(line []byte, handle func([]byte) error) error {
	if len(line) > maxLine {
		return fmt.Errorf("has %d bytes, at most %d are read", len(line), maxLine)
	}
	return handle(line)
}

// readLine reads one line of any length. What is beyond maxLine is counted but
// not kept.
func readLine(in *bufio.Reader) ([]byte, error) {
	var out []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(out) <= maxLine {
			out = append(out, part...)
		}
		if err != bufio.ErrBufferFull {
			return out, err
		}
	}
}

// writeError is a failure of the output, after which no line can be answered.
type writeError struct{ err error }

func (e *writeError) Error() string { return e.err.Error() }

// answer writes one JSON line.
func answer(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return &writeError{err}
	}
	return nil
}
