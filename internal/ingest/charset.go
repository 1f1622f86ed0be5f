package ingest

import (
	"bytes"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// declared is how far into a page its declaration of a charset is looked for:
// browsers look at 1024 bytes, pages put it further down.
const declared = 16 << 10

// xmlEncoding finds the encoding that an XML declaration names.
var xmlEncoding = regexp.MustCompile(`^(<\?xml[^>]{0,200}?encoding\s*=\s*["'])([A-Za-z0-9._:-]{1,40})(["'])`)

// isText tells whether a body is text by what it is called and what it looks
// like: a type that says nothing is not enough to refuse it, nor is a good one to
// take it.
func isText(body []byte, contentType string) bool {
	if len(body) == 0 {
		return true
	}
	kind, params, _ := mime.ParseMediaType(contentType)
	looks := http.DetectContentType(body)
	if strings.HasPrefix(looks, "text/") {
		return !foreignKind(kind)
	}
	// UTF-16 without a byte order mark looks like binary data.
	return strings.HasPrefix(strings.ToLower(params["charset"]), "utf-16") && looks == "application/octet-stream"
}

// foreignKind tells whether a content type is surely none of a text.
func foreignKind(kind string) bool {
	for _, prefix := range []string{"image/", "video/", "audio/", "font/", "application/pdf", "application/zip"} {
		if strings.HasPrefix(kind, prefix) {
			return !strings.HasSuffix(kind, "+xml")
		}
	}
	return false
}

// toUTF8 gives a body in UTF-8 and the name of the charset that it was in. A byte
// order mark counts most, then that the bytes are UTF-8 (no text in another
// charset looks so by chance), then what the answer and the page declare. Bytes
// that fit no character become U+FFFD.
func toUTF8(body []byte, contentType string) (text []byte, name string) {
	enc, name := charsetOf(body, contentType)
	if name == "utf-8" {
		text = bytes.ToValidUTF8(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), []byte("\uFFFD"))
	} else {
		var err error
		if text, err = enc.NewDecoder().Bytes(body); err != nil {
			text = bytes.ToValidUTF8(body, []byte("\uFFFD"))
		}
		text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	}
	// The declaration is part of the text and has to stay true for who reads it next.
	if m := xmlEncoding.FindSubmatchIndex(text); m != nil && !strings.EqualFold(string(text[m[4]:m[5]]), "utf-8") {
		text = append(append(bytes.Clone(text[:m[4]]), "utf-8"...), text[m[5]:]...)
	}
	return text, name
}

func charsetOf(body []byte, contentType string) (encoding.Encoding, string) {
	head := body[:min(len(body), declared)]
	enc, name, certain := charset.DetermineEncoding(body, contentType)
	mark := bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) || bytes.HasPrefix(body, []byte("\xfe\xff")) || bytes.HasPrefix(body, []byte("\xff\xfe"))
	switch {
	case mark:
		return enc, name
	case name == "iso-2022-jp" && bytes.IndexByte(body, 0x1b) >= 0: // it is made of ASCII bytes
		return enc, name
	case utf8.Valid(body) && !strings.HasPrefix(name, "utf-16"):
		return encoding.Nop, "utf-8"
	}
	if m := xmlEncoding.FindSubmatch(head); m != nil && !certain {
		if e, n := charset.Lookup(string(m[2])); e != nil {
			enc, name = e, n
		}
	} else if !certain && name == "windows-1252" {
		if e, n := declaredLate(head); e != nil {
			enc, name = e, n
		}
	}
	if name == "utf-8" && mostlyBroken(body) {
		enc, name = charset.Lookup("windows-1252")
	}
	return enc, name
}

// metaCharset finds a charset that a meta tag declares.
var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9._:-]{2,40})`)

// declaredLate looks for a declaration behind the first 1024 bytes.
func declaredLate(head []byte) (encoding.Encoding, string) {
	m := metaCharset.FindSubmatch(head)
	if m == nil {
		return nil, ""
	}
	return charset.Lookup(string(m[1]))
}

// mostlyBroken tells whether a text that calls itself UTF-8 has more bytes that
// are none than characters that are: it is in another charset, where a slip or
// two are only slips.
func mostlyBroken(b []byte) bool {
	good, broken := 0, 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return broken > good
}

// mediaOf gives the media type of a content type without its parameters, that of
// a page where it says none.
func mediaOf(contentType string) string {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || kind == "" {
		return "text/html"
	}
	return kind
}
