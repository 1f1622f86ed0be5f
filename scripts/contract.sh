#!/bin/sh
# Tests the service against its own OpenAPI document with made-up calls, by schemathesis
# with all its checks (https://schemathesis.readthedocs.io). Needs Python 3 with venv, and
# PyPI at the first run; says so and ends well where they are missing.
# Usage: scripts/contract.sh [options of schemathesis], such as -n 200 or --seed 7
set -eu
cd "$(dirname "$0")/.."
venv="${CONTRACT_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/corroborate/contract}"
if ! { [ -x "$venv/bin/schemathesis" ] || { python3 -m venv "$venv" && "$venv/bin/pip" -q install -r tests/contract/requirements.txt; }; } >&2; then
	echo "SKIPPED: schemathesis cannot be installed here; it needs Python 3 with venv, and PyPI" >&2
	exit 0
fi
# The words in quotes are for the inner shell.
exec scripts/with-server.sh sh -c 'cd tests/contract && PYTHONPATH=. "$0" --config-file schemathesis.toml run "$URL/openapi.json" \
	-H "Authorization: Bearer $KEY" "$@"' "$venv/bin/schemathesis" "$@"
