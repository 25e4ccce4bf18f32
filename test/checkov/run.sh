#!/usr/bin/env bash
# Checks the templates of the scenarios with checkov, without its online policies. Checks other templates if they are given.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile 'checkov==3.3.30'
templates=("$@")
[ "$#" -gt 0 ] || mapfile -t templates < <(git ls-files 'test/integ/*.snapshot/Webhook*.template.json')
[ "${#templates[@]}" -gt 0 ] || { echo 'no template found' >&2; exit 1; }
# A finding does not fail here, because review.ts checks the reasons.
"$folder/venv/bin/checkov" --framework cloudformation --skip-download --quiet --soft-fail --output json \
  --file "${templates[@]}" > "$folder/report.json"
node --import tsx test/checkov/review.ts < "$folder/report.json"
