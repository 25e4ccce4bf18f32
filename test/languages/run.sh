#!/usr/bin/env bash
# Runs, compiles or parses every example in the languages that readers see it in.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=.local/languages
version() { node -p "require('$1/package.json').version"; }
mkdir -p "$target"

test/languages/pack.sh python code

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
