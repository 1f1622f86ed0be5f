package nlp

// adverbialMarks begin clauses of time, cause or concession, which are never the
// object of a verb. The parser chooses the label of a clause by its verb and at
// times overlooks the word that opens it.
var adverbialMarks = wordSet("after before because although though while until unless since once whereas")

// repair sets labels that another word of the tree settles.
func repair(tokens []Token) {
	for i := range tokens {
		t := &tokens[i]
		if t.Dep == "mark" && adverbialMarks[t.Norm] && tokens[t.Head].Dep == "ccomp" {
			tokens[t.Head].Dep = "advcl"
		}
	}
}
