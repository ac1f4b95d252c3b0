#!/usr/bin/env bash
# Takes the pictures of this folder again, from the real pages in a headless Chromium.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
"$root/deploy/install-postgresql.sh"
"$root/tests/install-browser.sh"
APC_PICTURES="$root/docs/images" dotnet run --project "$root/tests/Browser.Tests" -- --filter-method "*Shows_clusters_to_a_person_who_has_just_signed_in"
