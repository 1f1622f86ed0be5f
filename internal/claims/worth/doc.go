// Package worth scores how much a statement is worth checking: how likely it is
// that a fact-checker would pick it. The model is linear over features with
// names, so that a score can say what moved it.
//
// [Features] reads the features off a parsed sentence, [Fit] learns weights from
// labelled statements, [Load] gives the weights that training/worth fitted, and
// [Model.Score] applies them.
package worth
