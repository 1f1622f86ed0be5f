package lexicon

import "slices"

// senseName names a synset by a noun and the number of its sense, from 1.
type senseName struct {
	lemma string
	sense int
}

// classes maps the names of classes to the synsets they stand for. A place is
// wider than a location: buildings and facilities are places too; earthquakes
// and meetings, which WordNet calls phenomena and groups, are events. Any other
// noun names its own frequent senses.
var classes = map[string][]senseName{
	"person":        {{"person", 1}},
	"people":        {{"people", 1}, {"person", 1}},
	"group":         {{"group", 1}},
	"organization":  {{"organization", 1}},
	"organisation":  {{"organization", 1}},
	"location":      {{"location", 1}},
	"place":         {{"location", 1}, {"structure", 1}, {"facility", 1}},
	"time":          {{"time_period", 1}, {"time_unit", 1}, {"time", 5}, {"time", 7}, {"point", 6}},
	"event":         {{"event", 1}, {"natural_phenomenon", 1}, {"gathering", 1}},
	"act":           {{"act", 2}},
	"artifact":      {{"artifact", 1}},
	"measure":       {{"measure", 2}, {"magnitude_relation", 1}},
	"unit":          {{"unit_of_measurement", 1}},
	"communication": {{"communication", 2}},
	"feeling":       {{"feeling", 1}},
	"state":         {{"state", 2}},
	"attribute":     {{"attribute", 2}},
	"cognition":     {{"cognition", 1}},
	"possession":    {{"possession", 2}},
	"substance":     {{"substance", 1}},
	"animal":        {{"animal", 1}},
	"plant":         {{"plant", 2}},
	"phenomenon":    {{"phenomenon", 1}},
}

// IsA tells whether a noun in a frequent sense is the class, one of its kinds or
// one of its instances: IsA("colonel", "person"), IsA("colombia", "location").
// The class is one of person, people, group, organization, location, place,
// time, event, act, artifact, measure, unit, communication, feeling, state,
// attribute, cognition, possession, substance, animal, plant, phenomenon, or any
// other noun.
func (l *Lexicon) IsA(word string, class string) bool {
	return l.IsAny(word, class)[0]
}

// IsAny tells of each class whether a noun is one of it, as [Lexicon.IsA] does,
// looking the noun up once.
func (l *Lexicon) IsAny(word string, classes ...string) []bool {
	p := l.part(Noun)
	senses := p.frequent(l.Lemma(word, Noun))
	out := make([]bool, len(classes))
	for i, class := range classes {
		tops, named := l.classes[class]
		if !named {
			other := p.frequent(l.Lemma(class, Noun))
			tops = other.all()
		}
		out[i] = slices.ContainsFunc(tops, func(top int) bool { return p.under(senses.all(), top) })
	}
	return out
}

// classTops gives the synsets that each named class stands for.
func (l *Lexicon) classTops() map[string][]int {
	p := l.part(Noun)
	out := make(map[string][]int, len(classes))
	for class, names := range classes {
		for _, n := range names {
			out[class] = append(out[class], p.sense(n.lemma, n.sense))
		}
	}
	return out
}

// under tells whether one of the synsets is top or stands below it.
func (p *part) under(synsets []int, top int) bool {
	for _, s := range synsets {
		if s == top || p.parentsUnder(s, top) {
			return true
		}
	}
	return false
}

// parentsUnder tells whether top stands above s. The hypernyms have no cycle.
func (p *part) parentsUnder(s, top int) bool {
	from, to := p.above.bounds(s)
	for i := from; i < to; i++ {
		if up := p.above.values.at(i); up == top || p.parentsUnder(up, top) {
			return true
		}
	}
	return false
}

// verbClasses are WordNet's lexicographer files of verbs, from number 29 on.
var verbClasses = [...]string{"body", "change", "cognition", "communication", "competition",
	"consumption", "contact", "creation", "emotion", "motion", "perception", "possession",
	"social", "stative", "weather"}

const firstVerbClass = 29

// VerbClass gives the kind of action that a verb's most frequent sense tells:
// body, change, cognition, communication, competition, consumption, contact,
// creation, emotion, motion, perception, possession, social, stative or weather.
// It is empty for a word that is no verb.
func (l *Lexicon) VerbClass(word string) string {
	p := l.part(Verb)
	first := p.sense(l.Lemma(word, Verb), 1)
	if first < 0 {
		return ""
	}
	if i := int(p.lexFiles[first]) - firstVerbClass; i >= 0 && i < len(verbClasses) {
		return verbClasses[i]
	}
	return ""
}
