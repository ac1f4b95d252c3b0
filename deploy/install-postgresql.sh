#!/usr/bin/env bash
# Installs the PostgreSQL server programs from Debian's packages, unless some are there already.
# No server is started and no cluster is made: the control plane runs a private one of its own.
set -euo pipefail

if command -v postgres >/dev/null 2>&1 || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
  exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || {
    echo "No PostgreSQL server programs were found. Install the package 'postgresql' as root, then run this again." >&2
    exit 1
  }
  as_root=(sudo)
fi

command -v apt-get >/dev/null 2>&1 || {
  echo "No PostgreSQL server programs were found and this is no Debian system." >&2
  echo "Install PostgreSQL 15 or newer, or set Database__Embedded__BinDirectory to the folder of its programs." >&2
  exit 1
}

echo "No PostgreSQL server programs were found: installing the Debian package 'postgresql' (programs only, no server is started)."
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq postgresql-common >/dev/null
"${as_root[@]}" sed -i "s/^#\?create_main_cluster.*/create_main_cluster = false/" /etc/postgresql-common/createcluster.conf
"${as_root[@]}" apt-get install -y -qq postgresql >/dev/null
echo "Installed: $(ls -d /usr/lib/postgresql/*/bin | tail -n 1)"
