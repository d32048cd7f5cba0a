import { createInterface } from "node:readline";

/** Does the work once for each line that comes in, and answers with the milliseconds that it took. */
export function serve(work: () => void | Promise<void>): void {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", async () => {
    const start = performance.now();
    await work();
    process.stdout.write(`${performance.now() - start}\n`);
  });
}
