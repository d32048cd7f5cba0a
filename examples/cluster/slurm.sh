#!/usr/bin/env bash
#SBATCH --job-name=train
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=train-%j.log
# One process on each of four machines: sbatch examples/cluster/slurm.sh
# A job that Slurm puts back in line, since a machine has failed, goes on from its checkpoint: the program gives `resume`.
set -euo pipefail
cd "$SLURM_SUBMIT_DIR" # on a disk that all machines have

export THREADS=$SLURM_CPUS_PER_TASK NO_COLOR=1

# A Slurm that was built with PMIx starts the processes itself; `srun --mpi=list` says whether it was.
if [[ $(srun --mpi=list 2>&1) == *pmix* ]]; then
  srun --mpi=pmix --kill-on-bad-exit=1 --cpus-per-task="$SLURM_CPUS_PER_TASK" node train.js run && exit 0
else
  # mpirun knows the machines of its allocation.
  mpirun --map-by ppr:1:node --bind-to none node train.js run && exit 0
fi

# It has failed: again, a few times, from the last checkpoint.
if ((${SLURM_RESTART_COUNT:-0} < 3)); then
  scontrol requeue "$SLURM_JOB_ID"
else
  exit 1
fi
