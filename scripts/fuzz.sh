#!/bin/sh
# Fuzzes each fuzz test of the module for a short time, one after another, and says of each how many inputs it tried.
# A finding does not end the run: go test writes the input that failed to testdata/fuzz of its package, and the run
# goes on with the next test, names what failed at its end and exits 1.
#
# usage: fuzz.sh TIME [PATTERN]
#   TIME     how long each runs, as in 20s
#   PATTERN  fuzz only the tests whose name it matches, a regular expression of grep -E
set -eu

time=$1
pattern=${2:-.}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

ran=0
failed=
for package in $(go list ./...); do
	if ! names=$(go test -list '^Fuzz' "$package" 2>"$log"); then
		cat "$log" >&2
		failed="$failed
  $package does not build or list its tests"
		continue
	fi
	for name in $(echo "$names" | grep '^Fuzz' | grep -E "$pattern" || true); do
		ran=$((ran + 1))
		# Making each input that leads somewhere new as small as can be takes up to a minute unless it is told otherwise,
		# in which nothing new is tried.
		if go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 10x "$package" >"$log" 2>&1; then
			# The last line of its progress: how long, how many inputs, how many of them led somewhere new.
			echo "$package $name: $(grep '^fuzz: elapsed' "$log" | tail -n 1 | sed 's/^fuzz: //')"
		else
			cat "$log"
			failed="$failed
  $package $name"
		fi
	done
done

if [ "$ran" = 0 ]; then
	echo "no fuzz test matches $pattern" >&2
	exit 1
fi
if [ -n "$failed" ]; then
	echo "Of $ran fuzz tests these failed:$failed" >&2
	exit 1
fi
echo "$ran fuzz tests ran $time each and found nothing"
