package ingest

import (
	"strings"
	"testing"
)

func TestPlainText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ html, want string }{
		{"", ""},
		{"Only words & signs.", "Only words & signs."},
		{"One.\n\nTwo\nstill two.", "One.\n\nTwo still two."},
		{"<p>One\n\n<b>two</b>.</p><p>Three<br>four.<br><br>Five.</p>", "One two.\n\nThree four.\n\nFive."},
		{"<div>A<ul><li>b</li><li>c</li></ul>d</div>", "A\n\nb\n\nc\n\nd"},
		{"<p>x</p><script>alert(1)</script><style>p{}</style><figure><img><figcaption>c</figcaption></figure><iframe>no</iframe>", "x"},
		{"<table><tr><td>a</td><td>b</td></tr></table>", "a b"},
		{"caf&eacute; &lt;b&gt; \u200bx", "café <b> x"},
		{"<p>unclosed <b>tags", "unclosed tags"},
		{"bad \xff bytes", "bad bytes"},
		{strings.Repeat("<div>", 5000) + "deep", ""},
	} {
		if got := plainText(c.html); got != c.want {
			t.Errorf("%.60q is %q, want %q", c.html, got, c.want)
		}
	}
}

func TestWholeArticleOrTeaser(t *testing.T) {
	t.Parallel()
	sentence := "<p>The council voted on the new bridge on Tuesday after a long debate.</p>" // 13 words
	article, long, brief := strings.Repeat(sentence, 12), strings.Repeat(sentence, 24), strings.Repeat(sentence, 4)
	for _, c := range []struct {
		name, content, description string
		whole                      bool
	}{
		{"an article", article, "", true},
		{"an article with a teaser", article, "The council voted.", true},
		{"a brief", brief, "", false},
		{"dots", article + "<p>The mayor said […]</p>", "", false},
		{"three dots", strings.TrimSuffix(article, ".</p>") + "...</p>", "", false},
		{"a link to the rest", article + `<p><a href="/a">Continue reading <i>the bridge</i> →</a></p>`, "", false},
		{"read more", article + `<a href="/a">Read more</a>`, "", false},
		{"read the full story", article + `<a href="/a">Read the full story here &raquo;</a>`, "", false},
		{"a signature below an article", article + `<p>The post <a href="/a">Bridge</a> appeared first on <a href="/">Post</a>.</p>`, "", true},
		{"a signature below a teaser", "<p>The council voted […]</p><p>The post Bridge appeared first on Post.</p>", "", false},
		{"the teaser over again", article, article, false},
		{"a description of some length", "", article, false},
		{"a whole article as description", "", long, true},
		{"nothing", "", "", false},
	} {
		text, whole := entryText(c.content, c.description)
		if whole != c.whole {
			t.Errorf("%s: whole is %v", c.name, whole)
		}
		if strings.Contains(text, "appeared first on") {
			t.Errorf("%s: the signature is left: %q", c.name, text)
		}
	}
}
