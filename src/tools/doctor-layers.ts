import type { Batch } from "../data/dataset.js";
import type { Layer } from "../layers/layer.js";
import type { ParallelOptions } from "../layers/parallel.js";
import type { Matrix } from "../matrix.js";
import { leavesOf } from "../model/nesting.js";
import type { Sequential } from "../model/sequential.js";
import type { Finding } from "./doctor.js";

type Options = Readonly<Record<string, number | undefined>>;

/** What a unit puts out that can never learn again, where it does so for every row. */
const rests: Readonly<Record<string, (options: Options) => number>> = {
  ...{ ReLU: () => 0, ReLU6: () => 0, HardSwish: () => 0, HardShrink: () => 0, SoftShrink: () => 0 },
  Threshold: ({ value = 0 }) => value,
};

/** Below and above which a unit hardly learns, or not at all. */
const ends: Readonly<Record<string, (options: Options) => readonly [number, number]>> = {
  Sigmoid: () => [0.01, 0.99],
  Tanh: () => [-0.98, 0.98],
  HardSigmoid: () => [0, 1],
  HardTanh: ({ min = -1, max = 1 }) => [min, max],
};

/** So many rows tell a unit that is dead from one that happens to be 0. */
const ENOUGH = 8;

/** Units that put out the same for every row: dead rectifiers, saturated sigmoids. */
export function unitFindings(model: Sequential<string>, x: Matrix): Finding[] {
  if (x.rows < ENOUGH) return [];
  return model.trace(x).flatMap(({ path, layer, output }): Finding[] => {
    const options = layer.options as Options;
    const finding = (isStuck: (v: number) => boolean, are: string, advice: string): Finding[] => {
      const stuck = count(output, (column) => column.every(isStuck));
      if (stuck < 0.4 * output.cols) return [];
      const what = `${stuck} of ${output.cols} units of layer ${path}, ${layer.label}, are ${are} rows.`;
      return [{ about: "units", what, advice }];
    };
    const known = (all: object) => Object.hasOwn(all, layer.type);
    if (known(rests)) {
      const rest = rests[layer.type](options);
      const advice = "Lower the learning rate, use heNormal weights, or LeakyReLU.";
      return finding((v) => v === Math.fround(rest) || v === rest, `${rest} for all ${x.rows}`, advice);
    }
    if (!known(ends)) return [];
    const [low, high] = ends[layer.type](options).map(Math.fround); // outputs may be rounded
    const advice = "Scale the inputs, or use smaller weights at first.";
    const isAtEnd = (v: number) => Math.fround(v) <= low || Math.fround(v) >= high;
    return finding(isAtEnd, "at an end of their range for all", advice);
  });
}

/** Layers that hand on the numbers they get. */
const passing = new Set(["Identity", "Flatten", "Reshape", "ActivityRegularization"]);

/** Whether the inputs are indices: whether an Embedding is the first to see them, in a branch too. */
export function takesIndices(layers: readonly Layer[]): boolean {
  const first = leavesOf(layers).find(({ type }) => !passing.has(type));
  if (first === undefined) return false;
  return first.type === "Embedding" || pathsIn(first).some(takesIndices);
}

function pathsIn({ type, options }: Layer): readonly (readonly Layer[])[] {
  const { branches = [], layers = [] } = options as Partial<ParallelOptions> & { layers?: readonly Layer[] };
  return type === "Parallel" ? branches : type === "Residual" ? [layers] : [];
}

function count({ rows, cols, data }: Matrix, holds: (column: readonly number[]) => boolean): number {
  let found = 0;
  for (let c = 0; c < cols; c++) {
    if (holds(Array.from({ length: rows }, (_, r) => data[r * cols + c]))) found++;
  }
  return found;
}

/** A gradient that shrinks or grows a hundred thousand times on its way down the layers. */
export function gradientFindings(model: Sequential<string>, { x, y }: Batch): Finding[] {
  const all = model.trace(x, y);
  // Below the first layer with parameters nothing learns: below an Embedding there is no gradient.
  const lowest = all.findIndex(({ layer }) => layer.parameters.length > 0);
  const traced = all.slice(Math.max(0, lowest)).map(({ path, layer, gradient }) => ({
    place: `layer ${path}, ${layer.label}`,
    norm: gradient === undefined ? 0 : Math.sqrt(gradient.mul(gradient).sum() / gradient.cols),
  }));
  const [first, last] = [traced[0], traced[traced.length - 1]];
  if (traced.length < 3 || last.norm === 0) return [];
  const ratio = first.norm / last.norm;
  if (ratio > 1e-5 && ratio < 1e5) return [];
  const what =
    `The gradient is ${first.norm.toExponential(1)} at ${first.place}, ` +
    `and ${last.norm.toExponential(1)} at ${last.place}.`;
  const vanishing = "It vanishes: use ReLU and heNormal weights, BatchNorm or Residual, or fewer layers.";
  const exploding = "It explodes: use smaller weights at first, LayerNorm, or globalClipNorm.";
  return [{ about: "gradients", what, advice: ratio < 1 ? vanishing : exploding }];
}
