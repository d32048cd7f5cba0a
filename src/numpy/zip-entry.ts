import { fail } from "../errors.js";

/** A file in an archive, as its directory tells. */
export interface Entry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly crc: number;
  /** How many bytes it has when it is unpacked. */
  readonly size: number;
  /** Where it begins and ends in the archive, its header included. */
  readonly from: number;
  readonly to: number;
  /** What stands there behind the header. */
  readonly stored: Uint8Array;
}

/** How a file in an archive begins, and how long its header is at least. */
const [FILE, FILE_LENGTH] = [0x04034b50, 30];
/** How long a line of the directory is at least. */
export const LINE_LENGTH = 46;
/** The first bit of a file's flags. */
const ENCRYPTED = 1;
const [STORED, DEFLATED] = [0, 8];
/** Deflate needs a bit for each 129 bytes: what unpacks to more is a lie. */
const MOST_RATIO = 1032;

/** The file of the line at `at`. @throws ChainruleError unless it is all there, before the directory, and can be unpacked */
export function entryOf(who: string, bytes: Uint8Array, at: number, directory: number): Entry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [crc, packed, size, from] = [16, 20, 24, 42].map((offset) => view.getUint32(at + offset, true));
  const nameBytes = bytes.subarray(at + LINE_LENGTH, at + LINE_LENGTH + view.getUint16(at + 28, true));
  const name = new TextDecoder("utf-8", { ignoreBOM: true }).decode(nameBytes);
  const where = `${JSON.stringify(name.slice(0, 80))} in it`;
  if ((flags & ENCRYPTED) !== 0) fail(who, `${where} in the clear`, "it encrypted");
  if (method !== STORED && method !== DEFLATED) fail(who, `${where} stored or deflated`, `method ${method}`);
  const isThere = from + FILE_LENGTH <= directory && view.getUint32(from, true) === FILE;
  const header = isThere ? view.getUint16(from + 26, true) + view.getUint16(from + 28, true) : 0;
  const start = from + FILE_LENGTH + header;
  const to = start + packed;
  if (!isThere || to > directory) fail(who, `${where} to be whole`, "a damaged archive");
  const isDeflated = method === DEFLATED;
  if (isDeflated ? size > packed * MOST_RATIO : size !== packed) {
    fail(who, `${where} of a size that its ${packed} bytes can hold`, String(size));
  }
  return { name, isDeflated, crc, size, from, to, stored: bytes.subarray(start, to) };
}
