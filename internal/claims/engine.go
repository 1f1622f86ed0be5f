package claims

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"corroborate/internal/claims/gazetteer"
	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/nlp/lexicon"
)

// Version is the engine's version: it goes up when rules change what is found.
const Version = "0.1.0"

// Engine reads, splits and compares. It is immutable and safe for concurrent
// use.
type Engine struct {
	info  EngineInfo
	model *nlp.Model
	lex   *lexicon.Lexicon
	gaz   *gazetteer.Gazetteer
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
	h := sha256.Sum256([]byte(Version + "\n" + ExtractorVersion + "\n" + model.Version()))
	info := EngineInfo{Version: Version, Hash: hex.EncodeToString(h[:8])}
	return &Engine{info: info, model: model, lex: lex, gaz: gaz}, nil
}

// Info says which engine this is.
func (e *Engine) Info() EngineInfo { return e.info }
