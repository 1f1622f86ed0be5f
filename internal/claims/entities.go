package claims

import (
	"slices"
	"strings"
	"unicode"

	"corroborate/internal/claims/gazetteer"
	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/nlp/lexicon"
)

// entity is somebody or something that an article names.
type entity struct {
	// kind is "person", "org", "place" or "other".
	kind string
	// key makes one entity of its names in all articles: a surname, an
	// organisation's or a place's key.
	key string
	// name is the longest form seen, given the given name before the surname.
	name, given string
	gender      byte
	// titles are the ranks given to a person, as written: "former president".
	titles []string
}

// mention is an entity named by tokens [from, to) of a sentence.
type mention struct {
	from, to int
	ent      *entity
	// titled is where a title before the name begins, from without one.
	titled int
	// title is the title before or behind the name, lower case, empty for none.
	title string
}

// cast holds the entities of one article and resolves names and pronouns to
// them, sentence by sentence.
type cast struct {
	gaz     *gazetteer.Gazetteer
	lex     *lexicon.Lexicon
	people  map[string][]*entity
	others  map[string]*entity
	lastHe  *entity
	lastShe *entity
	// lastSubject is the person who was last the subject of a clause, recent are the
	// people by when they were last named, the latest at the end.
	lastSubject *entity
	recent      []*entity
	mentions    map[*parsed][]mention
	pronouns    map[*parsed]map[int]*entity
	// quoting is who spoke last, while one quotation follows another.
	quoting *entity
	refs    *references
	// aliases are the organisations by the short forms that the article gives them.
	aliases map[string]*entity
}

func newCast(gaz *gazetteer.Gazetteer, lex *lexicon.Lexicon) *cast {
	return &cast{gaz: gaz, lex: lex, people: map[string][]*entity{}, others: map[string]*entity{},
		mentions: map[*parsed][]mention{}, pronouns: map[*parsed]map[int]*entity{}, refs: newReferences(), aliases: map[string]*entity{}}
}

// knows tells whether the article names a person.
func (c *cast) knows(e *entity) bool { return len(c.people[e.key]) > 0 }

// meet finds the names of a sentence, so that every sentence is later read with
// the names of the whole article.
func (c *cast) meet(p *parsed) {
	for _, m := range c.names(p) {
		c.abbreviate(p, m)
	}
}

// read finds the names of a sentence and resolves its pronouns. Sentences must
// come in the order of the text.
func (c *cast) read(p *parsed) {
	ms := c.names(p)
	c.mentions[p] = ms
	refs := map[int]*entity{}
	next := 0
	for i, t := range p.toks {
		for next < len(ms) && ms[next].to <= i {
			c.see(ms[next].ent)
			if d := p.toks[ms[next].to-1].Dep; ms[next].ent.kind == "person" && (d == "nsubj" || d == "nsubjpass") {
				c.lastSubject = ms[next].ent
			}
			next++
		}
		if t.Tag == "PRP" || t.Tag == "PRP$" {
			if e := sameSentence(p, i, ms, refs); e != nil {
				refs[i] = e
			} else if e := c.antecedent(p, i, ms); e != nil {
				refs[i] = e
			}
		}
	}
	for ; next < len(ms); next++ {
		c.see(ms[next].ent)
	}
	if e := subjectEntity(p, ms); e != nil {
		c.see(e)
	}
	c.refer(p, ms, refs)
	c.pronouns[p] = refs
	c.quotes(p, ms)
}

// quotes remembers who speaks in a sentence, for a quotation that goes on in the next
// without saying whose it is.
func (c *cast) quotes(p *parsed, ms []mention) {
	quoted := slices.IndexFunc(p.quote, func(q int) bool { return q >= 0 })
	if quoted < 0 {
		c.quoting = nil
	} else if speaker := c.speakerOutside(p, quoted, ms); speaker != nil {
		c.quoting = speaker
	}
}

// see remembers the entity last named for the pronouns that may follow.
func (c *cast) see(e *entity) {
	if e == nil || e.kind != "person" {
		return
	}
	c.recent = append(slices.DeleteFunc(c.recent, func(x *entity) bool { return x == e }), e)
	if e.gender != 'f' {
		c.lastHe = e
	}
	if e.gender != 'm' {
		c.lastShe = e
	}
}

// antecedent gives whom a pronoun stands for. A pronoun before a name in its own
// sentence ("Before she traveled to Colombia, Noem …") may stand for the
// sentence's subject.
func (c *cast) antecedent(p *parsed, i int, ms []mention) *entity {
	switch gender := pronounGender(p.toks[i].Norm); gender {
	case 'm':
		return c.person(p, i, ms, c.lastHe, gender)
	case 'f':
		return c.person(p, i, ms, c.lastShe, gender)
	}
	return nil
}

