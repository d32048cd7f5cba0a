import { readFileSync } from "node:fs";
import { ChainruleError, type Tensor } from "chainrule";
import { readNpy, readNpz, toMatrix, writeNpy, writeNpz } from "chainrule/numpy";
import { zipSync } from "fflate";
import { expect, it } from "vitest";
import { Dice, mutateBytes } from "./mutate.js";

const { cases } = JSON.parse(readFileSync(new URL("../golden/numpy.json", import.meta.url), "utf8")) as {
  cases: { bytes: string }[];
};
const arrays = cases.map(({ bytes }) => Uint8Array.from(Buffer.from(bytes, "base64")));
const archives = ["numpy.npz", "numpy-compressed.npz", "ours.npz", "ours-compressed.npz"].map((name) =>
  Uint8Array.from(readFileSync(new URL(`../fixtures/${name}`, import.meta.url))),
);

const NASTY = [
  "0",
  "-1",
  "1e9",
  "9007199254740991",
  "None",
  "()",
  "(((",
  "'O'",
  "[('a', '<f4')]",
  "lambda: 0",
];
const TOKENS = ["'__proto__'", "'shape'", "True", ",", ":", "{", "}", "\\", "'", "\u0000", "L", "<f16", "|O"];

/** Another header of the same length or of another, whose length is told right. */
function mutateHeader(bytes: Uint8Array, dice: Dice): Uint8Array {
  const first = bytes[6] === 1 ? 10 : 12;
  const start = first + (bytes[8] | (bytes[9] << 8));
  const tokens = Buffer.from(bytes.subarray(first, start))
    .toString("latin1")
    .split(/([{}(),:' ])/);
  for (let n = 1 + dice.below(2); n > 0; n--) {
    const at = dice.below(tokens.length);
    const change = dice.below(3);
    if (change === 0) tokens.splice(at, 1);
    else tokens[at] = dice.pick(change === 1 ? NASTY : TOKENS);
  }
  const text = Buffer.from(tokens.join(""), "latin1");
  const length =
    bytes[6] === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([...bytes.subarray(0, 8), ...length, ...text, ...bytes.subarray(start)]);
}

/** @throws unless a tensor has the numbers that it says, and comes back as it was written */
function use(tensor: Tensor): void {
  const { dtype, shape, data } = tensor;
  expect(shape.reduce((product, side) => product * side, 1)).toBe(data.length);
  if (dtype !== "F16" && shape.length <= 32) expect(readNpy(writeNpy(tensor))).toEqual(tensor);
  try {
    expect(toMatrix(tensor).data.length).toBe(data.length);
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
  }
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

it("reads 50,000 damaged arrays as they are, or refuses them", { timeout: 120_000 }, async () => {
  let good = 0;
  for (let i = 0; i < 50_000; i++) {
    const dice = new Dice(31, i);
    const bytes = dice.pick(arrays);
    const damaged = dice.below(2) === 0 ? mutateBytes(bytes, dice) : mutateHeader(bytes, dice);
    if (await isRead(() => use(readNpy(damaged)))) good++;
  }
  expect(good).toBeGreaterThan(5000);
  expect(good).toBeLessThan(45_000);
});

it("reads 20,000 damaged archives, or refuses them", { timeout: 120_000 }, async () => {
  let good = 0;
  for (let i = 0; i < 20_000; i++) {
    const dice = new Dice(32, i);
    const inside = () => mutateHeader(dice.pick(arrays), dice);
    const damaged =
      dice.below(3) > 0
        ? mutateBytes(dice.pick(archives), dice)
        : zipSync({ "a.npy": inside(), "b.npy": inside() });
    const read = async () => {
      for (const tensor of Object.values(await readNpz(damaged, { maxBytes: 1e6 }))) use(tensor);
    };
    if (await isRead(read)) good++;
  }
  expect(good).toBeGreaterThan(500);
  expect(good).toBeLessThan(18_000);
  expect("polluted" in {}).toBe(false);
});

it("gives any damaged number in an archive away", async () => {
  const bytes = await writeNpz({ a: { shape: [400], data: new Float64Array(400).fill(0.1) } });
  for (let i = 0; i < 390; i++) {
    const changed = Uint8Array.from(bytes);
    changed[200 + 8 * i] ^= 1 << (i % 8);
    expect(await isRead(() => readNpz(changed))).toBe(false);
  }
});
