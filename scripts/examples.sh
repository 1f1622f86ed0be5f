#!/bin/sh
# Runs the examples of docs/api.md, each block below "## Examples" by its language, against
# a service of its own. Go and curl are needed; Python's are skipped where it is missing.
set -eu
cd "$(dirname "$0")/.."
[ -n "${URL:-}" ] || exec scripts/with-server.sh "$0"
work="$(mktemp -d ./.examples.XXXXXX)"
trap 'rm -rf "$work"' EXIT INT TERM
awk -v dir="$work" '
	/^## / { on = ($0 == "## Examples") }
	on && /^```/ { if (file) { close(file); file = "" } else if (length($0) > 3) { n++; file = dir "/" n "." substr($0, 4) } ; next }
	file { print > file }
' docs/api.md
ran=0
for file in "$work"/*; do
	echo "== $file" | sed 's/\.examples\.[^/]*\///'
	case "$file" in
	*.sh) bash -euo pipefail "$file" ;;
	*.go) mkdir "$file.d" && mv "$file" "$file.d/main.go" && go run "$file.d/main.go" ;;
	*.python) if command -v python3 >/dev/null; then python3 "$file"; else echo "SKIPPED: python3 is missing" >&2; fi ;;
	*) continue ;;
	esac
	ran=$((ran + 1))
done
[ "$ran" -ge 3 ] || { echo "docs/api.md has $ran examples, want 3 and more" >&2; exit 1; }
