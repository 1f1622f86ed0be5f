package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"

	"corroborate/internal/app"
)

func passwordResetCommand() command {
	return command{
		name:    "password reset",
		summary: "make a link by which a person chooses a new password",
		help: fmt.Sprintf("Makes a link by which a person chooses a new password and writes it to stdout, alone\n"+
			"and this once: it is good once, for %d days. The old password works until then. This is\n"+
			"for who has no administrator to ask. The link begins with PUBLIC_URL, else with ADDR.\n", app.ResetDays) + keyHelp,
		setup: func(flags *flag.FlagSet) runner {
			email := flags.String("email", "", "e-mail address of the person")
			return func(ctx context.Context, env environment, _ []string) error { return resetPassword(ctx, env, *email) }
		},
	}
}

func resetPassword(ctx context.Context, env environment, email string) error {
	if email == "" {
		return usageErrorf("--email is missing: say whose password it is")
	}
	cfg, err := loadConfig(env.vars)
	if err != nil {
		return err
	}
	return withApp(ctx, env, func(uses *app.App) error {
		made, token, err := uses.MakeResetFor(ctx, uses.Operator(), email)
		if err != nil {
			return wrongFlags(err)
		}
		if _, err := fmt.Fprintln(env.stdout, cmp.Or(cfg.PublicURL, "http://"+reachable(cfg.Addr))+"/reset/"+token); err != nil {
			return fmt.Errorf("the link was made and could not be written; make another: %w", err)
		}
		fmt.Fprintf(env.stderr, "made a link to a new password for %s <%s>: good once, until %s; it is not shown again\n",
			made.User.Name, made.User.Email, made.ExpiresAt.UTC().Format("2006-01-02 15:04 UTC"))
		return nil
	})
}
