package nlp

import "strings"

// abbreviations keep their final period wherever they stand. Written forms
// are given in lower case.
var abbreviations = wordSet(`
	adm. asst. atty. ave. blvd. bros. brig. capt. cmdr. cmte. col. comdr. corp.
	cpl. dept. det. dr. ed. esq. etc. est. ft. gen. gov. hon. inc. insp. jr. lt.
	ltd. maj. messrs. mr. mrs. ms. mt. mx. ph.d. prof. pvt. rep. reps. rev. sen.
	sens. sgt. sr. st. supt. univ. v. vs. cf. al. approx. co. cos. plc. bldg.
	jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.
	ala. ariz. ark. calif. colo. conn. del. fla. ga. ill. kan. ky. md. mich. minn.
	mont. neb. nev. okla. ont. penn. que. tenn. tex. va. vt. wis. wyo. alta. sask.`)

// midAbbreviations are words of their own as well: they keep their period only
// when more of the sentence follows.
var midAbbreviations = wordSet(`
	ariz. art. fri. ind. kans. la. mass. me. miss. mo. mon. ore. pa. sat. sun.
	thu. thur. thurs. tue. tues. wash. wed. min. max. sec. avg. ext. gal. pres.
	supp. dist. div. hosp. intl. natl. govt. assoc. dem. b.`)

// numberAbbreviations keep their period only in front of a digit.
var numberAbbreviations = wordSet(`no. nos. fig. figs. pp. p. pt. pts. vol. vols. ch. chap. para. sec. art. rm.`)

// units may follow a number without a space and are tokens of their own.
var units = wordSet(`
	km kms kg kgs g mg cm mm m mi mph kph kmh ft lb lbs oz bn b tn trn k mn hrs hr
	sq gb mb tb kb kw mw gw kwh mwh gwh hz khz mhz ghz am pm a.m. p.m. am. pm. px bps pc pp pts yds yd`)

// elisions are words that begin with an apostrophe.
var elisions = wordSet(`'em 'til 'till 'cause 'tis 'twas 'round 'bout 'n' 'n`)

// endings are contracted words at the end of a word that are tokens of their own.
var endings = []string{"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"}

// pairs are words that stand for two, with the length of the first.
var pairs = map[string]int{
	"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3, "dunno": 2,
}

// topDomains end a word that is a web address without a scheme.
var topDomains = wordSet(`com org net gov edu mil info io co uk us eu de fr ru cn in ca au nl se ch tv me ai app dev news`)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
