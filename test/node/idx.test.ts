import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ChainruleError, Matrix } from "chainrule";
import { type Idx, readIdx } from "chainrule/node";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./support/folder.js";
import { idxBytes } from "./support/idx.js";

const folder = temporaryFolder();
let files = 0;

const write = async (bytes: Uint8Array): Promise<string> => {
  const path = join(folder, `${files++}.idx`);
  await writeFile(path, bytes);
  return path;
};

const read = async (bytes: Uint8Array, options?: { maxBytes: number }): Promise<Idx> =>
  readIdx(await write(bytes), options);

const message = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => "no error",
    (error) => (error instanceof ChainruleError ? error.message : `not ours: ${error}`),
  );

const numbers = Uint8Array.of(0, 1, 2, 253, 254, 255);

/** A shape and as many numbers as it says. */
const contents = fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, side) => product * side, 1);
  return fc.tuple(fc.constant(shape), fc.uint8Array({ minLength: length, maxLength: length }));
});

describe("reads", () => {
  it("any shape, plain and gzip", async () => {
    await fc.assert(
      fc.asyncProperty(contents, fc.boolean(), async ([shape, data], zip) => {
        const bytes = idxBytes(shape, data);
        expect(await read(zip ? gzipSync(bytes) : bytes)).toEqual({ shape, data });
      }),
    );
  });

  it("numbers that a matrix can be made of, as the documentation says", async () => {
    const { shape, data } = await read(idxBytes([2, 3, 1], numbers));
    const matrix = new Matrix(shape[0], shape[1] * shape[2], Float32Array.from(data));
    expect(matrix.toArray()).toEqual([
      [0, 1, 2],
      [253, 254, 255],
    ]);
  });

  it("plain bytes, not Node's Buffer, whose slice is another", async () => {
    const bytes = idxBytes([6], numbers);
    for (const stored of [bytes, gzipSync(bytes)])
      expect((await read(stored)).data.constructor).toBe(Uint8Array);
  });

  it("a gzip file of several members, with a long name in its header", async () => {
    const bytes = idxBytes([6], numbers);
    const first = gzipSync(bytes.subarray(0, 9));
    const named = new Uint8Array([
      ...first.subarray(0, 3),
      8,
      ...first.subarray(4, 10),
      ...Buffer.from("x".repeat(4000)),
      0,
    ]);
    const parts = [named, first.subarray(10), gzipSync(bytes.subarray(9))];
    expect((await read(Buffer.concat(parts))).data).toEqual(numbers);
  });

  it("an empty file of many claimed rows, since 0 columns of them are 0 numbers", async () => {
    const shape = [2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 0];
    expect(await read(idxBytes(shape, new Uint8Array()))).toEqual({ shape, data: new Uint8Array() });
  });
});

