package claims

// Story is a story as the engine takes it: its articles in the order in which
// they arrived.
type Story struct {
	ID       string
	Title    string
	Articles []Article
	// Pins are the members of findings that a person has reviewed.
	Pins []Pin
}

// Pin holds claims together that a person's review put or left in one finding:
// the engine keeps them in one finding and adds none to it.
type Pin struct {
	Claims []Anchor
}

// Anchor names a claim by its article and its passage, in code points.
type Anchor struct {
	ArticleID string
	Start     int
	End       int
}
