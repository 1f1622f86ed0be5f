#!/bin/sh
# Tests a running service against its own OpenAPI document with made-up calls, by
# schemathesis with all its checks (https://schemathesis.readthedocs.io). Needs Python 3
# with venv, and PyPI at the first run; says so and ends well where they are missing.
# Usage: scripts/contract.sh [options of schemathesis], such as -n 200 or --seed 7
set -eu
cd "$(dirname "$0")/.."
venv="${CONTRACT_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/corroborate/contract}"
if ! { [ -x "$venv/bin/schemathesis" ] || { python3 -m venv "$venv" && "$venv/bin/pip" -q install -r tests/contract/requirements.txt; }; } >&2; then
	echo "SKIPPED: schemathesis cannot be installed here; it needs Python 3 with venv, and PyPI" >&2
	exit 0
fi
port="${CONTRACT_PORT:-8199}"
data="${CONTRACT_DATA:-$(mktemp -d /var/tmp/contract.XXXXXX)}"
chmod 755 "$data"
export CONTRACT_URL="http://127.0.0.1:$port" CONTRACT_KEY="contract-0123456789abcdef0123456789"
env ADDR="127.0.0.1:$port" DATA_DIR="$data" SAMPLE=true FETCH_ALLOW_HOSTS=127.0.0.1 ADMIN_API_KEY="$CONTRACT_KEY" \
	CALLS_PER_MINUTE=10000000 bin/server >"$data/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 120); do
	curl -sf "$CONTRACT_URL/readyz" >/dev/null && break
	sleep 0.5
done
cd tests/contract
PYTHONPATH=. "$venv/bin/schemathesis" --config-file schemathesis.toml run "$CONTRACT_URL/openapi.json" \
	-H "Authorization: Bearer $CONTRACT_KEY" "$@"
