package views

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
)

// claimOn makes a claim on the first place of some words in a text.
func claimOn(t *testing.T, text, id, exact string) ReaderClaim {
	t.Helper()
	before, _, ok := strings.Cut(text, exact)
	if !ok {
		t.Fatalf("the text has no %q", exact)
	}
	start := len([]rune(before))
	return ReaderClaim{Claim: claims.Claim{ID: id, Text: exact, Checkable: true, Passage: claims.Passage{Exact: exact, Start: start, End: start + len([]rune(exact))}}}
}

func TestReaderKeepsEveryWord(t *testing.T) {
	t.Parallel()
	text := "Post Comment\n\nThe café – opened Thursday, and Mayor Ito said the “new” wing closes.\nIt rained."
	var p ArticlePage
	p.SetText(ArticleInput{Text: text, Spans: []claims.Span{{Kind: claims.SpanControl, Start: 0, End: 12}}, Claims: []ReaderClaim{
		claimOn(t, text, "whole", "Mayor Ito said the “new” wing closes"),
		claimOn(t, text, "part", "the “new” wing closes"),
		claimOn(t, text, "opened", "The café – opened Thursday"),
	}})
	var got []string
	for _, para := range p.Paragraphs {
		var b strings.Builder
		for _, s := range para.Stretches {
			b.WriteString(s.Text)
		}
		got = append(got, b.String())
	}
	want := []string{"Post Comment", "The café – opened Thursday, and Mayor Ito said the “new” wing closes.", "It rained."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
	if !p.Paragraphs[0].isFurniture() || p.Paragraphs[1].isFurniture() {
		t.Errorf("furniture: %q, %q; want only the first", p.Paragraphs[0].Furniture, p.Paragraphs[1].Furniture)
	}
}

func TestOverlappingClaims(t *testing.T) {
	t.Parallel()
	text := "Ito said the wing closes in May."
	var p ArticlePage
	p.SetText(ArticleInput{Text: text, Claims: []ReaderClaim{
		claimOn(t, text, "part", "the wing closes"), claimOn(t, text, "whole", "Ito said the wing closes in May"),
	}})
	type seen struct {
		Text, Claim  string
		Begins, Ends int
	}
	var got []seen
	for _, s := range p.Paragraphs[0].Stretches {
		x := seen{Text: s.Text, Begins: len(s.Begins), Ends: len(s.Ends)}
		if s.Claim != nil {
			x.Claim = s.Claim.ClaimID
		}
		got = append(got, x)
	}
	want := []seen{{"Ito said ", "whole", 1, 0}, {"the wing closes", "part", 1, 1}, {" in May", "whole", 0, 1}, {".", "", 0, 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stretches (-want +got):\n%s", diff)
	}
	if n := p.Paragraphs[0].Notes; len(n) != 2 || n[0].ClaimID != "whole" || n[0].Number != 1 {
		t.Errorf("notes %+v, want the longer claim first", n)
	}
}

func TestNoteSaysWhoElseTellsIt(t *testing.T) {
	t.Parallel()
	text := "14 were hurt."
	f, _ := toll()
	f.Claims[0].Source = "Mine"
	c := claimOn(t, text, "a", "14 were hurt")
	c.Attribution, c.Certainty = claims.Officials, claims.Alleged
	var p ArticlePage
	p.SetText(ArticleInput{Source: "Mine", Text: text, Claims: []ReaderClaim{c}, Findings: []claims.Finding{f}})
	n := p.Paragraphs[0].Notes[0]
	want := []Others{{Position: "A", Value: "14", Sources: []string{"Wire"}}, {Position: "B", Value: "41", Sources: []string{"Today"}}}
	if diff := cmp.Diff(want, n.Others); diff != "" {
		t.Errorf("others (-want +got):\n%s", diff)
	}
	if n.Position != "A" || n.VerdictWord() != "diverge" || n.Sign() != "≠" {
		t.Errorf("position %q, %q, %q", n.Position, n.VerdictWord(), n.Sign())
	}
	if diff := cmp.Diff([]string{"unnamed officials", "alleged"}, n.Vouch()); diff != "" {
		t.Errorf("vouch (-want +got):\n%s", diff)
	}
}

func TestNoteSaysWhatDeservesACheck(t *testing.T) {
	t.Parallel()
	text := "14 were hurt."
	for _, c := range []struct {
		worth   float64
		reasons []string
		want    string
	}{
		{0.9, []string{"for: a figure", "for: a passive", "against: few words"}, "worth a check: a figure, a passive"},
		{0.8, []string{"for: a figure"}, ""},
		{0, []string{"not checkable: opinion"}, ""},
	} {
		claim := claimOn(t, text, "c", "14 were hurt")
		claim.Worth, claim.WorthReasons = c.worth, c.reasons
		var p ArticlePage
		p.SetText(ArticleInput{Text: text, Claims: []ReaderClaim{claim}})
		if got := p.Paragraphs[0].Notes[0].Worth; got != c.want {
			t.Errorf("worth %v: %q, want %q", c.worth, got, c.want)
		}
	}
}

func TestLongArticleComesInPages(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "Paragraph %04d says that it is one of very many.\n", i)
	}
	text := b.String()
	last := claimOn(t, text, "last", "Paragraph 2999")
	show := func(in ArticleInput) ArticlePage {
		in.Text, in.Claims = text, []ReaderClaim{last}
		var p ArticlePage
		p.SetText(in)
		return p
	}
	seen, first := 0, show(ArticleInput{})
	for n := 1; n <= first.Pages; n++ {
		seen += len(show(ArticleInput{Page: n}).Paragraphs)
	}
	if seen != 3000 || first.Pages < 2 {
		t.Errorf("%d paragraphs on %d pages, want 3000 on several", seen, first.Pages)
	}
	if p := show(ArticleInput{ShowClaim: "last"}); p.Page != p.Pages {
		t.Errorf("the last claim is shown on page %d of %d", p.Page, p.Pages)
	}
	if p := show(ArticleInput{Page: 99}); p.Page != p.Pages {
		t.Errorf("page 99 of %d is page %d", p.Pages, p.Page)
	}
}

func TestEmptyTextIsOneEmptyPage(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n\n \n"} {
		var p ArticlePage
		p.SetText(ArticleInput{Text: text})
		if len(p.Paragraphs) != 0 || p.Pages != 1 || p.Page != 1 {
			t.Errorf("%q: %d paragraphs, page %d of %d", text, len(p.Paragraphs), p.Page, p.Pages)
		}
	}
}

func TestRunningTextIsExact(t *testing.T) {
	t.Parallel()
	text := `$5 <b>"x"</b>`
	c := claimOn(t, text, "a", "5 <b>")
	var p ArticlePage
	p.SetText(ArticleInput{Text: text, Claims: []ReaderClaim{c}})
	var b strings.Builder
	if err := paragraphText(p.Paragraphs[0]).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	want := `<span class="words" data-start="0">$<span class="anchor" id="claim-a"></span><span class="claim claim-open" data-note="1">5 &lt;b&gt;</span>` +
		`<sup class="ref"><a href="#note-1" aria-label="Note 1: not compared yet">·1</a></sup>&#34;x&#34;&lt;/b&gt;</span>`
	if b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
}
