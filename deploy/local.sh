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

echo "Building …"
for project in Apc.DataPlaneSimulator Apc.ControlPlane.Api; do
  dotnet build "$root/src/$project" --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:NoSummary
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

# A simulator that an earlier run left behind serves as well.
if ! curl -fs -o /dev/null "$simulator_url/control/defaults"; then
  dotnet "$root/artifacts/bin/Apc.DataPlaneSimulator/release/Apc.DataPlaneSimulator.dll" --urls "$simulator_url" >/dev/null &
  simulator=$!

  for _ in $(seq 100); do
    curl -fs -o /dev/null "$simulator_url/control/defaults" && break
    kill -0 "$simulator" 2>/dev/null || { echo "The simulator could not be started on $simulator_url." >&2; exit 1; }
    sleep 0.1
  done
fi

dotnet "$root/artifacts/bin/Apc.ControlPlane.Api/release/Apc.ControlPlane.Api.dll" demo --Demo:SimulatorUrl="$simulator_url" "$@" &
host=$!
wait "$host"
