#!/bin/sh
# Tries the backups of docs/operations.md on a private database that is written to all the
# while, and fails where one does not give back what it has to:
#   1. pg_dump while articles come, restored into a new private database;
#   2. pg_basebackup and the archive of the write-ahead log, restored to a moment between
#      two articles: what came before is there, what came after is not, and the server
#      goes on, jobs too.
# Run as root or as an ordinary user; needs curl and PostgreSQL's programs.
# Usage: scripts/backup.sh (make backup)
set -eu
root="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d /var/tmp/corroborate-backup.XXXXXX)"
key="backup-0123456789abcdef" port="${PORT:-8169}"
url="http://127.0.0.1:$port" server="" writer=""
bin="${PG_BIN_DIR:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}"
PATH="$bin:$PATH"
chmod 755 "$work"
owner=postgres; [ "$(id -u)" = 0 ] || owner="$(id -un)"

as_owner() { if [ "$(id -u)" = 0 ]; then su -s /bin/sh "$owner" -c "$*"; else sh -c "$*"; fi; }
say() { echo "$(date +%H:%M:%S) $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
finish() {
	[ -z "$writer" ] || kill "$writer" 2>/dev/null || true
	[ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
	for pid in "$work"/*/postgres/postmaster.pid; do [ ! -f "$pid" ] || kill -QUIT "$(head -1 "$pid")" 2>/dev/null || true; done
	rm -rf "$work"
}
trap finish EXIT INT TERM

start() { # start FOLDER: a server on that data folder
	env ADDR="127.0.0.1:$port" DATA_DIR="$1" PG_BIN_DIR="$bin" ADMIN_API_KEY="$key" ADMIN_PASSWORD=correct-horse-9 LOG_FORMAT=json "$root/bin/server" >>"$work/log" 2>&1 &
	server=$!
	for _ in $(seq 240); do
		[ "$(curl -s "$url/readyz" | head -1)" != ready ] || return 0
		kill -0 "$server" 2>/dev/null || { tail -5 "$work/log" >&2; fail "the server does not start on $1"; }
		sleep 0.5
	done
	fail "the server on $1 is not ready within two minutes"
}
stop() { kill "$server"; wait "$server" || fail "the server did not stop in order"; server=""; }
call() { curl -sf -H "Authorization: Bearer $key" -H "Content-Type: application/json" "$@"; }
post() { call "$url/api/v1/articles" -d "{\"text\": \"The bridge at $1 was closed on Monday, the mayor said.\", \"source\": \"Post\", \"external_id\": \"$1\"}" >/dev/null; }
query() { psql -qAtX -h "$1/run" -U corroborate -d corroborate -c "$2"; }
has() { [ "$(query "$1" "SELECT count(*) FROM articles WHERE external_id = '$2'")" = 1 ]; }
# whole FOLDER: no article without its text as received, no claim without an article.
whole() { [ "$(query "$1" "SELECT count(*) FROM articles a LEFT JOIN revisions r ON r.id = a.revision_id WHERE r.id IS NULL OR r.raw = ''")" = 0 ] || fail "half an article is in $1"; }
write_on() { n=0; while :; do n=$((n + 1)); post "writer-$n" || sleep 0.2; done; }
# analysed FOLDER: the server works until nothing waits.
analysed() {
	for _ in $(seq 240); do
		[ "$(query "$1" "SELECT count(*) FROM articles WHERE status = 'pending'")" != 0 ] || return 0
		sleep 0.5
	done
	fail "articles are still not analysed in $1"
}

data="$work/first"
start "$data"
say "a private database runs; its write-ahead log goes into an archive"
mkdir "$work/archive" "$work/base"; chown "$owner" "$work/archive" "$work/base"; chmod 700 "$work/base"
cat >>"$data/postgres/postgresql.conf" <<CONF
archive_mode = on
archive_command = 'test ! -f $work/archive/%f && cp %p $work/archive/%f'
CONF
stop
start "$data"
write_on & writer=$!
sleep 3

say "1. pg_dump while articles come"
before=$(query "$data" "SELECT count(*) FROM articles")
pg_dump -h "$data/run" -U corroborate --format=custom --file="$work/dump" corroborate
after=$(query "$data" "SELECT count(*) FROM articles")
[ "$after" -gt "$before" ] || fail "nothing was written during the dump: $before, $after"

say "2. pg_basebackup while articles come"
as_owner "'$bin/pg_basebackup' -h '$data/run' -U postgres -D '$work/base' -X stream -c fast"
as_owner "'$bin/pg_verifybackup' -q '$work/base'"
sleep 2
post before-the-moment
moment=$(query "$data" "SELECT clock_timestamp()")
sleep 1
post after-the-moment
kill "$writer"; wait "$writer" 2>/dev/null || true; writer=""
psql -qAtX -h "$data/run" -U postgres -d postgres -c "SELECT pg_switch_wal()" >/dev/null
last=$(query "$data" "SELECT count(*) FROM articles")
for _ in $(seq 60); do
	[ "$(query "$data" "SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1) FROM pg_stat_archiver")" != t ] || break
	sleep 0.5
done
kill -KILL "$server"; wait "$server" 2>/dev/null || true; server=""
kill -QUIT "$(head -1 "$data/postgres/postmaster.pid")"; sleep 2
say "the server and its database were killed; $last articles were in it"

say "restoring to the moment between two articles"
mkdir "$work/moment"; chmod 755 "$work/moment"; chown "$owner" "$work/moment"
mv "$work/base" "$work/moment/postgres"
cat >>"$work/moment/postgres/postgresql.auto.conf" <<CONF
restore_command = 'cp $work/archive/%f %p'
recovery_target_time = '$moment'
recovery_target_action = 'promote'
hot_standby = off
archive_mode = off
CONF
as_owner "touch '$work/moment/postgres/recovery.signal'"
start "$work/moment"
has "$work/moment" before-the-moment || fail "what came before the moment is not there"
! has "$work/moment" after-the-moment || fail "what came after the moment is there"
whole "$work/moment"
restored=$(query "$work/moment" "SELECT count(*) FROM articles")
[ "$restored" -lt "$last" ] && [ "$restored" -gt "$after" ] || fail "$restored articles after the restore, of $after to $last"
pending=$(query "$work/moment" "SELECT count(*) FROM articles WHERE status = 'pending'")
post written-after-the-restore
analysed "$work/moment"
stop
say "at the moment: $restored of $last articles, none half; $pending waited and were analysed; new ones are taken"

say "restoring the dump into a new private database"
new="$work/second"
env DATA_DIR="$new" PG_BIN_DIR="$bin" LOG_LEVEL=error "$root/bin/server" migrate >/dev/null
as_owner "'$bin/pg_ctl' -s -w -D '$new/postgres' -l /dev/null -o '-k $new/run -c listen_addresses=' start"
dropdb -h "$new/run" -U postgres corroborate
createdb -h "$new/run" -U postgres --owner=corroborate corroborate
pg_restore -h "$new/run" -U postgres --role=corroborate --no-owner --exit-on-error --dbname=corroborate "$work/dump"
as_owner "'$bin/pg_ctl' -s -w -D '$new/postgres' stop"
start "$new"
whole "$new"
dumped=$(query "$new" "SELECT count(*) FROM articles")
[ "$dumped" -ge "$before" ] && [ "$dumped" -le "$after" ] || fail "$dumped articles in the dump, of $before to $after"
post written-after-the-dump
analysed "$new"
stop
say "from the dump: $dumped articles ($before were there when it began, $after when it ended), none half; new ones are taken"
echo "both backups give back what they have to"
