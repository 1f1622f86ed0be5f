package claims

import "regexp"

// creditForm is a form of credit line. The group "name" holds who is credited.
type creditForm struct {
	role string
	form *regexp.Regexp
	// words is the most words of such a line. plain forms are no credit where the line
	// ends as a sentence of its length does; named ones only with a name.
	words        int
	plain, named bool
}

// agencies are the names that agencies sign with. They tell a signature from other
// words; which outlet a name is, the gazetteer knows.
const agencies = `(?:Thomson )?Reuters|REUTERS|(?:The )?Associated Press|ASSOCIATED PRESS|AP|Agence France[ -]Presse|AFP|UPI|United Press International|Bloomberg(?: News)?|dpa|DPA|EFE|ANSA|TASS|Tass|Interfax|Xinhua|Kyodo(?: News)?|Yonhap|PTI|Press Trust of India|ANI|IANS|PA(?: Media| [Nn]ews [Aa]gency)?|Press Association|(?:The )?Canadian Press|CP|AAP|Australian Associated Press|Anadolu(?: Agency)?|AA|IRNA|WAFA|SPA|WAM|Ukrinform|PAP|APA|Belga|NTB|Ritzau|Lusa|Bernama|Antara|APP|NAN|Tribune News Service|TNS|KFF Health News|States Newsroom`

