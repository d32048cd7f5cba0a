import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Random } from "../../src/index.js";
import { readCheckpoint } from "../../src/node/checkpoint-folder.js";

/** What many kills of a training have shown. */
export interface Kills {
  /** How often a training was killed with SIGKILL after it had begun. */
  readonly kills: number;
  /** Kills that left a file half written beside the whole ones: they fell into a save. */
  readonly duringSave: number;
  /** Trainings that came to their end. */
  readonly trainings: number;
  /** What went wrong, in words; nothing, or the promise is broken. */
  readonly failures: readonly string[];
}

/** Kills trainings at random moments and resumes them, until there were `count` kills; each must end as if never killed. */
export async function killOften(count: number, seed: number): Promise<Kills> {
  const place = await mkdtemp(join(tmpdir(), "kills-"));
  try {
    const program = join(place, "training.mjs");
    await build({
      entryPoints: [fileURLToPath(new URL("training.ts", import.meta.url))],
      ...{ outfile: program, bundle: true, platform: "node", format: "esm", logLevel: "error" },
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
    return await killAll(program, place, count, Random.fromSeed(seed));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function killAll(program: string, place: string, count: number, random: Random): Promise<Kills> {
  let [kills, duringSave, trainings] = [0, 0, 0];
  const failures: string[] = [];
  while (kills < count && failures.length === 0) {
    const seed = trainings;
    const folder = join(place, `checkpoints-${seed}`);
    const expected = await run(program, ["none", String(seed)]);
    let step = 0;
    for (;;) {
      const patience = 60 * random.uniform(kills, seed);
      const ended = await run(program, [folder, String(seed)], kills < count ? patience : undefined);
      if (ended !== undefined) {
        if (ended !== expected) failures.push(`training ${seed} ended with other weights or history`);
        break;
      }
      kills++;
      const { newest, torn, failure } = await inspect(folder);
      if (torn) duringSave++;
      if (failure !== undefined) failures.push(failure);
      if (newest < step)
        failures.push(`step ${step} was saved, and after a kill only step ${newest} is there`);
      step = newest;
    }
    trainings++;
    await rm(folder, { recursive: true, force: true });
  }
  return { kills, duringSave, trainings, failures };
}

/** Runs a training, killed so many milliseconds after it has begun; what it said at its end, or nothing. */
function run(program: string, options: readonly string[], killAfter?: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...options], { stdio: ["ignore", "pipe", "pipe"] });
    let [said, complaints] = ["", ""];
    let timer: NodeJS.Timeout | undefined;
    child.stderr.on("data", (text) => {
      complaints += text;
    });
    child.stdout.on("data", (text) => {
      said += text;
      if (killAfter === undefined || timer !== undefined) return;
      timer = setTimeout(() => child.kill("SIGKILL"), killAfter);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(/ended (\w+)/.exec(said)?.[1]);
      else if (signal === "SIGKILL") resolve(undefined);
      else reject(new Error(`The training ended with ${code ?? signal}: ${complaints}`));
    });
  });
}

/** Whether every checkpoint of a folder is whole, and which is the newest. */
async function inspect(folder: string): Promise<{ newest: number; torn: boolean; failure?: string }> {
  const names = await readdir(folder);
  let newest = 0;
  for (const name of names.filter((one) => one.endsWith(".safetensors") && !one.startsWith("."))) {
    try {
      const { progress } = await readCheckpoint(join(folder, name));
      newest = Math.max(newest, progress.step);
    } catch (error) {
      return { newest, torn: false, failure: `${name}: ${(error as Error).message}` };
    }
  }
  return { newest, torn: names.some((name) => name.endsWith(".tmp")) };
}
