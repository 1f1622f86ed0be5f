#!/bin/sh
# Trains the language model: run.sh DATA WORK
#
# DATA is the folder with nli/ and coreference/; WORK keeps the checkpoint, so that a
# run that was stopped goes on where it stopped. Needs Go, Python 3.11 or later, 8 GB of
# memory and, on two cores, a bit more than an hour. The model is WORK/model.safetensors.
set -eu
data=$1
work=$2
here=training/judge

mkdir -p "$work"
test -x "$work/venv/bin/python" || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet -r "$here/requirements.txt"
go build -o "$work/server" ./cmd/server
"$work/venv/bin/python" "$here/train.py" "$data" "$work/server" "$work"
"$work/venv/bin/python" "$here/evaluate.py" "$data" "$work/server" "$work/model.safetensors"
