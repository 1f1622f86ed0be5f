package claims

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

	"corroborate/internal/claims/encoder"
	"corroborate/internal/claims/gazetteer"
	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/nlp/lexicon"
	"corroborate/internal/claims/worth"
)

// Version is the engine's version: it goes up when rules change what is found.
const Version = "0.8.0"

// Engine reads, splits and compares. It is immutable and safe for concurrent
// use.
type Engine struct {
	info  EngineInfo
	model *nlp.Model
	lex   *lexicon.Lexicon
	gaz   *gazetteer.Gazetteer
	cues  cueWeights
	worth *worth.Model
	// encoder is the language model.
	encoder *recalling
	// pairs judges two bare statements.
	pairs pairScorer
}

// NewEngine loads the engine's data from the binary. It fails only when the
// binary is damaged.
func NewEngine() (*Engine, error) {
	model, err := nlp.Load()
	if err != nil {
		return nil, fmt.Errorf("claims: model: %w", err)
	}
	lex, err := lexicon.Load()
	if err != nil {
		return nil, fmt.Errorf("claims: lexicon: %w", err)
	}
	gaz, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("claims: gazetteer: %w", err)
	}
	worthModel, err := worth.Load()
	if err != nil {
		return nil, fmt.Errorf("claims: %w", err)
	}
	cues, err := loadCues(cueFile)
	if err != nil {
		return nil, err
	}
	language, err := encoder.Default()
	if err != nil {
		return nil, fmt.Errorf("claims: %w", err)
	}
	e := &Engine{encoder: newRecalling(language), model: model, lex: lex, gaz: gaz, worth: worthModel, cues: cues, pairs: rulePairScorer{}}
	hash, err := e.hash()
	e.info = EngineInfo{Version: Version, Hash: hash}
	return e, err
}

// hash covers what decides an outcome: the rules by their versions, the model and
// the data by their bytes.
func (e *Engine) hash() (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, Version, ExtractorVersion, e.model.Version(), e.lex.Version(), worth.File(), cueFile, weighingFile, e.encoder.Hash())
	err := fs.WalkDir(gazetteer.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(gazetteer.Files(), path)
		fmt.Fprintf(h, "%s %d\n%s", path, len(raw), raw)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)[:8]), err
}

// Info says which engine this is.
func (e *Engine) Info() EngineInfo { return e.info }
