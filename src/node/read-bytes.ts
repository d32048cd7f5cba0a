import { open } from "node:fs/promises";
import { describe, fail } from "../errors.js";

/** All bytes of a file. @throws ChainruleError unless it is a readable file of at most `maxBytes` bytes */
export async function readBytes(who: string, path: string, maxBytes: number): Promise<Uint8Array> {
  if (typeof path !== "string") fail(who, "the path of a file", describe(path));
  const name = JSON.stringify(path);
  const handle = await open(path).catch((error: NodeJS.ErrnoException) =>
    fail(who, "the path of a readable file", `${name} (${error.code})`),
  );
  try {
    const stats = await handle.stat();
    // A device or a pipe may have no end.
    if (!stats.isFile())
      fail(who, "the path of a file", `${name}, which is ${stats.isDirectory() ? "a folder" : "none"}`);
    expectBytes(who, path, maxBytes, stats.size);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** @throws ChainruleError if a file holds, or says that it holds, more than `maxBytes` bytes */
export function expectBytes(who: string, path: string, maxBytes: number, bytes: number | bigint): void {
  if (bytes <= maxBytes) return;
  const advice = "If you trust the file, raise `maxBytes`.";
  fail(who, `at most ${maxBytes} bytes in ${JSON.stringify(path)}`, String(bytes), advice);
}
