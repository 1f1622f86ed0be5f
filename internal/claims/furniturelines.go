package claims

import (
	"regexp"
	"strings"
)

// controls are lines of a page's own furniture, folded.
var controls = set(`loading now|loading|post comment|post a comment|comments|comment|no comments|leave a comment|leave a reply|
add a comment|view comments|show comments|share|share this|share this article|share this story|share on facebook|share on twitter|tweet|
email|print|save|copy link|copy url|advertisement|advertisements|ad|sponsored|sponsored content|paid content|read more|
read next|read also|more|more on this|more on this story|more from this section|see more|show more|load more|view all|related|related articles|
related stories|related coverage|related content|related topics|related posts|recommended|recommended stories|you may also like|
most popular|most read|trending|trending now|popular|latest|latest news|top stories|editors picks|editor's picks|
sign up|sign in|log in|login|register|subscribe|subscribe now|newsletter|newsletters|follow us|menu|search|home|close|skip to content|skip to main content|
back to top|next|previous|next article|previous article|continue reading|story continues below|story continues below advertisement|
article continues below|continue reading the main story|listen|listen to this article|watch|watch live|watch now|play|play video|video|videos|photos|photo|
gallery|view gallery|slideshow|live updates|updates|correction|advertise with us|contact us|about us|terms of use|privacy policy|
cookie policy|accept cookies|all rights reserved|article topics|topics|tags|tag|filed under|keywords|in this article|breaking news|reply|report|like|
click here|download app|get the app|open in app|toggle navigation|main navigation|site search|report a typo|send a tip`)

// tagHeads open a list of tags.
var tagHeads = set(`article topics|topics|tags|tag|filed under|keywords|in this article|related topics|categories|explore more|more about`)

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.SplitSeq(strings.ReplaceAll(list, "\n", ""), "|") {
		out[w] = true
	}
	return out
}

var (
	bylineLine = regexp.MustCompile(`(?i)^((?:(?:written|story|reported|words|text|analysis|commentary|interview|opinion) )?by:?\s+\p{Lu}[\p{L}.'’-]+(\s|,|$)|(published|posted|updated|last updated|first published|modified)\b.{0,60}\d|\d+\s+min(ute)?s?\s+read\b|(?:\p{L}+day,? )?(?:\p{L}+\.? \d{1,2},? \d{4}|\d{1,2} \p{L}+ \d{4})(?:,? (?:at )?\d{1,2}:\d\d.{0,20})?$)`)
	promoLine  = regexp.MustCompile(`(?i)^(sign up (for|to)\b|subscribe (to|for)\b|click here\b|download (the|our)\b|follow (us|@)|join our\b|get (our|the latest)\b|want more\b|like us on\b|read more( at| on)?:|read also:|see also:|also read:|related:|watch:|listen:|more:|for more (news|stories)\b|support our\b|support independent\b|thank you for reading\b|have a (news )?tip\b|(please )?(enable|turn on) javascript\b|please enable\b|by (continuing|clicking|signing up|subscribing|registering)\b.{0,60}\b(you|our)\b|this (content|video|feature) is not (currently )?available\b|you can now listen\b|new:? you can now listen\b|already a subscriber\b|become a (member|subscriber)\b|(please )?consider (supporting|subscribing|donating)\b|trending:|also read\b ?[:|]|read more ?\||videos?:|don['’]t miss\b.{0,20}:|recommended:|enter your email\b|register (now|for free)\b|tap here\b|share your (thoughts|views|story)\b|what do you think\?|let us know\b|the views expressed (here|in this)\b|this website uses cookies\b|we use cookies\b)`)
	captionCue = regexp.MustCompile(`(?i)(\((ap|afp|reuters|getty|photo|file|courtesy|image|istock|shutterstock|epa|alamy)\b[^)]*\)|\b(ap|file|handout|stock|courtesy) photo\b|^(image|media|photo) caption\b|\bphoto: \p{L}|\bgetty images\b|\bdigital illustration\b|\billustration of\b|\bphotograph of\b|^file\s*[-–—]|^(in this )?(file )?photo\b.{0,80}\b(shows?|of|taken|provided)|^pictured\b|^(photo|photograph|image|picture)s?:|/ ?(afp|ap|reuters|getty|epa)\b)`)
)

