package postgres

import (
	"context"
	"os/exec"
	"path/filepath"
)

// Command prepares one of PostgreSQL's programs to run as the user that a private cluster
// in cfg.DataDir runs as, which is made to reach that folder.
func Command(ctx context.Context, cfg Config, program string, args ...string) (*exec.Cmd, error) {
	c := &Cluster{dir: filepath.Join(cfg.DataDir, "postgres")}
	var err error
	if c.account, err = chooseAccount(c.dir); err != nil {
		return nil, err
	}
	if _, err := c.account.makeDataDir(cfg.DataDir); err != nil {
		return nil, err
	}
	if c.bin, err = findBinaries(ctx, cfg.BinDir, 0); err != nil {
		return nil, err
	}
	return c.command(ctx, program, args...), nil
}
