import type { Batch } from "../data/dataset.js";
import type { Matrix } from "../matrix.js";
import type { Sequential } from "../model/sequential.js";
import type { Finding } from "./doctor.js";

/** Layers after which a unit that is 0 for every row can never learn again. */
const rectifiers = new Set(["ReLU", "ReLU6", "HardSwish", "HardShrink", "SoftShrink", "Threshold"]);
const saturating: Readonly<Record<string, number>> = { Sigmoid: 0.5, Tanh: 0, HardSigmoid: 0.5, HardTanh: 0 };

/** Units that put out the same for every row: dead rectifiers, saturated sigmoids. */
export function unitFindings(model: Sequential<string>, x: Matrix): Finding[] {
  return model.trace(x).flatMap(({ path, layer, output }): Finding[] => {
    const { cols } = output;
    if (rectifiers.has(layer.type)) {
      const dead = count(output, (column) => column.every((v) => v === 0));
      if (dead < 0.4 * cols) return [];
      const what = `${dead} of ${cols} units of layer ${path}, ${layer.label}, are 0 for all ${x.rows} rows.`;
      return [
        { about: "units", what, advice: "Lower the learning rate, use heNormal weights, or LeakyReLU." },
      ];
    }
    const middle = saturating[layer.type];
    if (middle === undefined) return [];
    const full = count(output, (column) => column.every((v) => Math.abs(v - middle) > 0.98 * (1 - middle)));
    if (full < 0.4 * cols) return [];
    const what = `${full} of ${cols} units of layer ${path}, ${layer.label}, are at an end of their range for all rows.`;
    return [{ about: "units", what, advice: "Scale the inputs, or use smaller weights at first." }];
  });
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
  const traced = model.trace(x, y).map(({ path, layer, gradient }) => ({
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
