#!/usr/bin/env bash
# Parses the sources that jsii generates, and the examples that it translates.
# Generates them first if a source is newer than what `npx projen build` generated.
set -euo pipefail
cd "$(dirname "$0")/../.."
generated=dist/code/java/pom.xml
if [ ! -e "$generated" ] || [ -n "$(find src README.md rosetta package.json -newer "$generated" -print -quit)" ]; then
  npx projen compile
  npx projen post-compile
  npx projen generate:languages
fi
node --import tsx test/languages/main.ts
