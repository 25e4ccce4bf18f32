#!/usr/bin/env bash
# Compiles the generated C# and the example app with Mono's compiler. NuGet is not needed: the part of the CDK that
# they use is generated from the CDK's own description, and jsii's runtime is declared without code. So nothing can run.
set -euo pipefail
work=$1
result=$2
here=$PROJECT/test/languages/apps/csharp
if ! command -v mcs > /dev/null; then
  echo 'mcs is missing. Install it, on Debian and Ubuntu with apt-get install -y --no-install-recommends mono-mcs' >&2
  exit 1
fi

mkdir -p "$work"
cd "$PROJECT"
node --import tsx "$here/cdk-subset.ts" "$work"
node_modules/.bin/jsii-pacmak --code-only --target dotnet --outdir "$work/code" "$work"/node_modules/{constructs,aws-cdk-lib}
node --import tsx "$here/older-syntax.ts" "$work/plain" dist/code/dotnet "$work/code/dotnet"
# The numbers are warnings about deprecated members, missing comments and fields that only the real runtime uses.
mcs -langversion:latest -warnaserror:0108,0109 -nowarn:0612,0618,0672,0809,1591,0169,0414 -out:"$work/shop.exe" \
  -recurse:"$work/plain/*.cs" "$here/JsiiRuntime.cs" examples/csharp/src/Shop/Program.cs
echo 'compiled against stubs, not run' > "$result"
