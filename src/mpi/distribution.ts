import type { Collective } from "../distributed/collective.js";
import type { Distribution } from "../model/team.js";
import { muster } from "./training/muster.js";

/**
 * What `fit` takes as `distribute`, of processes that work as one by other means than `mpi()`: of any `Collective`.
 */
export function distribution(collective: Collective): Distribution {
  const { rank, size, about } = collective;
  return {
    ...{ rank, size, ...(about !== undefined && { about }) },
    allReduceSum: (numbers) => collective.allReduceSum(numbers),
    broadcast: (data, root) => collective.broadcast(data, root),
    barrier: () => collective.barrier(),
    abort: (error) => collective.abort(error),
    during: (what) => collective.during?.(what),
    teamFor: (model, options) => muster(collective, model, options),
  };
}
