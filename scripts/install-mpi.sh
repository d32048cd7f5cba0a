#!/usr/bin/env bash
# Installs what test/mpi runs: Open MPI and MPICH, which live side by side, and `ip` for networks of one machine. Quiet, and
# only where something is missing.
set -euo pipefail

missing=()
command -v mpirun.openmpi >/dev/null || missing+=(openmpi-bin)
command -v mpirun.mpich >/dev/null || missing+=(mpich)
command -v ip >/dev/null || missing+=(iproute2)
((${#missing[@]} == 0)) && exit 0

if ! command -v apt-get >/dev/null; then
  echo "Not Debian: install ${missing[*]} yourself."
  exit 0
fi
as_root=()
((EUID == 0)) || as_root=(sudo)
echo "Installing ${missing[*]} …"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1
