package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/piprate/json-gold/ld"

	"corroborate/internal/claims"
	"corroborate/internal/report"
	"corroborate/internal/sample"
)

// sampleReport is what the engine makes of the sample story.
var sampleReport = sync.OnceValues(func() (claims.Report, error) {
	s, err := sample.Load()
	if err != nil {
		return claims.Report{}, err
	}
	engine, err := claims.NewEngine()
	if err != nil {
		return claims.Report{}, err
	}
	story := claims.Story{ID: "sample", Title: s.Title}
	for _, a := range s.Articles {
		at, err := claims.ParsePublished(a.PublishedAt)
		if err != nil {
			return claims.Report{}, err
		}
		story.Articles = append(story.Articles, claims.Article{ID: a.ID, Text: claims.ReadText(a.Text, a.Title), Source: a.Source, Title: a.Title, URL: a.URL, Published: at})
	}
	return engine.Analyze(context.Background(), story, nil)
})

// linked is the sample as it is stored somewhere, with a person's verdict and a finding
// that the reader reviews blind.
func linked(t *testing.T) report.Linked {
	t.Helper()
	r, err := sampleReport()
	if err != nil {
		t.Fatal(err)
	}
	r.Findings = slices.Clone(r.Findings)
	agree := claims.Agree
	r.Findings[0].ReviewedVerdict = &agree
	veiled := &r.Findings[1]
	veiled.Verdict, veiled.Positions, veiled.Differences, veiled.Corroborated = "", nil, nil, false
	return report.Linked{Report: r, Base: "https://news.example.org", AsOf: time.Date(2025, 3, 28, 8, 15, 0, 0, time.UTC)}
}

// noNet loads no document: linked data has to be whole.
type noNet struct{}

func (noNet) LoadDocument(address string) (*ld.RemoteDocument, error) {
	return nil, errors.New("asks for " + address)
}

