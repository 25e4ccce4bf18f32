#!/usr/bin/env bash
# Runs the built handlers with the rights of their roles, on an emulator that
# is installed under .local/ and used again by later runs.
set -euo pipefail
cd "$(dirname "$0")/../.."
requirements=test/rights/requirements.txt
environment=.local/moto
# Copied last: an environment without it is incomplete.
installed=$environment/requirements.txt
if ! cmp --quiet "$requirements" "$installed"; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
  cp "$requirements" "$installed"
fi
MOTO_SERVER=$PWD/$environment/bin/moto_server npx jest "$@" --coverage=false --reporters=default --testMatch '<rootDir>/test/rights/*.rights.ts'
