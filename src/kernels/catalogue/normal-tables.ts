import { upperHalf } from "../../numeric/round-off.js";
import { INVERSES, NEAREST, stepsHigh, stepsLow } from "../../numeric/steps.js";
import type { WasmMemory } from "../simd/webassembly.js";

/** Where the tables are; the heap leaves the bytes before the first number to them (src/kernels/memory/heap.ts). */
const INVERSES_AT = 1024;
const NEAREST_AT = 1536;
const CONSTANTS_AT = 1792;

const TAU = 6.283185307179586;

/** In the order of assembly/catalogue/normal-tables.ts. */
const constants = (): readonly number[] => [
  ...[1, 0.5, 2, 4, 1.5, -2],
  ...[2 ** 25, 2 ** 52, 2 ** 52 + 32 * 1023, 1.5 * 2 ** 26, stepsHigh(1), stepsLow(1)],
  ...[1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9, 1 / 10],
  ...[TAU, upperHalf(TAU), TAU - upperHalf(TAU), 2.4492935982947064e-16],
  ...[-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800, -1 / 1307674368000],
  1 / 355687428096000,
  ...[1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600, -1 / 87178291200, 1 / 20922789888000],
];

/** Writes what the kernels of `noise` look up: the numbers of src/numeric/logarithm.ts and src/numeric/circle.ts. */
export function writeNormalTables({ buffer }: WasmMemory): void {
  new Float64Array(buffer, INVERSES_AT).set(INVERSES);
  new Uint8Array(buffer, NEAREST_AT).set(NEAREST);
  new Float64Array(buffer, CONSTANTS_AT).set(constants());
}
