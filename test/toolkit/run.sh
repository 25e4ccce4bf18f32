#!/usr/bin/env bash
# What a user does with the packed package: install it in the folder of a CDK app,
# run the app on this machine, and type the commands of the tool.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
package=$(ls "$project"/dist/js/*.tgz)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cp "$here/app.mjs" "$here/steps.mjs" "$folder/"
cd "$folder"
npm init --yes > /dev/null
version() { node -p "require('$project/node_modules/$1/package.json').version"; }
npm install --no-audit --no-fund --loglevel error "$package" "aws-cdk-lib@$(version aws-cdk-lib)" "constructs@$(version constructs)" "aws-cdk@$(version aws-cdk)"
echo '{"app":"node app.mjs"}' > cdk.json

npx cdk-webhooks --version
PROJECT="$project" npx cdk-webhooks local --once 'node steps.mjs'
[ ! -e .webhooks/local.json ] || { echo 'the description of the local system must be removed'; exit 1; }
echo 'toolkit: all commands did what they should'
