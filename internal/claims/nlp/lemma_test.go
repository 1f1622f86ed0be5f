package nlp

import (
	"strings"
	"testing"

	"corroborate/internal/claims/nlp/lexicon"
)

func TestLemma(t *testing.T) {
	t.Parallel()
	words, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	l := newLemmatiser(words)
	tests := map[string]string{
		"VBD": `was:be were:be had:have did:do said:say went:go told:tell took:take came:come saw:see left:leave found:find
			gave:give kept:keep held:hold wrote:write stood:stand heard:hear meant:mean met:meet ran:run paid:pay sat:sit
			spoke:speak led:lead grew:grow lost:lose fell:fall sent:send built:build understood:understand drew:draw
			broke:break spent:spend cut:cut rose:rise drove:drive bought:buy wore:wear chose:choose sought:seek threw:throw
			caught:catch dealt:deal won:win forgot:forget fought:fight struck:strike swore:swear fled:flee shot:shoot
			withdrew:withdraw overthrew:overthrow stopped:stop admitted:admit referred:refer occurred:occur visited:visit
			edited:edit hoped:hope cited:cite agreed:agree tied:tie denied:deny tried:try freed:free panicked:panic
			controlled:control cancelled:cancel canceled:cancel travelled:travel accused:accuse focused:focus used:use
			planned:plan barred:bar argued:argue issued:issue reinstated:reinstate struck:strike undid:undo beat:beat
			quit:quit set:set hit:hit shut:shut bid:bid put:put read:read spread:spread felt:feel bound:bind founded:found
			doxxed:dox retweeted:retweet rethought:rethink`,
		"VBN": `been:be done:do gone:go seen:see taken:take given:give known:know shown:show written:write driven:drive
			spoken:speak broken:break chosen:choose fallen:fall grown:grow drawn:draw thrown:throw hidden:hide stolen:steal
			sworn:swear torn:tear worn:wear eaten:eat forgotten:forget frozen:freeze risen:rise shaken:shake begun:begin
			sunk:sink sung:sing swum:swim undergone:undergo overseen:oversee withdrawn:withdraw proven:prove struck:strike`,
		"VBG": `making:make getting:get hoping:hope hopping:hop lying:lie dying:die tying:tie running:run seeing:see
			being:be beginning:begin occurring:occur visiting:visit using:use fleeing:flee panicking:panic agreeing:agree
			citing:cite sitting:sit forcing:force changing:change going:go vlogging:vlog`,
		"VBZ":  `is:be 's:be has:have does:do goes:go says:say tries:try passes:pass watches:watch fixes:fix lies:lie sues:sue`,
		"VBP":  `are:be 're:be 've:have 'm:be do:do want:want`,
		"VB":   `found:found be:be leave:leave`,
		"MD":   `'ll:will wo:will ca:can would:would could:could 'd:would`,
		"RB":   `n't:not not:not quickly:quickly`,
		"NNS":  `men:man women:woman children:child lives:life wives:wife crises:crisis people:people bodies:body buses:bus taxes:tax shoes:shoe analyses:analysis officials:official deputies:deputy media:media tweets:tweet`,
		"JJR":  `bigger:big worse:bad better:good happier:happy later:late`,
		"JJS":  `biggest:big worst:bad best:good largest:large`,
		"NNP":  `paris:paris united:united`,
		"PRP":  `him:he them:they she:she`,
		"PRP$": `her:her`,
	}
	for tag, pairs := range tests {
		for _, pair := range strings.Fields(pairs) {
			form, want, _ := strings.Cut(pair, ":")
			if got := l.lemma(form, tag); got != want {
				t.Errorf("lemma(%q, %s) = %q, want %q", form, tag, got, want)
			}
		}
	}
}
