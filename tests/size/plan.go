package size

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/server/servertest"
)

// statement is one that the service had the database run, with what it cost there.
type statement struct {
	SQL string
	// Runs is how often it was run.
	Runs float64
	// Buffers are the pages of tables and indexes that were looked at, Rows those that
	// were looked for in tables, also those that were then left out or not there.
	Buffers, Rows float64
	// Found are the rows that it gave, or those that it counted.
	Found float64
	// Scanned are the tables that were read from end to end, with how many rows.
	Scanned map[string]float64
	// Nested is true for one that a trigger or a function has run.
	Nested bool
}

// node is a node of a plan as auto_explain tells it.
type node struct {
	Type     string  `json:"Node Type"`
	Strategy string  `json:"Strategy"`
	Relation string  `json:"Relation Name"`
	Rows     float64 `json:"Actual Rows"`
	Loops    float64 `json:"Actual Loops"`
	Filtered float64 `json:"Rows Removed by Filter"`
	Recheck  float64 `json:"Rows Removed by Index Recheck"`
	Joined   float64 `json:"Rows Removed by Join Filter"`
	Hit      float64 `json:"Shared Hit Blocks"`
	Read     float64 `json:"Shared Read Blocks"`
	Plans    []node  `json:"Plans"`
}

// recorder notes the statements that are run on the connections it watches.
type recorder struct {
	mu   sync.Mutex
	on   bool
	seen []statement
}

// tellings are the settings with which a database tells how it runs statements.
var tellings = map[string]string{"session_preload_libraries": "auto_explain", "client_min_messages": "notice",
	"auto_explain.log_min_duration": "0", "auto_explain.log_analyze": "on", "auto_explain.log_buffers": "on", "auto_explain.log_timing": "off",
	"auto_explain.log_format": "json", "auto_explain.log_level": "notice", "auto_explain.log_nested_statements": "on"}

// letWatch lets the role that serves have those settings, which are not for everybody.
func letWatch(t testing.TB, s *servertest.Service) {
	t.Helper()
	role := pgx.Identifier{s.Serving.Config().ConnConfig.User}.Sanitize()
	for name := range tellings {
		if _, err := s.Pool.Exec(t.Context(), "GRANT SET ON PARAMETER "+name+" TO "+role); err != nil {
			t.Fatal(err)
		}
	}
}

// watch has the database tell of each statement on a pool's connections how it was run,
// and the recorder hear it.
func (r *recorder) watch(cfg *pgxpool.Config) {
	for name, value := range tellings {
		cfg.ConnConfig.RuntimeParams[name] = value
	}
	cfg.ConnConfig.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { r.hear(n) }
}

func (r *recorder) hear(n *pgconn.Notice) {
	_, plan, ok := strings.Cut(n.Message, "plan:\n")
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.on || !ok {
		return
	}
	var told struct {
		SQL  string `json:"Query Text"`
		Plan node   `json:"Plan"`
	}
	if err := json.Unmarshal([]byte(plan), &told); err != nil {
		r.seen = append(r.seen, statement{SQL: "a plan that cannot be read: " + err.Error()})
		return
	}
	s := statement{SQL: told.SQL, Runs: 1, Buffers: told.Plan.Hit + told.Plan.Read, Found: told.Plan.found(), Scanned: map[string]float64{}, Nested: n.Where != ""}
	s.add(told.Plan)
	r.seen = append(r.seen, s)
}

// found gives the rows that a node gives, or those that it makes one count of.
func (n node) found() float64 {
	if n.Type == "Aggregate" && n.Strategy == "Plain" && len(n.Plans) == 1 {
		return n.Plans[0].found()
	}
	return n.Loops * n.Rows
}

// add adds up what a node and those below it read.
func (s *statement) add(n node) {
	if n.Relation != "" && n.Type != "ModifyTable" {
		rows := n.Loops * (n.Rows + n.Filtered + n.Recheck)
		s.Rows += max(n.Loops, rows)
		if n.Type == "Seq Scan" {
			s.Scanned[n.Relation] += rows
		}
	}
	s.Rows += n.Loops * n.Joined
	for _, below := range n.Plans {
		s.add(below)
	}
}

// of gives the statements that something has the database run.
func (r *recorder) of(do func()) []statement {
	r.mu.Lock()
	r.on, r.seen = true, nil
	r.mu.Unlock()
	do()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = false
	return r.seen
}
