package faults

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// happening is something that several papers tell of.
type happening struct {
	place, river, mayor string
	people, days        int
}

var (
	syllables = []string{"bar", "cor", "den", "fal", "gor", "hal", "kes", "lin", "mor", "nor", "pel", "ras", "sul", "tor", "ven", "wes"}
	endings   = []string{"ton", "ford", "by", "dale", "ham", "stead"}
	papers    = []string{"Harbour Post", "Valley Courier", "Northern Ledger", "City Gazette", "Meridian Herald", "Lakeside Observer"}
)

func newHappening(r *rand.Rand) happening {
	return happening{place: placeName(r), river: placeName(r), mayor: placeName(r), people: 100 + r.IntN(900), days: 2 + r.IntN(9)}
}

func placeName(r *rand.Rand) string {
	s := syllables[r.IntN(len(syllables))] + syllables[r.IntN(len(syllables))] + endings[r.IntN(len(endings))]
	return strings.ToUpper(s[:1]) + s[1:]
}

// told gives the happening in the words of one paper; off is by how much its number parts
// from that of others.
func (h happening) told(off int) string {
	return fmt.Sprintf("The river %s flooded the town of %s on Tuesday. Rescuers evacuated %d people from the town. "+
		"Mayor Anna %s said that the water would stay for %d days.", h.river, h.place, h.people+off, h.mayor, h.days)
}

// corrected gives the same with another number of days, as a paper that corrects itself.
func (h happening) corrected(off int) string {
	h.days++
	return h.told(off)
}