// anchored makes a form of a whole line, whatever marks stand around it.
func anchored(s string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[\W_]{0,4}` + s)
}

const (
	thisText = `(?:this (?:article|story|post|piece|column|essay|analysis|item|feature|interview|op-ed|content|text|report|dispatch)|(?:an? )?(?:(?:longer|shorter|earlier|previous|edited) )?version of this (?:article|story|post|piece|report)|(?:the )?(?:article|story))`
	permit   = `(?:with (?:the )?(?:kind |full )?permission (?:from|of|by)|by (?:kind )?(?:arrangement|permission) (?:with|of)|courtesy of|in partnership with|under (?:an? )?(?:creative commons )?licen[cs]e from|from|by|via)`
)

// creditForms are tried in order.
var creditForms = []creditForm{
	// "This article was first published by …", "A version of this story originally appeared in …"
	{role: RoleSource, words: 45, named: true, form: anchored(thisText + `\s+(?:was |is |were |has been |had been |has )?(?:originally |first |initially |previously )(?:published|appeared|posted|printed|ran|aired|reported|released)(?: here)?(?: online| in print)?(?: on [\p{L}]+ \d{1,2}(?:, \d{4})?)?(?:,? (?:by|in|on|at|with|for))\s+(?P<name>.+)$`)},
	{role: RoleSource, words: 45, named: true, form: anchored(thisText + `\s+(?:was |is |has been )?(?:published|appeared|posted) (?:first|originally|initially) (?:by|in|on|at)\s+(?P<name>.+)$`)},
	// "This article is republished from The Conversation under …"
	{role: RoleSource, words: 45, named: true, form: anchored(thisText + `\s+(?:was |is |has been |appears here )?(?:re-?published|reprinted|re-?posted|reproduced|syndicated|excerpted|adapted|cross-?posted)(?: here)?\s+` + permit + `\s+(?P<name>.+)$`)},
	{role: RoleSource, words: 25, named: true, plain: true, form: anchored(`(?:re-?published|reprinted|re-?posted|reproduced|syndicated|cross-?posted)(?: here)?\s+` + permit + `\s+(?P<name>.+)$`)},
	// "Originally published by …", "First appeared in …", "Original Source: …"
	{role: RoleSource, words: 25, named: true, plain: true, form: anchored(`(?:originally|first|initially) (?:published|appeared|posted|printed|aired|reported)(?: on [\p{L}]+ \d{1,2}(?:, \d{4})?)?(?: (?:by|in|on|at|with))?:?\s+(?P<name>.+)$`)},
	{role: RoleSource, words: 16, named: true, form: anchored(`original(?: news)? (?:source|article|story|report|post|publication)(?: (?:at|on|in|by|from))?\s*[:–—-]\s*(?P<name>\S.*)$`)},
	{role: RoleSource, words: 16, named: true, form: anchored(`read the (?:original|full) (?:article|story|report|post|version)(?: here)? (?:at|on|in|by|from)\s+(?P<name>.+)$`)},
	{role: RoleSource, words: 14, named: true, form: regexp.MustCompile(`^SOURCE:? (?P<name>\p{Lu}[\p{L}&.,’' -]+)$`)},
	// "Produced by …", "provided by …": only outlets that are known count
	{role: RoleWire, words: 40, named: true, form: anchored(thisText + `\s+(?:was |is |has been )?(?:produced|provided|supplied|distributed|made available|written|reported|shared)(?: to you)?\s+(?:by|for)\s+(?P<name>.+)$`)},
	{role: RoleWire, words: 12, named: true, plain: true, form: anchored(`(?:distributed|provided|supplied|syndicated) by\s+(?P<name>.+)$`)},
	{role: RoleWire, words: 10, named: true, form: anchored(`(?:source|sources|via|story|text|words|agency|news agency|courtesy|story by|text by|words by|report by)\s*(?::|–|—|-|\bof\b)\s*(?P<name>\p{L}.*)$`)},
	{role: RoleWire, words: 6, named: true, form: anchored(`(?:via|from|courtesy of|special to|by)\s+(?:the )?(?P<name>(?-i:` + agencies + `))(?: (?:staff|reporters?|writers?|news service|correspondents?))?\W*$`)},
	// "Additional reporting by …" helps; "Reporting by … for Reuters" is the agency's text
	{role: RoleContribution, words: 40, form: anchored(`(?:additional|further|extra|supplementary) (?:reporting|writing|research|editing|material|contributions?)\b(?: (?:by|from)\s+(?P<name>.+))?`)},
	{role: RoleWire, words: 60, named: true, form: anchored(`(?:reporting|writing|reported|written) by\b[^;]*?\b(?:for|of|at)\s+(?:the )?(?P<name>(?-i:` + agencies + `))\b`)},
	{role: RoleWire, words: 60, named: true, form: anchored(`(?:reporting|writing|reported|written) by\s+(?:the )?(?P<name>(?-i:` + agencies + `))(?: (?:staff|reporters|journalists))?(?:\W|$)`)},
	{role: RoleContribution, words: 60, plain: false, form: anchored(`(?:reporting|writing) (?:and (?:writing|editing) )?by\s+(?P<name>\p{L}[^;]*)`)},
	// "© 2031 The Associated Press. All rights reserved."
	{role: RoleHolder, words: 60, form: anchored(`(?:copyright\b|©|\(c\))(?:\s*(?:copyright|©|\(c\)))?\s*(?P<name>[^.;|]*)`)},
	{role: RoleWire, words: 10, form: anchored(`our standards:\s+(?:the )?(?P<name>Thomson Reuters) trust principles`)},
	// a press release, an embargo
	{role: RoleEmbargo, words: 25, named: true, plain: true, form: anchored(`(?:(?:strictly |under )?embargo(?:ed)?(?:(?: (?:until|till|for release|for publication|expires?|at))+[:,]?|:)|not for (?:release|publication|broadcast)(?: or \w+)? (?:before|until|prior to)|hold for release until)\s+(?P<name>[^.]*\d.*)$`)},
	{role: RoleRelease, words: 8, form: anchored(`(?:for immediate release|press release|news release|media release)\W*(?:$|[:|–—-])`)},
	// the rest names nobody
	{words: 30, form: anchored(`all rights reserved\b`)},
	{words: 20, plain: true, form: anchored(`(?:(?:image credit|photo credit|video credit|credits?|graphics?|illustrations?)(?: by\b|:)|photo(?:graph)?s? by\b)`)},
	{words: 25, plain: true, form: anchored(`(?:edited|compiled|produced|translated|fact-?checked|photographed|illustrated) by\b|editing by\b`)},
}

// partnerForms are lines that thank an agency for material; contributionForms
// others whose help is named.
var (
	partnerForms = []*regexp.Regexp{
		regexp.MustCompile(`^[\W_]{0,4}(?i:with)\s+(?:(?i:inputs?|files?|material|text|copy|agency inputs?|reports?)\s+(?i:from|by)\s+)?(?:(?i:the) )?(?P<name>(?:` + agencies + `)(?:(?:,| and|,? &)? (?:` + agencies + `))*)\W*$`),
		regexp.MustCompile(`(?i)^[\W_]{0,4}\(?with (?:agency )?inputs? (?:from|by)\s+(?P<name>[^.]+?)\W*$`),
	}
	contributionForms = []*regexp.Regexp{
		regexp.MustCompile(`(?i)(?:contributions from|contributions by|(?:files|reporting|information|material) from)\s+(?P<name>.+)$`),
		regexp.MustCompile(`(?i)^(?P<name>.+?)\s+(?:also |has |have )?contributed\b`),
	}
)

// contributionLine matches a closing line that thanks other newsrooms.
var contributionLine = regexp.MustCompile(`(?i)\b(contributed to this (report|article|story)|contributed (reporting|to reporting)|incorporates contributions from|with (files|reporting|information|material) (from|by)|(this|the) (report|article|story) (includes|uses|contains) (reporting|information|material|contributions) (from|by))\b`)

// signature matches a line that is an agency's name: "— Reuters", "(AFP)", "AP".
var signature = regexp.MustCompile(`^[\W_]{0,4}(?P<name>` + agencies + `)(?:(?: ?/ ?| \| | - |, )[\p{L}\d ,:.]{2,30})?[\W_]{0,3}$`)

// tailSignature matches the agency that signs the end of a paragraph: "… he said. – AFP".
var tailSignature = regexp.MustCompile(`[.!?”"’']\s*(?P<sign>[–—-]{1,2}\s?(?P<name>` + agencies + `)\W?|[(\[](?P<in>` + agencies + `)[)\]]\W?)$`)

// bylineAgency matches the agency behind the author in a byline: "By Ann Lee,
// Associated Press", "By Ann Lee | Reuters", "By Ann Lee of AFP", "By Reuters".
var bylineAgency = regexp.MustCompile(`^(?i:by:?\s+)?(?:\p{Lu}[\p{L}.'’-]+(?:,? (?:and |& )?\p{Lu}[\p{L}.'’-]+){0,8}\s*(?:,|\||/|–|—|-|·|(?i:\bof\b|\bfor\b|\bfrom\b|\bin \p{L}+ for\b))\s*)?(?:(?i:the) )?(?P<name>` + agencies + `)(?i:\s+(?:staff|reporters?|writers?|correspondents?|news service|news|[\p{L}]+ (?:writer|reporter|correspondent|editor)))?\W*$`)

// agencyName matches an agency that writes itself small: "dpa".
var agencyName = regexp.MustCompile(`^(?:` + agencies + `)$`)