// pronounGender gives 'm' or 'f' of a pronoun for one person, 0 for another word.
func pronounGender(norm string) byte {
	switch norm {
	case "he", "him", "his", "himself":
		return 'm'
	case "she", "her", "hers", "herself":
		return 'f'
	}
	return 0
}

// sameSentence gives whom a pronoun of the same gender stands for that comes before in the
// sentence, with nobody named between the two: "his conduct in the years he owned a shop".
func sameSentence(p *parsed, i int, ms []mention, refs map[int]*entity) *entity {
	gender := pronounGender(p.toks[i].Norm)
	if gender == 0 {
		return nil
	}
	for k := i - 1; k >= 0; k-- {
		if slices.ContainsFunc(ms, func(m mention) bool { return m.ent.kind == "person" && m.from <= k && k < m.to }) {
			return nil
		}
		if pronounGender(p.toks[k].Norm) == gender && p.quote[k] == p.quote[i] {
			return refs[k]
		}
	}
	return nil
}

func (c *cast) person(p *parsed, i int, ms []mention, last *entity, gender byte) *entity {
	speaker := c.speakerOutside(p, i, ms)
	if speaker == nil && p.quote[i] >= 0 {
		speaker = c.quoting
	}
	if speaker != nil {
		return c.spokenOf(speaker, gender)
	}
	if s := c.lastSubject; s != nil && p.toks[i].Dep == "nsubj" && (s.gender == gender || s.gender == 0) && (namedIn(ms, i, func(e *entity) bool { return e == s }) || !namedIn(ms, i, couldBe(gender))) {
		last = s // who is the subject of earlier sentences steps back behind somebody named in this one
	}
	if s := p.kid(p.root(), "nsubj", "nsubjpass"); s > i {
		if e := subjectEntity(p, ms); e != nil && e.kind == "person" && (e.gender == gender || e.gender == 0) {
			last = e
		}
	}
	if last != nil && last.gender == 0 {
		last.gender = gender
		if c.lastHe == last && gender == 'f' {
			c.lastHe = nil
		}
		if c.lastShe == last && gender == 'm' {
			c.lastShe = nil
		}
	}
	return last
}

// namedIn tells whether a person of whom is holds is named before token i.
func namedIn(ms []mention, i int, is func(*entity) bool) bool {
	return slices.ContainsFunc(ms, func(m mention) bool { return m.to <= i && m.ent.kind == "person" && is(m.ent) })
}

func couldBe(gender byte) func(*entity) bool {
	return func(e *entity) bool { return e.gender == gender || e.gender == 0 }
}

// speakerOutside gives who speaks the quotation in which token i stands, as the
// sentence names them outside of it; nil for a token that is not quoted.
func (c *cast) speakerOutside(p *parsed, i int, ms []mention) *entity {
	if p.quote[i] < 0 {
		return nil
	}
	for _, m := range ms {
		t := p.toks[m.to-1]
		if p.quote[m.from] < 0 && m.ent.kind == "person" && t.Dep == "nsubj" && reportingForce(p.toks[t.Head].Lemma) != notReporting {
			return m.ent
		}
	}
	return nil
}

// spokenOf gives the person last named who may be "he" or "she" in a speaker's
// words: not the speaker, who is "I" there.
func (c *cast) spokenOf(speaker *entity, gender byte) *entity {
	for _, e := range slices.Backward(c.recent) {
		if e != speaker && (e.gender == gender || e.gender == 0) {
			return e
		}
	}
	return nil
}

// subjectEntity gives the entity that is the subject of a sentence's root.
func subjectEntity(p *parsed, ms []mention) *entity {
	if len(p.toks) == 0 {
		return nil
	}
	s := p.kid(p.root(), "nsubj", "nsubjpass")
	if s < 0 {
		return nil
	}
	for _, m := range ms {
		if m.from <= s && s < m.to {
			return m.ent
		}
	}
	return nil
}

func (c *cast) other(kind, key, name string) *entity {
	id := kind + ":" + key
	e := c.others[id]
	if e == nil {
		e = &entity{kind: kind, key: key, name: name}
		c.others[id] = e
	}
	return e
}

