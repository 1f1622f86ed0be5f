package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/app"
	"corroborate/internal/auth"
)

// config holds the settings. Each comes from the environment variable in its env
// tag; one that is marked secret may instead stand in the file that the variable
// with _FILE at its end names. docs/operations.md explains them at length.
type config struct {
	Addr            string        `env:"ADDR" envDefault:"127.0.0.1:8080" help:"host and port to listen on"`
	DataDir         string        `env:"DATA_DIR" help:"folder for the private database, the first password and the key of second factors (default: /var/lib/corroborate for root, else ~/.local/share/corroborate)"`
	DatabaseURL     string        `env:"DATABASE_URL" secret:"true" help:"a PostgreSQL database to use instead of a private one: postgres://user:password@host:5432/database"`
	DatabaseReadURL string        `env:"DATABASE_READ_URL" secret:"true" help:"streaming replicas of the database that reads may go to, one for each host: postgres://user:password@replica1:5432,replica2:5432/database"`
	Workers         int           `env:"WORKERS" help:"how many jobs are worked at a time, those that wait for other servers not counted (default: the number of processors)"`
	MaxWaiting      int           `env:"MAX_WAITING" envDefault:"200000" help:"how many articles may wait to be read; beyond that no more are taken in until workers have caught up"`
	ModelMemory     int           `env:"MODEL_MEMORY" envDefault:"120" help:"how many megabytes of what the language model answered are kept, so that it is not asked again: about, at least 1"`
	DatabaseOwner   string        `env:"DATABASE_OWNER_URL" secret:"true" help:"the same database for the role that owns the schema and migrates it; the role of DATABASE_URL then only serves"`
	DatabaseTimeout time.Duration `env:"DATABASE_TIMEOUT" envDefault:"2m" help:"how long the database may stay silent after a statement before its connection is given up"`
	PublicURL       string        `env:"PUBLIC_URL" help:"the address under which browsers reach the service, if not that of ADDR: https://news.example.org"`
	PublicRead      bool          `env:"PUBLIC_READ" help:"true lets anyone read findings with their passages"`
	AdminEmail      string        `env:"ADMIN_EMAIL" envDefault:"admin@localhost" help:"e-mail address of the administrator that the first start makes"`
	AdminPassword   string        `env:"ADMIN_PASSWORD" secret:"true" help:"the administrator's first password (default: a generated one, in DATA_DIR/first-password, to be exchanged at its first use)"`
	AdminAPIKey     string        `env:"ADMIN_API_KEY" secret:"true" help:"an API key with the scope admin that is valid from the first start"`
	APIKey          string        `env:"API_KEY" secret:"true" help:"the API key, with the scope write, that server import calls the service with"`
	PGBinDir        string        `env:"PG_BIN_DIR" help:"folder of PostgreSQL's programs for the private database (default: the newest that is installed)"`
	LogFormat       logFormat     `env:"LOG_FORMAT" envDefault:"auto" help:"text, json, or auto: text on a terminal, else json"`
	LogLevel        slog.Level    `env:"LOG_LEVEL" envDefault:"info" help:"debug, info, warn or error"`
	TrustedProxies  []proxyRange  `env:"TRUSTED_PROXIES" help:"addresses of reverse proxies whose X-Forwarded-For is believed, as a list: 10.0.0.0/8,192.0.2.7"`
	MetricsAddr     string        `env:"METRICS_ADDR" help:"host and port of a listener of its own for /metrics, where no key is needed"`
	FetchAllow      []string      `env:"FETCH_ALLOW_HOSTS" help:"hosts, with or without a port, that may be fetched although they are in a private network, as a list: wiki.example.lan,127.0.0.1:8000"`
	WebhookAllow    []string      `env:"WEBHOOK_ALLOW_HOSTS" help:"hosts, with or without a port, that webhooks may lead to although they are in a private network, without TLS or on another port, as a list: cms.example.lan,127.0.0.1:9000"`
	FeedInterval    time.Duration `env:"FEED_INTERVAL" envDefault:"30m" help:"time between two polls that a feed begins with"`
	FeedMinInterval time.Duration `env:"FEED_MIN_INTERVAL" envDefault:"10m" help:"the shortest that this becomes for a feed that often brings news"`
	FeedMaxInterval time.Duration `env:"FEED_MAX_INTERVAL" envDefault:"12h" help:"the longest that this becomes for a feed that seldom does"`
	FeedNewEntries  int           `env:"FEED_NEW_ENTRIES" envDefault:"100" help:"the most new entries that are taken from one poll of a feed; the rest comes with the next"`
	RequireFactor   []roleName    `env:"REQUIRE_SECOND_FACTOR" help:"roles whose people have to set up a second factor to sign in with, as a list: editor,administrator"`
	FactorKey       string        `env:"SECOND_FACTOR_KEY" secret:"true" help:"the key, at least 32 characters, that the secrets of second factors are stored with (default: a generated one, in DATA_DIR/second-factor.key)"`
	CallsPerMinute  int           `env:"CALLS_PER_MINUTE" envDefault:"12000" help:"the most calls that an API key may make in a minute; a key may have a lower limit of its own, an address without a key may make a tenth"`
	CORSOrigins     []originOrAll `env:"CORS_ORIGINS" help:"sites whose scripts may call the API from a browser, as a list, or * for every site: https://cms.example.org"`
	EmbedOrigins    []string      `env:"EMBED_ORIGINS" help:"sites whose pages may frame the cards of findings, as a list of scheme and host: https://www.example.org,https://blog.example.org"`
	LLMBaseURL      string        `env:"LLM_BASE_URL" help:"the address of an OpenAI-compatible endpoint, such as https://api.openai.com/v1 or http://127.0.0.1:11434/v1, whose model is asked as a second judge of pairs; without it nothing is sent anywhere"`
	LLMModel        string        `env:"LLM_MODEL" help:"the name of the model there"`
	LLMKey          string        `env:"LLM_KEY" secret:"true" help:"the key that the endpoint asks for, if it does"`
	LLMTimeout      time.Duration `env:"LLM_TIMEOUT" envDefault:"60s" help:"how long the second judge may take for one answer"`
	LLMAnswerTokens int           `env:"LLM_ANSWER_TOKENS" envDefault:"500" help:"the most tokens of an answer; models that think before they answer need more"`
	LLMCalls        int           `env:"LLM_CALLS_PER_DAY" envDefault:"2000" help:"the most calls to the second judge on a day (UTC), over all servers"`
	LLMTokens       int           `env:"LLM_TOKENS_PER_DAY" envDefault:"2000000" help:"the most tokens that these may take, over all servers"`
	LLMConcurrency  int           `env:"LLM_CONCURRENCY" envDefault:"2" help:"the most calls at a time, over all servers"`
	RetainArticles  int           `env:"RETAIN_ARTICLES" envDefault:"0" help:"days after which an article goes to the bin, and from there for good 30 days later; 0 keeps articles"`
	RetainHistory   int           `env:"RETAIN_HISTORY" envDefault:"0" help:"days that the history of who did what is kept; 0 keeps it"`
	Sample          bool          `env:"SAMPLE" help:"true loads the sample story into an empty database"`
	TracingSettings
}

