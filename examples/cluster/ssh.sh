#!/usr/bin/env bash
# Copies a folder to the machines of a host file, to the same path on each, and runs a program there as one job.
#     examples/cluster/ssh.sh HOSTS FOLDER PROGRAM [ARGUMENTS …]
# It takes a login by key, without a password, and on each machine Node and Open MPI of the same versions, and rsync.
set -euo pipefail

hosts=$1 folder=$(cd "$2" && pwd) program=$3
shift 3

machines=$(sed -E 's/#.*//; s/[[:space:]].*//; /^$/d' "$hosts")

for machine in $machines; do
  # Told on one line each: they should be the same.
  ssh -n -o BatchMode=yes "$machine" \
    "mkdir -p $(printf %q "$folder") && echo $machine: Node \$(node --version), \$(mpirun --version | head -1)"
  # What a training writes, it writes on the first machine.
  rsync --archive --delete --exclude /run "$folder/" "$machine:$folder/"
done

# One process for each slot. The job ends within a minute where the way to a machine is gone.
exec mpirun --hostfile "$hosts" --wdir "$folder" --bind-to none -x NO_COLOR=1 \
  --mca oob_tcp_keepalive_time 30 --mca oob_tcp_keepalive_intvl 5 --mca oob_tcp_keepalive_probes 3 \
  node "$program" "$@"
