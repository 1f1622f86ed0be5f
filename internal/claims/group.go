package claims

// Placement is a [Grouper]'s decision on one article.
type Placement struct {
	// Story is the id of the story it joins, empty when it starts one.
	Story string
	// Score is how near the article is to that story, from 0 to 1.
	Score float64
}

// Fingerprint is what grouping keeps of an article: weighted names and terms. It
// is what a database stores, so that a text need not be read again.
type Fingerprint struct {
	Terms map[string]float64 `json:"terms"`
}
