import { open, readFile } from "node:fs/promises";
import { describe, fail } from "../errors.js";
import type { Callback } from "../model/callbacks.js";
import { write } from "./model-files.js";

/** How a log writes its numbers. */
export interface LogFormat {
  /** What stands before the rows, for columns of these names. */
  head(names: readonly string[]): string;
  /** The row of an epoch, without the end of its line. */
  row(epoch: number, names: readonly string[], logs: Readonly<Record<string, number>>): string;
  /** The epoch of a row, if it is one. */
  epochOf(row: string): number | undefined;
}

interface LogOptions {
  readonly who: string;
  readonly path: string;
  readonly format: LogFormat;
  /** Whether the rows of earlier trainings stay. */
  readonly append: boolean;
}

/**
 * A file with a row for each epoch, which is on the disk when the epoch is over. Training begins with the rows of the
 * epochs before its first, and drops the others, and a last line that a kill has broken off.
 */
export function epochLog({ who, path, format, append }: LogOptions): Callback {
  if (typeof path !== "string" || path === "") fail(who, "the path of a file", describe(path));
  let names: readonly string[];
  let isResumed: boolean;
  let isReady: boolean;

  const prepare = async (epoch: number) => {
    const head = format.head(names);
    const isNew = !append && epoch === 0;
    const rows = isNew ? [] : rowsOf(await textOf(who, path), head);
    const dropsAgain = !append || isResumed;
    while (dropsAgain && rows.length > 0 && epochOf(rows[rows.length - 1]) >= epoch) rows.pop();
    await write(who, path, new TextEncoder().encode(head + rows.map((row) => `${row}\n`).join("")));
  };
  /** The rows behind the head, but for one that has no end. */
  const rowsOf = (text: string, head: string): string[] => {
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole === "") return [];
    if (!whole.startsWith(head)) {
      const first = describe(whole.split("\n", 1)[0]);
      fail(who, `${JSON.stringify(path)} to begin with ${JSON.stringify(head)}`, first, "Give another path.");
    }
    return whole.slice(head.length).split("\n").slice(0, -1);
  };
  const epochOf = (row: string): number =>
    format.epochOf(row) ??
    fail(
      who,
      `rows that begin with an epoch in ${JSON.stringify(path)}`,
      describe(row),
      "Give another path.",
    );

  return {
    firstRankOnly: true,
    onTrainBegin({ history }) {
      names = Object.keys(history);
      isResumed = Object.values(history).some(({ length }) => length > 0);
      isReady = false;
    },
    async onEpochBegin({ epoch }) {
      if (!isReady) await prepare(epoch);
      isReady = true;
    },
    async onEpochEnd({ epoch, logs }) {
      await addLine(who, path, `${format.row(epoch, names, logs)}\n`);
    },
  };
}

/** What is in a file; nothing where there is none. */
async function textOf(who: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? "" : fail(who, `to read ${JSON.stringify(path)}`, message);
  }
}

async function addLine(who: string, path: string, line: string): Promise<void> {
  try {
    const file = await open(path, "a");
    try {
      await file.writeFile(line);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    fail(who, `to add a line to ${JSON.stringify(path)}`, (error as Error).message);
  }
}
