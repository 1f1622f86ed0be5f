package claims

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEditsAreClassed(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct {
		name, was, is string
		want          EditClass
		kind          Kind // of a difference that is told, if one is
	}{
		{"a letter swapped", "Recsuers evacuated 1,200 people from the town.", "Rescuers evacuated 1,200 people from the town.", TypoEdit, ""},
		{"two slips", "The goverment anounced the plan on Monday.", "The government announced the plan on Monday.", TypoEdit, ""},
		{"a comma", "The mayor, Ann Weller closed the bridge.", "The mayor, Ann Weller, closed the bridge.", TypoEdit, ""},
		{"quotes", "\"We will rebuild,\" she said.", "“We will rebuild,” she said.", TypoEdit, ""},
		{"a capital", "The President signed the bill.", "The president signed the bill.", TypoEdit, ""},
		{"an accent", "The talks in Bogota ended on Friday.", "The talks in Bogotá ended on Friday.", TypoEdit, ""},
		{"a name misspelt", "The judge, Marta Kowalsky, adjourned the trial.", "The judge, Marta Kowalski, adjourned the trial.", TypoEdit, ""},
		{"a number", "Rescuers evacuated 1,200 people from the town.", "Rescuers evacuated 2,000 people from the town.", FactEdit, KindNumber},
		{"a digit moved", "The ferry struck 14 piers.", "The ferry struck 41 piers.", FactEdit, KindNumber},
		{"a name", "Mayor Ann Weller closed the bridge.", "Mayor Carl Osgood closed the bridge.", FactEdit, KindName},
		{"another first letter", "The captain, Nils Hansen, was on board.", "The captain, Nils Jansen, was on board.", FactEdit, ""},
		{"a country", "The ship sailed from Iran on Monday.", "The ship sailed from Iraq on Monday.", FactEdit, ""},
		{"a denial", "The company will close the plant.", "The company will not close the plant.", FactEdit, KindNegation},
		{"now and not", "The bridge is now open to cars.", "The bridge is not open to cars.", FactEdit, ""},
		{"an opposite", "Profits rose in the first quarter.", "Profits fell in the first quarter.", FactEdit, ""},
		{"a day", "The council met on Tuesday.", "The council met on Thursday.", FactEdit, KindTime},
		{"certainty", "The driver killed two people.", "The driver allegedly killed two people.", FactEdit, ""},
		{"a fact added", "The council approved the budget.", "The council approved the budget by 9 votes to 4.", FactEdit, ""},
		{"a synonym", "Officials said the bridge was closed to traffic.", "Officials said the bridge was shut to traffic.", WordingEdit, ""},
		{"a filler", "The council also approved the budget.", "The council approved the budget.", WordingEdit, ""},
		{"the order", "On Monday the council approved the budget.", "The council approved the budget on Monday.", WordingEdit, ""},
		{"a number written out", "The ferry struck 3 piers on Monday.", "The ferry struck three piers on Monday.", WordingEdit, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			class, found := e.classify(c.was, c.is)
			if class != c.want {
				t.Errorf("%s: %q → %q with %+v, want %s", class, c.was, c.is, found, c.want)
			}
			told := c.kind == ""
			for _, d := range found {
				told = told || d.Kind == c.kind
			}
			if !told {
				t.Errorf("no difference of %s: %+v", c.kind, found)
			}
		})
	}
}

const flood = "The river Tarn flooded the town of Marrow on Tuesday.\n\n" +
	"Recsuers evacuated 1,200 people from the town. Mayor Ann Weller closed the bridge.\n\nThe school stayed open."

func change(t *testing.T, was, is string) RevisionChange {
	t.Helper()
	return testEngine(t).CompareRevisions(RevisionText{Text: ReadText(was, "")}, RevisionText{Text: ReadText(is, "")})
}

