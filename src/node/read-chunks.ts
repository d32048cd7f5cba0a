import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { PassThrough, pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { describe, fail } from "../errors.js";
import { isGzip } from "./gzip.js";

/** How many bytes are read at a time; the next are on their way meanwhile. */
const CHUNK = 1 << 18;

/** The bytes of a file, piece by piece, inflated if it is a gzip file. @throws ChainruleError that names the file */
export async function* readChunks(who: string, path: string): AsyncGenerator<Buffer> {
  if (typeof path !== "string") fail(who, "the path of a file", describe(path));
  const zipped = await beginsAsGzip(who, path);
  const source = createReadStream(path, { highWaterMark: CHUNK });
  const stream = zipped ? through(source, createGunzip({ chunkSize: CHUNK })) : source;
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === undefined ? message : `${message} (${code})`;
    fail(who, `to read ${JSON.stringify(path)} to its end`, why, "Is it cut off or damaged?");
  } finally {
    stream.destroy();
    source.destroy();
  }
}

/** The bytes of `source` after `change`; an error of one ends both. */
function through(source: Readable, change: NodeJS.ReadWriteStream): Readable {
  const end = new PassThrough({ highWaterMark: CHUNK });
  pipeline(source, change, end, () => undefined); // whoever reads `end` gets the error
  return end;
}

/** Looks at the first bytes. @throws ChainruleError unless it is a file that can be read */
async function beginsAsGzip(who: string, path: string): Promise<boolean> {
  const name = JSON.stringify(path);
  const handle = await open(path).catch((error: NodeJS.ErrnoException) =>
    fail(who, "the path of a readable file", `${name} (${error.code})`),
  );
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) fail(who, "the path of a file", `${name}, which is a folder`);
    if (!stats.isFile()) return false; // what was read of a pipe would be gone
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return isGzip(buffer);
  } finally {
    await handle.close();
  }
}
