import { Context, type DType } from "chainrule";
import { describe, expect, it } from "vitest";
import { Elementwise } from "../../src/layers/elementwise.js";
import * as barrel from "../../src/layers/index.js";
import type { Layer, LayerClass } from "../../src/layers/layer.js";
import { expectGolden, matrixOf, readGolden } from "../kernels/compare.js";

interface Case {
  type: string;
  options: object;
  dtype: DType;
  rows: number;
  cols: number;
  x: number[];
  dy: number[];
  y: number[];
  dx: number[];
}

const { cases } = readGolden<{ cases: Case[] }>("activations");
type More = Pick<Case, "type" | "dtype">[];
const more = readGolden<{ points: More; cases: More }>("more-activations");
const classes = barrel as unknown as Record<string, LayerClass>;

describe("activations as in PyTorch", () => {
  for (const { type, options, dtype, rows, cols, x, dy, y, dx } of cases) {
    it(`${type} ${JSON.stringify(options)} ${dtype}`, () => {
      const layer: Layer = new classes[type](options as never);
      layer.build([cols], Context.root({ dtype }));
      expectGolden("y", layer.forward(matrixOf(rows, cols, x, dtype), true).data, y, dtype);
      expectGolden("dx", layer.backward(matrixOf(rows, cols, dy, dtype)).data, dx, dtype);
    });
  }

  it.each(["float64", "float32"])("has golden numbers of every activation in %s", (dtype) => {
    const activations = Object.values(classes).filter(
      ({ type, prototype }) => type === "Softmax" || (prototype as unknown) instanceof Elementwise,
    );
    const all = [...cases, ...more.points, ...more.cases];
    const golden = new Set(all.filter((c) => c.dtype === dtype).map((c) => c.type));
    expect(activations.length).toBeGreaterThanOrEqual(9);
    expect(activations.map(({ type }) => type).filter((type) => !golden.has(type))).toEqual([]);
  });
});
