import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ChainruleError } from "chainrule";
import { idxExamples, readIdx } from "chainrule/node";
import { expect, it } from "vitest";
import { readHeader } from "../../src/node/idx.js";
import { temporaryFolder } from "../node/support/folder.js";
import { idxBytes } from "../node/support/idx.js";
import { Dice, mutateBytes } from "./mutate.js";

const folder = temporaryFolder();
const pixels = Uint8Array.from({ length: 24 }, (_, i) => i);
const plain = [idxBytes([4, 2, 3], pixels), idxBytes([4], pixels.subarray(0, 4)), idxBytes([24], pixels)];
const corpus = [...plain, ...plain.map((bytes) => new Uint8Array(gzipSync(bytes)))];

/** Damaged bytes, or a damaged file that is then compressed: its checksum is right. */
function damaged(dice: Dice): Uint8Array {
  if (dice.below(3) > 0) return mutateBytes(dice.pick(corpus), dice);
  return new Uint8Array(gzipSync(mutateBytes(dice.pick(plain), dice)));
}

/** Whether something was read. @throws anything but a ChainruleError */
async function isRead(read: () => unknown): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof ChainruleError) return false;
    throw error;
  }
}

it("reads 1,000 damaged IDX files whole, or refuses them", { timeout: 120_000 }, async () => {
  let good = 0;
  for (let i = 0; i < 1000; i++) {
    const path = join(folder, "whole.idx");
    writeFileSync(path, damaged(new Dice(21, i)));
    const read = async () => {
      const { shape, data } = await readIdx(path, { maxBytes: 1e6 });
      expect(shape.reduce((product, side) => product * side, 1)).toBe(data.length);
    };
    if (await isRead(read)) good++;
  }
  expect(good).toBeGreaterThan(100);
  expect(good).toBeLessThan(750);
});

it("reads 500 pairs of damaged IDX files row by row, or refuses them", { timeout: 120_000 }, async () => {
  let good = 0;
  for (let i = 0; i < 500; i++) {
    const dice = new Dice(22, i);
    const paths = ["images.idx", "labels.idx"].map((name) => join(folder, name));
    writeFileSync(paths[0], dice.below(2) === 0 ? corpus[0] : damaged(dice));
    writeFileSync(paths[1], dice.below(2) === 0 ? corpus[1] : damaged(dice));
    const read = async () => {
      for await (const { x, y } of idxExamples(paths[0], paths[1]).take(1000)) {
        expect(Number.isFinite((x as Float32Array).length + (y as Float32Array).length)).toBe(true);
      }
    };
    if (await isRead(read)) good++;
  }
  expect(good).toBeGreaterThan(50);
  expect(good).toBeLessThan(400);
});

it("reads 50,000 damaged headers as they are, or refuses them", { timeout: 120_000 }, async () => {
  let good = 0;
  for (let i = 0; i < 50_000; i++) {
    const dice = new Dice(23, i);
    const bytes = mutateBytes(dice.pick(plain), dice);
    const read = () => {
      const { shape, start, end } = readHeader("readIdx", "file", bytes);
      expect([start, shape.length]).toEqual([4 + 4 * bytes[3], bytes[3]]);
      expect(end).toBe(shape.reduce((product, side) => product * BigInt(side), 1n) + BigInt(start));
    };
    if (await isRead(read)) good++;
  }
  expect(good).toBeGreaterThan(10_000);
  expect(good).toBeLessThan(45_000);
});
