package claims

import "strings"

// parties are the letters that stand for a party before a legislator's state.
var parties = map[string]string{"R": "republican", "D": "democrat", "I": "independent"}

// affiliation reads the party and the state that American print puts behind a
// legislator's name, "R-Calif." or "D-N.Y.", as the terms that they stand for, so
// that "a Republican of California" tells the same.
func (c *cast) affiliation(t term, word string) []term {
	letter, state, ok := strings.Cut(word, "-")
	party := parties[letter]
	if !ok || party == "" {
		return nil
	}
	place, known := c.gaz.Place(state)
	if !known {
		return nil
	}
	of, from := t, t
	of.lemma, of.pos, of.ent = party, 'n', nil
	from.lemma, from.ent = fold(place.Name), c.other("place", place.Key, place.Name)
	return []term{of, from}
}