describe("refuses", () => {
  const whole = idxBytes([2, 3], numbers);

  it.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(), /expects an IDX file, .* which begins with nothing\.$/],
    [
      "a picture",
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
      /begins with 00 00 08, but got ".*", which begins with 89 50 4e 47/,
    ],
    ["an unknown type", idxBytes([6], numbers, 0x07), /begins with 00 00 07 01/],
    [
      "floats",
      idxBytes([6], numbers, 0x0d),
      /expects an IDX file of unsigned bytes, but got 32-bit floats in/,
    ],
    ["no dimension", idxBytes([], Uint8Array.of(1)), /at least one dimension, but got 0 in/],
    ["three bytes", whole.subarray(0, 3), /at least one dimension, but got none in/],
    [
      "half a header",
      whole.subarray(0, 9),
      /a header of 12 bytes in ".*", but got 9\. It is cut off: get it again\./,
    ],
    [
      "no numbers",
      whole.subarray(0, 12),
      /18 bytes in ".*", whose header says \[2 × 3\], but got 12\. It is cut off/,
    ],
    ["a number too few", whole.subarray(0, 17), /18 bytes in .* but got 17\. It is cut off or damaged/],
    ["a number too many", Uint8Array.of(...whole, 7), /18 bytes in .* but got 19\./],
    [
      "4 GB that are not there",
      idxBytes([2 ** 32 - 1], numbers),
      /at most 2147483647 bytes in ".*", but got 4294967303\./,
    ],
    [
      "a product beyond 2⁵³",
      idxBytes([2 ** 31, 2 ** 31, 3], numbers),
      /but got 13835058055282163728\. If you trust/,
    ],
    [
      "255 dimensions of 2³² − 1",
      idxBytes(new Array(255).fill(2 ** 32 - 1), numbers),
      /at most 2147483647 bytes/,
    ],
    // In 53 or 32 bits the product would be 0, and fit.
    ["a product of 2⁶⁴", idxBytes([2 ** 31, 2 ** 31, 4], new Uint8Array()), /but got 18446744073709551632/],
  ])("%s", async (_, bytes, expected) => {
    expect(await message(read(bytes))).toMatch(expected);
    if (bytes.length > 1 && bytes[0] === 0)
      expect(await message(read(gzipSync(bytes)))).toMatch(/^readIdx expects/);
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      "no more than its first two bytes",
      Uint8Array.of(0x1f, 0x8b),
      /expects an IDX file|expects a whole gzip file/,
    ],
    [
      "an end that is cut off",
      gzipSync(whole).subarray(0, -4),
      /a whole gzip file, but got ".*" \(unexpected end of file\)\. It is damaged/,
    ],
    [
      "a wrong checksum",
      flip(gzipSync(whole), -6),
      /a whole gzip file, but got ".*" \(incorrect data check\)/,
    ],
    [
      "a wrong length",
      flip(gzipSync(whole), -2),
      /a whole gzip file, but got ".*" \(incorrect length check\)/,
    ],
    [
      "an unknown method",
      flip(gzipSync(whole), 2),
      /a whole gzip file, but got ".*" \(unknown compression method\)/,
    ],
    ["something else after it", Buffer.concat([gzipSync(whole), Buffer.from("more")]), /a whole gzip file/],
    ["fewer numbers than promised", gzipSync(whole.subarray(0, 15)), /18 bytes in .* but got 15\./],
    ["more numbers than promised", gzipSync(Uint8Array.of(...whole, 1, 2)), /18 bytes in .* but got more\./],
  ])("gzip: %s", async (_, bytes, expected) => {
    expect(await message(read(bytes))).toMatch(expected);
  });

  it.each<[string, () => Promise<Idx>, RegExp]>([
    [
      "a missing file",
      () => readIdx(join(folder, "none")),
      /the path of a readable file, but got ".*none" \(ENOENT\)\./,
    ],
    ["a folder", () => readIdx(folder), /the path of a file, but got ".*", which is a folder\./],
    [
      "no path",
      () => readIdx(undefined as never),
      /^readIdx expects the path of a file, but got undefined\.$/,
    ],
    [
      "an unknown option",
      () => readIdx("x", { maxByte: 1 } as never),
      /"maxByte"\. Did you mean "maxBytes"\?/,
    ],
    ["a limit of half a byte", () => readIdx("x", { maxBytes: 0.5 }), /`maxBytes` to be a whole number/],
    [
      "a larger file than allowed",
      () => read(whole, { maxBytes: 17 }),
      /at most 17 bytes in .* but got 18\. If you trust/,
    ],
    [
      "a larger file than allowed, whatever its header says",
      () => read(Uint8Array.of(...whole, ...new Uint8Array(100)), { maxBytes: 50 }),
      /at most 50 bytes in .* but got 118\. If you trust/,
    ],
    [
      "more in a gzip file than allowed",
      () => read(gzipSync(idxBytes([999], new Uint8Array(999))), { maxBytes: 999 }),
      /at most 999 bytes in .* but got 1007\./,
    ],
  ])("%s", async (_, reading, expected) => {
    expect(await message(reading())).toMatch(expected);
  });

  it.skipIf(process.platform === "win32")("a device that never ends", async () => {
    expect(await message(readIdx("/dev/zero"))).toMatch(
      /the path of a file, but got "\/dev\/zero", which is none/,
    );
  });
});

it("gives what the header says or an error of its own, however a file is mutated", async () => {
  const edit = fc.tuple(fc.nat(), fc.nat(255));
  const mutation = fc.record({
    edits: fc.array(edit, { maxLength: 4 }),
    keep: fc.nat(),
    more: fc.uint8Array({ maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(contents, mutation, fc.boolean(), async ([shape, data], { edits, keep, more }, zip) => {
      const bytes = idxBytes(shape, data);
      const whole = zip ? gzipSync(bytes) : bytes;
      const kept = whole.subarray(0, keep % 2 === 0 ? whole.length : keep % whole.length);
      const mutant = Uint8Array.of(...kept, ...more);
      for (const [at, value] of edits) if (mutant.length > 0) mutant[at % mutant.length] = value;
      try {
        const { shape, data } = await read(mutant);
        expect(shape.reduce((product, side) => product * side, 1)).toBe(data.length);
      } catch (error) {
        expect(error).toBeInstanceOf(ChainruleError);
      }
    }),
    { numRuns: 1000 },
  );
});

it.skipIf(process.platform !== "linux")("closes the file, however reading ends", async () => {
  const open = () => readdir("/proc/self/fd").then(({ length }) => length);
  const before = await open();
  for (const bytes of [idxBytes([6], numbers), idxBytes([7], numbers)]) await message(read(bytes));
  await message(readIdx(folder));
  expect(await open()).toBe(before);
});

it("takes little memory for a megabyte that inflates to a gigabyte", async () => {
  const megabyte = gzipSync(new Uint8Array(2 ** 20));
  const bomb = Buffer.concat([gzipSync(idxBytes([4], numbers)), ...new Array<Buffer>(1024).fill(megabyte)]);
  const before = process.resourceUsage().maxRSS;
  expect(await message(read(bomb))).toMatch(/expects 12 bytes in .* but got more/);
  const honest = Buffer.concat([
    gzipSync(idxBytes([2 ** 30], new Uint8Array())),
    ...new Array<Buffer>(1024).fill(megabyte),
  ]);
  expect(await message(read(honest, { maxBytes: 2 ** 24 }))).toMatch(
    /at most 16777216 bytes in .* but got 1073741832/,
  );
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(100 * 1024); // kilobytes
});

/** The bytes with one of them changed, counted from the end where `at` is negative. */
function flip(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at < 0 ? changed.length + at : at] ^= 0xff;
  return changed;
}
