package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
)

func migrateCommand() command {
	return command{
		name:    "migrate",
		summary: "bring the database's schema up to date and end",
		help: "Applies the changes of the schema that the database lacks. The service does\n" +
			"so itself when it starts; servers that start together take turns.\n\n" + settingsHelp(),
		setup: func(*flag.FlagSet) runner { return migrate },
	}
}

func migrate(ctx context.Context, env environment, _ []string) (err error) {
	cfg, err := loadConfig(env.vars)
	if err != nil {
		return err
	}
	log := newLogger(cfg, env.stderr)
	db, err := openDatabase(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := db.migrate(ctx, log); err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.stdout, "the schema is up to date")
	return err
}