// expand reads a document as any processor of JSON-LD does.
func expand(t *testing.T, doc []byte) []any {
	t.Helper()
	var in any
	if err := json.Unmarshal(doc, &in); err != nil {
		t.Fatal(err)
	}
	opts := ld.NewJsonLdOptions("")
	opts.DocumentLoader, opts.ProcessingMode, opts.SafeMode = noNet{}, ld.JsonLd_1_1, true // safe: nothing is dropped silently
	out, err := ld.NewJsonLdProcessor().Expand(in, opts)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestLinkedDataIsValidToItsDefinitions(t *testing.T) {
	t.Parallel()
	l := linked(t)
	one := l
	one.Findings = l.Findings[:1]
	alone := l
	alone.Base, alone.AsOf = "", time.Time{}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"a story":              func(b *bytes.Buffer) error { return l.WriteStory(b) },
		"a finding":            func(b *bytes.Buffer) error { return one.WriteFinding(b) },
		"a story of no server": func(b *bytes.Buffer) error { return report.WriteJSONLD(b, alone.Report) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		v := newValidator(t, expand(t, b.Bytes()))
		if v.used["https://schema.org/Claim"] == 0 || v.used["https://schema.org/appearance"] == 0 || v.used["http://www.w3.org/ns/oa#exact"] == 0 {
			t.Errorf("%s tells of no claims: %v", name, v.used)
		}
		if strings.Contains(b.String(), "ClaimReview") || strings.Contains(b.String(), "Rating") {
			t.Errorf("%s rates what is true", name)
		}
	}
}

func TestLinkedDataHoldsWhatTheReportHolds(t *testing.T) {
	t.Parallel()
	l := linked(t)
	var b bytes.Buffer
	if err := l.WriteStory(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		HasPart []struct {
			ID              string `json:"@id"`
			Verdict         string
			ReviewedVerdict string
			HasPart         []struct {
				Position        string
				Appearance      []any
				FirstAppearance *struct {
					ID string `json:"@id"`
				}
				Passages []struct {
					Target struct {
						Source   map[string]string
						Selector []struct {
							Exact, Prefix, Suffix string
							Start, End            *int
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	text, passages, firsts := map[string]string{}, 0, 0
	for _, a := range l.Articles {
		text[l.Base+"/articles/"+a.ID] = a.Text
	}
	for i, f := range got.HasPart {
		want := l.Findings[i]
		if f.ID != l.Base+"/findings/"+want.ID || f.Verdict != string(want.Verdict) {
			t.Errorf("finding %d is %s with the verdict %q", i, f.ID, f.Verdict)
		}
		if n := max(1, len(want.Positions)); i != 1 && len(f.HasPart) != n {
			t.Errorf("finding %d has %d claims for %d positions", i, len(f.HasPart), n)
		}
		for _, c := range f.HasPart {
			if c.FirstAppearance != nil && len(c.Appearance) > 1 {
				firsts++
			}
			for _, p := range c.Passages {
				passages++
				quote, place := p.Target.Selector[0], p.Target.Selector[1]
				whole := []rune(text[p.Target.Source["@id"]])
				if string(whole[*place.Start:*place.End]) != quote.Exact {
					t.Errorf("%q is not at %d of %s", quote.Exact, *place.Start, p.Target.Source)
				}
				if !strings.Contains(string(whole), quote.Prefix+quote.Exact+quote.Suffix) {
					t.Errorf("%q does not stand between %q and %q", quote.Exact, quote.Prefix, quote.Suffix)
				}
			}
		}
	}
	want := 0
	for _, f := range l.Findings {
		want += len(f.Claims)
	}
	if passages != want || firsts == 0 {
		t.Errorf("%d passages of %d, %d claims with a first appearance", passages, want, firsts)
	}
	if got.HasPart[0].ReviewedVerdict != "agree" || len(got.HasPart[1].HasPart) != len(l.Findings[1].Claims) {
		t.Errorf("a reviewed verdict is %q, a veiled finding has %d claims", got.HasPart[0].ReviewedVerdict, len(got.HasPart[1].HasPart))
	}
}

// TestEveryTermIsDefined compares the terms that are written with those that are
// explained.
func TestEveryTermIsDefined(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("context.json")
	if err != nil {
		t.Fatal(err)
	}
	var terms map[string]any
	if err := json.Unmarshal(raw, &terms); err != nil {
		t.Fatal(err)
	}
	var written, explained []string
	for _, v := range terms {
		if m, ok := v.(map[string]any); ok {
			v = m["@id"]
		}
		if name, ok := v.(string); ok && strings.HasPrefix(name, "cor:") {
			written = append(written, strings.TrimPrefix(name, "cor:"))
		}
	}
	for _, term := range report.Terms() {
		explained = append(explained, term.Name)
		if term.About == "" || !term.Class && term.Of == "" {
			t.Errorf("%s is not explained", term.Name)
		}
	}
	slices.Sort(written)
	slices.Sort(explained)
	if written = slices.Compact(written); !slices.Equal(written, explained) {
		t.Errorf("the terms are %v, explained are %v", written, explained)
	}
	if terms["cor"] != report.Vocabulary {
		t.Errorf("the vocabulary is %v", terms["cor"])
	}
}

func TestFirstAppearanceIsSureOrMissing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		times []string
		want  string
	}{
		{[]string{"2025-03-27", "2025-03-28"}, "a0"},
		{[]string{"2025-03-28", "2025-03-27T23:00:00Z"}, "a1"},
		{[]string{"2025-03-27", "2025-03-27T23:00:00Z"}, ""},
		{[]string{"2025-03-27T10:00:00Z", "2025-03-27T12:30:00+03:00"}, "a1"},
		{[]string{"2025-03-27", ""}, ""},
		{[]string{""}, ""},
		{[]string{"2025-03-27"}, "a0"},
	} {
		var r claims.Report
		f := claims.Finding{ID: "f", Positions: []claims.Position{{ID: "A"}}}
		for i, at := range c.times {
			id := "a" + string(rune('0'+i))
			r.Articles = append(r.Articles, claims.ReportArticle{ID: id, PublishedAt: at})
			f.Claims = append(f.Claims, claims.FindingClaim{ID: "c" + id, ArticleID: id})
			f.Positions[0].Claims = append(f.Positions[0].Claims, "c"+id)
		}
		r.Findings = []claims.Finding{f}
		var b bytes.Buffer
		if err := (report.Linked{Report: r, Base: "https://x.example"}).WriteFinding(&b); err != nil {
			t.Fatal(err)
		}
		var got struct {
			HasPart []struct {
				FirstAppearance struct {
					ID string `json:"@id"`
				}
			}
		}
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if id := strings.TrimPrefix(got.HasPart[0].FirstAppearance.ID, "https://x.example/articles/"); id != c.want {
			t.Errorf("%q: %q is first, want %q", c.times, id, c.want)
		}
	}
}

// FuzzLinkedData writes what publishers and callers may send: it stays a document that
// a processor reads whole.
func FuzzLinkedData(f *testing.F) {
	f.Add("a", "https://x.example/a b?c=é#d", "2025-03-27", "it said <\"so\">\u2028")
	f.Add("a b/#?%", "javascript:alert(1)", "Thursday", "\x02")
	f.Add("@id", "http://[::1]:80/\\", "2025-03-27T10:00:00+02:00", "@type")
	f.Fuzz(func(t *testing.T, id, address, at, words string) {
		r := claims.Report{Story: claims.ReportStory{ID: id, Title: words}, Cleared: []claims.ClearedPair{},
			Articles: []claims.ReportArticle{{ID: id, Source: words, Title: words, URL: address, PublishedAt: at,
				Claims: []claims.Claim{{ID: id, Text: words, Attribution: claims.OwnVoice, Certainty: claims.Happened}}}},
			Findings: []claims.Finding{{ID: id, Summary: words, Verdict: claims.Single, Sources: 1, Origins: 1,
				Claims: []claims.FindingClaim{{ID: id, ArticleID: id, Source: words, Passage: claims.Passage{Exact: words, Start: 3, End: 9}}}}}}
		var b bytes.Buffer
		if err := report.WriteJSONLD(&b, r); err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(b.Bytes(), "<>&") {
			t.Error("it could end a script in a page")
		}
		expand(t, b.Bytes())
	})
}
