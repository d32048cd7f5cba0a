import { ChainruleError, describe, fail, size } from "../errors.js";
import { Context } from "../layers/context.js";
import type { Layer, LayerClass } from "../layers/layer.js";
import { isLayer, mapLayers } from "../layers/layer-options.js";
import type { Loss } from "../losses/loss.js";
import { Matrix } from "../matrix.js";
import { anything, checkOptions, flag, integer, optional, positive, shape } from "../options.js";
import type { Parameter } from "../parameter.js";
import { Random } from "../random.js";
import { type Shape, sizeOf } from "../shape.js";
import { Chain } from "./chain.js";
import { leavesOf } from "./nesting.js";
import type { Sequential } from "./sequential.js";

export interface GradientCheckOptions {
  /** The shape of a row of inputs. Default: what the layer was built for, or the model's `input`. */
  input?: Shape;
  /** Inputs to check at, in float64, away from kinks. Default: seeded numbers with 0.1 ≤ |x| < 1.5. */
  x?: Matrix;
  /** Rows of the default inputs. Default: 3. */
  rows?: number;
  /** Whether to check the training mode. Default: true. */
  training?: boolean;
  /** A loss to check together with the layer, and its targets in float64. Default: a random weighted sum of the outputs. */
  loss?: Loss;

  /** The targets of the loss, in float64. */
  y?: Matrix;
  /** The largest relative error that passes. Default: 1e-6. */
  tolerance?: number;
  /** Default: 0. */
  seed?: number;
}

export interface GradientReport {
  /** The largest of the relative errors ‖a − n‖ / (‖a‖ + ‖n‖). */
  readonly relativeError: number;
  /** That of the inputs, `x`, and of each parameter by name. */
  readonly parts: Readonly<Record<string, number>>;
}

/**
 * Proves `backward`: compares it with central differences (L(w + h) − L(w − h)) / 2h of `forward`, in float64, for the inputs
 * and every parameter. The layer itself is not touched: a second one is made from its options, with its weights if
 * it has any.
 * @throws ChainruleError that names the part and the number that is most wrong
 */
export function checkGradients(layer: Layer, options: GradientCheckOptions = {}): GradientReport {
  checkOptions("checkGradients", options, {
    input: optional(shape),
    x: anything,
    rows: optional(integer(1)),
    training: optional(flag),
    loss: anything,
    y: anything,
    tolerance: optional(positive),
    seed: optional(integer(0)),
  });
  if (!isLayer(layer)) {
    fail("checkGradients", "a layer or a model", describe(layer), "Make one: new Dense({ units: 3 }).");
  }
  const { training = true, tolerance = 1e-6, seed = 0, loss, y } = options;
  const twin = twinOf(layer, options.input, seed);
  const x = inputsFor(twin, options, Random.fromSeed(seed).child("checkGradients.x"));
  const objective = loss === undefined && y === undefined ? weightedSum(seed) : lossOn(loss, y);
  const value = () => objective.value(twin.forward(x, training)) + twin.penalty;

  for (const { grad } of twin.parameters) grad.data.fill(0);
  const dx = twin.backward(objective.gradient(twin.forward(x, training)));
  if (!Matrix.isMatrix(dx) || dx.rows !== x.rows || dx.cols !== x.cols) {
    fail(`checkGradients of ${layer.label}`, `backward to return ∂L/∂x, ${size(x)}`, describe(dx));
  }
  const [first] = leavesOf([twin]);
  const isSmooth = (first.constructor as unknown as LayerClass).traits?.notDifferentiable === undefined;
  const trained = twin.parameters.filter(({ trainable }) => trainable);
  const parts = [
    ...(isSmooth ? [compare("x", x, dx.copy(), value)] : []),
    ...trained.map(({ name, value: w, grad }: Parameter) => compare(name, w, grad.copy(), value)),
  ];
  for (const { name, relativeError, worst } of parts) {
    if (relativeError <= tolerance) continue;
    throw new ChainruleError(
      `checkGradients of ${layer.label} expects a relative error of at most ${tolerance}, but got ` +
        `${relativeError.toPrecision(3)} for ${name}. Worst in row ${worst.row}, column ${worst.col}: backward says ` +
        `${worst.analytic}, central differences say ${worst.numeric}.`,
    );
  }
  const relativeError = Math.max(0, ...parts.map((part) => part.relativeError));
  return { relativeError, parts: Object.fromEntries(parts.map((part) => [part.name, part.relativeError])) };
}

