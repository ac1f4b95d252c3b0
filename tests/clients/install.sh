#!/usr/bin/env bash
# Installs the npm clients that Apc.GraphQL.AspNetCore.Tests runs. Without Node.js 20 or newer nothing is installed, and those tests are skipped.
set -euo pipefail
cd "$(dirname "$0")"

version=$(node --version 2>/dev/null || true)
major=${version#v}
major=${major%%.*}

if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null 2>&1; then
  echo "Node.js 20 or newer with npm is not here (found: ${version:-none}): the tests with npm clients will be skipped." >&2
  exit 0
fi

# What was installed from this lock file is still good.
if [ ! -f node_modules/.installed ] || ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --silent --no-audit --no-fund
  cp package-lock.json node_modules/.installed
fi
