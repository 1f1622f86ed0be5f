package main

import (
	"context"
	"flag"
	"fmt"
	"runtime/debug"
)

func versionCommand() command {
	return command{
		name:    "version",
		summary: "print the program's version",
		help:    "Prints the version of the program and of the Go that built it.",
		setup: func(*flag.FlagSet) runner {
			return func(_ context.Context, env environment, _ []string) error {
				_, err := fmt.Fprintln(env.stdout, "corroborate", version())
				return err
			}
		},
	}
}

// version names the build: a released version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version, changed := info.Main.Version, ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && (version == "" || version == "(devel)"):
			version = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", with changes"
		}
	}
	return version + changed + " (" + info.GoVersion + ")"
}
