package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// awaitReplica waits until reads go to the replica.
func (v *veiled) awaitReplica() {
	v.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if v.App.Replicas()[0].Used {
			return
		}
	}
	v.t.Fatalf("the replica is not used: %+v", v.App.Replicas())
}

// TestReadsWriteNothingOnAReplica reads every page and every call of the API as several
// people where reads go to connections that cannot write: none has to be done again on the
// primary.
func TestReadsWriteNothingOnAReplica(t *testing.T) {
	t.Parallel()
	v := newVeiledWith(t, servertest.Options{ReadOnly: true})
	v.mark()
	v.gather()
	v.awaitReplica()
	boss := v.person("cora", auth.Administrator)
	boss.key = servertest.AdminKey
	for _, who := range []viewer{boss, v.person("dora", auth.Checker), {name: "a stranger"}} {
		for _, route := range v.Routes() {
			if route.Method != http.MethodGet || apart.MatchString(route.Pattern) {
				continue
			}
			for _, address := range v.addresses(route) {
				again := v.App.Reads().Again
				status, body := v.read(who, route.Way, address)
				if status >= http.StatusInternalServerError {
					t.Errorf("GET %s as %s: status %d: %.200s", address, who.name, status, body)
				}
				if v.App.Reads().Again > again {
					t.Errorf("GET %s as %s wrote where nothing can be written", address, who.name)
				}
			}
		}
	}
	if n := v.App.Reads(); n.Replica < 300 || n.Replica < 10*(n.Primary+n.Late) {
		t.Errorf("reads %+v: the test would see no write", n)
	}
}

// TestReadinessTellsOfReplicas and of them no more than their number.
func TestReadinessTellsOfReplicas(t *testing.T) {
	t.Parallel()
	v := newVeiledWith(t, servertest.Options{ReadOnly: true})
	v.awaitReplica()
	status, body := v.read(viewer{}, server.Open, "/readyz")
	if status != http.StatusOK || !strings.Contains(body, "replicas: reads go to 1 of 1") {
		t.Errorf("/readyz: %d %q", status, body)
	}
	w := v.Do(servertest.Call{Method: http.MethodGet, Path: "/metrics", Key: servertest.AdminKey})
	for _, want := range []string{"db_replica_used{replica=", "db_replica_behind_bytes{", `db_reads_total{answer="replica"}`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("/metrics does not tell %s", want)
		}
	}
}
