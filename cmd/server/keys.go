package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

const keyHelp = "It works on the database itself, whether the server runs or not: that of\n" +
	"DATABASE_URL, else the private one in DATA_DIR. Run it as the user that the\n" +
	"server runs as, with the same settings."

func keyCreateCommand() command {
	return command{
		name:    "key create",
		summary: "make an API key for a person",
		help: "Makes an API key and writes it to stdout, alone and this once: the service keeps\n" +
			"a hash of it. All else goes to stderr. " + keyHelp,
		setup: func(flags *flag.FlagSet) runner {
			var k newKey
			flags.StringVar(&k.email, "email", "", "e-mail address of the person whom the key belongs to")
			flags.StringVar(&k.name, "name", "", "what the key is for")
			flags.StringVar(&k.scopes, "scopes", "read", "what it may do, as a list of read, review, write, admin")
			flags.StringVar(&k.expires, "expires", "90d", "when it ends: days (90d), a day (2030-01-31), or never")
			flags.IntVar(&k.calls, "calls-per-minute", 0, "how many calls it may make in a minute (default: as many as CALLS_PER_MINUTE allows)")
			return k.run
		},
	}
}

// newKey is what the flags say of a new key.
type newKey struct {
	email, name, scopes, expires string
	calls                        int
}

func (k *newKey) run(ctx context.Context, env environment, _ []string) error {
	in, err := k.input(time.Now())
	if err != nil {
		return err
	}
	return withApp(ctx, env, func(uses *app.App) error {
		made, secret, err := uses.CreateKeyFor(ctx, uses.Operator(), k.email, in)
		if err != nil {
			return wrongFlags(err)
		}
		if _, err := fmt.Fprintln(env.stdout, secret); err != nil {
			return fmt.Errorf("the key %s was made and could not be written; revoke it: %w", made.ID, err)
		}
		fmt.Fprintf(env.stderr, "made the key %s of %s <%s>: %s, %s; it is not shown again\n",
			made.ID, made.Owner, made.OwnerEmail, strings.Join(scopeNames(made.Scopes), ", "), ends(made))
		return nil
	})
}

// input reads the flags.
func (k *newKey) input(now time.Time) (app.KeyInput, error) {
	in := app.KeyInput{Name: k.name, CallsPerMinute: k.calls}
	if k.email == "" {
		return in, usageErrorf("--email is missing: say whom the key belongs to")
	}
	for s := range strings.SplitSeq(k.scopes, ",") {
		in.Scopes = append(in.Scopes, auth.Scope(strings.TrimSpace(s)))
	}
	var err error
	in.ExpiresAt, err = expiry(k.expires, now)
	return in, err
}

// maxExpiryDays bounds what --expires takes: a hundred years.
const maxExpiryDays = 36_500

// expiry reads when a key ends, nil for never: days from now, or the end of a day in
// UTC.
func expiry(s string, now time.Time) (*time.Time, error) {
	if s == "never" {
		return nil, nil
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n <= maxExpiryDays {
			return new(now.AddDate(0, 0, n)), nil
		}
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return new(day.AddDate(0, 0, 1)), nil
	}
	return nil, usageErrorf("--expires: want days such as 90d, a day such as 2030-01-31, or never")
}

// wrongFlags makes an error of fields one of the flags that gave them.
func wrongFlags(err error) error {
	if claims.KindOf(err) == claims.Invalid {
		return &exitError{code: exitUsage, err: err}
	}
	return err
}

func keyListCommand() command {
	return command{
		name:    "key list",
		summary: "list the API keys of all people",
		help:    "Lists the API keys of all people without their secrets, the newest first. " + keyHelp,
		setup: func(flags *flag.FlagSet) runner {
			state := flags.String("state", "", "only keys that are valid, ending (within 14 days), expired or revoked")
			return func(ctx context.Context, env environment, _ []string) error {
				return withApp(ctx, env, func(uses *app.App) error { return listKeys(ctx, uses, app.KeyState(*state), env.stdout) })
			}
		},
	}
}

func listKeys(ctx context.Context, uses *app.App, state app.KeyState, w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tOWNER\tNAME\tSCOPES\tSTATE\tENDS\tLAST USED")
	f := app.KeyFilter{State: state, Page: app.Page{Limit: app.MaxLimit}}
	for {
		l, err := uses.AllKeys(ctx, uses.Operator(), f)
		if err != nil {
			return wrongFlags(err)
		}
		for _, k := range l.Items {
			used := "never"
			if k.LastUsedAt != nil {
				used = k.LastUsedAt.UTC().Format(time.DateOnly)
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", k.ID, k.OwnerEmail, k.Name, strings.Join(scopeNames(k.Scopes), ","), uses.StateOf(k), ends(k), used)
		}
		if f.Cursor = l.NextCursor; f.Cursor == "" {
			break
		}
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}

// ends says when a key ends.
func ends(k app.APIKey) string {
	if k.ExpiresAt == nil {
		return "never ends"
	}
	return "until " + k.ExpiresAt.UTC().Format("2006-01-02 15:04 UTC")
}

func scopeNames(scopes []auth.Scope) []string {
	names := make([]string, 0, len(scopes))
	for _, s := range scopes {
		names = append(names, string(s))
	}
	slices.Sort(names)
	return names
}

func keyRevokeCommand() command {
	return command{
		name:    "key revoke",
		args:    []string{"ID"},
		summary: "end an API key at once",
		help:    "Ends the API key with an id, as server key list gives it, at once and for good. " + keyHelp,
		setup:   func(*flag.FlagSet) runner { return revokeKey },
	}
}

func revokeKey(ctx context.Context, env environment, args []string) error {
	return withApp(ctx, env, func(uses *app.App) error {
		err := uses.RevokeKey(ctx, uses.Operator(), args[0])
		if claims.KindOf(err) == claims.NotFound {
			return errors.New("no key has the id " + strconv.Quote(args[0]) + ": see server key list")
		}
		if err == nil {
			fmt.Fprintln(env.stderr, "revoked the key "+args[0])
		}
		return err
	})
}
