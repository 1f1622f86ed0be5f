#!/bin/sh
# Generates a client from the OpenAPI document by openapi-python-client and drives a day's
# work through it, against a service of its own. Needs Python 3 with venv, and PyPI at the
# first run; says so and ends well where they are missing.
set -eu
cd "$(dirname "$0")/.."
venv="$(scripts/testers.sh)"
[ -n "$venv" ] || exit 0
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT INT TERM
printf 'content_type_overrides:\n  application/x-ndjson: application/octet-stream\n  text/x-opml: application/octet-stream\n' >"$work/config.yaml"
PATH="$PATH:$venv/bin" "$venv/bin/openapi-python-client" generate --path internal/api/testdata/openapi.json --meta none \
	--config "$work/config.yaml" --output-path "$work/corroborate_client" >"$work/log" || { cat "$work/log" >&2; exit 1; }
PYTHONPATH="$work" scripts/with-server.sh "$venv/bin/python" tests/contract/day.py
