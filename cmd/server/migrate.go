package main

import (
	"context"
	"flag"
	"fmt"
)

func migrateCommand() command {
	return command{
		name:    "migrate",
		summary: "bring the database's schema up to date and end",
		help: "Applies the changes of the schema that the database lacks. The service does\n" +
			"so itself when it starts; servers that start together take turns. With\n" +
			"DATABASE_OWNER_URL it works as the owner alone and gives the role of DATABASE_URL\n" +
			"its rights; a server then needs DATABASE_URL alone.\n\n" + settingsHelp(),
		setup: func(*flag.FlagSet) runner { return migrate },
	}
}

func migrate(ctx context.Context, env environment, _ []string) (err error) {
	cfg, err := loadConfig(env.vars)
	if err != nil {
		return err
	}
	log := newLogger(cfg, env.stderr)
	if cfg.DatabaseOwner != "" {
		err = migrateAsOwner(ctx, cfg.DatabaseOwner, cfg.DatabaseURL, log)
	} else {
		var db *database
		if db, err = openMigrated(ctx, cfg, log); err == nil {
			err = db.close()
		}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.stdout, "the schema is up to date")
	return err
}
