#!/bin/sh
# Prints the folder of the Python tools that test the API, which it installs at the first
# run; prints nothing, and says so, where Python 3 with venv or PyPI is missing.
set -eu
cd "$(dirname "$0")/.."
venv="${CONTRACT_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/corroborate/contract}"
if [ -x "$venv/bin/schemathesis" ] && [ -x "$venv/bin/openapi-python-client" ] ||
	{ python3 -m venv "$venv" && "$venv/bin/pip" -q install -r tests/contract/requirements.txt; } >&2; then
	echo "$venv"
else
	echo "SKIPPED: the tools in tests/contract/requirements.txt cannot be installed here; they need Python 3 with venv, and PyPI" >&2
fi
