import {
  Dense,
  type Initializer,
  identity,
  Matrix,
  modelFromJSON,
  orthogonal,
  Random,
  Sequential,
  sparse,
  truncatedNormal,
  varianceScaling,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { erf, erfc } from "../src/numeric/error-function.js";

const fan = { fanIn: 30, fanOut: 70 };

function drawn(
  initialize: Initializer,
  rows = 200,
  cols = 200,
  seed = 1,
  dtype = "float64" as const,
): Matrix {
  const w = Matrix.zeros(rows, cols, dtype);
  initialize(w, fan, Random.fromSeed(seed));
  return w;
}

function moments(numbers: ArrayLike<number>) {
  const data = Array.from(numbers);
  const n = data.length;
  const mean = data.reduce((sum, x) => sum + x, 0) / n;
  const variance = data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  return { n, mean, variance, low: Math.min(...data), high: Math.max(...data) };
}

/** √n times the largest distance between the shares below and the distribution (Kolmogorov 1933). */
function distance(numbers: ArrayLike<number>, distribution: (x: number) => number): number {
  const sorted = Float64Array.from(numbers).sort();
  const n = sorted.length;
  let most = 0;
  for (const [i, x] of sorted.entries()) {
    const f = distribution(x);
    most = Math.max(most, Math.abs(f - i / n), Math.abs(f - (i + 1) / n));
  }
  return Math.sqrt(n) * most;
}

/** P(z < x) − P(z < from), for normal z; by the nearer tail. */
function between(from: number, x: number): number {
  if (from > 0) return (erfc(from / Math.SQRT2) - erfc(x / Math.SQRT2)) / 2;
  if (x < 0) return between(-x, -from);
  return (erf(x / Math.SQRT2) - erf(from / Math.SQRT2)) / 2;
}

describe("truncatedNormal", () => {
  it.each<[mean: number, deviation: number, low: number, high: number]>([
    [0, 1, -2, 2],
    [0, 1, -0.3, 0.5],
    [0, 1, 0, 9],
    [0, 1, 0.5, 0.6],
    [0, 1, 4, 40],
    [0, 1, 20, 20.01],
    [0, 1, -9, -6],
    [5, 2, -1, 6],
    [-1, 1e-3, -1.0005, 0],
  ])("mean %d, deviation %d, in [%d, %d] has its distribution", (mean, deviation, low, high) => {
    const { data } = drawn(truncatedNormal({ mean, standardDeviation: deviation, low, high }));
    const found = moments(data);
    expect(found.low).toBeGreaterThanOrEqual(low);
    expect(found.high).toBeLessThanOrEqual(high);
    const z = (x: number) => (x - mean) / deviation;
    const distribution = (x: number) => between(z(low), z(x)) / between(z(low), z(high));
    // Above 1.95 in one of a thousand draws.
    expect(distance(data, distribution)).toBeLessThan(1.95);
    expect(distance(data.subarray(0, 100), distribution)).toBeLessThan(1.95);
    expect(new Set(data).size).toBeGreaterThan(39_000);
  });

  it("is by default of deviation 1 in ±2", () => {
    const { n, mean, variance, low, high } = moments(drawn(truncatedNormal()).data);
    const within = 0.8796256610342398 ** 2;
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(within / n));
    expect(Math.abs(variance - within)).toBeLessThan(5 * within * Math.sqrt(2 / n));
    expect([low < -1.99, high > 1.99]).toEqual([true, true]);
  });

  it("takes the farthest range and the narrowest", () => {
    const far = moments(drawn(truncatedNormal({ low: 1000, high: 1e300 }), 20, 20).data);
    expect([far.low >= 1000, far.high < 1000.02]).toEqual([true, true]); // the mean is 1000 + 1/1000
    const one = 1 + Number.EPSILON;
    for (const x of drawn(truncatedNormal({ low: 1, high: one }), 5, 5).data) expect([1, one]).toContain(x);
    const still = drawn(truncatedNormal({ standardDeviation: 1e-300 }), 5, 5).data;
    expect(Math.max(...still.map(Math.abs))).toBeLessThan(1e-298);
  });

  it.each<[RegExp, object]>([
    [/^truncatedNormal expects `low` to be less than `high`, but got 2 and 2\.$/, { low: 2 }],
    [
      /^truncatedNormal expects a range within 1000 .*, but got one that begins 2000 away/,
      { low: 2e3, high: 3e3 },
    ],
    [/within 1000 .*, but got one that begins 1e\+300 away/, { mean: 1e300 }],
    [/^truncatedNormal expects `standardDeviation` to be .* above 0/, { standardDeviation: 0 }],
    [/^truncatedNormal expects `high` to be a finite number/, { high: Infinity }],
  ])("refuses %s", (message, options) => {
    expect(() => truncatedNormal(options)).toThrow(message);
  });
});

