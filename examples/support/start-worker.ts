import { Worker } from "node:worker_threads";

/**
 * A thread that runs a file of TypeScript. A thread does not inherit what reads TypeScript here; where the program is
 * compiled, `new Worker(new URL("./worker.js", import.meta.url), { workerData })` is all there is to it.
 */
export function startWorker(file: URL, workerData: unknown): Worker {
  const load = `import("tsx/esm/api").then(({ register }) => { register(); return import("${file.href}"); });`;
  return new Worker(load, { eval: true, execArgv: [], workerData });
}
