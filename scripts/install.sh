#!/bin/sh
# install.sh postgresql|chromium ... - see that these programs are there.
# What is missing is installed by apt-get when root runs this; else the one
# command that would do it is printed, and the exit status is 1.
set -eu

# postgres_found mirrors where internal/postgres looks.
postgres_found() {
	[ -n "${PG_BIN_DIR:-}" ] && return 0
	command -v initdb >/dev/null 2>&1 && [ -e "$(command -v initdb)" ] && return 0
	for initdb in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb /usr/libexec/postgresql*/initdb \
		/opt/homebrew/opt/postgresql@*/bin/initdb /usr/local/opt/postgresql@*/bin/initdb; do
		[ -x "$initdb" ] && return 0
	done
	return 1
}

# chromium_found mirrors where the browser tests look.
chromium_found() {
	[ -n "${CHROMIUM_PATH:-}" ] && return 0
	for name in chromium chromium-browser google-chrome; do
		command -v "$name" >/dev/null 2>&1 && return 0
	done
	return 1
}

missing=
for package in "$@"; do
	case $package in
	postgresql) postgres_found || missing="$missing $package" ;;
	chromium) chromium_found || missing="$missing $package" ;;
	*) echo "install.sh: unknown package $package" >&2; exit 2 ;;
	esac
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
	echo "Not installed:$missing. Install them with your system's packages (macOS: brew install postgresql@15; brew install --cask chromium)," >&2
	echo "or set PG_BIN_DIR and CHROMIUM_PATH where they are." >&2
	exit 1
fi
install="apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120$missing"
if [ "$(id -u)" != 0 ]; then
	echo "Not installed:$missing. This installs them:" >&2
	echo "  sudo sh -c 'apt-get update && $install'" >&2
	exit 1
fi
echo "Installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -q </dev/null >&2
# shellcheck disable=SC2086 # the words of $install are its arguments
$install -q </dev/null >&2
