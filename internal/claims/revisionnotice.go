package claims

import (
	"slices"
	"strings"
)

// NoticeKind says what an article tells its readers of a change.
type NoticeKind string

// The kinds of notice. A withdrawal is a text that is gone without a word.
const (
	CorrectionNotice    NoticeKind = "correction"
	ClarificationNotice NoticeKind = "clarification"
	UpdateNotice        NoticeKind = "update"
	EditorsNote         NoticeKind = "note"
	RetractionNotice    NoticeKind = "retraction"
	WithdrawalNotice    NoticeKind = "withdrawal"
)

// TakesBack tells a notice after which an article's old text no longer stands.
func (k NoticeKind) TakesBack() bool { return k == RetractionNotice || k == WithdrawalNotice }

// Notice is a sentence in which an article tells of its own change.
type Notice struct {
	Kind NoticeKind `json:"kind"`
	Passage
}

// noticeOf finds the notice in what was added to a text. That of a retraction counts
// as one only where most of the old text is gone: other articles tell of what
// others have retracted.
func noticeOf(c RevisionChange, after Text) *Notice {
	if len(blocksOf(after.Body)) == 0 {
		return &Notice{Kind: WithdrawalNotice}
	}
	var found *Notice
	for _, x := range c.Edits {
		if x.After == nil || x.Kind == Moved {
			continue
		}
		kind := noticeKind(x.After.Exact)
		if kind == RetractionNotice && !mostGone(c) {
			kind = partNotice(x.After.Exact)
		}
		if kind != "" && (found == nil || kind == RetractionNotice && found.Kind != RetractionNotice) {
			found = &Notice{Kind: kind, Passage: x.After.Passage}
		}
	}
	return found
}

// partNotice is the kind of a notice of retraction in an article that stands but for
// a part: a correction where it speaks of itself.
func partNotice(sentence string) NoticeKind {
	if low := strings.ToLower(sentence); strings.Contains(low, "this ") || strings.Contains(low, "our ") {
		return CorrectionNotice
	}
	return ""
}

// mostGone tells whether most sentences of the earlier text are gone.
func mostGone(c RevisionChange) bool {
	gone, kept := 0, c.Kept
	for _, x := range c.Edits {
		switch x.Kind {
		case Removed:
			gone++
		case Changed, Moved:
			kept++
		}
	}
	return gone > kept
}

// noticeLabels open a notice, before a colon or as a line of their own.
var noticeLabels = map[string]NoticeKind{
	"correction": CorrectionNotice, "corrections": CorrectionNotice, "corrected": CorrectionNotice,
	"correction and clarification": CorrectionNotice, "corrections and clarifications": CorrectionNotice,
	"clarification": ClarificationNotice, "clarifications": ClarificationNotice,
	"update": UpdateNotice, "updated": UpdateNotice, "editor's note": EditorsNote, "editors' note": EditorsNote,
	"editor’s note": EditorsNote, "editors’ note": EditorsNote, "note to readers": EditorsNote, "amendment": CorrectionNotice,
	"retraction": RetractionNotice, "retracted": RetractionNotice, "withdrawn": RetractionNotice, "kill": RetractionNotice,
}

// noticeKind tells what kind of notice a sentence is, empty for none.
func noticeKind(sentence string) NoticeKind {
	low := strings.ToLower(CleanName(sentence))
	label, _, hasColon := strings.Cut(low, ":")
	kind := noticeLabels[strings.Trim(label, " .*[(—-")]
	if kind != "" && !hasColon && len(strings.Fields(low)) > len(strings.Fields(label)) {
		kind = ""
	}
	if takesBack(low) {
		return RetractionNotice
	}
	if kind == "" && correctsItself(low) {
		return CorrectionNotice
	}
	return kind
}

// ownNames are what an article calls itself.
var ownNames = set(`article|story|report|piece|column|post|page|item|content|interview|dispatch|version|text`)

// takenBack are the words for what is done to an article that no longer stands.
var takenBack = set(`retracted|retracts|retracting|withdrawn|withdraws|withdrew|removed|unpublished|deleted|rescinded`)

// takesBack tells a sentence that says that this article no longer stands: "This
// story has been withdrawn".
func takesBack(low string) bool {
	words := noticeWords(low)
	own := -1
	for i, w := range words {
		if ownNames[w] && i > 0 && (words[i-1] == "this" || words[i-1] == "our" || words[i-1] == "the") {
			own = i
		}
	}
	if own < 0 {
		return false
	}
	if strings.Contains(low, "no longer available") || strings.Contains(low, "taken down") {
		return true
	}
	return slices.ContainsFunc(words, func(w string) bool { return takenBack[w] })
}

// correctsItself tells a sentence that says what an earlier text had wrong.
func correctsItself(low string) bool {
	words := noticeWords(low)
	earlier := slices.ContainsFunc(words, func(w string) bool {
		return w == "earlier" || w == "previous" || w == "previously" || w == "original" || w == "originally"
	})
	own := slices.ContainsFunc(words, func(w string) bool { return ownNames[w] })
	wrong := slices.ContainsFunc(words, func(w string) bool {
		return w == "incorrectly" || w == "misstated" || w == "wrongly" || w == "erroneously" || w == "mistakenly" || w == "misspelled" ||
			w == "misspelt" || w == "corrected" || w == "amended" || w == "misidentified"
	})
	amended := strings.Contains(low, "has been corrected") || strings.Contains(low, "was corrected") || strings.Contains(low, "has been amended") ||
		strings.Contains(low, "was amended")
	return own && (earlier && wrong || amended)
}

func noticeWords(low string) []string {
	return strings.FieldsFunc(low, func(r rune) bool { return !isWordRune(r) && r != '\'' && r != '’' })
}
