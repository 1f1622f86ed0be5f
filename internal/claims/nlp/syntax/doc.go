// Package syntax holds the learned parts of the analysis: a tagger, a dependency
// parser and an entity recogniser. All three are averaged perceptrons over
// hashed features. They decide greedily from left to right, so their time is
// linear in the length of the sentence, and they use integer arithmetic only, so
// the same artefact gives the same answer on every machine.
//
// The features and the parser's transitions live here and serve the trainer
// (training/syntax) as well as the engine: what is learned is what is asked.
package syntax
