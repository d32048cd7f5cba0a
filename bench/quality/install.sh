#!/usr/bin/env bash
# Installs scikit-learn, which the comparison of quality runs beside, where it is missing. It is quiet, and may be run again.
set -euo pipefail

/usr/bin/python3 -c "import sklearn" 2>/dev/null && exit 0
if ! command -v apt-get >/dev/null; then
  echo "No apt-get here: install scikit-learn for /usr/bin/python3 by other means." >&2
  exit 1
fi
as_root=()
((EUID == 0)) || as_root=(sudo)
echo "Installing python3-sklearn …"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -qq -y --no-install-recommends python3-sklearn >/dev/null
