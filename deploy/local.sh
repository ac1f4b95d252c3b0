#!/usr/bin/env bash
# Starts the control plane on this machine with twelve simulated data planes, and prints what to try.
# Needs only the .NET 10 SDK beforehand; installs PostgreSQL's programs where there are none.
# Arguments are settings of the control plane, such as --urls http://127.0.0.1:9000.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
simulator_url=${SIMULATOR_URL:-http://127.0.0.1:8872}

command -v dotnet >/dev/null 2>&1 || {
  echo "The .NET 10 SDK is needed: 'dotnet' is not on the PATH." >&2
  exit 1
}

"$root/deploy/install-postgresql.sh"

command -v node >/dev/null 2>&1 || echo "Node was not found: /playground will show a plain page instead of GraphiQL."

echo "Building …"
for project in DataPlaneSimulator/Apc.DataPlaneSimulator ControlPlane/Apc.ControlPlane.Api; do
  dotnet msbuild "$root/src/$project" -restore -nologo -verbosity:quiet -property:Configuration=Release
done

simulator=
host=
stop() {
  trap - EXIT INT TERM
  for process in $host $simulator; do
    kill "$process" 2>/dev/null || true
  done
  wait
}
trap stop EXIT
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM

# A simulator that an earlier run left behind serves as well; the demo waits for whichever answers.
dotnet "$root/artifacts/bin/Apc.DataPlaneSimulator/release/Apc.DataPlaneSimulator.dll" --urls "$simulator_url" >/dev/null &
simulator=$!

dotnet "$root/artifacts/bin/Apc.ControlPlane.Api/release/Apc.ControlPlane.Api.dll" demo --Demo:SimulatorUrl="$simulator_url" "$@" &
host=$!
wait "$host"
