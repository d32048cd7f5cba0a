/**
 * Processes that train as one, by MPI.
 *
 * @module chainrule/mpi
 */

export type { Collective } from "../distributed/collective.js";
export type { Distribution } from "../model/team.js";
export { distribution } from "./distribution.js";
export { type MpiOptions, mpi } from "./mpi.js";
