#!/usr/bin/env bash
# Installs the nginx that the tests of the gate run from Debian's packages, unless there is one already. None is started as a service.
# Without it those tests are skipped, and say so: where it cannot be had this script explains why and ends well.
set -euo pipefail

if [ -n "${NGINX:-}" ] || command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || {
    echo "No nginx was found: the tests of the gate are skipped. Install the package 'nginx' as root to run them."
    exit 0
  }
  as_root=(sudo)
fi

command -v apt-get >/dev/null 2>&1 || {
  echo "No nginx was found and this is no Debian system: the tests of the gate are skipped. Install one, and set NGINX to its program, to run them."
  exit 0
}

echo "No nginx was found: installing the Debian package 'nginx' (the program only, no server is started)."
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq

# Debian starts a service right after its installation; this asks it not to, for as long as the installation takes.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi

"${as_root[@]}" apt-get install -y -qq --no-install-recommends nginx >/dev/null || {
  echo "The package 'nginx' could not be installed: the tests of the gate are skipped."
  exit 0
}
echo "Installed: $(/usr/sbin/nginx -v 2>&1)"
