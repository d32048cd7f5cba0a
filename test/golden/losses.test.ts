import type { DType, Loss } from "chainrule";
import { describe, expect, it } from "vitest";
import * as barrel from "../../src/losses/index.js";
import { expectGolden, matrixOf, readGolden } from "../kernels/compare.js";

interface Case {
  name: string;
  options: object;
  dtype: DType;
  rows: number;
  cols: number;
  prediction: number[];
  target: { rows: number; cols: number; data: number[] };
  weight: number[] | null;
  sum: number;
  weightTotal: number;
  mean: number;
  gradient: number[];
}

/** From PyTorch, and, where it lacks a loss, from the papers. */
const cases = ["losses", "paper_losses"].flatMap((file) => readGolden<{ cases: Case[] }>(file).cases);
const factories = barrel as unknown as Record<string, (options: object) => Loss>;

const titleOf = ({ name, options, dtype, cols, target, weight }: Case) => {
  const form = `${cols} columns, targets of ${target.cols}`;
  return `${name} ${JSON.stringify(options)} ${dtype} ${form}${weight === null ? "" : ", weighted"}`;
};

describe("losses as in PyTorch and in the papers", () => {
  it.each(cases.map((c) => [titleOf(c), c] as const))("%s", (_, c) => {
    const loss = factories[c.name](c.options);
    const prediction = matrixOf(c.rows, c.cols, c.prediction, c.dtype);
    const target = matrixOf(c.target.rows, c.target.cols, c.target.data, c.dtype);
    const weight = c.weight === null ? undefined : matrixOf(c.rows, 1, c.weight, c.dtype);
    const total = loss.total(prediction, target, weight);
    // Shares by class weights are rounded; what counts whole rows is not.
    if ("classWeight" in c.options) expectGolden("weight", [total.weight], [c.weightTotal], c.dtype);
    else expect(total.weight).toBe(c.weightTotal);
    expectGolden("sum", [total.sum], [c.sum], c.dtype);
    expectGolden("mean", [loss.mean(prediction, target, weight)], [c.mean], c.dtype);
    expectGolden("gradient", loss.gradient(prediction, target, weight).data, c.gradient, c.dtype);
  });

  it.each(["float64", "float32"])("has golden numbers of every loss in %s, weighted and not", (dtype) => {
    for (const name of Object.keys(factories)) {
      const own = cases.filter((c) => c.name === name && c.dtype === dtype);
      expect(new Set(own.map(({ weight }) => weight === null)), `golden numbers of ${name}`).toEqual(
        new Set([true, false]),
      );
    }
  });
});
