import { mkdir, readdir, realpath, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fail } from "../errors.js";
import { checkpointFromBytes } from "../io/checkpoint-file.js";
import type { Progress, Snapshot } from "../model/snapshot.js";
import { LARGEST, within, write } from "./model-files.js";
import { readBytes } from "./read-bytes.js";

const WHO = "checkpoint";
export const BEST = "best.safetensors";

/** `step-000001200.safetensors`: in the order of their names they are in that of their steps. */
const nameOf = (step: number): string => `step-${String(step).padStart(9, "0")}.safetensors`;
const isCheckpoint = (name: string): boolean => /^step-\d{9,}\.safetensors$/.test(name);
/** Left by a process that was killed while it wrote. */
const isLeftOver = (name: string): boolean =>
  /^\.(step-\d{9,}|best)\.safetensors\.[\da-f-]+\.tmp$/.test(name);
const stepOf = (name: string): number => Number(name.slice(5, -".safetensors".length));

/** The names of a folder's checkpoints, the newest last; none where there is no folder. */
async function list(folder: string): Promise<readonly string[]> {
  const names = await filesOf(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    return fail(WHO, "the path of a folder that can be read", `${JSON.stringify(folder)} (${error.code})`);
  });
  return names.filter(isCheckpoint).sort((a, b) => stepOf(a) - stepOf(b));
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
}

/** The newest checkpoint of a folder, or nothing. @throws ChainruleError if it is damaged: no write leaves it so */
export async function newestIn(folder: string): Promise<Snapshot | undefined> {
  const newest = await newestOf(folder);
  return newest === undefined ? undefined : readCheckpoint(newest);
}

/** The path of the newest checkpoint of a folder, or nothing. */
export async function newestOf(folder: string): Promise<string | undefined> {
  const newest = (await list(folder)).at(-1);
  return newest === undefined ? undefined : join(folder, newest);
}

/** The state of a training in a file. */
export async function readCheckpoint(path: string): Promise<Snapshot> {
  const bytes = await readBytes(WHO, path, LARGEST);
  return within(path, () => checkpointFromBytes(bytes));
}

/** Makes a folder ready for a training, or for one that goes on. @throws ChainruleError if it has checkpoints of another */
export async function prepare(folder: string, resumed?: { from: string; at: Progress }): Promise<void> {
  const made = await mkdir(folder, { recursive: true }).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
  if (made !== undefined) fail(WHO, "a folder that it can write to", `${JSON.stringify(folder)} (${made})`);
  const names = await filesOf(folder);
  for (const name of names.filter(isLeftOver)) await rm(join(folder, name), { force: true });
  if (!names.some((name) => isCheckpoint(name) || name === BEST)) return;
  if (resumed !== undefined) {
    if ((await placeOf(folder)) === (await placeOf(resumed.from))) return;
    const there = (await newestIn(folder)) ?? (await readCheckpoint(join(folder, BEST)));
    if (isSameTraining(resumed.at, there.progress)) return;
  }
  const advice = "Go on with it, fit(data, { resume: folder }), or give another folder.";
  fail(WHO, "a folder without checkpoints", `those of another training in ${JSON.stringify(folder)}`, advice);
}

/** Where a folder is, links and case aside. */
const placeOf = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

/** Whether one may have come of the other: by their seed and by what was measured, as far as both went. */
function isSameTraining(a: Progress, b: Progress): boolean {
  const agree = (name: string) =>
    a.history[name].every(
      (value, i) => i >= (b.history[name]?.length ?? 0) || Object.is(value, b.history[name][i]),
    );
  return String(a.key) === String(b.key) && Object.keys(a.history).every(agree);
}

/** Writes one, and then removes all but the newest `keep`. */
export async function add(folder: string, step: number, bytes: Uint8Array, keep: number): Promise<void> {
  await write(WHO, join(folder, nameOf(step)), bytes);
  const names = await list(folder);
  for (const name of names.slice(0, -keep)) await rm(join(folder, name), { force: true });
}
