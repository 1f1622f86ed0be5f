#!/bin/sh
# Starts a service with the sample story on a free port and a database of its own, runs a
# command with URL, KEY and PORT in its environment, and ends both. KEY has the scope admin.
# Usage: scripts/with-server.sh COMMAND...
set -eu
root="$(cd "$(dirname "$0")/.." && pwd)"
PORT="${PORT:-$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}"
URL="http://127.0.0.1:$PORT" KEY="example-0123456789abcdef0123456789"
export URL KEY PORT
data="$(mktemp -d /var/tmp/corroborate.XXXXXX)"
chmod 755 "$data"
env ADDR="127.0.0.1:$PORT" DATA_DIR="$data" SAMPLE=true ADMIN_API_KEY="$KEY" FETCH_ALLOW_HOSTS=127.0.0.1 WEBHOOK_ALLOW_HOSTS=127.0.0.1 \
	CALLS_PER_MINUTE=10000000 "$root/bin/server" >"$data/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true; rm -rf "$data"' EXIT INT TERM
for _ in $(seq 240); do
	curl -sf "$URL/readyz" >/dev/null && break
	kill -0 $server 2>/dev/null || { cat "$data/log" >&2; exit 1; }
	sleep 0.5
done
"$@"
