import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";
import type { Outcome } from "./run.js";
import { sharedMemory } from "./thread-collective.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export type Answer = { readonly outcome: Outcome } | { readonly error: string };

/** Threads that run a program of this folder, one for each rank. */
export function threads(program: string) {
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "chainrule-ranks-"));
    await build({
      entryPoints: [here(program)],
      outfile: join(folder, "rank.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      alias: {
        chainrule: here("../../../src/index.ts"),
        "chainrule/node": here("../../../src/node/index.ts"),
      },
      external: ["hyparquet*", "@bufbuild/*", "crc-32", "fast-png", "csv-parse*", "cli-progress"],
      logLevel: "error",
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  return (size: number, data: object, dataOf: (rank: number) => object = () => ({})): Promise<Answer[]> => {
    const memory = sharedMemory(size);
    const answerOf = (rank: number) =>
      new Promise<Answer>((resolve, reject) => {
        const worker = new Worker(join(folder, "rank.mjs"), {
          workerData: { ...data, ...dataOf(rank), memory, rank, size },
        });
        worker.once("message", resolve);
        worker.once("error", reject);
      });
    return Promise.all(Array.from({ length: size }, (_, rank) => answerOf(rank)));
  };
}
