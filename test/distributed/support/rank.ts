import { parentPort, workerData } from "node:worker_threads";
import { distribution } from "../../../src/mpi/distribution.js";
import { run } from "./run.js";
import { ThreadCollective } from "./thread-collective.js";

const { name, memory, rank, size, about } = workerData;

run(name, distribution(new ThreadCollective(memory, rank, size, about))).then(
  (outcome) => parentPort?.postMessage({ outcome }),
  (error) => parentPort?.postMessage({ error: String(error) }),
);
