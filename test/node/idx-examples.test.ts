import { readdirSync, readlinkSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { idxExamples } from "chainrule/node";
import { expect, it, vi } from "vitest";
import { fileOf } from "./support/files.js";

const header = (...shape: number[]) => [
  0,
  0,
  8,
  shape.length,
  ...shape.flatMap((n) => [n >>> 24, n >>> 16, n >>> 8, n].map((b) => b & 255)),
];
const count = 3000;
const pixels = Array.from({ length: count * 4 }, (_, i) => (7 * i) % 256);
const images = Uint8Array.from([...header(count, 2, 2), ...pixels]);
const labels = Uint8Array.from([...header(count), ...Array.from({ length: count }, (_, i) => i % 10)]);

function targetOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return ""; // the one that read the folder
  }
}

it.each([
  ["plain", (bytes: Uint8Array) => bytes],
  ["gzip", (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes))],
])("reads images and labels, %s", async (_, pack) => {
  const examples = idxExamples(fileOf(pack(images)), fileOf(pack(labels)));
  const all = await examples.toArray();
  expect(all).toHaveLength(count);
  expect(all[2999]).toEqual({
    x: Float32Array.from(pixels.slice(-4), (p) => p / 255),
    y: Float32Array.of(9),
  });
  expect(await examples.take(2).toArray()).toEqual(all.slice(0, 2));
  const raw = idxExamples(fileOf(images), fileOf(labels), { divisor: 1 });
  expect((await raw.take(1).toArray())[0].x).toEqual(Float32Array.from(pixels.slice(0, 4)));
});

it("closes the first file when the second is none", async () => {
  const path = fileOf(images);
  const open = () => readdirSync("/proc/self/fd").filter((fd) => targetOf(fd) === path).length;
  await expect(idxExamples(path, fileOf("x")).toArray()).rejects.toThrow();
  await expect(idxExamples(path, "no/such").toArray()).rejects.toThrow();
  if (process.platform === "linux") await vi.waitUntil(() => open() === 0);
});

it("does not count empty rows, and reads no row that fills the memory", async () => {
  const empty = Uint8Array.from(header(2 ** 32 - 1, 0));
  await expect(idxExamples(fileOf(empty), fileOf(empty)).toArray()).rejects.toThrow(
    /rows of 1 to 134217728 numbers in ".*", but got \[4294967295 × 0\]/,
  );
  const huge = Uint8Array.from(header(1, 2 ** 31, 2 ** 31));
  await expect(idxExamples(fileOf(huge), fileOf(labels)).toArray()).rejects.toThrow(/rows of 1 to/);
});

it("refuses files that are damaged, too long, or do not belong together", async () => {
  const read = (a: Uint8Array, b: Uint8Array) => idxExamples(fileOf(a), fileOf(b)).toArray();
  await expect(read(images.subarray(0, 9000), labels)).rejects.toThrow(/as its header says, but got fewer/);
  await expect(read(Uint8Array.from([...images, 1]), labels)).rejects.toThrow(/but got more/);
  await expect(read(images, Uint8Array.from([...header(2), 1, 2]))).rejects.toThrow(
    /a label for each of 3000 images, but got 2/,
  );
  await expect(read(Uint8Array.of(1, 2, 3), labels)).rejects.toThrow(/begins with 01 02 03/);
  await expect(read(new Uint8Array(0), labels)).rejects.toThrow(/begins with nothing/);
  await expect(idxExamples("no/such", "file").toArray()).rejects.toThrow(/ENOENT/);
  expect(() => idxExamples("a", "b", { divisor: 0 })).toThrow(/`divisor`/);
});
