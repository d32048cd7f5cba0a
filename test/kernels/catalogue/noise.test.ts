import { type Matrix, Random } from "chainrule";
import { describe, expect, it } from "vitest";
import { mask, type Place } from "../../../src/kernels/catalogue/masks.js";
import { scaleByNormals, shiftByNormals } from "../../../src/kernels/catalogue/normals.js";
import type { Kernels } from "../../../src/kernels/kernels.js";
import { referenceKernels } from "../../../src/kernels/reference.js";
import { modelKernels } from "../../../src/kernels/simd.js";
import { expectBits } from "../compare.js";
import { PLACES, roughNumbers, Workbench, wildNumbers } from "../workbench.js";

const simd = modelKernels();
const portable = referenceKernels("float32");

type Noise = (x: Matrix, scale: Matrix, y: Matrix, random: Random, place: Place) => void;

const noises: Readonly<Record<string, Noise>> = {
  mask: (...to) => mask(...to, 0.4, 1 / 0.6),
  "mask of nothing": (...to) => mask(...to, 0, 1),
  "mask of next to nothing": (...to) => mask(...to, 5e-324, 1),
  "mask of nearly all": (...to) => mask(...to, 1 - 2 ** -30, 2 ** 30),
  "mask of all": (...to) => mask(...to, 1 - 2 ** -53, 2 ** 53),
  "shifted mask": (...to) => mask(...to, 0.3, 0.897, [-0.77, 0.43]),
  shiftByNormals: (x, _, ...to) => shiftByNormals(x, ...to, 0.37),
  "shift by nothing": (x, _, ...to) => shiftByNormals(x, ...to, 0),
  scaleByNormals: (...to) => scaleByNormals(...to, 0.65),
};

const random = Random.fromSeed(2 ** 40 + 5).child("noise");
type Draw = Place & { readonly random: Random };

const draws: readonly Draw[] = [
  { random, step: 0, example: 0 },
  { random, step: 2 ** 32 - 1, example: 2 ** 32 - 2 }, // the example's upper word changes on the way
  { random: Random.fromSeed(0), step: 7, example: 2 ** 53 - 4 },
];

function run(kernels: Kernels, noise: Noise, rows: number, cols: number, x: number[], draw: Draw) {
  return PLACES.map((places) => {
    const bench = new Workbench(kernels, places);
    const make = (numbers: number[]) => bench.matrix(rows, cols, numbers);
    const empty = Array.from(x, () => 5);
    const [from, scale, y] = [make(x), make(empty), make(empty)];
    noise(from, scale, y, draw.random, draw);
    bench.expectFrames();
    return [from, scale, y].flatMap(({ data }) => [...data]);
  });
}

it("is at work here: nothing is asked of Random but its key", () => {
  const refuse = () => {
    throw new Error("portable");
  };
  const silent: Random = Object.assign(Object.create(random), { shares: refuse, normals: refuse });
  for (const noise of [noises.mask, noises["shifted mask"], noises.shiftByNormals, noises.scaleByNormals]) {
    const apply = (kernels: Kernels) => {
      const bench = new Workbench(kernels, "kernels");
      const [x, scale, y] = [1, 2, 3].map(() => bench.matrix(2, 5, roughNumbers(10, 3)));
      noise(x, scale, y, silent, { step: 1, example: 2 });
    };
    expect(() => apply(simd)).not.toThrow();
    expect(() => apply(portable)).toThrow(/portable/);
  }
});

const sizes = [1, 2, 3, 4, 5, 15, 16, 17, 33, 67].map((cols) => [4, cols] as const);

describe.each(Object.entries(noises))("%s", (_, noise) => {
  it("has the bits of the portable loop, for any numbers, steps and examples", () => {
    for (const [rows, cols] of sizes) {
      for (const numbers of [roughNumbers, wildNumbers]) {
        for (const draw of draws) {
          const x = numbers(rows * cols, 3);
          const [want] = run(portable, noise, rows, cols, x, draw);
          for (const got of run(simd, noise, rows, cols, x, draw))
            expectBits(`${rows} × ${cols} from example ${draw.example}`, got, want);
        }
      }
    }
  });
});

it("makes the normal numbers of Random, thousands of them", () => {
  const [rows, cols] = [67, 67];
  const zeros = Array.from({ length: rows * cols }, () => 0);
  for (let step = 0; step < 20; step++) {
    const draw = { random, step, example: 3 };
    const scaled: Noise = (...to) => scaleByNormals(...to, 1e8);
    const normals = Array.from(zeros, (_, i) => random.normal(i % cols, step, 3 + Math.floor(i / cols)));
    const want = Float32Array.from(normals, (n) => 1 + 1e8 * n);
    for (const got of run(simd, scaled, rows, cols, zeros, draw))
      expectBits("1 + 10⁸·n", got.slice(rows * cols, 2 * rows * cols), want);
  }
});

it("tells a loop that draws for the wrong row", () => {
  const late: Noise = (x, scale, y, random, { step }) =>
    mask(x, scale, y, random, { step, example: 1 }, 0.4, 1 / 0.6);
  const x = roughNumbers(64, 3);
  const [got, want] = [late, noises.mask].map((noise) => run(simd, noise, 4, 16, x, draws[0])[0]);
  expect(() => expectBits("late", got, want)).toThrow(/late/);
});