var (
	// controlLine matches controls with a number or a name in them.
	controlLine = regexp.MustCompile(`(?i)^((show |view |see |load )?(all )?\d+ (comments?|shares?|likes?|replies)|comments? \(\d+\)|share (this|on|via|to|with)\b.*|advertisement\b.*|recommended for you|sponsored (by|content)\b.*|loading\W*|skip (to|advertisement|ad)\b.*|scroll (down )?(to|for)\b.*|(click|tap) to\b.*|swipe\b.*)$`)
	// noteLine matches what a newsroom says of its own text.
	noteLine = regexp.MustCompile(`(?i)^(\W*(correction|clarification|editor['’]s note|editors['’] note|publisher['’]s note|note to readers|disclaimer|disclosure)\b ?[:—–-]|(this|the) (story|article|post|report|page) (has been|was|will be|is being|have been) (updated|corrected|amended|edited|clarified)\b|(this is a )?(developing|breaking) (news )?story\b|check back (for|later|soon)\b|an? (earlier|previous) version of this (story|article|post|report)\b|this material may not be (published|reproduced)\b)`)
	// contactLine matches an address to write to.
	contactLine = regexp.MustCompile(`(?i)^((contact|email|e-mail|reach|write to|follow|tweet|find)\b.{0,60}(@\w|\b(on|at) (twitter|x|facebook|instagram|bluesky|threads|linkedin|tiktok|mastodon|telegram|whatsapp)\b)|\S+@\S+\.\w+$|@\w+$)`)
	// authorName reads the name of a byline, authorTitle a name with a newsroom's post.
	authorName  = regexp.MustCompile(`(?i)^(?:\w+ )?by:?\s+((?-i:\p{Lu}[\p{L}.'’-]*)(?: (?-i:\p{Lu}[\p{L}.'’-]*))+)`)
	authorTitle = regexp.MustCompile(`^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3}(?:,| \|| -| —| –) ?(?i:(?:staff|senior|chief|national|political|foreign|special to|guest|contributing) ?(?:writer|reporter|correspondent|editor|columnist|contributor)?|associated press|reporter|correspondent|columnist|contributor|\p{L}+ (?:reporter|correspondent|editor|writer))\b`)
	// aboutAuthor matches what closes a page: who the author is, who reported from where.
	aboutAuthor = regexp.MustCompile(`^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3} (?:(?:is|was) (?:an?|the) (?:[\p{L}-]+ ){0,4}(?:reporter|writer|correspondent|columnist|journalist|editor|producer|anchor|contributor|fellow|intern)\b.{0,20}\b(?:for|at|with|of|covering|based|on|who covers)\b|covers \p{L}|reported from \p{Lu}[\p{L} ,]*?(?:, and \p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*)+ from \p{Lu}[\p{L} ]+)?\.?$|(?:also )?contributed\b)`)
	// photoCredit matches a line that ends with a photographer and an outlet.
	photoCredit = regexp.MustCompile(`(?:[.”"] ?\(?|^)(?:REUTERS|Reuters|AP|AFP|Photo(?:graph)?:? )?/?\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){0,3} ?/ ?\p{Lu}[\p{L} .&'’-]+\)?\.?$|^(?:Credit|CREDIT)\W+\p{Lu}|^\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,3} for The \p{Lu}[\p{L} ]+$|^(?i:shutterstock|getty|istock|alamy|ap|reuters|afp|epa|handout)$|\. REUTERS/`)
	hashtags    = regexp.MustCompile(`^#\w+(?:[ ,]+#\w+)*$`)
)

// shareWords make up a row of buttons.
var shareWords = set(`facebook|twitter|x|email|e|mail|print|share|save|copy|link|whatsapp|linkedin|pinterest|reddit|flipboard|messenger|telegram|bluesky|threads|
instagram|youtube|tiktok|tumblr|comment|comments|text|sms|tweet|more|pin|it|post|gift|bookmark`)