describe("varianceScaling", () => {
  const modes = { fanIn: 30, fanOut: 70, fanAverage: 50 };
  const most = { normal: Infinity, truncatedNormal: 2 / 0.8796256610342398, uniform: Math.sqrt(3) };
  const cases = (Object.keys(modes) as (keyof typeof modes)[]).flatMap((mode) =>
    (Object.keys(most) as (keyof typeof most)[]).map((distribution) => [mode, distribution] as const),
  );

  it.each(cases)("%s, %s has its variance and its limits", (mode, distribution) => {
    const scale = 3;
    const wanted = scale / modes[mode];
    const { n, mean, variance, high, low } = moments(
      drawn(varianceScaling({ scale, mode, distribution })).data,
    );
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(wanted / n));
    expect(Math.abs(variance - wanted)).toBeLessThan(5 * wanted * Math.sqrt(2 / n));
    const limit = most[distribution] * Math.sqrt(wanted);
    expect(Math.max(-low, high)).toBeLessThanOrEqual(limit * (1 + 1e-15));
    // It comes near its limit; what has none goes far.
    expect(high).toBeGreaterThan(Math.min(0.99 * limit, 3.5 * Math.sqrt(wanted)));
  });

  it("is by default a truncated normal of variance 1 / fanIn, and counts at least 1", () => {
    const all = { scale: 1, mode: "fanIn", distribution: "truncatedNormal" } as const;
    expect(drawn(varianceScaling()).data).toEqual(drawn(varianceScaling(all)).data);
    const w = Matrix.zeros(100, 100, "float64");
    varianceScaling()(w, { fanIn: 0, fanOut: 0 }, Random.fromSeed(1));
    expect(moments(w.data).variance).toBeCloseTo(1, 1);
  });

  it("refuses wrong options", () => {
    expect(() => varianceScaling({ scale: 0 })).toThrow(/^varianceScaling expects `scale` to be .* above 0/);
    expect(() => varianceScaling({ mode: "fan_in" as never })).toThrow(/`mode` to be one of "fanIn"/);
    expect(() => varianceScaling({ distribution: "cauchy" as never })).toThrow(/`distribution` to be one of/);
  });
});

