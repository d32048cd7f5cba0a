#!/usr/bin/env bash
# Copies a folder to the machines of a host file, to the same path on each, and runs a program there as one job.
#     examples/cluster/ssh.sh HOSTS FOLDER PROGRAM [ARGUMENTS …]
# It takes a login by key, without a password, and on each machine Node and Open MPI of the same versions.
set -euo pipefail

hosts=$1 folder=$(cd "$2" && pwd) program=$3
shift 3

machines=$(sed -E 's/#.*//; s/[[:space:]].*//; /^$/d' "$hosts")
ranks=$(sed -E 's/#.*//; /slots=/!d; s/.*slots=([0-9]+).*/\1/' "$hosts" | paste -sd+ - | bc)

for machine in $machines; do
  ssh -o BatchMode=yes "$machine" "mkdir -p $(printf %q "$folder") && node --version && mpirun --version | head -1"
  rsync --archive --delete --exclude checkpoints "$folder/" "$machine:$folder/"
done

# Ends within a minute where the way to a machine is gone.
exec mpirun --hostfile "$hosts" -n "$ranks" --wdir "$folder" \
  --mca oob_tcp_keepalive_time 30 --mca oob_tcp_keepalive_intvl 5 --mca oob_tcp_keepalive_probes 3 \
  node "$program" "$@"
