// Package eval measures the engine against stories and statement pairs that
// people have annotated, and keeps the figures that were last committed. A drop
// fails its test; `make quality` measures again and writes the new figures.
//
// A story's folder holds articles.json, as the analyze command reads it, and
// gold.json: the facts that the story tells with every passage that tells them,
// the verdicts and kinds of difference that are right, pairs of passages that
// must stay apart, and passages that are no claim.
package eval
