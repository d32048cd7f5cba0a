/**
 * A training that is killed twice, in the midst of its work, and started again each time. It ends with the same bytes as
 * one that nothing has happened to.
 *
 *     npm run example:resume-after-crash
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { table } from "../support/draw.js";
import type { Report } from "./report.js";

const short = process.argv.includes("--short");
const epochs = short ? 6 : 12; // of 57 steps
const kills = short ? [60, 150] : [200, 500];

const program = fileURLToPath(new URL("./training.ts", import.meta.url));

/** Starts the training, and kills it once it has done so many steps. What it has said, and how it ended. */
async function start(folder: string, killAt = Number.POSITIVE_INFINITY) {
  const child = fork(program, [folder, String(epochs)]);
  const steps: number[] = [];
  let loss: readonly number[] = [];
  let sha256 = "";
  child.on("message", (report: Report) => {
    if ("sha256" in report) ({ loss, sha256 } = report);
    else {
      steps.push(report.step);
      if (report.step >= killAt) child.kill("SIGKILL");
    }
  });
  const [code, signal] = await once(child, "exit");
  return { steps, loss, sha256, end: signal ?? `exit code ${code}` };
}

const folder = await mkdtemp(join(tmpdir(), "resume-after-crash-"));
try {
  const runs = [];
  for (const killAt of kills) runs.push(await start(join(folder, "killed"), killAt));
  runs.push(await start(join(folder, "killed")));
  const whole = await start(join(folder, "whole"));

  const lines = [...runs, whole].map(({ steps, end }, i) => {
    const name = i < runs.length ? `process ${i + 1}` : "another process, never killed";
    return [name, String(steps[0]), String(steps[steps.length - 1]), end];
  });
  console.log(table([["", "first step", "last step", "ended by"], ...lines]));

  const last = runs[runs.length - 1];
  console.log(`\nkilled twice  loss ${last.loss.at(-1)?.toFixed(6)}  sha256 ${last.sha256.slice(0, 32)}…`);
  console.log(`never killed  loss ${whole.loss.at(-1)?.toFixed(6)}  sha256 ${whole.sha256.slice(0, 32)}…`);

  const killed = runs.filter(({ end }) => end === "SIGKILL").length;
  if (killed !== kills.length)
    throw new Error(`expected ${kills.length} processes to be killed, not ${killed}`);
  if (last.sha256 !== whole.sha256) throw new Error("expected the same bytes");
  if (last.loss.join() !== whole.loss.join()) throw new Error("expected the same history");
} finally {
  await rm(folder, { recursive: true });
}
