package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json/jsontext"

	"corroborate/internal/claims"
)

// maxDepth is how deep the JSON of a request may be nested.
const maxDepth = 16

// jsonFormat reads and writes the bodies of the API. It reads strictly: what the
// standard decoder would silently mend (broken UTF-8, lone surrogates, a name
// given twice) is an error here, because texts are kept as evidence.
func jsonFormat() huma.Format {
	return huma.Format{Marshal: marshal, Unmarshal: unmarshal}
}

func marshal(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func unmarshal(data []byte, v any) error {
	// The library reads each body twice: first into an any to check it, then into
	// the type of the operation. Once is enough for the checks here.
	if _, first := v.(*any); first {
		if err := checkJSON(data); err != nil {
			return err
		}
	}
	return json.Unmarshal(data, v)
}

// checkJSON says what is wrong with a body and where, in bytes from its start.
func checkJSON(data []byte) error {
	if at := claims.InvalidUTF8(data); at >= 0 {
		return fmt.Errorf("byte %d is not UTF-8", at)
	}
	dec := jsontext.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.ReadToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return plainSyntax(err)
		}
		if dec.StackDepth() > maxDepth {
			return fmt.Errorf("byte %d: nested deeper than %d", dec.InputOffset(), maxDepth)
		}
		if token.Kind() == '"' && strings.ContainsRune(token.String(), 0) {
			return fmt.Errorf("%s before byte %d holds the character U+0000, which no text has", place(dec.StackPointer()), dec.InputOffset())
		}
	}
}

// plainSyntax words an error of the decoder without the decoder's name.
func plainSyntax(err error) error {
	syntax, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok {
		return errors.New("the JSON ends too early")
	}
	return fmt.Errorf("byte %d, %s: %s", syntax.ByteOffset, place(syntax.JSONPointer), strings.TrimPrefix(syntax.Err.Error(), "jsontext: "))
}

// place names a value in the body as locations in errors do: body.claims[2].
func place(p jsontext.Pointer) string {
	s := "body"
	for token := range p.Tokens() {
		s += "." + token
	}
	return s
}
