#!/usr/bin/env bash
# Lints the templates of the scenarios with AWS's linter. Lints other templates if they are given.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'cfn-lint==1.58.0'
templates=("$@")
[ "$#" -gt 0 ] || mapfile -t templates < <(git ls-files 'test/integ/*.snapshot/Webhook*.template.json')
[ "${#templates[@]}" -gt 0 ] || { echo 'no template found' >&2; exit 1; }
# W3005: CDK lets a function wait for its role's policies, which names the role twice.
"$folder/venv/bin/cfn-lint" --regions us-east-1 --ignore-checks W3005 -- "${templates[@]}"
echo "cfn-lint: ${#templates[@]} templates, no finding"
