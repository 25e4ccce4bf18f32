#!/usr/bin/env bash
# Runs, compiles or parses every example in the languages that readers see it in.
# Generates and packs first if a source is newer than what is in dist.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=.local/languages
version() { node -p "require('$1/package.json').version"; }
# Whether the file is missing, or older than a source.
outdated() { [ ! -e "${1-}" ] || [ -n "$(find src handlers cli README.md rosetta package.json -newer "$1" -print -quit)" ]; }
mkdir -p "$target"

if outdated .jsii.tabl.json; then
  npx projen compile
  npx projen post-compile
fi
if outdated dist/code/java/pom.xml; then
  npx projen generate:languages
fi
if outdated "$(ls -t dist/python/*.whl 2> /dev/null | head -1)"; then
  rm -rf dist/python
  npx projen package:python
fi

echo 'Installing the wheel and the jars that the examples use'
[ -e "$target/venv/bin/python" ] || python3 -m venv "$target/venv"
"$target/venv/bin/pip" install --quiet --disable-pip-version-check "aws-cdk-lib==$(version aws-cdk-lib)" 'moto[dynamodb,s3]==5.2.5'
"$target/venv/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps dist/python/*.whl
mvn --quiet --batch-mode -Dstyle.color=never --file test/languages/pom.xml -Dcdk.version="$(version aws-cdk-lib)" \
  dependency:copy-dependencies -DoutputDirectory="$PWD/$target/jars"

# The apps of the examples are written there.
apps=$(mktemp -d)
trap 'rm -rf "$apps"' EXIT
TMPDIR="$apps" JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 node --import tsx test/languages/main.ts
