#!/usr/bin/env bash
# What a user does: install the package with its two peers, nothing else, and
# synthesize the smallest app. The peers are the newest that npm has, and the
# newest CDK checks the template against CloudFormation's own rules. Then import
# each subpath of the package from CommonJS, ES modules and TypeScript.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
package=$(ls "$project"/dist/js/*.tgz)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cp "$here/app.mjs" "$here/subpaths.cjs" "$here/subpaths.ts" "$folder/"
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel error "$package" aws-cdk-lib@latest constructs@latest
npm ls --depth 0 | sed "s#$folder##"
installed=$(node -p 'require("aws-cdk-lib/package.json").version')

"$project/node_modules/.bin/cdk" synth --quiet --app 'node app.mjs' --output "$folder/cdk.out" \
  --context '@aws-cdk/core:validateAgainstDefaultRules=true'

node -e '
  const { Resources } = require("./cdk.out/Payments.template.json");
  const types = Object.values(Resources).map(({ Type }) => Type);
  const images = Object.values(Resources).filter(({ Properties }) => Properties?.PackageType === "Image");
  if (images.length !== 4) throw new Error(`expected four functions from images, got ${images.length}`);
  console.log(`consumer: ${types.length} resources synthesized with aws-cdk-lib '"$installed"'`);
'

node subpaths.cjs
sed "s/^const \(.*\) = require(\(.*\));$/const \1 = await import(\2);/; s/require\.resolve(/import.meta.resolve(/" subpaths.cjs > subpaths.mjs
node subpaths.mjs
compile() {
  echo "{\"type\":\"$1\"}" > package.json
  "$project/node_modules/.bin/tsc" --noEmit --strict --skipLibCheck --target es2022 --module "$2" --moduleResolution "$3" subpaths.ts
}
compile commonjs node16 node16
compile module node16 node16
compile module esnext bundler
echo 'consumer: all subpaths can be imported'