func TestRevisionsAreAligned(t *testing.T) {
	t.Parallel()
	r := change(t, flood, "The river Tarn flooded the town of Marrow on Tuesday.\n\nThe school stayed open.\n\n"+
		"Rescuers evacuated 2,000 people from the town. The army sent forty boats to Marrow on Wednesday.")
	var kinds []string
	for _, x := range r.Edits {
		kinds = append(kinds, string(x.Kind)+" "+string(x.Class))
	}
	got := strings.Join(kinds, ", ")
	if want := "removed fact, changed fact, added fact"; got != want {
		t.Errorf("edits %s, want %s", got, want)
	}
	if r.Kept != 2 || r.Facts != 3 || r.Class() != FactEdit {
		t.Errorf("counts %+v", r)
	}
}

func TestChangedWordsAreMarked(t *testing.T) {
	t.Parallel()
	was, is := "Ælfric saw it.\n\nRescuers evacuated 1,200 people.", "Ælfric saw it.\n\nRescuers evacuated 2,000 people."
	r := change(t, was, is)
	if len(r.Edits) != 1 || len(r.Edits[0].Before.Marks) != 1 || len(r.Edits[0].After.Marks) != 1 {
		t.Fatalf("edits %+v", r.Edits)
	}
	m := r.Edits[0].After.Marks[0]
	if got := string([]rune(is)[m.Start:m.End]); got != "2,000" {
		t.Errorf("marked %q", got)
	}
}

func TestTitleIsComparedToo(t *testing.T) {
	t.Parallel()
	text := ReadText(flood, "")
	r := testEngine(t).CompareRevisions(RevisionText{Title: "Flood drives out 1,200", Text: text}, RevisionText{Title: "Flood drives out 2,000", Text: text})
	if r.Title == nil || r.Title.Class != FactEdit || r.Facts != 1 || len(r.Edits) != 0 {
		t.Errorf("change %+v", r)
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, is string
		want     NoticeKind
	}{
		{"replaced", "This story has been withdrawn. It did not meet our standards.", RetractionNotice},
		{"retracted", "Editor's note: The Courier has retracted this article because its figures could not be verified.", RetractionNotice},
		{"not there any more", "The article you are looking for is no longer available.", RetractionNotice},
		{"empty", "", WithdrawalNotice},
		{"corrected", flood + "\n\nCorrection: An earlier version of this story gave the wrong number of people.", CorrectionNotice},
		{"corrects itself", flood + "\n\nAn earlier version of this article misstated the name of the river.", CorrectionNotice},
		{"clarified", flood + "\n\nClarification: The bridge is closed to cars alone.", ClarificationNotice},
		{"updated", "UPDATE: The bridge is open again.\n\n" + flood, UpdateNotice},
		{"a paragraph taken out", flood + "\n\nA paragraph of this story was removed because it could not be confirmed.", CorrectionNotice},
		{"somebody else's retraction", flood + "\n\nThe company retracted its report on the dam.", ""},
		{"nothing said", flood + "\n\nThe army came.", ""},
		{"a word with a colon", flood + "\n\nThe plan: build a dam.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := change(t, flood, c.is)
			got := NoticeKind("")
			if r.Notice != nil {
				got = r.Notice.Kind
			}
			if got != c.want {
				t.Errorf("notice %q, want %q", got, c.want)
			}
		})
	}
}

