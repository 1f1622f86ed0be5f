package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"corroborate/internal/doctor"
	"corroborate/internal/jobs"
	"corroborate/internal/postgres"
	"corroborate/internal/store"
	"corroborate/migrations"
)

// doctorWait is how long the database may take to answer the doctor.
const doctorWait = 10 * time.Second

func doctorCommand() command {
	return command{
		name:    "doctor",
		summary: "examine the installation and say what to do",
		help: "Looks at settings, files, database, jobs, disk, clock and the language model, and\n" +
			"says for each finding what to do. It changes nothing and works whether the server\n" +
			"runs or not: a private database is started for as long as it takes. Exit status 1\n" +
			"means that there is a fault. Run it as the user that the server runs as, with the\n" +
			"same settings.",
		setup: func(flags *flag.FlagSet) runner {
			var d examination
			flags.BoolVar(&d.json, "json", false, "write the report as JSON")
			flags.BoolVar(&d.strict, "strict", false, "end with status 1 for warnings too")
			return d.run
		},
	}
}

// examination is one call of the doctor.
type examination struct {
	json, strict bool
	cfg          config
	found        []doctor.Finding
}

func (d *examination) run(ctx context.Context, env environment, _ []string) error {
	began := time.Now()
	cfg, problems := readConfig(env.vars)
	d.cfg = cfg
	d.add(settingFindings(env.vars, problems)...)
	d.add(webFindings(cfg)...)
	d.add(fileFindings(env.vars, cfg)...)
	d.add(portFindings(ctx, cfg)...)
	d.add(tracingFindings(ctx, cfg, env.vars)...)
	if cfg.DataDir != "" {
		d.add(doctor.Disk(d.folders()...)...)
	}
	d.database(ctx, env, problems)
	d.add(doctor.Model()...)
	d.add(doctor.Clock(began, built())...)
	return d.tell(env)
}

func (d *examination) add(all ...doctor.Finding) { d.found = append(d.found, all...) }

// folders gives those whose disks have to have room. The private cluster may lie on a
// disk of its own.
func (d *examination) folders() []string {
	if d.cfg.DatabaseURL != "" {
		return []string{d.cfg.DataDir}
	}
	return []string{d.cfg.DataDir, filepath.Join(d.cfg.DataDir, "postgres", "pg_wal")}
}

// tell writes the report and decides on the exit status.
func (d *examination) tell(env environment) error {
	report := doctor.NewReport(version(), time.Now(), d.found)
	write := report.WriteText
	if d.json {
		write = report.WriteJSON
	}
	if err := write(env.stdout); err != nil {
		return err
	}
	if report.Level == doctor.Fault || d.strict && report.Level == doctor.Warning {
		return fmt.Errorf("there is a %s: see the report", report.Level)
	}
	return nil
}

// database looks at everything that is in the database, if it can be reached.
func (d *examination) database(ctx context.Context, env environment, problems []string) {
	for _, p := range problems {
		for _, setting := range []string{"DATABASE_URL", "DATA_DIR"} {
			if strings.HasPrefix(p, setting) {
				d.add(doctor.Finding{Area: "database", Level: doctor.Note, Says: "the database was not looked at, as " + setting + " is wrong", Do: "mend the setting and run this again"})
				return
			}
		}
	}
	wait, cancel := context.WithTimeout(ctx, doctorWait)
	defer cancel()
	db, err := reachDatabase(wait, d.cfg, quietLogger(d.cfg, env.stderr))
	if errors.Is(err, postgres.ErrNoCluster) {
		d.add(doctor.Finding{Area: "database", Level: doctor.Warning, Says: "there is no database in " + d.cfg.DataDir + " yet",
			Do: "start the server once; or set DATA_DIR or DATABASE_URL as the server has it"})
		return
	}
	if err != nil {
		d.add(doctor.Unseen("database", err, "start the database, and see host, user and password of DATABASE_URL"))
		return
	}
	d.within(ctx, db)
	if err := db.close(); err != nil {
		d.add(doctor.Unseen("database", err, "see postgres.log in the data folder"))
	}
}

// within looks at what is in a database that answers.
func (d *examination) within(ctx context.Context, db *database) {
	q := store.New(db.pool).Queries
	d.add(doctor.Database(ctx, q, int(db.pool.Config().MaxConns))...)
	d.add(doctor.DatabaseClock(ctx, q)...)
	pending, err := migrations.Pending(ctx, db.pool)
	switch {
	case err != nil:
		d.add(doctor.Unseen("schema", err, "see the log of the database"))
		return
	case pending:
		d.add(doctor.Finding{Area: "schema", Level: doctor.Fault, Says: "the database lacks changes of the schema that this program needs",
			Do: "take a backup, then start the server or run server migrate"})
		return
	}
	d.add(doctor.Finding{Area: "schema", Level: doctor.OK, Says: "the schema is up to date"})
	d.replicas(ctx, q)
	d.add(doctor.Upkeep(ctx, q)...)
	d.add(doctor.Work(ctx, q, jobs.Queues(), d.cfg.LLMBaseURL != "")...)
}

// replicas looks at the replicas that reads may go to.
func (d *examination) replicas(ctx context.Context, primary store.Queries) {
	if d.cfg.DatabaseReadURL == "" {
		return
	}
	hosts, err := poolConfig(d.cfg.DatabaseReadURL, d.cfg.manner())
	if err != nil {
		return // it is among the findings on the settings
	}
	wait, cancel := context.WithTimeout(ctx, doctorWait)
	defer cancel()
	d.add(doctor.Replicas(wait, primary, store.ReplicaHosts(hosts))...)
}

// built is when the source of this program was committed, zero where it does not know.
func built() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			if t, err := time.Parse(time.RFC3339, s.Value); err == nil {
				return t
			}
		}
	}
	return time.Time{}
}
