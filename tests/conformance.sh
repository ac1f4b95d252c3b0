#!/usr/bin/env bash
# Compares the engine with graphql-js and the running host with the audits of graphql-http, and prints the figures.
# Needs the .NET 10 SDK and Node 20 or newer. With --no-build it takes what was built before. docs/conformance.md says what each figure means.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

for program in dotnet node npm; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "The comparison needs '$program', which is not on the PATH." >&2
    exit 1
  }
done

"$root/deploy/install-postgresql.sh"
npm ci --prefix "$root/tests/conformance" --no-fund --no-audit --loglevel=error

if [ "${1:-}" != --no-build ]; then
  for project in src/ControlPlane/Apc.ControlPlane.Api tests/conformance/Apc.Conformance; do
    dotnet build "$root/$project" --nologo --verbosity quiet
  done
fi

node "$root/tests/conformance/run.mjs" \
  "$root/artifacts/bin/Apc.ControlPlane.Api/debug/Apc.ControlPlane.Api.dll" \
  "$root/artifacts/bin/Apc.Conformance/debug/Apc.Conformance.dll" \
  "$root/tests/ControlPlane/Api.Tests/__snapshots__/schema.graphql"
