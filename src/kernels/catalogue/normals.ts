import type { Random } from "../../random.js";
import { noise } from "../generated/texts/noise.js";
import type { Block } from "../kernels.js";
import { expectSame } from "../sizes.js";
import type { Place } from "./masks.js";
import { catalogueModule, placesBeside } from "./module.js";
import { writeNormalTables } from "./normal-tables.js";

/** What src/kernels/assembly/catalogue/noise-module.ts exports; a place of 0 stands for no scale. */
interface NoiseExports {
  addNoise(
    x: number,
    scale: number,
    y: number,
    rows: number,
    cols: number,
    key0: number,
    key1: number,
    step: number,
    example: number,
    exampleHigh: number,
    deviation: number,
  ): void;
}

const noiseFor = /* @__PURE__ */ catalogueModule<NoiseExports>("noise", noise, writeNormalTables);

/** y = x + σ·n, n normal with mean 0 and variance 1 */
export function shiftByNormals(x: Block, y: Block, random: Random, place: Place, deviation: number): void {
  expectSame("shiftByNormals", x, y);
  if (areDone(x, undefined, y, random, place, deviation)) return;
  const [from, to] = [x.data, y.data];
  eachNormal(x, random, place, (i, normal) => {
    to[i] = from[i] + deviation * normal;
  });
}

/** a = 1 + σ·n, y = x ∘ a, n normal with mean 0 and variance 1; zeros of y are +0. Leaves a in `scale`. */
export function scaleByNormals(
  x: Block,
  scale: Block,
  y: Block,
  random: Random,
  place: Place,
  deviation: number,
): void {
  expectSame("scaleByNormals", x, scale, y);
  if (areDone(x, scale, y, random, place, deviation)) return;
  const [from, a, to] = [x.data, scale.data, y.data];
  eachNormal(x, random, place, (i, normal) => {
    a[i] = 1 + normal * deviation;
    to[i] = from[i] * a[i] + 0;
  });
}

/** Whether the kernels did it: they do where all numbers are in one memory. */
function areDone(
  x: Block,
  scale: Block | undefined,
  y: Block,
  random: Random,
  place: Place,
  deviation: number,
): boolean {
  const kernels = noiseFor(x);
  const places = kernels && placesBeside(x, x, scale, y);
  if (kernels === undefined || places === undefined) return false;
  const { step, example } = place;
  const [key0, key1] = random.key;
  const [from, a, to] = places;
  const high = Math.floor(example / 2 ** 32);
  kernels.addNoise(from, a, to, x.rows, x.cols, key0, key1, step, example, high, deviation);
  return true;
}

function eachNormal(
  { rows, cols }: Block,
  random: Random,
  place: Place,
  take: (i: number, normal: number) => void,
): void {
  const normals = new Float64Array(cols);
  for (let r = 0; r < rows; r++) {
    random.normals(normals, place.step, place.example + r);
    for (let c = 0; c < cols; c++) take(r * cols + c, normals[c]);
  }
}
