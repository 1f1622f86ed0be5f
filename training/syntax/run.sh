#!/bin/sh
# Trains the language model: run.sh DATA WORK [OUT]
#
# DATA is the folder with nli/, coreference/ and checkworthy/; WORK keeps what
# lies between; OUT is the artefact. Needs Go, Python 3.12 or later, and about
# 4 GB of memory.
set -eu
data=$1
work=$2
out=${3:-internal/claims/nlp/model.bin}
here=training/syntax

mkdir -p "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet -r "$here/requirements.txt"
python="$work/venv/bin/python"
go build -o "$work/syntax" "./$here"

"$python" "$here/texts.py" "$data" > "$work/texts.jsonl"
"$work/syntax" tokens < "$work/texts.jsonl" > "$work/tokens.jsonl"
"$python" "$here/silver.py" < "$work/tokens.jsonl" > "$work/silver.jsonl"
"$python" "$here/clusters.py" > "$work/clusters.tsv"
"$work/syntax" train -silver "$work/silver.jsonl" -clusters "$work/clusters.tsv" -model "$out"
