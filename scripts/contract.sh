#!/bin/sh
# Tests the service against its own OpenAPI document with made-up calls, by schemathesis
# with all its checks (https://schemathesis.readthedocs.io). Needs Python 3 with venv, and
# PyPI at the first run; says so and ends well where they are missing.
# Usage: scripts/contract.sh [options of schemathesis], such as -n 200 or --seed 7
set -eu
cd "$(dirname "$0")/.."
venv="$(scripts/testers.sh)"
[ -n "$venv" ] || exit 0
# The words in quotes are for the inner shell.
exec scripts/with-server.sh sh -c 'cd tests/contract && PYTHONPATH=. "$0" --config-file schemathesis.toml run "$URL/openapi.json" \
	-H "Authorization: Bearer $KEY" "$@"' "$venv/bin/schemathesis" "$@"
