import { type OptimizerOptions, SGD } from "chainrule";
import { describe, expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/select.js";
import { Parameter } from "../../src/parameter.js";
import { matrixOf } from "../kernels/compare.js";

/** The step that SGD of rate 1 makes from 0 with these gradients, one list for each parameter, the first perhaps frozen. */
function stepOf(options: OptimizerOptions, gradients: number[][], frozen = false): number[][] {
  const parameters = gradients.map((g, i) => {
    const parameter = new Parameter(
      `${i}`,
      matrixOf(
        1,
        g.length,
        g.map(() => 0),
        "float64",
      ),
      kernelsFor("float64"),
    );
    parameter.grad.data.set(g);
    return parameter;
  });
  parameters[0].trainable = !frozen;
  new SGD({ learningRate: 1, ...options }).step(parameters);
  return parameters.map(({ value }) => Array.from(value.data, (w) => 0 - w));
}

describe("clipping", () => {
  it("clipValue cuts each number", () => {
    expect(stepOf({ clipValue: 2 }, [[3, -5, 1, 2]])).toEqual([[2, -2, 1, 2]]);
  });

  it("clipNorm scales each gradient that is too long, and keeps its direction", () => {
    expect(
      stepOf({ clipNorm: 1 }, [
        [3, 4],
        [0.3, 0.4],
      ]),
    ).toEqual([
      [3 * (1 / 5), 4 * (1 / 5)],
      [0.3, 0.4],
    ]);
  });

  it("globalClipNorm scales all together, by the norm of those that train", () => {
    expect(stepOf({ globalClipNorm: 1 }, [[3], [4]])).toEqual([[3 * (1 / 5)], [4 * (1 / 5)]]);
    expect(stepOf({ globalClipNorm: 10 }, [[3], [4]])).toEqual([[3], [4]]);
    expect(stepOf({ globalClipNorm: 2 }, [[300], [4]], true)).toEqual([[0], [2]]);
  });

  it("leaves gradients of 0 as they are", () => {
    expect(stepOf({ clipNorm: 1, globalClipNorm: 1, clipValue: 1 }, [[0, 0]])).toEqual([[0, 0]]);
  });

  it.each(["clipValue", "clipNorm", "globalClipNorm"])("%s is a finite number above 0", (name) => {
    for (const limit of [0, -1, Number.NaN, Infinity]) {
      const message = `SGD expects \`${name}\` to be a finite number above 0`;
      expect(() => stepOf({ [name]: limit }, [[1]])).toThrow(message);
    }
  });
});
