package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corroborate/internal/auth"
)

// factorKeyFile is the name of the file with the key that seals second factors.
const factorKeyFile = "second-factor.key"

// roleName is a role in a setting.
type roleName struct{ auth.Role }

// UnmarshalText reads a role.
func (r *roleName) UnmarshalText(b []byte) error {
	if r.Role = auth.Role(strings.TrimSpace(string(b))); !r.Valid() {
		return errors.New("want roles of reader, checker, editor, administrator, such as editor,administrator")
	}
	return nil
}

// requiredRoles gives the roles that need a second factor.
func (c config) requiredRoles() []auth.Role {
	var roles []auth.Role
	for _, r := range c.RequireFactor {
		roles = append(roles, r.Role)
	}
	slices.Sort(roles)
	return slices.Compact(roles)
}

// sealer gives what seals the secrets of second factors: with the key in the
// settings, else with one in the data folder, which is made at the first start of a server
// that serves. It is nil where there is neither and nobody is required to have a second
// factor.
func (c config) sealer(p parts) (*auth.Sealer, error) {
	if c.FactorKey != "" {
		return auth.NewSealer(c.FactorKey)
	}
	path := filepath.Join(c.DataDir, factorKeyFile)
	key, err := factorKey(path, p.serves)
	switch {
	case err == nil:
		return auth.NewSealer(key)
	case !p.serves && errors.Is(err, os.ErrNotExist):
		return nil, nil // a key that it made would be another than that of those that serve
	case c.DatabaseURL == "" || len(c.RequireFactor) > 0:
		return nil, fmt.Errorf("the key of second factors (or set SECOND_FACTOR_KEY): %w", err)
	}
	p.log.Warn("second factors are off: set SECOND_FACTOR_KEY, or let the server write into DATA_DIR", "error", err)
	return nil, nil
}

// factorKey reads the key from its file, which it may make where there is none. The file
// appears whole: of servers that start together one makes it and all read it.
func factorKey(path string, mayMake bool) (string, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	if _, err := os.Stat(path); mayMake && errors.Is(err, os.ErrNotExist) {
		if err := makeFactorKey(path); err != nil && !errors.Is(err, os.ErrExist) {
			return "", err
		}
	}
	b, err := os.ReadFile(path)
	return strings.TrimSpace(string(b)), err
}

// makeFactorKey writes a new key that only its owner can read, unless there is one.
func makeFactorKey(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), factorKeyFile+".*") // with the mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(rand.Text() + rand.Text() + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
