#!/usr/bin/env bash
# Installs the engines that test/runtimes runs and the libraries of test/peers, where they are missing. It is quiet, and may be run again.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v chromium chromium-browser google-chrome >/dev/null; then
  as_root=()
  ((EUID == 0)) || as_root=(sudo)
  echo "Installing chromium …"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends chromium >/dev/null 2>&1
fi

# What npm installed last stands in node_modules/.package-lock.json.
for folder in runtimes peers; do
  [[ "../$folder/node_modules/.package-lock.json" -nt "../$folder/package-lock.json" ]] && continue
  echo "Installing test/$folder …"
  npm ci --prefix "../$folder" --ignore-scripts --no-audit --no-fund --silent
done
