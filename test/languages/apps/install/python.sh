#!/usr/bin/env bash
# Installs the wheel for the app in the current folder, from a folder instead of the registry.
set -euo pipefail
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --find-links "$PROJECT/dist/python" --requirement requirements.txt
