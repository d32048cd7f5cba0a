import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

it("refuses folders without images, and wrong options", async () => {
  await expect(imageFolder(folderOf({ "a/x.txt": Uint8Array.of(1) }))).rejects.toThrow(
    /folders of PNG or JPEG files/,
  );
  await expect(imageFolder("no/such/folder")).rejects.toThrow(/ENOENT/);
  await expect(imageFolder("x", { channels: 2 as never })).rejects.toThrow(/`channels` to be 1 or 3/);
  await expect(imageFolder("x", { size: [28] as never })).rejects.toThrow(/\[height, width\]/);
});
