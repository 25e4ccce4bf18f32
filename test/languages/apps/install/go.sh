#!/usr/bin/env bash
# Lets Go find the packed construct for the app in the current folder.
set -euo pipefail
go mod edit -replace "github.com/cdk-webhooks/cdk-webhook-processing-system-go/webhooks=$PROJECT/dist/go/webhooks"
# The app of the README must compile, too.
mkdir readme
sed -n '/^```go$/,/^```$/{/^```/d;p}' "$PROJECT/README.md" > readme/main.go
go mod tidy
go vet ./...
