#!/usr/bin/env bash
# What a developer does in each language: install the packed construct in the example app, and synthesize it.
# The templates must equal that of TypeScript byte by byte. C# is compiled against stubs and not run.
set -euo pipefail
cd "$(dirname "$0")/../../.."
apps=test/languages/apps
target=$PWD/.local/languages/apps
test/languages/pack.sh js python java go code

export PROJECT=$PWD
# The CDK prints warnings about its own deprecated code.
export JSII_DEPRECATED=quiet JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20

# In a folder of its own, outside of the project and its node_modules.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$target"
mkdir -p "$target"

# The version reporting adds a resource that names the language. Nothing else is left out of the comparison.
synthesize() (
  set -euo pipefail
  cp -r "examples/$1" "$work/$1"
  cd "$work/$1"
  "$PROJECT/$apps/install/$1.sh"
  export PATH="$PWD/.venv/bin:$PATH"
  "$PROJECT/node_modules/.bin/cdk" synth --quiet --no-version-reporting --no-notices --output "$target/$1"
)

begin=$SECONDS
jobs=()
for language in typescript python java go; do
  synthesize "$language" > "$target/$language.log" 2>&1 &
  jobs+=($!)
done
"$apps/csharp/compile.sh" "$work/csharp" "$target/csharp.compiled" > "$target/csharp.log" 2>&1 &
jobs+=($!)
for job in "${jobs[@]}"; do
  # compare.ts reports the languages without a result.
  wait "$job" || true
done
echo "synthesized in $((SECONDS - begin)) s"
node --import tsx "$apps/compare.ts" "$target"
