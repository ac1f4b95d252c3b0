#!/usr/bin/env bash
# Says whether the sources are formatted as `dotnet format` would; `dotnet format ApcControlPlane.sln` mends what is not. Wants the solution restored.
set -euo pipefail
cd "$(dirname "$0")/.."

if dotnet format ApcControlPlane.sln --verify-no-changes --no-restore; then
  echo "format: 1 passed, 0 failed"
else
  echo "format: 0 passed, 1 failed"
  exit 1
fi
