#!/usr/bin/env bash
# Lets Go find the packed construct for the app in the current folder.
set -euo pipefail
go mod edit -replace "github.com/cdk-webhooks/cdk-webhook-processing-system-go/webhooks=$PROJECT/dist/go/webhooks"
go mod tidy
go vet ./...
