# What a developer does here; `make` alone lists it. Go and make are needed, the
# rest is installed by apt-get when root runs this, else the command is printed.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build generate test e2e race check a11y fmt lint generated bench quality fuzz contract examples load faults size machines clean need-postgres need-browser bin/server

# The user postgres has to reach root's data folder, and often cannot reach root's clone.
run_data := $(if $(filter 0,$(shell id -u)),/var/lib/corroborate-dev,$(CURDIR)/.data)
# Runs a command with a PostgreSQL cluster of its own in TEST_DATABASE_URL.
with_postgres := go build -o bin/pgtest ./internal/postgres/pgtest && bin/pgtest
fuzz_time := 20s
# A regular expression that a fuzz test's name must match to run; all where empty.
fuzz_only :=
load_time := 2m
load_rate := 200
soak_time := 20m
soak_rate := 10
# Options of schemathesis, such as -n 500 or --seed 7.
contract_options := -n 100

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(if $(DATABASE_URL)$(DATABASE_URL_FILE),,need-postgres) bin/server ## Serve the sample story at http://localhost:8080, on a database of its own unless DATABASE_URL is set
	@ADDR="$${ADDR:-localhost:8080}" DATA_DIR="$${DATA_DIR:-$(run_data)}" \
		PUBLIC_READ="$${PUBLIC_READ:-true}" SAMPLE="$${SAMPLE:-true}" exec bin/server

build: bin/server ## Build bin/server

bin/server:
	CGO_ENABLED=0 go build -trimpath -o bin/server ./cmd/server

need-postgres:
	@scripts/install.sh postgresql

need-browser:
	@scripts/install.sh postgresql chromium

generate: ## Generate Go from the templates, and the client from the OpenAPI document
	go tool templ generate
	go run ./internal/api/clientgen

test: need-browser ## Run all tests, those in a browser too
	$(with_postgres) go test -p 2 -timeout 20m ./...

e2e: need-browser ## Run the tests in a browser alone
	$(with_postgres) go test -count=1 -v ./tests/e2e/...

race: need-browser ## Run all tests under the race detector (needs a C compiler)
	$(with_postgres) env CGO_ENABLED=1 go test -race -p 2 ./...

# The tests look at every page: with the engine at hand they check its accessibility too.
check: fmt lint generated ## Everything that a change has to pass, accessibility too where npm is installed
	AXE_PATH="$$(scripts/axe.sh)" $(MAKE) test

a11y: need-browser ## Check the accessibility of every page (needs npm)
	@axe=$$(scripts/axe.sh); [ -z "$$axe" ] || { $(with_postgres) env AXE_PATH="$$axe" go test -count=1 -v -run 'Tour|Engine' ./tests/e2e; }

fmt: ## Say which files are not formatted
	@files=$$(gofmt -l .); [ -z "$$files" ] || { echo "not formatted (gofmt -w):"; echo "$$files"; exit 1; }

lint: ## Look for mistakes without running the code
	go vet ./...
	go tool staticcheck ./...

generated: ## Say whether generated files and go.mod are up to date
	go mod tidy -diff
	@sum() { find . -name '*_templ.go' | sort | xargs cat | cksum; }; before=$$(sum); go tool templ generate; \
		[ "$$before" = "$$(sum)" ] || { echo "generated files were out of date and are not now: commit them"; exit 1; }

bench: need-postgres ## Measure speed
	$(with_postgres) go test -run '^$$' -bench . -benchmem ./...

quality: ## Measure the engine against its gold data, and record the figures
	go test ./internal/claims/eval -count=1 -run TestQuality -v -update

fuzz: ## Fuzz each fuzz test for a short time (fuzz_time=20s, fuzz_only=REGEX)
	scripts/fuzz.sh $(fuzz_time) '$(fuzz_only)'

.PHONY: vulns
vulns: ## Look up known faults of the modules that the server is made of (needs vuln.go.dev)
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./cmd/server

contract: need-postgres bin/server ## Test the API against its OpenAPI document with made-up calls (needs Python 3 and PyPI)
	scripts/contract.sh $(contract_options)

examples: need-postgres bin/server ## Run the examples of docs/api.md, and a day of work by a generated client (needs Python 3 and PyPI)
	scripts/examples.sh
	scripts/day.sh

load: need-postgres ## Read at a steady rate (load_time=2m, load_rate=200), keep up a newsroom's traffic (soak_time=20m, soak_rate=10), flood the server and stop it
	$(with_postgres) go test -run '^$$' -bench MixedReads -timeout 30m ./tests/load -load.time $(load_time) -load.rate $(load_rate)
	$(with_postgres) go test -run 'TestDay$$' -v -timeout 3h ./tests/load -load.soak $(soak_time) -load.soakrate $(soak_rate) -load.warm 200

.PHONY: backup
backup: need-postgres bin/server ## Try both backups on a database that is written to, and restore them
	scripts/backup.sh

.PHONY: alerts
alerts: ## Check the alert rules and what makes them fire (needs promtool, of the package prometheus)
	@if command -v promtool >/dev/null; then promtool check rules deploy/prometheus/alerts.yml && promtool check config deploy/prometheus/prometheus.yml \
		&& promtool test rules deploy/prometheus/alerts_test.yml; \
	else echo "SKIPPED: promtool is not installed (apt-get install prometheus); the alert rules were NOT checked"; fi

# How many faults, and the seed of all that is random; 0 takes a new one and tells it.
faults := 200
seed := 0
faults: need-postgres ## Kill, cut off and fill up the service at random while it is written to (faults=200, seed=0)
	$(with_postgres) go test -count=1 -v -timeout 6h -run '^TestFaults$$' ./tests/faults \
		-faults.n $(faults) -faults.seed $(seed) -faults.worlds shared,private,upgrade

machines: need-postgres ## Kill each process of several machines in turn, promote the replica, and measure (takes 5 minutes)
	$(with_postgres) go test -count=1 -v -timeout 60m ./tests/machines -machines.full

# The archives stay in size_dir for the next run; the largest takes some 13 GB.
size_dir := $(if $(filter 0,$(shell id -u)),/var/lib/corroborate-size,$(CURDIR)/.data/size)
size_articles := 10000,100000,1000000

size: need-postgres ## Measure archives of several sizes side by side (size_articles=10000,100000,1000000, size_dir=FOLDER)
	go test ./tests/size -count=1 -v -timeout 12h -run 'TestReads|TestWrites|TestIntake' -size.dir $(size_dir) -size.articles $(size_articles)

clean: ## Remove what building left; the data stays
	rm -rf bin