func TestSameText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"It rained.\n\nIt stopped.", "It  rained.\r\n\r\n\r\nIt stopped. ", true},
		{"It rained.", "It\u200b rained.", true},
		{"It rained.", "It rained!", false},
		{"It rained. It stopped.", "It rained.\nIt stopped.", false},
	} {
		if got := SameText(c.a, c.b); got != c.want {
			t.Errorf("SameText(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestCarryOver(t *testing.T) {
	t.Parallel()
	const declined = "He declined to comment."
	const long = "The river Tarn flooded the town of Marrow late on Tuesday."
	for _, c := range []struct {
		name, before, after, exact string
		nth                        int // which of several
		at                         int // where it is then, -1 for nowhere
	}{
		{"the very same text", long, long, "the town of Marrow", 0, 23},
		{"moved down", long, "A new line stands here.\n\n" + long, "the town of Marrow", 0, 48},
		{"the sentence changed elsewhere", long, "The river Tarn flooded the town of Marrow early on Tuesday.", "the town of Marrow", 0, -1},
		{"a short sentence beside a kept one", long + " " + declined, "New. " + long + " " + declined, declined, 0, 64},
		{"a short sentence among others", "The mayor came. " + declined + " She left.", "The driver fled. " + declined + " He hid.", declined, 0, -1},
		{"one of two that are alike", "A came. " + declined + " B came. " + declined + " C came.",
			"A came. " + declined + " B came. " + declined + " C came. D came.", declined, 1, 40},
		{"the one that is left of two", "A came. " + declined + " B came. " + declined + " C came.", "A came. " + declined + " C came.", declined, 0, -1},
		{"now there twice", long, long + "\n\n" + long, "Tuesday", 0, -1},
		{"gone", long, declined, "Tuesday", 0, -1},
		{"of nothing", "", long, "", 0, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := 0
			for range c.nth {
				start += strings.Index(c.before[start:], c.exact) + len(c.exact)
			}
			start += strings.Index(c.before[start:], c.exact)
			p, ok := NewCarryOver(c.before, c.after).Follow(Passage{Exact: c.exact, Start: start, End: start + len(c.exact)})
			if !ok {
				p.Start = -1
			}
			if p.Start != c.at {
				t.Errorf("found at %d, want %d", p.Start, c.at)
			}
		})
	}
}

// FuzzRevision asserts of any two texts that every sentence of both is accounted
// for once, and that what is carried over has the same words.
func FuzzRevision(f *testing.F) {
	f.Add(flood, strings.Replace(flood, "1,200", "2,000", 1))
	f.Add("A. B. A. B.", "B. A. A. C.")
	f.Add("", "This story was withdrawn.")
	f.Add("“a” b’s 3%\nx", "\"a\" b's 4%\n\nx\n- x")
	e := testEngine(f)
	f.Fuzz(func(t *testing.T, was, is string) {
		if !utf8.ValidString(was) || !utf8.ValidString(is) || len(was)+len(is) > 3000 {
			t.Skip()
		}
		before, after := ReadText(was, ""), ReadText(is, "")
		r := e.CompareRevisions(RevisionText{Text: before}, RevisionText{Text: after})
		removed, added := r.Kept, r.Kept
		for _, x := range r.Edits {
			removed, added = removed+exactIn(t, before.Body, x.Before), added+exactIn(t, after.Body, x.After)
			if x.Class == "" {
				t.Fatalf("no class: %+v", x)
			}
		}
		if want := len(segmentsOf(before)); removed != want {
			t.Fatalf("%d sentences of the earlier text, want %d", removed, want)
		}
		if want := len(segmentsOf(after)); added != want {
			t.Fatalf("%d sentences of the later text, want %d", added, want)
		}
		carry, body := NewCarryOver(before.Body, after.Body), []rune(after.Body)
		x := newRuneIndex(before.Body)
		for _, s := range segmentsOf(before) {
			if p, ok := carry.Follow(x.passage(s.start, s.end)); ok && string(body[p.Start:p.End]) != p.Exact {
				t.Fatalf("%q became %q", p.Exact, string(body[p.Start:p.End]))
			}
		}
	})
}

// exactIn counts a sentence that is there, and asserts that it is the text's.
func exactIn(t *testing.T, body string, s *EditedSentence) int {
	t.Helper()
	if s == nil {
		return 0
	}
	runes := []rune(body)
	if string(runes[s.Start:s.End]) != s.Exact {
		t.Fatalf("%q is not the text at %d to %d", s.Exact, s.Start, s.End)
	}
	for _, m := range s.Marks {
		if m.Start < s.Start || m.End > s.End || m.Start >= m.End {
			t.Fatalf("mark %+v lies outside of %+v", m, s.Passage)
		}
	}
	return 1
}
