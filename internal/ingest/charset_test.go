package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// in writes a text in a charset.
func in(t *testing.T, name, text string) string {
	t.Helper()
	enc, _ := charset.Lookup(name)
	out, err := enc.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCharsets(t *testing.T) {
	t.Parallel()
	const german, russian, japanese = "Die Straße führt über Brücken.", "Правительство сообщило", "政府は発表した"
	far := "<!--" + strings.Repeat("x", 3000) + "-->"
	for _, c := range []struct{ name, body, contentType, want string }{
		{"utf-8 by header", german, "text/html; charset=utf-8", german},
		{"utf-8 by nothing", german, "text/html", german},
		{"latin-1 by header", in(t, "iso-8859-1", german), "text/html; charset=ISO-8859-1", german},
		{"latin-1 by nothing", in(t, "windows-1252", german), "text/html", german},
		{"header says latin-1, text is utf-8", german, "text/html; charset=iso-8859-1", german},
		{"header says utf-8, text is latin-1", in(t, "windows-1252", german), "text/html; charset=utf-8", german},
		{"one slip in utf-8", german + "\xff" + german, "text/html; charset=utf-8", german + "\uFFFD" + german},
		{"meta", `<meta charset="windows-1251">` + in(t, "windows-1251", russian), "text/html",
			`<meta charset="windows-1251">` + russian},
		{"meta far down", far + `<meta http-equiv=Content-Type content="text/html; charset=koi8-r">` + in(t, "koi8-r", russian),
			"text/html", far + `<meta http-equiv=Content-Type content="text/html; charset=koi8-r">` + russian},
		{"header against meta", `<meta charset="koi8-r">` + in(t, "windows-1251", russian), "text/html; charset=windows-1251",
			`<meta charset="koi8-r">` + russian},
		{"shift_jis", in(t, "shift_jis", japanese), "text/html; charset=Shift_JIS", japanese},
		{"iso-2022-jp", in(t, "iso-2022-jp", japanese), "text/html; charset=iso-2022-jp", japanese},
		{"byte order mark", "\xef\xbb\xbf" + german, "text/html; charset=windows-1252", german},
		{"utf-16 with a mark", "\xff\xfe" + in(t, "utf-16le", russian), "text/html", russian},
		{"utf-16 by header", in(t, "utf-16be", russian), "text/html; charset=utf-16be", russian},
		{"xml", `<?xml version="1.0" encoding="ISO-8859-1"?><t>` + in(t, "iso-8859-1", german) + "</t>", "text/xml",
			`<?xml version="1.0" encoding="utf-8"?><t>` + german + "</t>"},
		{"xml by header", `<?xml version="1.0" encoding='koi8-r'?><t>` + in(t, "windows-1251", russian) + "</t>",
			"text/xml; charset=windows-1251", `<?xml version="1.0" encoding='utf-8'?><t>` + russian + "</t>"},
		{"unknown name", german, "text/html; charset=klingon", german},
		{"empty", "", "text/html", ""},
	} {
		got, _ := toUTF8([]byte(c.body), c.contentType)
		if string(got) != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if !isText([]byte(c.body), c.contentType) {
			t.Errorf("%s: no text", c.name)
		}
	}
}

func FuzzToUTF8(f *testing.F) {
	f.Add([]byte("\xff\xfea"), "text/html; charset=utf-16")
	f.Add([]byte(`<?xml encoding="koi8-r"?>`), "text/xml")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		isText(body, contentType)
		if got, name := toUTF8(body, contentType); !utf8.Valid(got) || name == "" {
			t.Errorf("%q as %s", got, name)
		}
	})
}
