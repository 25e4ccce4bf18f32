#!/usr/bin/env bash
# Installs the packed construct for the app in the current folder.
set -euo pipefail
npm install --no-audit --no-fund --loglevel error "$PROJECT"/dist/js/*.tgz
