#!/usr/bin/env bash
# Runs every test against a real PostgreSQL. Installs what the tests need; needs only the .NET 10 SDK beforehand.
# Arguments go to `dotnet test`.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v dotnet >/dev/null 2>&1 || {
  echo "The .NET 10 SDK is needed: 'dotnet' is not on the PATH." >&2
  exit 1
}

deploy/install-postgresql.sh
tests/install-browser.sh

dotnet build ApcControlPlane.sln --nologo --verbosity quiet

output=$(mktemp)
trap 'rm -f "$output"' EXIT
status=0
dotnet test --solution ApcControlPlane.sln --no-build "$@" 2>&1 | tee "$output" || status=$?

awk '$1 == "succeeded:" { passed = $2 } $1 == "failed:" { failed = $2 } $1 == "skipped:" { skipped = $2 }
     END { printf "%d passed, %d failed", passed, failed; if (skipped) printf ", %d skipped", skipped; print "" }' "$output"
exit "$status"
