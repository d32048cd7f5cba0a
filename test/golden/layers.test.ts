import { Context, type DType } from "chainrule";
import { describe, expect, it } from "vitest";
import * as barrel from "../../src/layers/index.js";
import type { Layer, LayerClass } from "../../src/layers/layer.js";
import { expectEach, matrixOf, readGolden } from "../kernels/compare.js";

interface Numbers {
  rows: number;
  cols: number;
  data: number[];
}

interface Case {
  type: string;
  options: object;
  dtype: DType;
  start: Record<string, Numbers>;
  passes: (Record<"x" | "y" | "dy" | "dx", Numbers> &
    Record<"gradients" | "weights", Record<string, Numbers>>)[];
}

const { cases } = readGolden<{ cases: Case[] }>("layers");
const classes = barrel as unknown as Record<string, LayerClass>;

describe("layers as in PyTorch, three passes of training and one of inference", () => {
  it.each(cases.map((c) => [`${c.type} ${JSON.stringify(c.options)} ${c.dtype}`, c] as const))(
    "%s",
    (_, c) => {
      const { type, options, dtype, start, passes } = c;
      const layer: Layer = new classes[type](options as never);
      layer.build([passes[0].x.cols], Context.root({ dtype }));
      const named = new Map(layer.parameters.map((parameter) => [parameter.name, parameter]));
      expect([...named.keys()].sort()).toEqual(Object.keys(start).sort());
      for (const [name, { data }] of Object.entries(start)) named.get(name)?.value.data.set(data);

      // What is formed of a sum over rows is as exact as its largest part.
      const [relative, absolute] = dtype === "float64" ? [1e-9, 1e-12] : [1e-5, 3e-6];
      const near = (got: number, want: number) =>
        Math.abs(got - want) <= relative * Math.abs(want) + absolute;
      const matrix = ({ rows, cols, data }: Numbers) => matrixOf(rows, cols, data, dtype);
      for (const [i, { x, y, dy, dx, gradients, weights }] of passes.entries()) {
        for (const parameter of named.values()) parameter.clearGradient();
        expectEach("y", layer.forward(matrix(x), i < passes.length - 1).data, y.data, near);
        expectEach("dx", layer.backward(matrix(dy)).data, dx.data, near);
        for (const [name, { data }] of Object.entries(gradients)) {
          expectEach(`gradient of ${name}`, named.get(name)?.grad.data ?? [], data, near);
        }
        for (const [name, { data }] of Object.entries(weights)) {
          expectEach(name, named.get(name)?.value.data ?? [], data, near);
        }
      }
    },
  );
});
