#!/usr/bin/env bash
# Gives damaged and hostile inputs to lexer, parser, validator, executor and the readers of requests, for longer than the tests do:
#   tests/fuzz.sh 600          ten minutes for each of them, from the seed of the day
#   tests/fuzz.sh 600 12345    from this seed; the first input is the one that a failure named
# Needs the .NET 10 SDK. Every failure names the seed of its input.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

report=$(mktemp)
trap 'rm -f "$report"' EXIT
export FUZZ_REPORT=$report FUZZ_SECONDS=${1:-60}

if [ -n "${2:-}" ]; then
  export FUZZ_SEED=$2
fi

dotnet build "$root/tests/Fuzz.Tests" --configuration Release --nologo --verbosity quiet
status=0
dotnet "$root/artifacts/bin/Apc.Fuzz.Tests/release/Apc.Fuzz.Tests.dll" --progress off || status=$?
cat "$report"
exit "$status"
