import {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  lecunNormal,
  lecunUniform,
  Matrix,
  normal,
  ones,
  Random,
  uniform,
  zeros,
} from "chainrule";
import { describe, expect, it } from "vitest";
import * as initializers from "../src/initializers.js";

const fan = { fanIn: 30, fanOut: 70 };

function drawn(initialize: Initializer, rows = 200, cols = 200, seed = 1): Matrix {
  const w = Matrix.zeros(rows, cols, "float64");
  initialize(w, fan, Random.fromSeed(seed));
  return w;
}

function moments(w: Matrix) {
  const data = [...w.data];
  const n = data.length;
  const mean = data.reduce((sum, x) => sum + x, 0) / n;
  const variance = data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  return { n, mean, variance, low: Math.min(...data), high: Math.max(...data) };
}

it("zeros, ones and constant fill", () => {
  for (const [initialize, value] of [
    [zeros(), 0],
    [ones(), 1],
    [constant({ value: -0.5 }), -0.5],
  ] as const) {
    const w = Matrix.full(2, 3, 9);
    initialize(w, fan, Random.fromSeed(0));
    expect([...w.data]).toEqual(Array(6).fill(value));
  }
});

describe("uniform ones stay within their limits, and fill them", () => {
  it.each<[string, Initializer, low: number, high: number]>([
    ["uniform()", uniform(), -0.05, 0.05],
    ["uniform({ low, high })", uniform({ low: 2, high: 3 }), 2, 3],
    ["glorotUniform", glorotUniform(), -Math.sqrt(6 / 100), Math.sqrt(6 / 100)],
    ["heUniform", heUniform(), -Math.sqrt(6 / 30), Math.sqrt(6 / 30)],
    ["lecunUniform", lecunUniform(), -Math.sqrt(3 / 30), Math.sqrt(3 / 30)],
  ])("%s", (_, initialize, low, high) => {
    const { n, mean, variance, ...found } = moments(drawn(initialize));
    const width = high - low;
    expect(found.low).toBeGreaterThanOrEqual(low);
    expect(found.high).toBeLessThan(high);
    expect(found.high - found.low).toBeGreaterThan(0.999 * width);
    expect(Math.abs(mean - (low + high) / 2)).toBeLessThan(5 * width * Math.sqrt(1 / 12 / n));
    expect(Math.abs(variance - width ** 2 / 12)).toBeLessThan(5 * width ** 2 * Math.sqrt(1 / 180 / n));
  });
});

describe("normal ones have their mean and variance, and tails", () => {
  it.each<[string, Initializer, center: number, spread: number]>([
    ["normal()", normal(), 0, 0.05 ** 2],
    ["normal({ mean, standardDeviation })", normal({ mean: -3, standardDeviation: 2 }), -3, 4],
    ["glorotNormal", glorotNormal(), 0, 2 / 100],
    ["heNormal", heNormal(), 0, 2 / 30],
    ["lecunNormal", lecunNormal(), 0, 1 / 30],
  ])("%s", (_, initialize, center, spread) => {
    const { n, mean, variance, high } = moments(drawn(initialize));
    expect(Math.abs(mean - center)).toBeLessThan(5 * Math.sqrt(spread / n));
    expect(Math.abs(variance - spread)).toBeLessThan(5 * spread * Math.sqrt(2 / n));
    expect(high - center).toBeGreaterThan(3 * Math.sqrt(spread));
  });
});

describe("every initializer", () => {
  const examples: Readonly<Record<string, object>> = { constant: { value: 3 }, sparse: { sparsity: 0.5 } };
  const fixed = ["zeros", "ones", "constant", "identity"];
  /** Those whose numbers depend on how many there are. */
  const joint = ["orthogonal", "sparse"];
  const all = Object.entries(initializers).map(([name, factory]) => {
    const options = examples[name] ?? {};
    return [name, options, (factory as (options: object) => ReturnType<typeof zeros>)(options)] as const;
  });

  it.each(all)("%s gives the same numbers whoever draws, and in either width", (name, __, initialize) => {
    expect(drawn(initialize, 7, 9).data).toEqual(drawn(initialize, 7, 9).data);
    // The i-th number does not depend on how many there are: a prefix is the same.
    const prefix = drawn(initialize, 7, 9).slice(0, 3).data;
    if (!joint.includes(name)) expect(drawn(initialize, 3, 9).data).toEqual(prefix);
    const single = Matrix.zeros(7, 9);
    initialize(single, fan, Random.fromSeed(1));
    expect(single.data).toEqual(drawn(initialize, 7, 9).as("float32").data);
  });

  it.each(all)("%s says how to make it again", (name, options, initialize) => {
    expect([initialize.type, initialize.options]).toEqual([name, options]);
  });

  it.each(all.filter(([name]) => !fixed.includes(name)))("%s follows the seed", (_, __, initialize) => {
    expect(drawn(initialize, 2, 2, 1).data).not.toEqual(drawn(initialize, 2, 2, 2).data);
  });
});

it("wrong options are refused", () => {
  expect(() => constant({} as never)).toThrow(
    /^constant expects `value` to be a finite number, but got undefined/,
  );
  expect(() => uniform({ low: Number.NaN })).toThrow(
    /^uniform expects `low` to be a finite number, but got NaN/,
  );
  expect(() => normal({ standardDeviation: -1 })).toThrow(
    /^normal expects `standardDeviation` to be .* at least 0/,
  );
  expect(() => normal({ deviation: 1 } as never)).toThrow(/only the options mean, standardDeviation/);
});
