#!/usr/bin/env bash
# Installs what the benchmark compares with, where it is missing. It is quiet, and may be run again.
set -euo pipefail
cd "$(dirname "$0")/.."

debian=(python3-torch python3-numpy libopenblas0-pthread gcc libc6-dev)

installed() {
  [[ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" == "install ok installed" ]]
}

if command -v apt-get >/dev/null; then
  missing=()
  for package in "${debian[@]}"; do installed "$package" || missing+=("$package"); done
  if ((${#missing[@]} > 0)); then
    as_root=()
    ((EUID == 0)) || as_root=(sudo)
    echo "Installing ${missing[*]} …"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
  fi
else
  echo "No apt-get here: PyTorch and OpenBLAS are left out."
fi

# What npm installed last stands in node_modules/.package-lock.json.
for folder in bench test/runtimes; do
  [[ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]] && continue
  echo "Installing $folder …"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent ||
    echo "$folder could not be installed here: its contenders are left out."
done
