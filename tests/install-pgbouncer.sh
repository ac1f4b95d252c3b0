#!/usr/bin/env bash
# Installs the pgbouncer that the tests of poolers run from Debian's packages, unless there is one already. None is started as a service.
# Without it those tests are skipped, and say so: where it cannot be had this script explains why and ends well.
set -euo pipefail

if [ -n "${PGBOUNCER:-}" ] || command -v pgbouncer >/dev/null 2>&1 || [ -x /usr/sbin/pgbouncer ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || {
    echo "No pgbouncer was found: the tests of poolers are skipped. Install the package 'pgbouncer' as root to run them."
    exit 0
  }
  as_root=(sudo)
fi

command -v apt-get >/dev/null 2>&1 || {
  echo "No pgbouncer was found and this is no Debian system: the tests of poolers are skipped. Install one, and set PGBOUNCER to its program, to run them."
  exit 0
}

echo "No pgbouncer was found: installing the Debian package 'pgbouncer' (the program only, no server is started)."
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq

# Debian starts a service right after its installation; this asks it not to, for as long as the installation takes.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi

"${as_root[@]}" apt-get install -y -qq --no-install-recommends pgbouncer >/dev/null || {
  echo "The package 'pgbouncer' could not be installed: the tests of poolers are skipped."
  exit 0
}
echo "Installed: $(/usr/sbin/pgbouncer --version | head -1)"
