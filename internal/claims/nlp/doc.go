// Package nlp analyses English news text: words, parts of speech, dictionary
// forms, dependency trees and named entities.
//
// Tokenize cuts a stretch of text into tokens with byte offsets, and
// Model.Annotate analyses the tokens of one sentence in place. Both are
// deterministic: the same text and the same artefact give the same answer.
package nlp

// Token is one word or mark of a text. Tokenize fills the offsets, Text and
// Norm; Model.Annotate fills the rest.
type Token struct {
	Start, End int    // byte offsets into the text given to Tokenize
	Text       string // as written
	Norm       string // lower case, curly quotes straightened
	Lemma      string // lower-case dictionary form
	Tag        string // Penn Treebank tag (NN, VBD, ...)
	Head       int    // index of the head in the sentence; the root has its own index
	Dep        string // ClearNLP label as spaCy writes it (nsubj, dobj, prep, ...)
	Ent        string // entity type (PERSON, ORG, GPE, DATE, ...), "" outside entities
	EntBegin   bool   // true on the first token of an entity
}
