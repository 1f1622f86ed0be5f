package report

import "encoding/json"

// The nodes of a report as linked data. Their names are those of context.json.
type (
	// ref names a node that is described elsewhere.
	ref struct {
		ID string `json:"@id"`
	}
	// made says when and by what something was found.
	made struct {
		DateModified  string `json:"dateModified,omitempty"`
		EngineVersion string `json:"engineVersion"`
		EngineHash    string `json:"engineHash"`
	}
	storyNode struct {
		Context    json.RawMessage `json:"@context"`
		ID         string          `json:"@id"`
		Type       []string        `json:"@type"`
		URL        string          `json:"url,omitempty"`
		Identifier string          `json:"identifier"`
		Name       string          `json:"name"`
		About      string          `json:"description"`
		Technique  string          `json:"measurementTechnique"`
		made
		Findings []findingNode `json:"hasPart"`
		Articles []articleNode `json:"isBasedOn"`
		Cleared  []pairNode    `json:"clearedPairs"`
	}
	// storyHead names the story of a finding that stands alone.
	storyHead struct {
		ID   string   `json:"@id"`
		Type []string `json:"@type"`
		URL  string   `json:"url,omitempty"`
		Name string   `json:"name"`
	}
	findingNode struct {
		ID              string           `json:"@id"`
		Type            []string         `json:"@type"`
		URL             string           `json:"url,omitempty"`
		Identifier      string           `json:"identifier"`
		Name            string           `json:"name"`
		Verdict         string           `json:"verdict,omitempty"`
		ReviewedVerdict string           `json:"reviewedVerdict,omitempty"`
		Corroborated    *bool            `json:"corroborated,omitempty"`
		Sources         int              `json:"sources"`
		Origins         int              `json:"origins"`
		Size            int              `json:"collectionSize"`
		Claims          []claimNode      `json:"hasPart"`
		Differences     []differenceNode `json:"differences"`
	}
	findingAlone struct {
		Context json.RawMessage `json:"@context"`
		findingNode
		made
		Story    storyHead     `json:"isPartOf"`
		Articles []articleNode `json:"isBasedOn"`
	}
	claimNode struct {
		ID          string        `json:"@id"`
		Type        string        `json:"@type"`
		Position    string        `json:"position,omitempty"`
		Name        string        `json:"name,omitempty"`
		Value       string        `json:"value,omitempty"`
		Text        string        `json:"text"`
		Sources     int           `json:"sources"`
		Origins     int           `json:"origins,omitempty"`
		Appearances []ref         `json:"appearance"`
		First       *ref          `json:"firstAppearance,omitempty"`
		Passages    []passageNode `json:"passages"`
	}
	passageNode struct {
		ID          string     `json:"@id"`
		Type        string     `json:"@type"`
		Motivation  string     `json:"motivation"`
		Body        ref        `json:"body"`
		Target      targetNode `json:"target"`
		Attribution string     `json:"attribution"`
		Speaker     string     `json:"speaker,omitempty"`
		Certainty   string     `json:"certainty"`
		Checkable   bool       `json:"checkable"`
		Reason      string     `json:"reason,omitempty"`
	}
	targetNode struct {
		Type     string         `json:"@type"`
		Source   ref            `json:"source"`
		Selector []selectorNode `json:"selector"`
	}
	// selectorNode is one of two selectors of a passage, by its words or by its place.
	selectorNode struct {
		Type   string `json:"@type"`
		Exact  string `json:"exact,omitempty"`
		Prefix string `json:"prefix,omitempty"`
		Suffix string `json:"suffix,omitempty"`
		Start  *int   `json:"start,omitempty"`
		End    *int   `json:"end,omitempty"`
	}
	differenceNode struct {
		ID          string   `json:"@id"`
		Type        string   `json:"@type"`
		Kind        string   `json:"kind"`
		Material    bool     `json:"material"`
		Internal    bool     `json:"internal"`
		Superseded  bool     `json:"superseded"`
		Between     string   `json:"between"`
		Explanation string   `json:"explanation"`
		Sides       [2]aside `json:"sides"`
	}
	pairNode struct {
		ID     string   `json:"@id"`
		Type   string   `json:"@type"`
		Kind   string   `json:"kind"`
		Reason string   `json:"reason"`
		Sides  [2]aside `json:"sides"`
	}
	// aside is one side of a difference or a cleared pair.
	aside struct {
		Type    string `json:"@type"`
		Passage ref    `json:"passage"`
		Value   string `json:"value,omitempty"`
	}
	articleNode struct {
		ID          string        `json:"@id"`
		Type        string        `json:"@type"`
		Identifier  string        `json:"identifier"`
		URL         string        `json:"url,omitempty"`
		Headline    string        `json:"headline,omitempty"`
		Publisher   publisherNode `json:"publisher"`
		Published   string        `json:"datePublished,omitempty"`
		Origin      string        `json:"origin,omitempty"`
		OriginKnown bool          `json:"originKnown"`
		Claims      []ref         `json:"interpretedAsClaim"`
	}
	publisherNode struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
)
