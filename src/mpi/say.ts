import { writeSync } from "node:fs";
import { hostname } from "node:os";

/** How a line about one of the processes begins: `[rank 1 of 4 on host]`. */
export const headOf = (rank: number, size: number): string => `[rank ${rank} of ${size} on ${hostname()}]`;

/** Writes to stderr at once: the process may end before a stream would. */
export function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let written = 0, tries = 0; written < bytes.length && tries < 100; tries++) {
    try {
      written += writeSync(2, bytes, written);
    } catch (error) {
      if ((error as { code?: string }).code !== "EAGAIN") return; // nobody reads any more
      pause(10);
    }
  }
}

/** Waits without letting anything else run. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** An error as its stack, which begins with the message; anything else as text. */
export const inFull = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? String(error)) : String(error);
