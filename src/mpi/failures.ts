import { inFull } from "./say.js";
import type { World } from "./world.js";

/**
 * Ends the whole job when this process fails, and takes leave of the others when it does not. MPI knows nothing of
 * JavaScript's errors: a rank that has thrown would leave the others waiting. An unhandled rejection comes as an uncaught
 * exception, unless the program listens to rejections itself.
 */
export function watchFailures(world: World): void {
  process.on("uncaughtException", (error) => world.endAll(inFull(error), 1));
  // Node has put the code of a program that waits for nothing there, and not in the argument.
  process.on("exit", (code) => world.close(Number(process.exitCode ?? code)));
}
