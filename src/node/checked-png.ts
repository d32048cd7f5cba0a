import { inflateSync } from "node:zlib";

/** The chunks that have to do with pixels. Others, such as color profiles, are packed too, and would be unpacked for nothing. */
const KEPT: readonly string[] = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
/** Samples a pixel, by the color type of the header. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIGNATURE = 8;

/**
 * A PNG file without what is of no use for its pixels, once it is known that it unpacks to as many bytes as its header
 * says, and to no more than `most`: a few kilobytes can hold gigabytes of zeros. https://www.w3.org/TR/png-3
 * @throws Error that says what it is instead
 */
export function checkedPng(file: Uint8Array, most: number): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE)];
  const packed: Uint8Array[] = [];
  for (let at = SIGNATURE; at < bytes.length; ) {
    const end = at + 12 + (at + 12 <= bytes.length ? bytes.readUInt32BE(at) : 0);
    if (end > bytes.length) throw new Error("a PNG that is cut off");
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (KEPT.includes(type)) kept.push(bytes.subarray(at, end));
    if (type === "IDAT") packed.push(bytes.subarray(at + 8, end - 4));
    at = end;
  }
  if (kept.length < 2 || kept[1].length !== 25) throw new Error("no PNG");
  const expected = unpackedBytes(Buffer.from(kept[1].buffer, kept[1].byteOffset + 8, 13));
  if (expected > most) throw new Error(`a PNG of ${expected} bytes, where ${most} are read at most`);
  // Where it is interlaced, a row has a byte more in each of seven passes.
  inflateSync(Buffer.concat(packed), { maxOutputLength: 8 * expected });
  return Buffer.concat(kept);
}

/** The bytes of all rows, each with one more for its filter. */
function unpackedBytes(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bits = width * header[8] * (samples[header[9]] ?? 4);
  if (width === 0 || height === 0) throw new Error(`an image of ${height} × ${width}`);
  return height * (1 + Math.ceil(bits / 8));
}
