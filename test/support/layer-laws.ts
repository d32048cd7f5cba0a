import {
  Context,
  checkGradients,
  type DType,
  type Layer,
  type LayerClass,
  type Matrix,
  modelFromJSON,
  Sequential,
  type Shape,
  sizeOf,
} from "chainrule";
import { expect } from "vitest";
import { awayFromZero } from "./numbers.js";

/** How to make the layer under test: its class says with which options, and for which rows. */
export const make = (Class: LayerClass): Layer => new Class(exampleOf(Class).options as never);

export function exampleOf(Class: LayerClass): { options: object; input: Shape; indices?: number } {
  const { options, ...rest } = Class.example ?? { options: {}, input: [6] };
  return { ...rest, options: typeof options === "function" ? (options as () => object)() : options };
}

/** Rows that the layer takes: indices where it wants them. */
export function inputsFor(Class: LayerClass, rows: number, dtype: DType, label = "x"): Matrix {
  const { indices } = exampleOf(Class);
  const x = awayFromZero(rows, inputsOf(Class), dtype, label);
  return indices === undefined ? x : x.map((n) => Math.floor(Math.abs(n) * 1e6) % indices);
}

function built(Class: LayerClass, dtype: DType): { layer: Layer; context: Context; outputs: number } {
  const layer = make(Class);
  const context = Context.root({ dtype, seed: 3 });
  return { layer, context, outputs: sizeOf(layer.build(exampleOf(Class).input, context)) };
}

const inputsOf = (Class: LayerClass) => sizeOf(exampleOf(Class).input);

/** backward is the derivative of forward, in float64. */
export function gradientLaw(Class: LayerClass, training: boolean): void {
  const { input } = exampleOf(Class);
  expect(checkGradients(make(Class), { input, training, seed: 5 }).relativeError).toBeLessThanOrEqual(1e-6);
}

/** Rows stay rows, the output is as wide as build said, and dx is as large as x. */
export function shapeLaw(Class: LayerClass): void {
  const { layer, outputs } = built(Class, "float32");
  for (const rows of [1, 4, 2]) {
    const y = layer.forward(inputsFor(Class, rows, "float32"), true);
    expect([y.rows, y.cols, y.dtype]).toEqual([rows, outputs, "float32"]);
    const dx = layer.backward(awayFromZero(rows, outputs, "float32"));
    expect([dx.rows, dx.cols]).toEqual([rows, inputsOf(Class)]);
  }
}

/** What toJSON writes makes the same layer again: same JSON, same bits. */
export function jsonLaw(Class: LayerClass): void {
  const { input } = exampleOf(Class);
  const model = new Sequential([make(Class)], { input, seed: 3 });
  const json = JSON.parse(JSON.stringify(model)) as unknown;
  const again = modelFromJSON(json, { layers: [Class] });
  expect(JSON.parse(JSON.stringify(again))).toEqual(json);
  const x = inputsFor(Class, 3, "float32");
  expect(again.predict(x).data).toEqual(model.predict(x).data);
}

/** A row gives the same bits alone as inside a batch, at its place in the batch. */
export function rowLaw(Class: LayerClass, training: boolean, dtype: DType): void {
  const { layer, context, outputs } = built(Class, dtype);
  const x = inputsFor(Class, 5, dtype);
  const dy = awayFromZero(5, outputs, dtype, "dy");
  const y = layer.forward(x, training).copy();
  const dx = layer.backward(dy).copy();
  for (let r = 0; r < x.rows; r++) {
    context.position.example = r;
    expect(layer.forward(x.row(r), training).data).toEqual(y.row(r).data);
    expect(layer.backward(dy.row(r)).data).toEqual(dx.row(r).data);
  }
}

/** Gradients add up: a second backward doubles them, and whether dx is wanted changes nothing. */
export function accumulationLaw(Class: LayerClass): void {
  const { layer, context, outputs } = built(Class, "float64");
  const x = inputsFor(Class, 3, "float64");
  const dy = awayFromZero(3, outputs, "float64", "dy");
  const backward = () => {
    layer.forward(x, true);
    layer.backward(dy);
  };
  backward();
  const once = layer.parameters.map(({ grad }) => grad.copy());
  context.wantsInputGradient = false;
  backward();
  for (const [i, { grad }] of layer.parameters.entries())
    expect(grad.isClose(once[i].mul(2), { rtol: 1e-12 })).toBe(true);
}

/** predict changes no parameter, no gradient, and does not touch its input. */
export function predictLaw(Class: LayerClass): void {
  const model = new Sequential([make(Class)], { input: exampleOf(Class).input, seed: 3 });
  const x = inputsFor(Class, 3, "float32");
  const [before, given] = [model.getWeights(), x.copy()];
  const first = model.predict(x);
  model.predict(inputsFor(Class, 7, "float32", "other"));
  expect(model.getWeights()).toEqual(before);
  expect(x.data).toEqual(given.data);
  expect(model.predict(x).data).toEqual(first.data);
  expect(model.gradients.data.every((g) => g === 0)).toBe(true);
}

/** Float32 follows float64 to rounding: checks in float64 say something of the float32 that people run. */
export function widthLaw(Class: LayerClass): void {
  const run = (dtype: DType) => {
    const { layer, outputs } = built(Class, dtype);
    const y = layer.forward(inputsFor(Class, 3, dtype), true).copy();
    const dx = layer.backward(awayFromZero(3, outputs, dtype, "dy")).copy();
    return [y, dx, ...layer.parameters.map(({ grad }) => grad.copy())].map((m) => m.as("float64"));
  };
  const wide = run("float64");
  for (const [i, single] of run("float32").entries()) {
    expect(single.isClose(wide[i], { rtol: 1e-5, atol: 1e-6 })).toBe(true);
  }
}
