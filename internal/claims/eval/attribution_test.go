package eval

import (
	"slices"
	"testing"
	"testing/fstest"

	"corroborate/internal/claims"
)

func TestLoadAttributionsReadsBrokenContentsOfRawText(t *testing.T) {
	t.Parallel()
	dir := fstest.MapFS{
		// A zero-width space is dropped when the text is read; offsets count it.
		"text/a.txt": {Data: []byte("\u200bRain fell, Lind said, on Monday.\r\nIt is odd.")},
		"attributions/a_x1.ann": {Data: []byte("T1\tContent 1 10;23 32\tRain fell on Monday\nT2\tSource 12 16\tLind\nT3\tCue 17 21\tsaid\n" +
			"T4\tAttribution 17 21\tsaid\nE1\tAttribution:T4 Content:T1 Cue:T3 Source:T2\nE2\tAttribution-no-source:T4 Cue:T3\n")},
	}
	got, err := LoadAttributions(dir)
	if err != nil || len(got) != 1 || len(got[0].Gold) != 1 {
		t.Fatalf("%v, %+v", err, got)
	}
	g, body := got[0].Gold[0], []rune(got[0].Text.Body)
	if s := string(body[g.Content[0]:g.Content[1]]); s != "Rain fell, Lind said, on Monday" {
		t.Errorf("content %q", s)
	}
	if s := string(body[g.Source[0][0]:g.Source[0][1]]); s != "Lind" {
		t.Errorf("source %q", s)
	}
	if _, err := LoadAttributions(fstest.MapFS{}); err == nil {
		t.Error("an empty folder has no attributions")
	}
}

func TestMatchAttributionsIsOneToOne(t *testing.T) {
	t.Parallel()
	at := func(a, b int) claims.Attributed { return claims.Attributed{Content: claims.Passage{Start: a, End: b}} }
	gold := []GoldAttribution{{Content: [2]int{0, 10}}, {Content: [2]int{20, 30}}, {Content: [2]int{40, 50}}}
	found := []claims.Attributed{at(0, 6), at(0, 9), at(22, 40), at(44, 50)}
	want := []attributionMatch{{0, 1}, {2, 3}}
	if got := matchAttributions(gold, found); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRightSpeaker(t *testing.T) {
	t.Parallel()
	body := []rune("The mayor, Anna Berg, spoke; she said so.")
	g := GoldAttribution{Source: [][2]int{{11, 20}}}
	for _, c := range []struct {
		source  claims.Passage
		speaker string
		want    bool
	}{
		{claims.Passage{Start: 0, End: 20}, "", true},
		{claims.Passage{Start: 29, End: 32}, "Anna Berg", true},
		{claims.Passage{Start: 29, End: 32}, "Peter Lind", false},
		{claims.Passage{}, "", false},
	} {
		if got := rightSpeaker(body, g, claims.Attributed{Source: c.source, Speaker: c.speaker}); got != c.want {
			t.Errorf("%+v by %q: %v", c.source, c.speaker, got)
		}
	}
}
