#!/usr/bin/env bash
# Installs the Chromium that the browser tests drive from Debian's packages, unless there is one already.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-browser ] || [ -x /usr/bin/google-chrome ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || {
    echo "No Chromium was found. Install the package 'chromium' as root, then run this again." >&2
    exit 1
  }
  as_root=(sudo)
fi

command -v apt-get >/dev/null 2>&1 || {
  echo "No Chromium was found and this is no Debian system: install one, and set CHROMIUM to its program." >&2
  exit 1
}

echo "No Chromium was found: installing the Debian package 'chromium'."
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
echo "Installed: $(chromium --version)"
