import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { Matrix } from "chainrule";
import { type BadRow, imageFolder } from "chainrule/node";
import { encode as encodePng } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { expect, it, onTestFinished } from "vitest";

const png = (data: number[], channels = 3, width = 2) =>
  encodePng({ width, height: data.length / channels / width, channels, data: Uint8Array.from(data) });
const gray = [0, 51, 102, 255];

function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "images-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

it("reads a class from each folder, in order, again and again", async () => {
  const folder = folderOf({
    "seven/b.png": png(gray, 1),
    "seven/a.PNG": png([255, 255, 255, 255], 1),
    "one/x.png": png(
      gray.flatMap((v) => [v, v, v, 77]),
      4,
    ),
    "one/readme.txt": Uint8Array.of(1),
    "empty.txt": Uint8Array.of(1),
  });
  const { classes, count, examples } = await imageFolder(folder, { channels: 1 });
  expect([classes, count]).toEqual([["one", "seven"], 3]);
  const [batch] = await examples.batch(3).toArray();
  const x = Matrix.from([gray.map((v) => v / 255), [1, 1, 1, 1], gray.map((v) => v / 255)]);
  expect(batch.x.isClose(x, { atol: 1e-7 })).toBe(true);
  expect(batch.y.toArray()).toEqual([[0], [1], [1]]);
  expect(await examples.toArray()).toEqual(await examples.toArray());
});

it("takes links to folders for folders, and hidden ones for none", async () => {
  const folder = folderOf({ "one/a.png": png(gray, 1), ".cache/b.png": png(gray, 1) });
  symlinkSync(join(folderOf({ "c/c.png": png(gray, 1) }), "c"), join(folder, "two"));
  symlinkSync(join(folder, "nowhere"), join(folder, "broken"));
  const { classes, count } = await imageFolder(folder);
  expect([classes, count]).toEqual([["one", "two"], 2]);
});

it("reads colors, brightness, sixteen bits and JPEG", async () => {
  const red = [255, 0, 0];
  const deep = encodePng({ width: 1, height: 1, channels: 1, depth: 16, data: Uint16Array.of(65535 / 5) });
  const folder = folderOf({ "a/1.png": png(red, 3, 1), "b/1.png": deep });
  const { examples } = await imageFolder(folder);
  expect((await examples.toArray()).map(({ x }) => [...(x as Float32Array)])).toEqual([
    [1, 0, 0],
    new Array(3).fill(Math.fround(0.2)),
  ]);
  const dark = await imageFolder(folder, { channels: 1 });
  expect((await dark.examples.toArray()).map(({ x }) => (x as Float32Array)[0])).toEqual(
    [0.299, 0.2].map(Math.fround),
  );

  const pixels = Uint8Array.from({ length: 8 * 8 * 4 }, (_, i) => (i % 4 === 3 ? 255 : 100));
  const jpeg = encodeJpeg({ width: 8, height: 8, data: pixels }, 95).data;
  const photo = await imageFolder(folderOf({ "a/1.jpeg": jpeg }), { channels: 1, size: [8, 8] });
  for (const value of (await photo.examples.toArray())[0].x as Float32Array)
    expect(value).toBeCloseTo(100 / 255, 2);
});

it("names the image that is none, or of another size; skips or collects it", async () => {
  const folder = folderOf({
    "a/1.png": png(gray, 1),
    "a/2.png": png(gray.slice(0, 2), 1),
    "a/3.png": Uint8Array.of(1, 2, 3),
    "a/4.jpg": Uint8Array.of(1, 2, 3),
    "a/5.png": png(gray, 1),
  });
  const all = await imageFolder(folder);
  await expect(all.examples.toArray()).rejects.toThrow(
    /^imageFolder expects an image of 2 × 2 in ".*2\.png", but got one of 1 × 2\.$/,
  );
  const some = await imageFolder(folder, { onBadRow: "skip" });
  expect(await some.examples.toArray()).toHaveLength(2);
  const problems: BadRow[] = [];
  const told = await imageFolder(folder, { onBadRow: (row) => problems.push(row) });
  await told.examples.toArray();
  expect(problems.map(({ file }) => file.slice(-5))).toEqual(["2.png", "3.png", "4.jpg"]);
});

/** A PNG file of one channel, of chunks as they are given. */
function pngOf(
  width: number,
  height: number,
  packed: Uint8Array,
  ...others: [string, Uint8Array][]
): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const chunks = [["IHDR", header], ...others, ["IDAT", packed], ["IEND", new Uint8Array(0)]] as const;
  return Buffer.concat([png(gray, 1).subarray(0, 8), ...chunks.map(([type, data]) => chunk(type, data))]);
}

/** CRC-32 of ISO 3309. */
function crc32(bytes: Uint8Array): number {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (0xedb88320 & -(rest & 1));
  }
  return ~rest >>> 0;
}

it("does not unpack what a PNG hides behind a small size, or claims", async () => {
  const zeros = deflateSync(new Uint8Array(3e7));
  const row = deflateSync(Uint8Array.of(0, 51));
  const profile = Buffer.concat([Buffer.from("p\0\0"), zeros]);
  const folder = folderOf({
    "a/1.png": pngOf(1, 1, zeros),
    "a/2.png": pngOf(2 ** 20, 2 ** 20, row),
    "a/3.png": pngOf(0, 1, row),
    "a/4.png": pngOf(1, 1, row).subarray(0, 30),
    "a/5.png": pngOf(1, 1, row).map((byte, i) => (i === 45 ? byte ^ 1 : byte)),
    "b/6.png": pngOf(1, 1, row, ["iCCP", profile]),
  });
  const problems: BadRow[] = [];
  const options = { channels: 1, size: [1, 1], onBadRow: (row: BadRow) => problems.push(row) } as const;
  const examples = await (await imageFolder(folder, options)).examples.toArray();
  expect(examples).toEqual([{ x: Float32Array.of(0.2), y: 1 }]);
  expect(problems.map(({ file, got }) => [file.slice(-5), got])).toEqual([
    ["1.png", expect.stringMatching(/larger than/)],
    ["2.png", expect.stringMatching(/^a PNG of 1099512676352 bytes, where 536870912 are read at most$/)],
    ["3.png", "an image of 1 × 0"],
    ["4.png", "a PNG that is cut off"],
    ["5.png", expect.any(String)],
  ]);
});

it("refuses folders without images, and wrong options", async () => {
  await expect(imageFolder(folderOf({ "a/x.txt": Uint8Array.of(1) }))).rejects.toThrow(
    /folders of PNG or JPEG files/,
  );
  await expect(imageFolder("no/such/folder")).rejects.toThrow(/ENOENT/);
  await expect(imageFolder("x", { channels: 2 as never })).rejects.toThrow(/`channels` to be 1 or 3/);
  await expect(imageFolder("x", { size: [28] as never })).rejects.toThrow(/\[height, width\]/);
});
