package claims

// Closed classes and general vocabulary by which a statement that cannot be
// checked is told.
var (
	secondPerson  = set(`you|your|yours|yourself|yourselves`)
	firstPlural   = set(`we|us|our|ours`)
	thirdPerson   = set(`he|she|they`)
	weOrYou       = set(`we|you`)
	heaven        = set(`god|lord|heaven`)
	definiteTimes = set(`today|yesterday|tomorrow|tonight|week|month|year|morning|afternoon|evening|night|weekend|noon|midnight|spring|summer|autumn|fall|winter`)
	// orderObjects follow a verb that orders and seldom the same word as a noun.
	orderObjects = set(`the|our|your|this|these|us|me|today|now|here|up|out|more|tuned|all|in`)
	forward      = set(`forward`)
	seen         = set(`seen|unclear|uncertain|unknown|question`)
	pastModals   = set(`could|might|would`)
	foretelling  = set(`will|'ll|wo|would|could|may|might`)
	extremes     = set(`least|best|worst|most`)
	likely       = set(`likely|bound|certain|sure|unlikely|poised`)
	linking      = set(`be|seem|look|feel|sound|appear`)
	orderOpeners = set(`please|just|do|n't|not|never|always|now|and|so|but|then|first|instead|to|also`)
	announcing   = set(`announce|report|confirm|inform|tell|say|reveal|present|introduce`)
	// ordering verbs lay down a rule.
	ordering  = set(`rule|find|hold|order|decree|direct|instruct|require|mandate|stipulate`)
	timetable = set(`arrive|open|reopen|finish|end|begin|start|land|return|resume|complete|clear|last|take|close|melt|pass|deliver|be`)
	// rites thank, greet and wish.
	rites = set(`thank|bless|congratulate|welcome|pray|salute|apologize|apologise`)
	// readerVerbs are what a page asks of its reader.
	readerVerbs = set(`sign|subscribe|click|tap|read|follow|download|join|visit|watch|listen|register|donate|share|buy|order|email|contact|
check|stay|tune|enter|try|save|book|shop|enjoy|discover|learn|browse|scroll|swipe|log|upgrade|become|get|see|find|support|submit|send|view`)
	// pageWords are what an outlet offers and asks for.
	pageWords = set(`subscribe|donate|donation|download|unsubscribe|newsletter|podcast|subscription|subscriber|app|inbox|website|webpage|homepage|facebook|twitter|instagram|youtube|tiktok|
whatsapp|commission|discount|giveaway|voucher|coupon|membership|paywall|login|cookie|alert|notification|livestream|bookstore`)
	// instruments lay down what will be.
	instruments = set(`law|bill|measure|rule|order|plan|agreement|deal|amendment|act|treaty|program|programme|policy|budget|proposal|legislation|
regulation|contract|ordinance|provision|ban|resolution|statute|code|clause|pact|accord|initiative|project|system|schedule|meeting|summit|
trial|hearing|game|match|event|ceremony|service|road|bridge|train|flight|ship|satellite|storm|rain|snow`)
	// outcomeVerbs say that there will be an effect and not which.
	outcomeVerbs = set(`affect|alter|change|reshape|transform|shape|define|determine|influence|impact|test|deepen|heighten|complicate|
strengthen|weaken|undermine|bolster|hurt|harm|damage|hinder|hamper|fuel|spark|stir|reignite|pave|loom|dominate|linger|matter|embolden|
overshadow|haunt|galvanize|galvanise|energize|polarize|alienate|resonate|reverberate|redefine|reinforce|underscore|usher|upend|depend|hinge|
intensify|exacerbate|embarrass|tarnish|burnish|boost|prove|backfire|doom|derail|help`)
	// outcomeNouns are such effects.
	outcomeNouns = set(`influence|impact|effect|consequence|implication|repercussion|ramification|question|doubt|concern|challenge|message|signal|
stage|door|way|test|tone|difference|role|precedent|tension|debate|scrutiny|pressure|chapter|era|blow|boon|threat|risk|headache|setback`)
	// judging words value and do not describe.
	judging = set(`great|good|bad|terrible|horrible|beautiful|spectacular|wonderful|awful|disgraceful|shameful|sad|scary|amazing|incredible|best|
worst|better|worse|important|critical|crucial|vital|essential|significant|historic|remarkable|stunning|extraordinary|outrageous|ridiculous|
crazy|nice|fantastic|tremendous|brilliant|stupid|foolish|dangerous|robust|transformative|unfair|fair|wise|unwise|right|wrong|immoral|moral|
evil|ugly|lovely|magnificent|excellent|superb|perfect|pathetic|disgusting|despicable|appalling|shocking|horrific|horrifying|tragic|unacceptable|
acceptable|intolerable|inexcusable|unforgivable|reasonable|unreasonable|sensible|absurd|ludicrous|insane|silly|dumb|smart|clever|idiotic|
embarrassing|insulting|offensive|disappointing|frustrating|annoying|boring|exciting|thrilling|inspiring|heartbreaking|devastating|alarming|
troubling|disturbing|worrying|encouraging|promising|hopeful|hopeless|useless|worthless|pointless|meaningless|priceless|valuable|precious|
noble|heroic|brave|courageous|cowardly|selfish|reckless|irresponsible|responsible|hypocritical|dishonest|honest|decent|indecent|vile|cruel|
unjust|just|sick|crucial|misguided|shortsighted|naive|delicious|gorgeous|charming|delightful|impressive|admirable|awesome|phenomenal|
unbelievable|inconceivable|unthinkable|sacred|glorious|dreadful|lousy|rotten|mean|tasteless|elegant|bold|disastrous|catastrophic|crooked|
laughable|bizarre|weird|strange|ironic|obvious|tough|hard|easy|difficult|fun|funny|interesting|fascinating|special|unique|exceptional`)
	// reputes are what is thought of somebody.
	reputes = set(`reputation|repute|renown|mystique`)
	// everybody stands for people of whom nothing else is said.
	everybody = set(`everyone|everybody|all`)
	// judgingNouns do the same as nouns.
	judgingNouns = set(`disgrace|shame|joke|nightmare|mess|miracle|blessing|honor|honour|pleasure|privilege|fool|idiot|clown|coward|embarrassment|
insult|outrage|travesty|mistake|tragedy|farce|sham|masterpiece|treasure|abomination|catastrophe|disaster|insanity|nonsense|garbage|rubbish|
genius|moron|loser|winner|hero|triumph|delight|gem|must|bargain|atrocity|mockery|charade|circus|witch-hunt`)
	// plainWith are nouns beside which a judging word describes.
	plainWith = set(`friend|condition|chance|deal|number|majority|part|share|minority|conduct|faith|practice|standing|health|weather|news|
neighbor|neighbour|driver|seller`)
	feelingVerbs = set(`feel|love|hate|hope|wish|enjoy|admire|appreciate|respect|regret|miss|adore|despise|detest|dislike|trust|cherish|care|like|
prefer|think|believe|guess|suppose|fear|worry|want|doubt|bet|dream|long|yearn|treasure|value`)
	feelings = set(`proud|happy|sorry|glad|grateful|thankful|honored|honoured|sad|shocked|devastated|heartbroken|thrilled|excited|confident|
optimistic|pessimistic|worried|concerned|afraid|scared|angry|furious|frustrated|appalled|disappointed|tired|humbled|blessed|lucky|delighted|
pleased|disgusted|horrified|saddened|outraged|ashamed|embarrassed|relieved|hopeful|sure|certain|convinced|determined|committed|amazed|
stunned|upset|sick|nervous|anxious|ecstatic|overjoyed|touched|moved|surprised|puzzled|jealous|envious|eager|keen|fortunate|privileged`)
)
