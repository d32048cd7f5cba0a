import type { DType, Loss } from "chainrule";
import { describe, expect, it } from "vitest";
import * as barrel from "../../src/losses/index.js";
import { expectEach, matrixOf, readGolden } from "../kernels/compare.js";

interface Case {
  name: string;
  options: object;
  prediction: number[][];
  target: number[][];
  sum: number[];
  gradient: number[][];
}

const { extremes } = readGolden<{ extremes: Case[] }>("paper_losses");
const factories = barrel as unknown as Record<string, (options: object) => Loss>;

describe.each<DType>(["float64", "float32"])("losses at extremes, %s", (dtype) => {
  it.each(extremes.map((c) => [`${c.name} ${JSON.stringify(c.options)}`, c] as const))("%s", (_, c) => {
    const loss = factories[c.name](c.options);
    const [rtol, largest] = dtype === "float64" ? [1e-13, Infinity] : [1e-6, 3e38];
    let looked = 0;
    for (const [r, row] of c.prediction.entries()) {
      if (row.some((p) => Math.abs(p) > largest)) continue; // no number in float32
      looked++;
      const [p, t] = [matrixOf(1, row.length, row, dtype), matrixOf(1, 1, c.target[r], dtype)];
      const near = (a: number, b: number) => a === b || Math.abs(a - b) <= rtol * Math.abs(b) + 1e-300;
      expectEach(`sum of row ${r}`, [loss.total(p, t).sum], [c.sum[r]], near);
      // What is below float32's smallest number is 0 in it.
      const least = dtype === "float64" ? 0 : 1e-44;
      expectEach(
        `gradient of row ${r}`,
        loss.gradient(p, t).data,
        c.gradient[r],
        (a, b) => near(a, b) || Math.abs(a - b) <= least,
      );
    }
    expect(looked).toBeGreaterThan(c.prediction.length / 2);
  });
});