// maxRetainDays is a hundred years.
const maxRetainDays = 36_500

// minAPIKey is how many characters keep a key from being guessed.
const minAPIKey = 16

// logFormat is how log lines are written: auto, text or json.
type logFormat string

// UnmarshalText reads a format.
func (f *logFormat) UnmarshalText(b []byte) error {
	switch *f = logFormat(b); *f {
	case "auto", "text", "json":
		return nil
	}
	return errors.New("want auto, text or json")
}

// proxyRange is a range of addresses; a single address is a range of one.
type proxyRange struct{ netip.Prefix }

// UnmarshalText reads an address or a range in CIDR form.
func (r *proxyRange) UnmarshalText(b []byte) error {
	text := strings.TrimSpace(string(b))
	if addr, err := netip.ParseAddr(text); err == nil {
		r.Prefix = netip.PrefixFrom(addr, addr.BitLen())
		return nil
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		return fmt.Errorf("%q is no address or range such as 10.0.0.0/8", text)
	}
	r.Prefix = prefix.Masked()
	return nil
}

// originOrAll is scheme and host of a site, or * for every site.
type originOrAll string

// UnmarshalText reads an origin.
func (o *originOrAll) UnmarshalText(b []byte) error {
	text := strings.TrimSpace(string(b))
	if text != "*" && !isOrigin(text) {
		return fmt.Errorf("want scheme and host alone, such as https://cms.example.org, or *: %q is neither", text)
	}
	*o = originOrAll(text)
	return nil
}

// loadConfig reads and checks the settings. Its error names every setting that
// is wrong, a line each, and shows no secret.
func loadConfig(vars map[string]string) (config, error) {
	cfg, problems := readConfig(vars)
	if len(problems) > 0 {
		return config{}, usageErrorf("wrong settings:\n  %s", strings.Join(problems, "\n  "))
	}
	return cfg, nil
}

