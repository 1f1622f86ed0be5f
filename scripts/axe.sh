#!/bin/sh
# axe.sh - print the path of the accessibility engine axe-core, which npm installs
# under tests/a11y at the locked version. Without npm, or where its registry is out of
# reach, nothing is printed, and that is said loudly.
set -eu
cd "$(dirname "$0")/.."

skip() {
	echo "************************************************************" >&2
	echo "* SKIPPED: no page is checked for accessibility." >&2
	echo "* $1" >&2
	echo "************************************************************" >&2
	exit 0
}

command -v npm >/dev/null 2>&1 || skip "npm is not installed; with it, run: make a11y"
engine=tests/a11y/node_modules/axe-core/axe.min.js
if [ ! -e "$engine" ] || [ tests/a11y/package-lock.json -nt "$engine" ]; then
	npm ci --prefix tests/a11y --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
		skip "npm could not install axe-core; the lines above say why."
	touch "$engine"
fi
echo "$PWD/$engine"
