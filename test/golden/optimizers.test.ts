import { oneCycle, oneCycleMomentum } from "chainrule";
import { describe, expect, it } from "vitest";
import * as barrel from "../../src/optimizers/index.js";
import type { OptimizerClass } from "../../src/optimizers/optimizer.js";
import { readGolden } from "../kernels/compare.js";
import { expectGoldenSteps, type GoldenSteps } from "../support/golden-steps.js";

const { cases: fromPyTorch } = readGolden<{ cases: GoldenSteps[] }>("optimizers");
const { cases: fromPapers } = readGolden<{ cases: GoldenSteps[] }>("paper_optimizers");

const thawed = readGolden<{ frozen: number[]; cases: GoldenSteps[] }>("thawed");

const cycle = readGolden<{ peak: number; steps: number; cases: GoldenSteps[] }>("one_cycle");

/** GradientDescent is PyTorch's SGD without momentum; it differs in the batches that it takes. */
const cases = [...fromPyTorch, ...fromPapers].flatMap((golden) => {
  const plain = golden.type === "SGD" && !("momentum" in golden.options);
  return plain ? [golden, { ...golden, type: "GradientDescent" }] : [golden];
});

const classes = barrel as unknown as Record<string, OptimizerClass>;

describe("optimizers as in PyTorch, and in their papers", () => {
  for (const golden of cases) {
    it(`${golden.type} ${JSON.stringify(golden.options)} ${golden.dtype}`, () => {
      expectGoldenSteps(new classes[golden.type](golden.options as never), golden);
    });
  }

  it.each(thawed.cases.map((golden) => [golden.type, JSON.stringify(golden.options), golden] as const))(
    "%s %s counts the updates of a parameter that was frozen",
    (type, _, golden) => {
      expectGoldenSteps(new classes[type](golden.options as never), golden, thawed.frozen);
    },
  );

  it.each(cycle.cases.map((golden) => [golden.type, JSON.stringify(golden.options), golden] as const))(
    "%s %s goes by oneCycle and oneCycleMomentum",
    (type, _, golden) => {
      const { peak, steps } = cycle;
      const learningRate = oneCycle({ peak, steps });
      const momentum = oneCycleMomentum({ steps });
      expectGoldenSteps(new classes[type]({ ...golden.options, learningRate, momentum } as never), golden);
    },
  );

  it.each(["float64", "float32"])("has golden numbers of every optimizer in %s", (dtype) => {
    const golden = new Set(cases.filter((c) => c.dtype === dtype).map(({ type }) => type));
    const types = Object.values(classes).map(({ type }) => type);
    expect(types.length).toBeGreaterThanOrEqual(3);
    expect(types.filter((type) => !golden.has(type))).toEqual([]);
  });
});