// readConfig reads the settings and says what is wrong with them; what is wrong has its
// preset or nothing.
func readConfig(vars map[string]string) (config, []string) {
	vars, problems := withSecretFiles(vars)
	var cfg config
	if err := env.ParseWithOptions(&cfg, env.Options{Environment: vars}); err != nil {
		problems = append(problems, parseProblems(err)...)
	}
	if cfg.DataDir == "" {
		cfg.DataDir = defaultDataDir(vars, os.Geteuid() == 0)
	}
	cfg.PublicURL = strings.TrimRight(cfg.PublicURL, "/")
	return cfg, append(problems, cfg.check()...)
}

// withSecretFiles gives the variables with each secret that stands in a file
// read from it.
func withSecretFiles(vars map[string]string) (merged map[string]string, problems []string) {
	merged = make(map[string]string, len(vars))
	for k, v := range vars {
		if v != "" { // a variable set to nothing is one that is not set
			merged[k] = v
		}
	}
	for _, s := range settings() {
		path := merged[s.name+"_FILE"]
		if !s.secret || path == "" {
			continue
		}
		if merged[s.name] != "" {
			problems = append(problems, fmt.Sprintf("%s and %s_FILE are both set: set one", s.name, s.name))
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s_FILE: %v", s.name, err))
			continue
		}
		if merged[s.name] = strings.TrimRight(string(b), "\r\n"); merged[s.name] == "" {
			problems = append(problems, fmt.Sprintf("%s_FILE: %s is empty", s.name, path))
		}
	}
	return merged, problems
}

// parseProblems words the errors of values that have the wrong form.
func parseProblems(err error) []string {
	aggregate, ok := errors.AsType[env.AggregateError](err)
	if !ok {
		return []string{err.Error()}
	}
	var problems []string
	for _, err := range aggregate.Errors {
		parse, ok := errors.AsType[env.ParseError](err)
		if !ok {
			problems = append(problems, err.Error())
			continue
		}
		field, _ := reflect.TypeFor[config]().FieldByName(parse.Name)
		why := parse.Err.Error()
		switch {
		case field.Type.Kind() == reflect.Bool:
			why = "want true or false"
		case field.Type == reflect.TypeFor[slog.Level]():
			why = "want debug, info, warn or error"
		case field.Type == reflect.TypeFor[[]roleName]():
			why = "want roles of reader, checker, editor, administrator, such as editor,administrator"
		case field.Type == reflect.TypeFor[time.Duration]():
			why = "want a time such as 30m or 12h"
		case field.Type.Kind() == reflect.Int:
			why = "want a number"
		}
		problems = append(problems, field.Tag.Get("env")+": "+why)
	}
	return problems
}

// minRetainHistory is how many days the history is kept at the least, so that nobody
// covers their tracks by it: the database holds to it too.
const minRetainHistory = 30

// check finds what is well-formed and still cannot work.
func (c config) check() []string {
	var problems []string
	wrong := func(setting, why string) { problems = append(problems, setting+": "+why) }
	if !isHostPort(c.Addr) {
		wrong("ADDR", "want host:port, such as 127.0.0.1:8080")
	}
	if c.MetricsAddr != "" && !isHostPort(c.MetricsAddr) {
		wrong("METRICS_ADDR", "want host:port, such as 127.0.0.1:9090")
	}
	if c.DataDir == "" {
		wrong("DATA_DIR", "want a folder: there is no home folder to take by default")
	}
	if c.DatabaseURL != "" {
		if _, err := pgxpool.ParseConfig(c.DatabaseURL); err != nil { // the error could show the password
			wrong("DATABASE_URL", "want postgres://user:password@host:5432/database")
		}
	}
	if c.DatabaseTimeout < time.Second {
		wrong("DATABASE_TIMEOUT", "want at least 1s")
	}
	c.checkMachines(wrong)
	if c.DatabaseOwner != "" {
		if _, err := pgxpool.ParseConfig(c.DatabaseOwner); err != nil {
			wrong("DATABASE_OWNER_URL", "want postgres://user:password@host:5432/database")
		} else if c.DatabaseURL == "" {
			wrong("DATABASE_OWNER_URL", "want DATABASE_URL as well, for the role that serves")
		}
	}
	if c.PublicURL != "" && !isOrigin(c.PublicURL) {
		wrong("PUBLIC_URL", "want scheme and host alone, such as https://news.example.org")
	}
	if c.CallsPerMinute < 1 {
		wrong("CALLS_PER_MINUTE", "want at least 1")
	}
	for setting, days := range map[string]int{"RETAIN_ARTICLES": c.RetainArticles, "RETAIN_HISTORY": c.RetainHistory} {
		if days < 0 || days > maxRetainDays {
			wrong(setting, fmt.Sprintf("want a number of days from 0 to %d", maxRetainDays))
		}
	}
	if c.RetainHistory > 0 && c.RetainHistory < minRetainHistory {
		wrong("RETAIN_HISTORY", fmt.Sprintf("want 0 or at least %d days", minRetainHistory))
	}
	for _, origin := range c.EmbedOrigins {
		if !isOrigin(origin) || strings.ContainsAny(origin, "; '\"*") { // it becomes a part of a header
			wrong("EMBED_ORIGINS", fmt.Sprintf("%q is no scheme and host alone, such as https://www.example.org", origin))
		}
	}
	c.checkFeeds(wrong)
	c.checkSecondJudge(wrong)
	c.checkTracing(wrong)
	if a, err := mail.ParseAddress(c.AdminEmail); err != nil || a.Address != c.AdminEmail {
		wrong("ADMIN_EMAIL", "want an e-mail address")
	}
	if c.AdminAPIKey != "" && len(c.AdminAPIKey) < minAPIKey {
		wrong("ADMIN_API_KEY", fmt.Sprintf("want at least %d characters", minAPIKey))
	}
	if c.FactorKey != "" && len(c.FactorKey) < auth.MinSealKey {
		wrong("SECOND_FACTOR_KEY", fmt.Sprintf("want at least %d characters", auth.MinSealKey))
	}
	return problems
}

