import { fail } from "../errors.js";
import { checkOptions, integer, optional } from "../options.js";
import { formatShape } from "../shape.js";
import { inflate, inflateStart, isGzip } from "./gzip.js";
import { expectBytes, readBytes } from "./read-bytes.js";

export interface IdxOptions {
  /** The most bytes that the file may hold, as it is and inflated. Default: 2³¹ − 1. */
  maxBytes?: number;
}

/** The numbers of an IDX file: `[60000, 28, 28]` and 60,000 images, row after row. */
export interface Idx {
  readonly shape: number[];
  readonly data: Uint8Array;
}

/**
 * Reads a file in the format of MNIST, Fashion-MNIST, EMNIST and others: IDX of unsigned bytes, plain or gzip.
 * To make a matrix of it: `new Matrix(shape[0], shape[1] * shape[2], Float32Array.from(data))`.
 * @throws ChainruleError for anything but a whole file of that format; the memory it takes is bounded by `maxBytes`
 */
export async function readIdx(path: string, options: IdxOptions = {}): Promise<Idx> {
  checkOptions("readIdx", options, { maxBytes: optional(integer(1)) });
  const { shape, data } = await readIdxFile("readIdx", path, options.maxBytes);
  return { shape, data };
}

/** As `readIdx`, together with all bytes of the inflated file. */
export async function readIdxFile(
  who: string,
  path: string,
  maxBytes: number = 2 ** 31 - 1,
): Promise<Idx & { readonly bytes: Uint8Array }> {
  const stored = await readBytes(who, path, maxBytes);
  const zipped = isGzip(stored);
  const { shape, start, end } = readHeader(who, path, zipped ? inflateStart(who, path, stored) : stored);
  expectBytes(who, path, maxBytes, end);
  const bytes = zipped ? await inflate(who, path, stored, Number(end)) : stored;
  if (bytes?.length !== Number(end)) {
    const expected = `${end} bytes in ${JSON.stringify(path)}, whose header says ${formatShape(shape)}`;
    fail(who, expected, String(bytes?.length ?? "more"), "It is cut off or damaged: get it again.");
  }
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + start, bytes.length - start), bytes };
}

/** What the third byte of an IDX file may say. */
const types: Readonly<Record<number, string>> = {
  8: "unsigned bytes",
  9: "signed bytes",
  11: "16-bit integers",
  12: "32-bit integers",
  13: "32-bit floats",
  14: "64-bit floats",
};

/**
 * The header: 0, 0, the type of the numbers, the count of dimensions, then each dimension in 4 bytes, big end first.
 * `start` and `end` say where the numbers stand, in exact arithmetic: 255 dimensions of 2³² can be claimed.
 */
export function readHeader(
  who: string,
  path: string,
  bytes: Uint8Array,
): { shape: number[]; start: number; end: bigint } {
  const name = JSON.stringify(path);
  const [first, second, type, dimensions] = bytes;
  if (first !== 0 || second !== 0 || !Object.hasOwn(types, type)) {
    const begin = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    fail(who, "an IDX file, which begins with 00 00 08", `${name}, which begins with ${begin || "nothing"}`);
  }
  if (type !== 0x08) fail(who, "an IDX file of unsigned bytes", `${types[type]} in ${name}`);
  if (!(dimensions >= 1))
    fail(who, "an IDX file of at least one dimension", `${dimensions ?? "none"} in ${name}`);
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) {
    fail(who, `a header of ${start} bytes in ${name}`, String(bytes.length), "It is cut off: get it again.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  return { shape, start, end: BigInt(start) + shape.reduce((product, side) => product * BigInt(side), 1n) };
}
