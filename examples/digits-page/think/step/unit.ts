import type { Step } from "./step.js";
import { type Edge, strongest } from "./strongest.js";

/** One unit of one stage. */
export interface Place {
  readonly stage: number;
  readonly unit: number;
}

/** All that is to be said of one unit. */
export interface Unit extends Place {
  readonly bias: number | undefined;
  readonly z: number;
  readonly a: number;
  /** Only in the output layer. */
  readonly probability: number | undefined;
  /** Its strongest products x·w, the largest first; `from` is the input, `to` is 0. */
  readonly inputs: readonly Edge[];
  /** w of each input, [inputs] */
  readonly weights: Float32Array;
  readonly dz: number | undefined;
  readonly da: number | undefined;
  /** ∂a/∂z, where there is a gradient to tell it by */
  readonly slope: number | undefined;
}

const one = Float32Array.of(1);

/** Looks a unit up. */
export function unitOf(step: Step, { stage, unit }: Place, inputs = 5): Unit {
  const { x, weight, bias, z, a, dz, da } = step.stages[stage];
  const { data, cols } = weight;
  const weights = Float32Array.from({ length: weight.rows }, (_, i) => data[i * cols + unit]);
  const products = Float32Array.from(weights, (w, i) => w * x[i]);
  return {
    stage,
    unit,
    bias: bias?.[unit],
    z: z[unit],
    a: a[unit],
    probability: stage === step.stages.length - 1 ? step.probabilities[unit] : undefined,
    inputs: strongest(inputs, { rows: products, cols: one }).slice(0, inputs),
    weights,
    dz: dz?.[unit],
    da: da?.[unit],
    slope: dz && da && da[unit] !== 0 ? dz[unit] / da[unit] : undefined,
  };
}

/** The unit that a text speaks of while none was chosen: the one with the largest number there. */
export function mainUnit(step: Step, stage: number, back: boolean): Place {
  const { a, dz } = step.stages[stage];
  if (stage === step.stages.length - 1) {
    return { stage, unit: back && step.label !== undefined ? step.label : step.winner };
  }
  const numbers = back && dz !== undefined ? dz : a;
  let unit = 0;
  for (let i = 1; i < numbers.length; i++) if (Math.abs(numbers[i]) > Math.abs(numbers[unit])) unit = i;
  return { stage, unit };
}
