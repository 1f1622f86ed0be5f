package worth

import "strings"

func set(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

var (
	scales       = set(`hundred thousand million billion trillion`)
	vagueAmounts = set(`many most several some few lots much dozens hundreds thousands millions billions all every everybody everyone`)
	minds        = set(`think believe guess suppose feel hope want wish know mean like love agree understand see hear`)
)

// nounClasses are classes of things that the lexicon knows nouns by, and
// nounFeatures the names of their features.
var (
	nounClasses = []string{"person", "group", "place", "event", "act", "artifact", "measure", "communication", "feeling",
		"state", "attribute", "possession", "substance"}
	nounFeatures = []string{"a word for a person", "a word for a group", "a word for a place", "a word for an event",
		"a word for an act", "a word for a thing made", "a word for a measure", "a word for a message", "a word for a feeling",
		"a word for a state", "a word for a quality", "a word for a possession", "a word for a substance"}
)

// wordClasses are closed classes and fields of general vocabulary.
var wordClasses = []struct {
	name  string
	words map[string]bool
}{
	{"a rise or fall", set(`rise raise increase grow double triple climb gain fall drop decline decrease cut reduce lower lose
		shrink slash halve rate level`)},
	{"a vote, law or court", set(`vote bill law act legislation veto amendment sign pass sponsor ban court convict sentence indict
		arrest charge sue treaty sanction elect senator congress senate`)},
	{"public money", set(`tax budget deficit debt spend cost pay price wage salary income fund revenue trade tariff export import
		invest profit`)},
	{"a saying", set(`say tell report announce state write testify according claim call`)},
	{"a judgement", set(`great good bad best worst terrible wonderful wrong right important fair unfair strong weak tough proud sad
		dangerous serious beautiful horrible disgraceful amazing incredible ridiculous tremendous better worse easy hard difficult nice sure`)},
	{"a feeling", set(`hope love proud thank grateful feel glad happy honored sorry fear worry wish appreciate`)},
	{"a hedge", set(`maybe perhaps probably possibly likely seem appear think guess believe sort kind almost really very`)},
	{"an address to the listener", set(`you your yourself ladies gentlemen thank please welcome hello mr. sir friends bless`)},
	{"the first person", set(`i my me mine myself`)},
	{"the first person plural", set(`we our us ours ourselves`)},
	{"an absolute word", set(`always never ever every nothing nobody everything none only`)},
}
