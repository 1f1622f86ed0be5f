package views

import "time"

// SessionLine is a place where somebody is signed in.
type SessionLine struct {
	// ID names the session and opens nothing.
	ID string
	// This is true for the session of the viewer.
	This bool
	// Browser and Address are those of the last use, empty where they are not known.
	Browser string
	Address string
	// Began and Used are zero where that is not known.
	Began time.Time
	Used  time.Time
}

// name is what the session is called.
func (s SessionLine) name() string {
	if s.Browser == "" {
		return "A browser that is not known"
	}
	return s.Browser
}

// SessionsForm lists the sessions of the viewer, with the form that ends some as it was
// filled in.
type SessionsForm struct {
	Lines []SessionLine
	// More is how many there are besides.
	More   int
	Chosen map[string]bool
	Errors Errors
}

// others tells whether the viewer is signed in elsewhere.
func (f SessionsForm) others() bool {
	for _, s := range f.Lines {
		if !s.This {
			return true
		}
	}
	return false
}
