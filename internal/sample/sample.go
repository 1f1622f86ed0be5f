package sample

import (
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed articles.json *.txt
var files embed.FS

// Story is the sample story as "server analyze" takes it.
type Story struct {
	Title    string    `json:"title"`
	Articles []Article `json:"articles"`
}

// Article is one article of the sample with its text as it was received.
type Article struct {
	ID     string `json:"id"`
	File   string `json:"file"`
	Source string `json:"source"`
	Title  string `json:"title"`
	URL    string `json:"url"`
	// PublishedAt is a date or an RFC 3339 time.
	PublishedAt string `json:"published_at"`
	Text        string `json:"-"`
}

// Load gives the sample story. It fails only when the binary is damaged.
func Load() (Story, error) {
	list, err := files.ReadFile("articles.json")
	if err != nil {
		return Story{}, fmt.Errorf("sample: %w", err)
	}
	var s Story
	if err := json.Unmarshal(list, &s); err != nil {
		return Story{}, fmt.Errorf("sample: articles.json: %w", err)
	}
	for i := range s.Articles {
		text, err := files.ReadFile(s.Articles[i].File)
		if err != nil {
			return Story{}, fmt.Errorf("sample: %w", err)
		}
		s.Articles[i].Text = string(text)
	}
	return s, nil
}
