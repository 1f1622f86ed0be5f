package syntax

// Model is everything that is learned, with the names of its classes.
type Model struct {
	Tags, Labels, Types []string
	Clusters            *Clusters
	IsVerb              [maxClasses]bool // by tag

	Tagger     Tagger
	Roles      Roles
	Parser     Parser
	Recogniser Recogniser
}

// Analyse tags and parses the words and marks their entities. The answer lies
// in s.
func (m *Model) Analyse(s *Sentence, words []Word) {
	s.Reset(words, m.Clusters)
	m.Tagger.Tag(s)
	s.Count(&m.IsVerb)
	m.Roles.Guess(s)
	m.Parser.Parse(s)
	m.Recogniser.Recognise(s)
}

// Link sets what the three parts take from the names of the classes.
func (m *Model) Link() {
	m.Tagger.Classes = len(m.Tags)
	m.Roles.Classes = 2 * len(m.Labels)
	m.Parser.Classes = 1 + 2*len(m.Labels)
	m.Recogniser.Classes = 1 + 4*len(m.Types)
	for i, label := range m.Labels {
		if label == "ROOT" {
			m.Parser.Root = uint8(i)
		}
	}
	for i, tag := range m.Tags {
		m.IsVerb[i] = len(tag) > 1 && tag[:2] == "VB" || tag == "MD"
	}
}
