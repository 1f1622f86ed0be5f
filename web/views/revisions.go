package views

import (
	"strconv"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// RevisionsPage is the history of an article and the difference between two of its
// revisions.
type RevisionsPage struct {
	ArticleID string
	Title     string
	Source    string
	// Revisions are the newest first.
	Revisions []RevisionLine
	// From and To are the numbers of those that are compared, 0 where there is one.
	From, To int
	// Problem says why the chosen ones cannot be compared, else empty.
	Problem string
	Change  claims.RevisionChange
}

// RevisionLine is one revision in the history.
type RevisionLine struct {
	Number   int
	Title    string
	Received time.Time
	By       string
	// Edited is true where a person here wrote it.
	Edited    bool
	Withdrawn bool
	Compared  bool
	Facts     int
	Wordings  int
	Typos     int
	Notice    claims.NoticeKind
}

// CorrectionView is a divergence that ended when a source changed its article.
type CorrectionView struct {
	FindingID string
	Summary   string
	Verdict   claims.Verdict
	ArticleID string
	Source    string
	Revision  int
	At        time.Time
	EditedBy  string
	Kind      claims.Kind
	Was       string
	WasExact  string
	NowExact  string
	Against   string
	Told      string
	TakenBack bool
}

// Headline says in few words what a source did.
func (c CorrectionView) Headline() string {
	switch {
	case c.TakenBack:
		return "took its article back"
	case c.EditedBy != "":
		return "was corrected here by " + c.EditedBy
	case c.NowExact == "":
		return "took this out"
	}
	return "corrected this"
}

// Outcome says how the finding stands since.
func (c CorrectionView) Outcome() string {
	if c.Verdict == claims.Diverge {
		return "others still differ"
	}
	return "divergence healed"
}

// Changes says how much a revision changed, in words.
func (l RevisionLine) Changes() string {
	switch {
	case l.Number == 1:
		return "as it first came"
	case l.Withdrawn:
		return "withdrawn: there is no text any more"
	case !l.Compared:
		return "not compared yet"
	}
	out := ""
	add := func(n int, one, many string) {
		if n > 0 && out != "" {
			out += ", "
		}
		if n > 0 {
			out += ui.Counted(n, one, many)
		}
	}
	add(l.Facts, "edit of facts", "edits of facts")
	add(l.Wordings, "of wording", "of wording")
	add(l.Typos, "of typing", "of typing")
	if out == "" {
		return "no sentence changed"
	}
	return out
}

// changesAndNotice counts the edits of a revision, and says what it says of itself.
func changesAndNotice(r RevisionLine) string {
	if words := noticeWords(r.Notice); words != "" {
		return r.Changes() + ", " + words
	}
	return r.Changes()
}

// noticeWords names a notice.
func noticeWords(k claims.NoticeKind) string {
	switch k {
	case claims.RetractionNotice:
		return "retracted"
	case claims.WithdrawalNotice:
		return "withdrawn"
	case claims.EditorsNote:
		return "with an editor’s note"
	case "":
		return ""
	}
	return "with a " + string(k)
}

// classWords explains a class of edits.
func classWords(c claims.EditClass) string {
	switch c {
	case claims.FactEdit:
		return "what is told has changed"
	case claims.WordingEdit:
		return "told the same in other words, or no part of the report"
	}
	return "spelling or punctuation"
}

// editStretch is words of an edited sentence, changed or not.
type editStretch struct {
	text    string
	changed bool
}

// stretchesOf cuts a sentence where its marks begin and end.
func stretchesOf(s claims.EditedSentence) []editStretch {
	words := []rune(s.Exact)
	var out []editStretch
	at := 0
	cut := func(to int, changed bool) {
		to = min(max(to, at), len(words))
		if to > at {
			out = append(out, editStretch{text: string(words[at:to]), changed: changed})
			at = to
		}
	}
	for _, m := range s.Marks {
		cut(m.Start-s.Start, false)
		cut(m.End-s.Start, true)
	}
	cut(len(words), false)
	return out
}

// compareAddress is the page with the difference between two revisions.
func compareAddress(articleID string, from, to int) string {
	return "/articles/" + articleID + "/revisions?from=" + strconv.Itoa(from) + "&to=" + strconv.Itoa(to)
}

// revisionChoices are the revisions to choose from, the oldest first.
func (p RevisionsPage) revisionChoices() []ui.Choice {
	out := make([]ui.Choice, len(p.Revisions))
	for i, r := range p.Revisions {
		n := strconv.Itoa(r.Number)
		out[len(out)-1-i] = ui.Choice{Value: n, Label: n + " · " + ui.Moment(r.Received)}
	}
	return out
}
