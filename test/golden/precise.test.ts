import { Context, type DType, type Loss, Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import { Elementwise } from "../../src/layers/elementwise.js";
import * as layers from "../../src/layers/index.js";
import type { Layer, LayerClass } from "../../src/layers/layer.js";
import * as losses from "../../src/losses/index.js";
import { expectEach, expectUlps, floats, matrixOf, readGolden, ulps } from "../kernels/compare.js";

// True values at extreme arguments, rounded once. Float32 results come from float64 arithmetic: at most one rounding off.

interface Points {
  type: string;
  options: object;
  x: number[];
  y: number[];
  dydx: number[];
}

interface Rows {
  x: number[][];
  y: number[][];
  dy: number[][];
  dx: number[][];
}

interface LossCase {
  name: string;
  options: object;
  prediction: number[][];
  target: number[][];
  sum: number[];
  gradient: number[][];
}

type Precise = Record<DType, { activations: (Points & Rows)[]; losses: LossCase[] }>;

const precise = readGolden<Precise>("precise");
const widths: readonly DType[] = ["float64", "float32"];
const classes = layers as unknown as Record<string, LayerClass>;
const factories = losses as unknown as Record<string, (options: object) => Loss>;

/** Half of the smallest number above 0, times the factor that a function puts before a part that underflows. */
const lost = (factor: number) => (Math.abs(factor) * Number.MIN_VALUE) / 2;

function built(type: string, options: object, cols: number, dtype: DType): Layer {
  const layer = new classes[type](options as never);
  layer.build([cols], Context.root({ dtype }));
  return layer;
}

/**
 * How many units in the last place a value or a derivative may be off at x. In float64: 2 and 4; but erfc multiplies the
 * rounding of its argument by x², so GELU in its tail is off by up to x² more (a relative 2·10⁻¹³ where it underflows).
 */
function limitAt(type: string, dtype: DType, x: number, derivative: boolean): number {
  if (dtype === "float32") return 1;
  return (derivative ? 4 : 2) + (type === "GELU" && x < 0 ? x ** 2 : 0);
}

/** Where GELU and SiLU turn, two parts of their derivative cancel: there the error is absolute. */
const turns: Record<string, readonly [number, number]> = { GELU: [-0.9, -0.6], SiLU: [-1.4, -1.1] };

/** Derivatives that are made from y = f(x), which is rounded, so their error is absolute: one unit in the last place of 1. */
const byOutput: Record<string, number> = { Sigmoid: 0, Tanh: 0 };

const sameZero = (a: number, b: number) => a !== 0 || b !== 0 || Object.is(a, b);

describe.each(widths)("activations at extremes, %s", (dtype) => {
  const unit = dtype === "float64" ? 2 ** -52 : 2 ** -23;
  const points = precise[dtype].activations.filter(({ type }) => type !== "Softmax");

  it.each(points.map((c) => [`${c.type} ${JSON.stringify(c.options)}`, c] as const))("%s", (_, c) => {
    const { type, x } = c;
    const layer = built(type, c.options, 1, dtype);
    const y = layer.forward(matrixOf(x.length, 1, x, dtype), false);
    const dx = layer.backward(Matrix.full(x.length, 1, 1, dtype));
    expectEach("y", y.data, c.y, (a, b, i) => {
      const near = ulps(a, b, dtype) <= limitAt(type, dtype, x[i], false);
      return (near || Math.abs(a - b) <= lost(x[i])) && sameZero(a, b);
    });
    expectEach("f′", dx.data, c.dydx, (a, b, i) => {
      if (type in byOutput) return Math.abs(a - b) <= unit;
      const near = ulps(a, b, dtype) <= limitAt(type, dtype, x[i], true);
      const [from, to] = turns[type] ?? [0, 0];
      const cancels = from < x[i] && x[i] < to && Math.abs(a - b) <= unit / 4;
      return near || cancels || Math.abs(a - b) <= lost(x[i]);
    });
  });

  it("keeps the digits of Sigmoid's derivative where y is small", () => {
    const c = points.find(({ type }) => type === "Sigmoid")!;
    const negative = c.x.filter((x) => x <= 0);
    const layer = built("Sigmoid", {}, 1, dtype);
    layer.forward(matrixOf(negative.length, 1, negative, dtype), false);
    const dx = layer.backward(Matrix.full(negative.length, 1, 1, dtype));
    expectUlps("f′", dx.data, c.dydx.slice(0, negative.length), 2, dtype);
  });

  it("Softmax", () => {
    const c = precise[dtype].activations.find(({ type }) => type === "Softmax")!;
    const [rows, cols] = [c.x.length, c.x[0].length];
    const layer = built("Softmax", {}, cols, dtype);
    const y = layer.forward(matrixOf(rows, cols, c.x.flat(), dtype), false);
    const dx = layer.backward(matrixOf(rows, cols, c.dy.flat(), dtype));
    expectUlps("y", y.data, c.y.flat(), 2, dtype);
    // y ∘ (dy − Σ dy ∘ y): the difference is off by units in the last place of the largest dy.
    expectEach("dx", dx.data, c.dx.flat(), (a, b, i) => {
      const scale = Math.max(...c.dy[Math.floor(i / cols)].map(Math.abs));
      return Math.abs(a - b) <= 4 * unit * scale * c.y.flat()[i] + lost(scale);
    });
  });
});

describe.each(widths)("losses on logits at extremes, %s", (dtype) => {
  const title = ({ name, options, prediction, target }: LossCase) =>
    `${name} ${JSON.stringify(options)} ${prediction[0].length} columns, targets of ${target[0].length}`;

  it.each(precise[dtype].losses.map((c, i) => [`${i} ${title(c)}`, c] as const))("%s", (_, c) => {
    const loss = factories[c.name](c.options);
    const [rows, cols] = [c.prediction.length, c.prediction[0].length];
    const prediction = matrixOf(rows, cols, c.prediction.flat(), dtype);
    const target = matrixOf(rows, c.target[0].length, c.target.flat(), dtype);
    const sums = c.sum.map((_, r) => loss.total(prediction.row(r), target.row(r)).sum);
    expectUlps("sum", floats(sums, dtype), c.sum, dtype === "float64" ? 2 : 0, dtype);
    expectEach("gradient", loss.gradient(prediction, target).data, c.gradient.flat(), (a, b, i) => {
      // With a soft target, (1 − t)·σ(z) and t·σ(−z) cancel: the error is absolute.
      const soft = c.name === "binaryCrossEntropy" && ![0, 1].includes(target.data[i]);
      return ulps(a, b, dtype) <= (dtype === "float64" ? 4 : 0) || (soft && Math.abs(a - b) <= 2 ** -53);
    });
  });
});

describe("completeness", () => {
  it.each(widths)("has true values of every activation in %s", (dtype) => {
    const more = readGolden<{ points: { type: string; dtype: DType }[] }>("more-activations").points;
    const all = [...precise[dtype].activations, ...more.filter((c) => c.dtype === dtype)];
    const golden = new Set(all.map(({ type }) => type));
    const activations = Object.values(classes).filter(
      ({ type, prototype }) => type === "Softmax" || (prototype as unknown) instanceof Elementwise,
    );
    expect(activations.map(({ type }) => type).filter((type) => !golden.has(type))).toEqual([]);
  });

  it.each(widths)("has true values of every loss that takes logits, or is fused to one, in %s", (dtype) => {
    const { extremes } = readGolden<{ extremes: LossCase[] }>("paper_losses");
    const golden = new Set([...precise[dtype].losses, ...extremes].map(({ name }) => name));
    const onLogits = Object.values(factories).flatMap((factory) => {
      const loss = factory({});
      return loss.prediction === "logit" ? [loss] : loss.fused === undefined ? [] : [loss.fused.loss];
    });
    expect(onLogits.length).toBeGreaterThanOrEqual(3);
    expect(onLogits.map(({ name }) => name).filter((name) => !golden.has(name))).toEqual([]);
  });
});
