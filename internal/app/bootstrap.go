package app

import "context"

// Bootstrap is what the first start is given.
type Bootstrap struct {
	// Email and Password are the first administrator's; an empty password is
	// generated.
	Email    string
	Password string
	// APIKey is a token with the scope admin, at least 16 characters; empty for none.
	APIKey string
	// DataDir is where a generated password is written.
	DataDir string
}

// BootstrapResult says what the first start did.
type BootstrapResult struct {
	// AdministratorMade is true when there was no account before.
	AdministratorMade bool
	// PasswordFile names the file with the generated password, empty when none was
	// generated.
	PasswordFile string
}

// Bootstrap makes the first administrator where there is no account yet, and
// makes the administrator's API key what b says; an empty one ends an earlier
// one. It may be called at every start.
func (a *App) Bootstrap(ctx context.Context, b Bootstrap) (BootstrapResult, error) { panic("surface") }

// LoadSample stores the sample story where there is no story and none in the bin,
// and tells whether it did. Anybody may read its texts where reading is public.
func (a *App) LoadSample(ctx context.Context, in StoryInput) (bool, error) { panic("surface") }
