import { constants, gunzip, gunzipSync } from "node:zlib";
import { fail } from "../errors.js";

/** How many stored bytes `inflateStart` looks at. Deflate stores a byte in no less than 1/1032 byte, so 8 MB come out at most. */
const START = 8192;

/** Whether bytes are a gzip file, by the two with which each begins. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The first bytes of what a gzip file holds, to see how many are to come. @throws ChainruleError if it is damaged */
export function inflateStart(who: string, path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes.subarray(0, START), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    return damaged(who, path, error as Error);
  }
}

/** What a gzip file holds, or `undefined` if that is more than `most` bytes. @throws ChainruleError if it is damaged */
export async function inflate(
  who: string,
  path: string,
  bytes: Uint8Array,
  most: number,
): Promise<Uint8Array | undefined> {
  const [error, contents] = await new Promise<[NodeJS.ErrnoException | null, Uint8Array]>((resolve) => {
    gunzip(bytes, { maxOutputLength: most, chunkSize: 1 << 18 }, (...result) => resolve(result));
  });
  if (error === null) return contents;
  return error.code === "ERR_BUFFER_TOO_LARGE" ? undefined : damaged(who, path, error);
}

function damaged(who: string, path: string, { message }: Error): never {
  return fail(
    who,
    "a whole gzip file",
    `${JSON.stringify(path)} (${message})`,
    "It is damaged: get it again.",
  );
}
