import type { Floats, LayerTrace, Matrix } from "chainrule";

/** A fully connected layer with what follows it until the next one: a column of the picture. */
export interface Stage {
  /** What it is made of: `Dense → ReLU`. */
  readonly layers: readonly string[];
  /** What goes in, [inputs] */
  readonly x: Floats;
  /** W, [inputs × units] */
  readonly weight: Matrix;
  /** b, [units], if it has any */
  readonly bias: Floats | undefined;
  /** x·W + b, [units] */
  readonly z: Floats;
  /** What comes out, [units] */
  readonly a: Floats;
  /** ∂L/∂z, where there is a true label, [units] */
  readonly dz: Floats | undefined;
  /** ∂L/∂a, [units] */
  readonly da: Floats | undefined;
}

/** Layers that do nothing outside of training. */
const idle = /Dropout|Noise/;

const isDense = ({ layer }: LayerTrace) => layer.type === "Dense";

/** Cuts what was traced for one row into its stages. What stands before the first `Dense` only changes the pixels. */
export function stagesOf(pixels: Floats, traced: readonly LayerTrace[]): Stage[] {
  const starts = traced.flatMap((layer, i) => (isDense(layer) ? [i] : []));
  return starts.map((start, k) => {
    const parts = traced.slice(start, starts[k + 1]);
    const [dense, last] = [parts[0], parts[parts.length - 1]];
    const [weight, bias] = dense.layer.parameters;
    return {
      layers: parts.map(({ layer }) => layer.type).filter((type) => !idle.test(type)),
      x: start === 0 ? pixels : traced[start - 1].output.data,
      weight: weight.value,
      bias: bias?.value.data,
      z: dense.output.data,
      a: last.output.data,
      dz: dense.gradient?.data,
      da: last.gradient?.data,
    };
  });
}