interface Objective {
  value(output: Matrix): number;
  gradient(output: Matrix): Matrix;
}

/** L = Σ c ∘ y with fixed random c, so that every output counts with a weight of its own. */
function weightedSum(seed: number): Objective {
  const random = Random.fromSeed(seed).child("checkGradients.c");
  const weights = (y: Matrix) =>
    Matrix.zeros(y.rows, y.cols, "float64").map((_, r, c) => random.normal(r * y.cols + c));
  return { value: (y) => y.mul(weights(y)).sum(), gradient: weights };
}

function lossOn(loss: Loss | undefined, y: Matrix | undefined): Objective {
  if (loss === undefined || typeof loss?.total !== "function") {
    fail("checkGradients", "a `loss` with `y`, such as meanSquaredError()", describe(loss));
  }
  if (!Matrix.isMatrix(y) || y.dtype !== "float64") {
    fail(
      "checkGradients",
      "`y` to be a Matrix in float64 with a loss",
      inWords(y),
      'Matrix.from(rows, "float64").',
    );
  }
  return { value: (output) => loss.total(output, y).sum, gradient: (output) => loss.gradient(output, y) };
}

function inWords(value: unknown): string {
  return Matrix.isMatrix(value) ? `${describe(value)} in ${value.dtype}` : describe(value);
}

/** The same layer in float64, with the same weights. */
function twinOf(layer: Layer, input: Shape | undefined, seed: number): Layer {
  const known = input ?? (layer.isBuilt ? layer.inputShape : (layer as Partial<Chain>).options?.input);
  if (known === undefined)
    fail("checkGradients", "the shape of a row of inputs", "none", "Give it `input`: [8].");
  const twin = remake(layer);
  twin.build(known, Context.root({ dtype: "float64", seed }));
  for (const [i, { value }] of (layer.isBuilt ? layer.parameters : []).entries()) {
    if (twin.parameters[i].value.data.length === value.data.length)
      twin.parameters[i].value.data.set(value.data);
  }
  return twin;
}

function remake(layer: Layer): Layer {
  // A model inside checks in float64, whatever its dtype, and has no random numbers of its own.
  const [Class, options] = [layer.constructor, layer.options] as unknown as [LayerClass, never];
  if (!(layer instanceof Chain)) return new Class(mapLayers(options, remake) as never);
  return new (layer.constructor as typeof Sequential)(layer.layers.map(remake));
}

function inputsFor(twin: Layer, { x, rows = 3 }: GradientCheckOptions, random: Random): Matrix {
  if (x !== undefined) {
    const fits = Matrix.isMatrix(x) && x.dtype === "float64" && x.rows > 0;
    if (!fits) fail("checkGradients", "`x` to be a Matrix in float64 with at least one row", inWords(x));
    return x.copy();
  }
  const drawn = Matrix.zeros(rows, sizeOf(twin.inputShape), "float64");
  return drawn.map((_, r, c) => {
    const u = 2 * random.uniform(r * drawn.cols + c) - 1;
    return Math.sign(u) * (0.1 + 1.4 * Math.abs(u));
  });
}

interface Part {
  readonly name: string;
  readonly relativeError: number;
  readonly worst: { row: number; col: number; analytic: number; numeric: number };
}

/** ‖a − n‖ / (‖a‖ + ‖n‖) of backward's a against central differences n, over all numbers of w. */
function compare(name: string, w: Matrix, analytic: Matrix, loss: () => number): Part {
  let [difference, ours, theirs, largest] = [0, 0, 0, -1];
  let worst = { row: 0, col: 0, analytic: 0, numeric: 0 };
  for (let i = 0; i < w.data.length; i++) {
    const at = w.data[i];
    const h = 1e-5 * Math.max(1, Math.abs(at));
    w.data[i] = at + h;
    const above = loss();
    w.data[i] = at - h;
    const below = loss();
    w.data[i] = at;
    const numeric = (above - below) / (2 * h);
    const a = analytic.data[i];
    difference += (a - numeric) ** 2;
    ours += a * a;
    theirs += numeric * numeric;
    if (!(Math.abs(a - numeric) <= largest)) {
      largest = Math.abs(a - numeric);
      worst = { row: Math.floor(i / w.cols), col: i % w.cols, analytic: a, numeric };
    }
  }
  const norms = Math.sqrt(ours) + Math.sqrt(theirs);
  return { name, worst, relativeError: norms < 1e-10 ? 0 : Math.sqrt(difference) / norms };
}