// personNamed gives the person of that name: by surname, and by given name where
// two share one.
func (c *cast) personNamed(p *parsed, i, j int) (*entity, string, int) {
	i, titled, title := c.titleBefore(p, i, j)
	if i >= j {
		return nil, title, titled
	}
	for j > i+1 && nameSuffixes[p.toks[j-1].Norm] {
		j--
	}
	surname := fold(p.toks[j-1].Text)
	given := ""
	if j-i > 1 {
		given = p.toks[i].Text
	}
	e := c.sameSurname(surname, given)
	full := plainName(p.toks[i:j])
	if e == nil {
		e = &entity{kind: "person", key: surname, name: full, given: given}
		c.people[surname] = append(c.people[surname], e)
	}
	if given != "" && (e.given == "" || len(full) > len(e.name)) {
		e.given, e.name = given, full
	}
	if e.gender == 0 {
		e.gender = c.genderOf(given, title)
	}
	if title != "" {
		e.titles = append(e.titles, title)
	}
	return e, title, titled
}

var nameSuffixes = set(`jr.|sr.|jr|sr|ii|iii|iv`)

func (c *cast) sameSurname(surname, given string) *entity {
	for _, e := range c.people[surname] {
		if given == "" || e.given == "" || c.gaz.SameGivenName(given, e.given) || initialOf(given, e.given) {
			return e
		}
	}
	return nil
}

func initialOf(a, b string) bool {
	fa, fb := fold(a), fold(b)
	if initials(a) || initials(b) {
		return fa != "" && fb != "" && fa[0] == fb[0]
	}
	return fa == fb || len(strings.Trim(fa, ".")) == 1 && strings.HasPrefix(fb, strings.Trim(fa, ".")) ||
		len(strings.Trim(fb, ".")) == 1 && strings.HasPrefix(fa, strings.Trim(fb, "."))
}

// initials tells a given name that is only letters with points: "J.K.".
func initials(given string) bool {
	return len(given) > 1 && strings.Contains(given, ".") && strings.ToUpper(given) == given
}

func (c *cast) genderOf(given, title string) byte {
	switch {
	case strings.Contains(title, "mrs") || strings.Contains(title, "ms") || strings.HasSuffix(title, "woman"):
		return 'f'
	case strings.HasPrefix(title, "mr") || strings.HasSuffix(title, "man"):
		return 'm'
	}
	return c.gaz.Gender(given)
}

// titleBefore takes titles off the front of a name and looks for more before it.
// It gives where the bare name begins, where its title does, and the title in
// lower case.
func (c *cast) titleBefore(p *parsed, i, j int) (name, from int, title string) {
	start := i
	for k := i; k < j-1; k++ {
		if _, ok := c.gaz.Title(p.toks[k].Text); ok || courtesy[p.toks[k].Norm] || c.gaz.TitleModifier(p.toks[k].Norm) {
			i = k + 1
		}
	}
	from = start
	for from > 0 && start-from < 6 && c.titleWord(p.toks[from-1]) {
		from--
	}
	var words []string
	for _, t := range p.toks[from:i] {
		if !isPunct(t) {
			words = append(words, t.Norm)
		}
	}
	return i, from, strings.Join(words, " ")
}

var courtesy = set(`mr.|mrs.|ms.|mr|mrs|ms|dr.|dr|sir|dame|lord|lady`)

// titleWord tells a word of a title before a name: a title, its modifier, or a
// capitalised word of the office ("Foreign Minister", "Homeland Security
// Secretary").
func (c *cast) titleWord(t nlp.Token) bool {
	if _, ok := c.gaz.Title(t.Text); ok {
		return true
	}
	return c.gaz.TitleModifier(t.Norm) || courtesy[t.Norm] ||
		t.Tag == "NNP" && unicode.IsUpper([]rune(t.Text)[0]) && t.Ent != "PERSON" && t.Ent != "GPE"
}

// plainName writes the tokens of a name with single spaces.
func plainName(toks []nlp.Token) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 && t.Start > toks[i-1].End {
			b.WriteByte(' ')
		}
		b.WriteString(t.Text)
	}
	return b.String()
}

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "é", "e", "è", "e",
	"ê", "e", "ë", "e", "í", "i", "ì", "i", "î", "i", "ï", "i", "ó", "o", "ò", "o", "ô", "o", "õ", "o", "ö", "o",
	"ø", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ñ", "n", "ç", "c", "ş", "s", "š", "s", "ž", "z", "ł", "l",
	"’", "'", "‘", "'")

// fold makes names comparable: lower case, no accents, no points.
func fold(s string) string {
	return strings.ReplaceAll(accents.Replace(strings.ToLower(s)), ".", "")
}