// minFeedInterval is how long a feed is left alone at the least, whatever the
// settings: its server is somebody else's.
const minFeedInterval = time.Minute

// checkFeeds finds what is wrong with the settings for feeds.
func (c config) checkFeeds(wrong func(setting, why string)) {
	if c.FeedMinInterval < minFeedInterval {
		wrong("FEED_MIN_INTERVAL", "want at least "+minFeedInterval.String())
	}
	if c.FeedInterval < c.FeedMinInterval || c.FeedInterval > c.FeedMaxInterval {
		wrong("FEED_INTERVAL", "want a time from FEED_MIN_INTERVAL to FEED_MAX_INTERVAL")
	}
	if c.FeedNewEntries < 1 {
		wrong("FEED_NEW_ENTRIES", "want at least 1")
	}
}

// feeds gives how feeds are polled.
func (c config) feeds() app.FeedConfig {
	return app.FeedConfig{Interval: c.FeedInterval, MinInterval: c.FeedMinInterval, MaxInterval: c.FeedMaxInterval,
		NewEntries: c.FeedNewEntries}
}

// corsOrigins gives the sites whose scripts may call the API.
func (c config) corsOrigins() []string {
	var out []string
	for _, o := range c.CORSOrigins {
		out = append(out, string(o))
	}
	return out
}

// proxies gives the ranges of the trusted proxies.
func (c config) proxies() []netip.Prefix {
	var ranges []netip.Prefix
	for _, r := range c.TrustedProxies {
		ranges = append(ranges, r.Prefix)
	}
	return ranges
}

func isHostPort(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = net.LookupPort("tcp", port)
	return err == nil
}

func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && s == u.Scheme+"://"+u.Host
}

// defaultDataDir gives the data folder that suits the user; empty where there is
// none.
func defaultDataDir(vars map[string]string, root bool) string {
	switch {
	case root:
		return "/var/lib/corroborate"
	case filepath.IsAbs(vars["XDG_DATA_HOME"]):
		return filepath.Join(vars["XDG_DATA_HOME"], "corroborate")
	case filepath.IsAbs(vars["HOME"]):
		return filepath.Join(vars["HOME"], ".local", "share", "corroborate")
	}
	return ""
}

// setting describes one setting to a person.
type setting struct {
	name, preset, help string
	secret             bool
}

// settings lists the fields of [config].
func settings() []setting {
	var list []setting
	for _, f := range reflect.VisibleFields(reflect.TypeFor[config]()) {
		if f.Anonymous { // its fields come by themselves
			continue
		}
		list = append(list, setting{
			name: f.Tag.Get("env"), preset: f.Tag.Get("envDefault"),
			help: f.Tag.Get("help"), secret: f.Tag.Get("secret") == "true",
		})
	}
	return list
}

// settingsHelp explains the settings for the help of a command.
func settingsHelp() string {
	var b strings.Builder
	b.WriteString("Settings come from the environment:\n\n")
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, s := range settings() {
		help := s.help
		if s.preset != "" {
			help += " (default: " + s.preset + ")"
		}
		if s.secret {
			help += "; or " + s.name + "_FILE"
		}
		fmt.Fprintf(table, "  %s\t%s\n", s.name, help)
	}
	_ = table.Flush() // a strings.Builder takes everything
	return b.String()
}
