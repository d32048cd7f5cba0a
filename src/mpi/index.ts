export type { Collective } from "../distributed/collective.js";
export { type MpiOptions, mpi } from "./mpi.js";
