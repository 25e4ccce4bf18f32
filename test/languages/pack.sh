#!/usr/bin/env bash
# Packs the construct as a release does: `test/languages/pack.sh python java` writes to dist/python and dist/java.
# The languages are js, python, java and go. `code` generates the sources of all of them and of .NET into dist/code.
# Reuses what is newer than its sources. This is the only place that decides that.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p dist

# Two suites that run at the same time must not pack the same files.
exec 9> dist/.pack.lock
flock 9

# The first argument is missing, or older than a file below the others.
stale() {
  [ ! -e "$1" ] || [ -n "$(find "${@:2}" -newer "$1" -print -quit)" ]
}

# post-compile writes the tablet last. The bundles decide by the hash of their sources, without a change of the tablet.
npx projen bundle
tablet=.jsii.tabl.json
if stale "$tablet" src rosetta README.md package.json; then
  npx projen compile
  npx projen post-compile
fi

pack() {
  local folder=dist/$1 task=package:$1 log=dist/pack-$1.log
  [ "$1" != code ] || task=generate:languages
  if ! stale "dist/.packed-$1" "$tablet" assets lib; then
    return
  fi
  # Files of types that no longer exist must not stay.
  rm -rf "$folder" "dist/.packed-$1"
  if ! npx projen "$task" > "$log" 2>&1; then
    cat "$log" >&2
    echo "npx projen $task failed" >&2
    return 1
  fi
  touch "dist/.packed-$1"
}

jobs=()
for language in "$@"; do
  pack "$language" &
  jobs+=($!)
done
failed=0
for job in "${jobs[@]}"; do
  wait "$job" || failed=1
done
exit "$failed"
