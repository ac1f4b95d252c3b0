#!/usr/bin/env bash
# Runs every test against a real PostgreSQL, looks at the format, packs the engine and tries the packages, and where Node is present compares it with graphql-js. Installs what
# the tests need; needs only the .NET 10 SDK beforehand. Arguments go to `dotnet test`, and leave packages and comparison out.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v dotnet >/dev/null 2>&1 || {
  echo "The .NET 10 SDK is needed: 'dotnet' is not on the PATH." >&2
  exit 1
}

deploy/install-postgresql.sh
tests/install-browser.sh
tests/install-nginx.sh
tests/install-pgbouncer.sh
tests/clients/install.sh

dotnet build ApcControlPlane.sln --nologo --verbosity quiet

# The lines of the runner are read below.
export NO_COLOR=1

output=$(mktemp)
trap 'rm -f "$output"' EXIT
status=0
dotnet test --solution ApcControlPlane.sln --no-build "$@" 2>&1 | tee "$output" || status=$?

# What prints one line at its end, "name: 1 passed, 0 failed"; a script that does not come so far has failed.
check() {
  local name=$1
  shift
  "$@" 2>&1 | tee -a "$output" || {
    status=$?
    grep -q "^$name: [0-9]" "$output" || echo "$name: 0 passed, 1 failed" | tee -a "$output"
  }
}

if [ $# -gt 0 ]; then
  echo "format, package, conformance: left out, because only some tests are run"
else
  check format tests/format.sh
  check package tests/package.sh

  if command -v npm >/dev/null 2>&1 && [ "$(node --print 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 20 ]; then
    check conformance tests/conformance.sh --no-build
  else
    echo "conformance: skipped, because Node 20 or newer with npm is not installed (found: $(node --version 2>/dev/null || echo none))" | tee -a "$output"
  fi
fi

# Once more, where whoever looks at the end of a long output finds them.
grep -A 6 '^failed [^:]*(' "$output" || true

awk '$1 == "succeeded:" { passed = $2 } $1 == "failed:" { failed = $2 } $1 == "skipped:" { skipped = $2 }
     /^format: [0-9]/ { formatted = $2; unformatted = $4 }
     /^package: [0-9]/ { packed = $2; unusable = $4 }
     /^conformance: [0-9]/ { compared = $2; different = $4 } /^conformance: skipped/ { left = 1 }
     END { printf "%d passed, %d failed", passed + formatted + packed + compared, failed + unformatted + unusable + different; if (skipped + left) printf ", %d skipped", skipped + left; print "" }' "$output"
exit "$status"