describe("orthogonal", () => {
  /** The largest distance of Σ over the longer side from gain² · I. */
  function error(w: Matrix, gain: number): number {
    const wide = w.as("float64");
    const gram = w.rows >= w.cols ? wide.transpose().matmul(wide) : wide.matmul(wide.transpose());
    const wanted = Matrix.identity(gram.rows, "float64").map((x) => x * gain * gain);
    return Math.max(...gram.data.map((x, i) => Math.abs(x - wanted.data[i])));
  }

  it.each([
    [1, 1],
    [5, 5],
    [60, 60],
    [80, 30],
    [30, 80],
    [1, 40],
    [40, 1],
  ])("[%d × %d] has columns, or rows, at right angles", (rows, cols) => {
    expect(error(drawn(orthogonal(), rows, cols), 1)).toBeLessThan(1e-12);
    const single = Matrix.zeros(rows, cols);
    orthogonal({ gain: 2 })(single, fan, Random.fromSeed(3));
    expect(error(single, 2) / 4).toBeLessThan(1e-6);
  });

  it("is uniform: in two dimensions any angle, and as often a reflection as not", () => {
    const angles: number[] = [];
    let reflections = 0;
    const n = 2000;
    for (let seed = 0; seed < n; seed++) {
      const [a, b, c, d] = drawn(orthogonal(), 2, 2, seed).data;
      angles.push(Math.atan2(c, a) / (2 * Math.PI) + 0.5);
      if (a * d - b * c < 0) reflections++;
    }
    expect(distance(angles, (x) => x)).toBeLessThan(1.95);
    expect(Math.abs(reflections - n / 2)).toBeLessThan(4 * Math.sqrt(n / 4));
  });

  it("has entries of variance 1 / n, of either sign, all over", () => {
    const w = drawn(orthogonal(), 100, 100);
    const diagonal = Array.from({ length: 100 }, (_, i) => w.at(i, i));
    // A Q whose signs were not fixed would have them all alike on its diagonal.
    expect(Math.abs(diagonal.filter((x) => x < 0).length - 50)).toBeLessThan(20);
    expect(Math.abs(moments(w.data).mean)).toBeLessThan(5 * Math.sqrt(1 / 100 / 10_000));
  });

  it("refuses a gain that is no number", () => {
    expect(() => orthogonal({ gain: "relu" as never })).toThrow(
      /^orthogonal expects `gain` to be a finite number/,
    );
  });
});

it("identity has its gain on the diagonal", () => {
  const w = Matrix.full(2, 3, 9);
  identity({ gain: 4 })(w, fan, Random.fromSeed(0));
  expect(w.toArray()).toEqual([
    [4, 0, 0],
    [0, 4, 0],
  ]);
  expect(drawn(identity(), 3, 3)).toEqual(Matrix.identity(3, "float64"));
});

describe("sparse", () => {
  it.each([
    [0, 0],
    [0.25, 3], // ⌈0.25 · 10⌉
    [0.9, 9],
    [1, 10],
  ])("of sparsity %d has so many zeros in each column", (sparsity, zeros) => {
    const columns = drawn(sparse({ sparsity }), 10, 50).transpose().toArray();
    expect(columns.map((column) => column.filter((x) => x === 0).length)).toEqual(Array(50).fill(zeros));
  });

  it("has its zeros anywhere, and is normal elsewhere", () => {
    const w = drawn(sparse({ sparsity: 0.5, standardDeviation: 3 }), 40, 1000);
    const inRow = w.toArray().map((row) => row.filter((x) => x === 0).length);
    for (const count of inRow) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(250));
    const { n, mean, variance } = moments(w.data.filter((x) => x !== 0));
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(9 / n));
    expect(Math.abs(variance - 9)).toBeLessThan(5 * 9 * Math.sqrt(2 / n));
    expect(Math.abs(moments(drawn(sparse({ sparsity: 0 })).data).variance / 1e-4 - 1)).toBeLessThan(0.05);
  });

  it("refuses what is no share", () => {
    expect(() => sparse({ sparsity: 1.1 })).toThrow(/^sparse expects `sparsity` to be a number from 0 to 1/);
    expect(() => sparse({} as never)).toThrow(/`sparsity` to be .*, but got undefined/);
  });
});

it("all come back from JSON, with the same numbers", () => {
  const all = [
    truncatedNormal({ mean: 1, low: 0 }),
    varianceScaling({ scale: 2, mode: "fanOut", distribution: "uniform" }),
    orthogonal({ gain: 0.5 }),
    identity({ gain: 2 }),
    sparse({ sparsity: 0.5 }),
  ];
  const layers = all.map((weightInitializer) => new Dense({ units: 6, weightInitializer }));
  const model = new Sequential(layers, { input: [4], seed: 7 });
  const written = JSON.parse(JSON.stringify(model));
  const again = modelFromJSON(written);
  expect(JSON.parse(JSON.stringify(again))).toEqual(written);
  expect(again.getWeights()).toEqual(model.getWeights());
  expect(again.getWeights()["0.weight"].data).not.toEqual(again.getWeights()["1.weight"].data);
});
